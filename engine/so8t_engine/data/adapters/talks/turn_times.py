"""Where turns come among the others by a number or a time; a file tells whether its days or its months stand first."""

from __future__ import annotations

import json
import re
from typing import Any

from so8t_engine.data.adapters.talks.turn_columns import Turn

ISO = re.compile(
    r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?:[T ]+(\d{1,2}):(\d\d)(?::(\d\d)(?:\.(\d{1,3}))?)?)?(?![\d:])"
)
BY_DAY = re.compile(
    r"(\d{1,2})([./-])(\d{1,2})\2(\d{4})(?:[T, ]+(\d{1,2}):(\d\d)(?::(\d\d))?(?: ?([AP])M)?)?(?![\d:])", re.IGNORECASE
)
SINCE = 2000_00_00_00_00_00  # so that thousandths of a second count
MONTHS = 12

Place = float | tuple[float, float]  # or what it is with the month first, and with the day first


class Times:
    """The times of a file, row after row."""

    def __init__(self) -> None:
        self._day_first = set[bool]()  # what those say that can be read in one way
        self._has_points, self._is_open = False, False

    def place(self, said: Any, otherwise: int) -> Place:
        """`otherwise`: of what is neither a number nor a time."""
        try:
            return float(said)
        except (TypeError, ValueError):
            return self._time(said, otherwise) if isinstance(said, str) else otherwise

    def _time(self, said: str, otherwise: int) -> Place:
        if (match := ISO.match(said)) is not None:
            parts = [(part or "").rjust(2, "0") for part in match.groups()[:6]]
            return int("".join(parts)) - SINCE + int((match[7] or "").ljust(3, "0")) / 1000
        if (match := BY_DAY.match(said)) is None:
            return otherwise
        one, other = int(match[1]), int(match[3])
        if one > MONTHS or other > MONTHS:
            self._day_first.add(one > MONTHS)
            return _number(match, *sorted((one, other)))
        self._is_open, self._has_points = True, self._has_points or match[2] == "."
        return _number(match, one, other), _number(match, other, one)

    def in_order(self, talks: dict[str, str]) -> dict[str, str]:
        """The talks, when all rows were heard; one that either way would order otherwise is left as its rows lie."""
        if not self._is_open:
            return talks
        told = self._day_first or ({True} if self._has_points else set())
        return {name: _in_order(said, told if len(told) == 1 else {False, True}) for name, said in talks.items()}


def as_text(turns: list[Turn]) -> str:
    """In their order; as they lie where a file is yet to tell it."""
    is_open = any(not isinstance(turn[0], (int, float)) for turn in turns)
    return json.dumps(turns if is_open else sorted(turns, key=lambda turn: turn[0]), ensure_ascii=False)


def _in_order(said: str, ways: set[bool]) -> str:
    turns = json.loads(said)
    places = [turn[0] if isinstance(turn[0], list) else (turn[0], turn[0]) for turn in turns]
    orders = [sorted(range(len(turns)), key=lambda at: places[at][is_day_first]) for is_day_first in ways]
    order = orders[0] if orders[0] == orders[-1] else range(len(turns))
    return json.dumps([[number, *turns[at][1:]] for number, at in enumerate(order)], ensure_ascii=False)


def _number(match: re.Match[str], month: int, day: int) -> float:
    hour = int(match[5] or 0)
    if match[8]:
        hour = hour % 12 + 12 * (match[8].lower() == "p")
    return float(int(f"{match[4]}{month:02}{day:02}{hour:02}{match[6] or '00'}{match[7] or '00'}") - SINCE)
