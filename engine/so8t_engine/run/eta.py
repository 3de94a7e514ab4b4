"""Remaining time from the rates this session really had: work done divided by active time, kind by kind.

Most trainers divide this process's time by the global step and are far off after a resume. Here the units
done and the seconds they took are saved together in every commit, so pauses, downtime and work that was lost and done
again never enter. A kind that was not measured yet counts with its first guess, scaled by how wrong the
guesses of the same step were so far.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

from so8t_engine.session.state import PipelineState, Work

SETUP = "setup"
# How many times shorter or longer than it is thought to be what was not measured yet may take.
OTHER_KIND, OTHER_STEP = 3.0, 10.0  # beside measured kinds of its step; of a step of which nothing was measured
LEAST = 1.03  # of what was measured very often: it goes on changing


def remaining(work: Mapping[str, Work], totals: Mapping[str, int], guesses: Mapping[str, float]) -> dict[str, float]:
    """Seconds still to go by "step/kind". `guesses`: seconds per unit before anything was measured."""
    scales = _scales(work, guesses)
    left = {}
    for key, total in totals.items():
        done = work.get(key, Work())
        if done.count and done.seconds > 0:
            each = done.seconds / done.count
        else:
            each = guesses.get(key, 0.0) * scales.get(step_of(key), 1.0)
        left[key] = max(0, total - done.count) * each
    return left


def bounds(work: Mapping[str, Work], totals: Mapping[str, int], guesses: Mapping[str, float]) -> tuple[float, float]:
    """Between which seconds the rest of the run lies: wide while little was measured, of all kinds that are left.

    Of how much units differ nothing is kept, only how many were done: n of them may mislead by 1/sqrt(n), and the first
    is often unlike the others (files are read, kernels are built), which is 1/n.
    """
    measured = {step_of(key) for key, done in work.items() if done.count and done.seconds > 0 and not _is_setup(key)}
    low = high = 0.0
    for key, seconds in remaining(work, totals, guesses).items():
        done = work.get(key, Work())
        if done.count and done.seconds > 0:
            off = max(LEAST, 1 + 1 / math.sqrt(done.count) + 1 / done.count)
        else:
            off = OTHER_KIND if step_of(key) in measured else OTHER_STEP
        low, high = low + seconds / off, high + seconds * off
    return low, high


def of_step(left: Mapping[str, float], step: str) -> float:
    return sum(seconds for key, seconds in left.items() if step_of(key) == step)


def step_of(key: str) -> str:
    return key.partition("/")[0]


def snapshot(state: PipelineState, kind: str, guesses: Mapping[str, float], points: int) -> dict[str, Any]:
    """Where the run is, as the `progress` event and the heartbeat file show it. `points`: history entries so far."""
    step = state.cursor.step
    left = remaining(state.work, state.totals, guesses)
    low, high = bounds(state.work, state.totals, guesses)
    done = state.work.get(f"{step}/{kind}", Work())
    units = [n for key, n in state.totals.items() if step_of(key) == step and key != f"{step}/{SETUP}"]
    return {
        "step": step,
        "kind": kind,
        "unit": state.cursor.unit,
        "total": max(state.cursor.unit, sum(units)),
        "of_kind": done.count,
        "kind_total": max(done.count, state.totals.get(f"{step}/{kind}", 0)),
        "rate": done.count / done.seconds if done.seconds > 0 else None,
        "eta_seconds": of_step(left, step),
        "eta_total_seconds": sum(left.values()),
        "eta_low_seconds": low,
        "eta_high_seconds": high,
        "share": state.share,
        "active_seconds": state.active_seconds,
        "points": points,
    }


def _is_setup(key: str) -> bool:
    return key.endswith(SETUP)


def _scales(work: Mapping[str, Work], guesses: Mapping[str, float]) -> dict[str, float]:
    took: dict[str, float] = {}
    guessed: dict[str, float] = {}
    for key, done in work.items():
        if done.count and guesses.get(key) and not _is_setup(key):
            took[step_of(key)] = took.get(step_of(key), 0.0) + done.seconds
            guessed[step_of(key)] = guessed.get(step_of(key), 0.0) + done.count * guesses[key]
    return {step: took[step] / guessed[step] for step in took if guessed[step] > 0}
