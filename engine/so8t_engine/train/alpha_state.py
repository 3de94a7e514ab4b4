"""Alpha and the search for phase transitions over a run: one call before each update, one after it.

A training run holds an `AlphaSchedule`, which never changes, and an `AlphaState`, which goes into its checkpoints.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from so8t_engine.config.run_config import Alpha
from so8t_engine.train import alpha_schedule, phase_transitions


@dataclass(frozen=True)
class AlphaState:
    """What the losses so far have left behind: in an adaptive schedule, and in the search for phase transitions."""

    alpha: alpha_schedule.AdaptiveState = alpha_schedule.START
    phase: phase_transitions.DetectorState = phase_transitions.START

    def as_json(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_json(cls, saved: Mapping[str, Any]) -> AlphaState:
        """The inverse of `as_json`; whatever is missing starts from the beginning."""
        phase: dict[str, Any] = dict(saved.get("phase", {}))
        for name in {"up", "down"} & phase.keys():
            phase[name] = phase_transitions.Side(**phase[name])
        alpha = alpha_schedule.AdaptiveState(**saved.get("alpha", {}))
        return cls(alpha, phase_transitions.DetectorState(**phase))


@dataclass(frozen=True)
class AlphaSchedule:
    """`updates`: optimizer updates of the run; `period`: those of one iteration, whose mean loss is one observation."""

    settings: Alpha
    updates: int
    period: int

    def strength(self, state: AlphaState, done: int) -> float:
        """Alpha for the update that follows `done` updates."""
        return alpha_schedule.strength(self.settings, done, self.updates, state.alpha)

    def observe(
        self, state: AlphaState, update: int, loss: float | None
    ) -> tuple[AlphaState, phase_transitions.Transition | None]:
        """(state, phase transition noticed or None) after update number `update` (from 1) with its loss."""
        used = self.strength(state, update - 1)
        detector = phase_transitions.DetectorSettings(self.period, self.settings.initial, self.settings.final)
        phase, transition = phase_transitions.observe(detector, state.phase, update, loss, used)
        alpha = alpha_schedule.next_state(self.settings, state.alpha, update, loss, self.period)
        return AlphaState(alpha, phase), transition
