"""How long the process at work may be silent before it counts as hung: a pure rule over what its units took so far."""

from __future__ import annotations

from so8t_engine.run.eta import SETUP, step_of
from so8t_engine.session.state import PipelineState

LOADING = 12.0  # times `stuck_seconds`: while a step loads, and before the first unit of a kind
SLOWER = 10.0  # times the mean of a kind of units


def of_next_unit(state: PipelineState, stuck_seconds: float) -> float:
    """Seconds the next unit of this step may take: ten times the slowest kind's mean, `stuck_seconds` at least.

    Much longer where the next unit may be of a kind that was never measured, or where none is left (publishing).
    """
    step = state.cursor.step
    left = [
        state.work.get(key)
        for key, total in state.totals.items()
        if step_of(key) == step
        and key != f"{step}/{SETUP}"
        and (key not in state.work or state.work[key].count < total)
    ]
    if not left or None in left:
        return while_loading(stuck_seconds)
    means = [work.seconds / work.count for work in left if work is not None and work.count]
    return max([stuck_seconds] + [SLOWER * mean for mean in means])


def while_loading(stuck_seconds: float) -> float:
    return LOADING * stuck_seconds
