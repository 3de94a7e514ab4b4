"""When a process that ended in trouble is followed by another, and when that is given up: a pure rule.

Three new processes may fail at the same place; any progress (a commit further on, other settings for the rest of the
run) counts anew. After Elastic's `--max-restarts`, counted by progress as a run of days should not use them up.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass

from so8t_engine.protocol import STEPS
from so8t_engine.session.state import PipelineState

BACK_OFF = (5.0, 30.0, 120.0)  # seconds before the first, second and third new process without progress
VARIABLE = "SO8T_BACK_OFF"  # the same, for tests: seconds separated by commas


@dataclass(frozen=True)
class Position:
    """How far a session is on disk. `adjustments`: what trouble has changed for the rest of it (run/adjustments.py)."""

    step: int = 0
    unit: int = 0
    adjustments: tuple[tuple[str, float], ...] = ()


@dataclass(frozen=True)
class Tries:
    """The furthest position seen, and how many processes were started since without getting further."""

    furthest: Position = Position()
    count: int = 0


def position_of(state: PipelineState) -> Position:
    return Position(STEPS.index(state.cursor.step), state.cursor.unit, tuple(sorted(state.adjustments.items())))


def after(tries: Tries, here: Position, pauses: tuple[float, ...] = BACK_OFF) -> tuple[Tries, float | None]:
    """The tries after one more trouble `here`, and the seconds until the next process; None: it is given up."""
    further = (here.step, here.unit) > (tries.furthest.step, tries.furthest.unit)
    so_far = Tries(here) if further or here.adjustments != tries.furthest.adjustments else tries
    if so_far.count >= len(pauses):
        return so_far, None
    return Tries(so_far.furthest, so_far.count + 1), pauses[so_far.count]


def back_off(environment: Mapping[str, str] = os.environ) -> tuple[float, ...]:
    chosen = environment.get(VARIABLE)
    return tuple(float(part) for part in chosen.split(",")) if chosen else BACK_OFF
