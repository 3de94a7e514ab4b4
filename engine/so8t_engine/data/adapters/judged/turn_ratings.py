"""Ratings that stand as figures on the answers of a talk, by what all rows hold there: thumbs, yes and no, or stars.

Of -1 and 1, and of 0 and 1, the lower one condemns; of a scale from 1 to 5, of which both ends are there, 1 and 2 do.
The last answer's own rating counts alone, as that one is learnt.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from so8t_engine.config.run_config import Columns
from so8t_engine.data.adapters.judged import verdict_names, verdict_values
from so8t_engine.data.adapters.parsed_row import listed
from so8t_engine.data.adapters.talks import edited, talk

RATED = "ratings on answers of a talk, up to which they condemn"  # in what all rows tell
NAMES = re.compile(
    r"(?:(?:user|human|answer|response|model|overall|quality)_)?(?:score|rating|stars|feedback)|thumbs?|評価|評点|点数|スコア"
)
STARS = 5
BAD_STARS = 2


class TurnRatings:
    """What rows tell of them."""

    def __init__(self) -> None:
        self._said: dict[str, set[float]] = {}

    def add(self, row: Mapping[str, Any], where: Columns) -> None:
        for name, value in _given(row, where):
            number = verdict_values.number_of(value)
            if number is not None:
                self._said.setdefault(name, set()).add(number)
            elif value not in (None, ""):
                self._said[name] = {0.5}  # of which nobody knows the scale

    def is_open(self) -> bool:
        """Whether more rows may tell more."""
        return any(_are_whole(said) for said in self._said.values())

    def found(self) -> dict[str, tuple[str, str]]:
        worst = {name: most for name, said in self._said.items() if (most := _worst(said)) is not None}
        lines = "\n".join(f"{most} {name}" for name, most in worst.items())
        return {RATED: (lines, "")} if worst else {}


def of(row: Mapping[str, Any], where: Columns, index: Mapping[str, tuple[str, str]]) -> tuple[str, str] | None:
    """What condemns the last answer of a talk: the place, and what it says."""
    worst = {name: int(most) for most, _, name in (line.partition(" ") for line in listed(index, RATED))}
    for name, value in _given(row, where, last=True) if worst else ():
        number = verdict_values.number_of(value)
        if number is not None and name in worst and number <= worst[name]:
            return f"{where.messages}.{name}", str(value)
    return None


def _given(row: Mapping[str, Any], where: Columns, last: bool = False) -> list[tuple[str, Any]]:
    """(key, value) of figures that rate answers; of the `last` one alone."""
    turns = row.get(str(where.messages))
    if last:
        found = talk.last_answer(turns)
        answers = [] if found is None or edited.text_of(found[1]) is not None else [found[1]]
    else:
        answers = [turn for turn in turns if talk.role_of(turn) == talk.ASSISTANT] if isinstance(turns, list) else []
    return [(name, turn[name]) for turn in answers for name in turn if NAMES.fullmatch(verdict_names.plain(name))]


def _worst(said: set[float]) -> int | None:
    """Up to which figure they condemn; None where nobody knows."""
    if not _are_whole(said) or len(said) < 2:
        return None
    least, most = int(min(said)), int(max(said))
    if (least, most) == (1, STARS):
        return BAD_STARS
    return {-1: -1, 0: 0}.get(least) if most == 1 else None


def _are_whole(said: set[float]) -> bool:
    return all(number == int(number) for number in said)
