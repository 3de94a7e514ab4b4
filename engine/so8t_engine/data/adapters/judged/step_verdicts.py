"""Verdicts on the steps of a solution, one for each: in a list beside them, or in their own objects.

A wrong step condemns the solution. One that nobody has judged (null) does not, nor does a neutral one (0 beside -1).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from so8t_engine.config.run_config import Columns
from so8t_engine.data.adapters.judged import verdict_names, verdict_values
from so8t_engine.data.adapters.parsed_row import Fields
from so8t_engine.data.adapters.talks import talk

FEWEST = 2  # steps
STEPS = re.compile(
    r"(?:\w+_)?steps?|completions|手順|ステップ|\w*途中\w*|reasoning|rationales?|thoughts?|cot|推論|思考過程"
)
JUDGE = re.compile(
    r"(?:\w+_)?(?:labels?|verdicts?|judge?ments?|correct(?:ness)?|valid(?:ity)?|(?P<rates>ratings?))|判定|正誤|評価|ラベル"
)


def of(row: Fields, where: Columns) -> tuple[str, str] | None:
    """(the place of the verdict that calls a step of the reasoning wrong, what it says); None where none does."""
    for place, values in _given(row, where):
        said = next(filter(None, (_against(place, value) for value in values)), None)
        if said is not None:
            return place, said
    return None


def places(row: Fields, where: Columns) -> list[str]:
    """Where the steps of the reasoning are judged."""
    return [place for place, _ in _given(row, where)]


def _given(row: Fields, where: Columns) -> Iterator[tuple[str, list[Any]]]:
    """(place, a verdict for each step)."""
    around = str(where.reasoning)
    steps = talk.opened(row.get(around))
    if not isinstance(steps, list) or len(steps) < FEWEST:  # most
        return
    objects = [step for step in steps if isinstance(step, Mapping)]
    for name in dict.fromkeys(name for step in objects for name in step if _judges(name)):
        yield f"{around}.{name}", [step.get(name) for step in objects]
    for name, value in row.items():
        if name != around and _judges(name) and are_of_steps(row, values := talk.opened(value)):
            yield name, values


def are_of_steps(row: Fields, values: Any) -> bool:
    """Whether a list has one entry for each step of a solution that stands in a list as well."""
    if not isinstance(values, list) or len(values) < FEWEST:
        return False
    steps = (talk.opened(row[name]) for name in row if STEPS.fullmatch(verdict_names.plain(name)))
    return any(
        isinstance(those, list) and those is not values and len(those) == len(values) and _are_steps(those)
        for those in steps
    )


def _are_steps(values: list[Any]) -> bool:
    return all(isinstance(one, Mapping) or (isinstance(one, str) and one.strip() != "") for one in values)


def _judges(name: str) -> bool:
    plain = verdict_names.plain(name)
    return JUDGE.fullmatch(plain) is not None or verdict_names.kind_of(name) in ("answer", "checked", "verdict")


def _against(place: str, value: Any) -> str | None:
    """What a value says that calls its step wrong."""
    name = place.rpartition(".")[2]
    number = verdict_values.number_of(value)
    if number is not None and not isinstance(value, bool):
        rates = JUDGE.fullmatch(verdict_names.plain(name))
        is_bad = number == -1 or (number == 0 and not (rates is not None and rates["rates"]))
    else:
        is_bad = verdict_values.finding("answer", value) is True
    return verdict_values.told("answer", value) if is_bad else None
