"""What `so8t compare` found: each finished session against the first of them. No Qt here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from so8t_engine.sentences import from_json
from so8t_gui.i18n.translate import say
from so8t_gui.result import verdict
from so8t_gui.result.report_file import Change


@dataclass(frozen=True)
class Against:
    """`outcome` of the engine's tests: better, worse, unclear, unchanged, or unknown. `n`: questions compared; of
    different ones the smaller number. `told`: the same in whole sentences, a line each.
    """

    outcome: str
    change: Change
    n: int
    told: str

    @property
    def in_short(self) -> str:
        """Empty where no answer could be checked."""
        return "" if self.outcome == "unknown" else verdict.in_short(self.outcome, self.change)


def read(answer: Mapping[str, Any]) -> dict[str, Against]:
    """By the id of each session but the first. Raises KeyError, TypeError, ValueError where it is no such answer."""
    return {str(pair["second"]): _of(pair) for pair in answer["pairs"]}


def _of(pair: Mapping[str, Any]) -> Against:
    figures = pair["all"]
    share, low, high = (float(figures["difference"][key]) for key in ("share", "low", "high"))
    gained, lost = (int(figures.get(key, 0)) for key in ("gained", "lost"))
    shares = float(figures["first"]), float(figures["second"])
    change = Change(gained, lost, float(figures["p_value"]), share, low, high, shares)
    told = [say(from_json(pair[key])) for key in ("asked", "verdict") if pair[key]]
    return Against(str(pair["outcome"]), change, int(figures["graded"]), "\n".join(told))
