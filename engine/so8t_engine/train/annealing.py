"""Alpha and the search for phase transitions over a run: one call before an update, one after it.

A trainer keeps one `Memory`, puts it into its checkpoint, and asks a `Course`; neither has any other state.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from so8t_engine.config import Alpha
from so8t_engine.train import alpha, phase


@dataclass(frozen=True)
class Memory:
    """What the losses so far have left behind."""

    alpha: alpha.State = alpha.START
    phase: phase.State = phase.START

    def as_json(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_json(cls, saved: Mapping[str, Any]) -> Memory:
        """The inverse of `as_json`; what nothing was saved for begins anew."""
        seen: dict[str, Any] = dict(saved.get("phase", {}))
        for name in {"up", "down"} & seen.keys():
            seen[name] = phase.Side(**seen[name])
        return cls(alpha.State(**saved.get("alpha", {})), phase.State(**seen))


@dataclass(frozen=True)
class Course:
    """`updates`: optimizer updates of the run; `period`: those of one iteration, whose mean loss is one observation."""

    schedule: Alpha
    updates: int
    period: int

    def strength(self, memory: Memory, done: int) -> float:
        """Alpha for the update that follows `done` updates."""
        return alpha.strength(self.schedule, done, self.updates, memory.alpha)

    def observe(self, memory: Memory, update: int, loss: float | None) -> tuple[Memory, phase.Transition | None]:
        """After update number `update` (from 1) with its loss."""
        used = self.strength(memory, update - 1)
        watch = phase.Watch(self.period, self.schedule.initial, self.schedule.final)
        seen, found = phase.observe(watch, memory.phase, update, loss, used)
        state = alpha.following(self.schedule, memory.alpha, update, self.updates, loss, self.period)
        return Memory(state, seen), found
