"""How many records with nothing but a final answer are learnt: up to a share, or the policy learns not to think.

Which of them is decided by their ids, which are digests of their texts: the same ones in any order and after a
restart. Beyond the share a record whose answer a reward can check stays as a prompt for reinforcement learning; any
other is left out. Held-out questions all stay.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np

from so8t_engine.config.run_config import Convert
from so8t_engine.data.record import Record
from so8t_engine.data.thought.thinking import Sections

TOO_FEW_THINK = 0.01  # of the records: a limit would leave nothing to learn from, so there is none
EVERY = 2**64

Draws = np.ndarray[Any, np.dtype[np.uint64]]


@dataclass(frozen=True)
class Limit:
    """`thinking`, `final_only`: training records of each kind. `below`: ids up to here are learnt; None: all are."""

    thinking: int = 0
    final_only: int = 0
    below: int | None = None

    @staticmethod
    def from_json(value: Mapping[str, Any] | None) -> Limit:
        return Limit(**value) if value else Limit()

    def to_json(self) -> dict[str, Any]:
        return asdict(self)

    @property
    def lifted(self) -> bool:
        """Whether there is no thought to speak of, and so no limit either."""
        return self.final_only > 0 and self.thinking < TOO_FEW_THINK * (self.thinking + self.final_only)

    def learnt(self, record: Record, sections: Sections) -> bool:
        if record.split == "heldout" or sections.thoughts or self.below is None:
            return True
        return int(record.id, 16) <= self.below


def draws(ids: Sequence[str]) -> Draws:
    """Records' ids as numbers: eight bytes each, so that millions are no weight."""
    return np.fromiter((int(each, 16) for each in ids), dtype=np.uint64, count=len(ids))


def limit(thinking: int, bare: Draws, share: float) -> Limit:
    """`bare`: of the training records without thought, beside so many with it."""
    found = Limit(thinking, len(bare))
    most = allowed(thinking, share)
    if found.lifted or most is None or most >= len(bare):
        return found
    return Limit(thinking, len(bare), int(np.sort(bare)[most - 1]) if most else -1)


def one_in(settings: Convert) -> Limit:
    """Where a teacher writes, nobody knows beforehand what stays without thought: the share of that is learnt."""
    return Limit(below=int(settings.final_only_share * EVERY) - 1 if settings.final_only_share < 1 else None)


def allowed(thinking: int, share: float) -> int | None:
    """How many may be learnt beside so many that think; None: as many as there are."""
    return None if share >= 1 else int(thinking * share / (1 - share))


def checkable(record: Record) -> bool:
    """Whether a reward can tell a right answer to this prompt from a wrong one."""
    return record.safety is not None or (record.answer is not None and record.answer_kind is not None)
