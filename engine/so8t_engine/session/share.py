"""How much of a run is done: one number for tray, window and command line, and one that never falls.

It is the share of time, active seconds (run/eta.py), taken piece by piece: what was done since `share_seconds` is so
much *of the rest*. Estimates of what is left change, and a cut loses work; so it goes on from what was shown last:

- where the rest turns out longer than it was thought to be, also as work is done again after a cut, it grows more
  slowly, where shorter faster: it neither falls nor leaps nor stands still, and ends at 1 with the run;
- what is loaded again after a pause or a cut is no active time: nothing of the run is done by it.

The share lies in the state, hence in every save, and with `progress.json` of the same run at most a second old.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from so8t_engine.session.state import FAR, PipelineState

ALMOST = 0.99  # the most before the run has finished


def advance(state: PipelineState, left: float) -> PipelineState:
    """The state with its share after `active_seconds`, with `left` seconds still to go."""
    active = state.active_seconds
    share = state.share + (1 - state.share) * _of_time(active - state.share_seconds, left)
    return state.changed(share=min(max(ALMOST, state.share), share), share_seconds=max(active, state.share_seconds))


def caught_up(state: PipelineState, live: Mapping[str, Any]) -> PipelineState:
    """The state with what `live` (the content of progress.json) knows better, where that is of the same run.

    Of a session of an older version the share follows from the times there, else from the units done.
    """
    if state.status == "finished":
        return state.changed(share=1.0)
    share = min(1.0, _number(state.share))
    live = live if live.get("run") == state.run else {}
    if "share" in live:
        share = max(share, min(1.0, _number(live["share"])))
    elif not share:
        active, left = _number(live.get("active_seconds")), _number(live.get("eta_total_seconds"))
        share = min(ALMOST, _of_time(active, left) or _of_units(state))
    return state.changed(share=share, share_seconds=_number(state.active_seconds))


def step_seconds(state: PipelineState) -> dict[str, float]:
    """Active seconds by step; of an older version, which did not count them, what its units took."""
    if state.step_seconds:
        return {step: _number(seconds) for step, seconds in state.step_seconds.items()}
    seconds: dict[str, float] = {}
    for key, work in state.work.items():
        step = key.partition("/")[0]
        seconds[step] = seconds.get(step, 0.0) + work.seconds
    return seconds


def _of_time(done: float, left: float) -> float:
    return done / (done + left) if done > 0 and left >= 0 else 0.0


def _of_units(state: PipelineState) -> float:
    """Where nobody has counted: a unit of a kind that was not measured takes as long as the mean of those that were."""
    done = {key: work for key, work in state.work.items() if work.count > 0}
    count, seconds = sum(work.count for work in done.values()), sum(work.seconds for work in done.values())
    if not count:
        return 0.0
    left = 0.0
    for key, total in state.totals.items():
        work = done.get(key)
        each = work.seconds / work.count if work else seconds / count
        left += max(0, total - (work.count if work else 0)) * each
    return _of_time(seconds, left)


def _number(value: object) -> float:
    if isinstance(value, (int, float)) and not isinstance(value, bool) and 0 <= value < FAR:  # NaN: no
        return float(value)
    return 0.0
