"""Answers of several people or models to one question, and a column with the text of the one that holds."""

from __future__ import annotations

import functools
import re
from typing import NamedTuple

from so8t_engine.config.run_config import Columns
from so8t_engine.data.adapters import column_names
from so8t_engine.data.adapters.judged import verdict_names
from so8t_engine.data.adapters.parsed_row import Fields

ANSWER = re.compile(
    r"(?P<stem>(?:\w*_)?(?:answer|response|output|annotator|rater|annotation)|回答者?|応答|評価者|アノテーター)"
    r"[ _-]?[a-h1-9]"
)
HOLDS = re.compile(
    r"(?:\w+_)?(?:majority|consensus|agreed|best|chosen)(?:_(?:vote|answer|response|label|output))?|多数決|合意|最良|採用回答"
)


class SeveralAnswers(NamedTuple):
    where: Columns
    answers: tuple[str, ...]
    holds: str


def mapping(row: Fields, names: tuple[str, ...]) -> Columns | None:
    """`names`: of its columns. None where there are not several answers, or what should be one of them is not."""
    found = _of_names(names)
    if found is None:  # most rows
        return None
    is_one = row[found.holds] and row[found.holds] in [row[name] for name in found.answers]
    return found.where if is_one else None


@functools.lru_cache(maxsize=512)
def _of_names(names: tuple[str, ...]) -> SeveralAnswers | None:
    plain = {name: verdict_names.plain(name) for name in names}
    found = {name: match["stem"] for name, called in plain.items() if (match := ANSWER.fullmatch(called))}
    holds = next((name for name, called in plain.items() if HOLDS.fullmatch(called)), None)
    if holds is None or len(found) < 2 or len({*found.values()}) > 1:
        return None
    where = column_names.guess((*(name for name in names if name not in found and name != holds), "response"))
    if where is None or not where.prompt:
        return None
    return SeveralAnswers(where.model_copy(update={"response": holds}), tuple(found), holds)
