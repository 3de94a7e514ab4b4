"""Alpha and the search for phase transitions over a run: one call before an update, one after it.

A trainer keeps one `Memory`, puts it into its checkpoint, and asks a `Course`; neither has any other state.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from so8t_engine.config.run_config import Alpha
from so8t_engine.train import alpha_schedule, phase_transitions


@dataclass(frozen=True)
class Memory:
    """What the losses so far have left behind."""

    alpha: alpha_schedule.State = alpha_schedule.START
    phase: phase_transitions.State = phase_transitions.START

    def as_json(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_json(cls, saved: Mapping[str, Any]) -> Memory:
        """The inverse of `as_json`; what nothing was saved for begins anew."""
        seen: dict[str, Any] = dict(saved.get("phase", {}))
        for name in {"up", "down"} & seen.keys():
            seen[name] = phase_transitions.Side(**seen[name])
        return cls(alpha_schedule.State(**saved.get("alpha", {})), phase_transitions.State(**seen))


@dataclass(frozen=True)
class Course:
    """`updates`: optimizer updates of the run; `period`: those of one iteration, whose mean loss is one observation."""

    schedule: Alpha
    updates: int
    period: int

    def strength(self, memory: Memory, done: int) -> float:
        """Alpha for the update that follows `done` updates."""
        return alpha_schedule.strength(self.schedule, done, self.updates, memory.alpha)

    def observe(
        self, memory: Memory, update: int, loss: float | None
    ) -> tuple[Memory, phase_transitions.Transition | None]:
        """After update number `update` (from 1) with its loss."""
        used = self.strength(memory, update - 1)
        watch = phase_transitions.Watch(self.period, self.schedule.initial, self.schedule.final)
        seen, found = phase_transitions.observe(watch, memory.phase, update, loss, used)
        state = alpha_schedule.following(self.schedule, memory.alpha, update, self.updates, loss, self.period)
        return Memory(state, seen), found
