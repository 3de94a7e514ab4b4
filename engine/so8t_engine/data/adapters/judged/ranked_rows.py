"""Answers to one question in rows of their own, each with its rank among them: the best one is learnt.

That these are ranks all rows tell: of nearly every question that comes several times they count from 1, or from 0, on.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from so8t_engine.config.run_config import Columns
from so8t_engine.data.adapters.judged import verdict_names, verdict_values
from so8t_engine.data.adapters.parsed_row import listed

RANKED = "ranks of answers to one question, and the best one"  # in what all rows tell
RANKS = re.compile(r"(?:\w+_)?rank(?:ing)?s?(?:_order)?|順位")
FEWEST, MOSTLY = 2, 0.9  # questions with several answers; of them, those that are ranked


class RankedRows:
    """What rows tell of columns that may be such."""

    def __init__(self, names: Sequence[str], where: Columns) -> None:
        self._asks = str(where.prompt)
        ranks = [name for name in names if RANKS.fullmatch(verdict_names.plain(name))] if where.prompt else []
        self._said: dict[str, dict[int, list[float]]] = {name: {} for name in ranks}

    def add(self, row: Mapping[str, Any]) -> None:
        for name, groups in [*self._said.items()]:
            number = verdict_values.number_of(row.get(name))
            if number is not None:
                groups.setdefault(hash(str(row.get(self._asks))), []).append(number)
            elif row.get(name) not in (None, ""):
                del self._said[name]

    def is_open(self) -> bool:
        """Whether more rows may tell more."""
        return bool(self._said)

    def found(self) -> dict[str, tuple[str, str]]:
        best = {name: _best([*groups.values()]) for name, groups in self._said.items()}
        lines = "\n".join(f"{least} {name}" for name, least in best.items() if least is not None)
        return {RANKED: (lines, "")} if lines else {}


def of(row: Mapping[str, Any], index: Mapping[str, tuple[str, str]]) -> tuple[str, str] | None:
    """What says that the answer of a row is not the best one: the column, and its rank."""
    for line in listed(index, RANKED):
        least, _, name = line.partition(" ")
        number = verdict_values.number_of(row.get(name))
        if number is not None and number > int(least):
            return name, str(row[name])
    return None


def places(index: Mapping[str, tuple[str, str]]) -> list[str]:
    """The columns that judge in this way."""
    return [line.partition(" ")[2] for line in listed(index, RANKED)]


def _best(groups: Sequence[Sequence[float]]) -> int | None:
    """What the best one has; None where these are no ranks."""
    several = [sorted(group) for group in groups if len(group) > 1]
    least = int(min((group[0] for group in several), default=-1))
    ranked = sum(group == [least + place for place in range(len(group))] for group in several)
    return least if least in (0, 1) and ranked >= max(FEWEST, MOSTLY * len(several)) else None
