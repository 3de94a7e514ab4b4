"""Where a gold answer stands that no column is named for: in an object, in a solution that is nothing but a result.

And whether what a column holds is one at all, where the row's own answer is called bad.
"""

from __future__ import annotations

import functools
import re

from so8t_engine.config.run_config import Columns
from so8t_engine.data.adapters.answers import conclusions
from so8t_engine.data.adapters.judged import verdict_names, verdicts
from so8t_engine.data.adapters.parsed_row import Fields

PLACES = (  # of rewards that check it, on the turn that asks
    "reward_model.ground_truth", "verification_info.ground_truth", "extra_info.ground_truth",
    "messages.0.info.reference_answer",
)  # fmt: skip
OWN = (
    "answer",
    "final_answer",
    "answers",
    "result",
    "答え",
    "解答",
    "回答",
)  # which may be the row's, not the gold one
RESULTS = ("gold_standard_solution", "solution")


def place(row: Fields, where: Columns) -> str | None:
    found = next((place for place in _places(tuple(row)) if conclusions.short(verdicts.at(row, place))), None)
    return found or _result(row, where)


def _result(row: Fields, where: Columns) -> str | None:
    """The column of a solution that is nothing but a number or a letter, beside an answer that a model gave."""
    named = (name for name in RESULTS if name in row and name not in (where.response, where.reasoning))
    results = ((name, conclusions.short(row[name])) for name in named)
    return next((name for name, said in results if said and conclusions.plain(said) is not None), None)


def without_result(row: Fields, where: Columns) -> Columns:
    """The mapping without reasoning where a solution is a result alone, which no answer was reasoned by."""
    if where.response is None or where.reasoning not in RESULTS or where.reasoning not in row:
        return where
    said = conclusions.short(row[where.reasoning])
    return where.model_copy(update={"reasoning": None}) if said and conclusions.plain(said) is not None else where


@functools.lru_cache(maxsize=512)
def _places(names: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(place for place in PLACES if place.partition(".")[0] in names)


def is_judged_too(where: Columns, verdict: verdicts.Condemnation, gold: str, reasoning: str | None, final: str) -> bool:
    """Whether a gold answer may be the one that a verdict has called bad.

    It is where the answer comes to it, and where a column that is only called "answer" is what was judged, or ends what
    was: unless that plainly comes to something else, as then it was held against this column.
    """
    if verdict.gold is not None:
        return False
    said = reasoning or final
    if _comes_to(said, gold) or conclusions.agrees(said, gold):
        return True
    if where.answer is None or verdict_names.plain(where.answer) not in OWN:
        return False
    if where.response == where.answer:
        return reasoning is None or not conclusions.differs(reasoning, gold)
    judged = re.fullmatch(r"(.+?)_(?:is_)?(?:correct|right|valid|wrong|incorrect)", verdict_names.plain(verdict.place))
    return judged is not None and judged[1] == verdict_names.plain(where.answer)


def _comes_to(text: str, answer: str) -> bool:
    """Whether a text ends with that answer."""
    return re.search(rf"(?<![\w.,-]){re.escape(answer.strip())}[\s.。)}}\]$*]*$", text) is not None
