"""Where a gold answer stands that no column is named for: in an object, in a solution that is nothing but a result."""

from __future__ import annotations

import functools

from so8t_engine.config.run_config import Columns
from so8t_engine.data.adapters import conclusions, verdicts
from so8t_engine.data.adapters.parsed_row import Fields

PLACES = (  # of rewards that check it, on the turn that asks
    "reward_model.ground_truth", "verification_info.ground_truth", "extra_info.ground_truth",
    "messages.0.info.reference_answer",
)  # fmt: skip
RESULTS = ("gold_standard_solution", "solution")


def place(row: Fields, where: Columns) -> str | None:
    found = next((place for place in _places(tuple(row)) if conclusions.short(verdicts.at(row, place))), None)
    return found or _result(row, where)


def _result(row: Fields, where: Columns) -> str | None:
    """The column of a solution that is nothing but a number or a letter, beside an answer that a model gave."""
    named = (name for name in RESULTS if name in row and name not in (where.response, where.reasoning))
    results = ((name, conclusions.short(row[name])) for name in named)
    return next((name for name, said in results if said and conclusions.plain(said) is not None), None)


@functools.lru_cache(maxsize=512)
def _places(names: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(place for place in PLACES if place.partition(".")[0] in names)
