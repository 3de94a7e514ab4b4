"""A solution whose steps stand in a list or in columns of their own, beside its result: they are the reasoning."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from so8t_engine.config.run_config import Columns
from so8t_engine.data.adapters import column_words
from so8t_engine.data.adapters.judged import verdict_names
from so8t_engine.data.adapters.parsed_row import Fields
from so8t_engine.data.adapters.proposed import never_proposed
from so8t_engine.data.adapters.talks import talk

RESULT = ("final_answer", "answer", "final_result", "result", "gold", "solution", "答え", "解答", "結果", "最終回答")
NUMBERED = re.compile(r"(.*\D)[ _]?(\d+)")


def mapping(row: Fields) -> Columns | None:
    """Only proposed."""
    prompt = _first(row, column_words.PROMPT)
    around = next((name for name, value in row.items() if _holds_steps(talk.opened(value))), None)
    inside: Mapping[str, Any] = talk.opened(row[around]) if around is not None else row
    steps = _steps(inside)
    result = _first(inside, RESULT)
    if prompt is None or steps is None or result is None:
        return None
    ahead = f"{around}." if around is not None else ""
    reasoning = "\\n".join(f"{{{ahead}{name}}}" for name in steps) if len(steps) > 1 else f"{ahead}{steps[0]}"
    return Columns(prompt=prompt, response=f"{ahead}{result}", reasoning=reasoning)


def is_one(where: Columns) -> bool:
    """Whether the reasoning of a mapping are such steps."""
    first = re.split(r"[{}]", str(where.reasoning).lstrip("{"))[0].rpartition(".")[2]
    return never_proposed.OF_STEPS.fullmatch(verdict_names.plain(first)) is not None


def _holds_steps(value: object) -> bool:
    return isinstance(value, Mapping) and _steps(value) is not None and _first(value, RESULT) is not None


def _steps(inside: Mapping[str, Any]) -> Sequence[str] | None:
    """A list of them, or columns that are numbered from 1."""
    named = [name for name in inside if never_proposed.OF_STEPS.fullmatch(verdict_names.plain(name))]
    lists = [name for name in named if isinstance(talk.opened(inside[name]), list)]
    if lists:
        return [lists[0]]
    numbered = [name for name in named if NUMBERED.fullmatch(name)]
    return numbered if len(numbered) > 1 else None


def _first(inside: Mapping[str, Any], wanted: Sequence[str]) -> str | None:
    by_name = {
        verdict_names.plain(name): name for name, value in inside.items() if isinstance(value, (str, int, float))
    }
    return next((by_name[name] for name in wanted if name in by_name), None)
