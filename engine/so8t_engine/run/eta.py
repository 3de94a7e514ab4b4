"""Remaining time from the rates this session really had: work done divided by active time, kind by kind.

Most trainers divide this process's time by the global step and are far off after a resume. Here the units
done and the seconds they took are saved together in every commit, so pauses, downtime and work that was lost and done
again never enter. A kind that was not measured yet counts with its first guess, scaled by how wrong the guesses of its
kin (workload.py) were so far, else those of its step; one that nobody has guessed like the units of its step. What
sessions before have measured takes the place of a guess.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

from so8t_engine.session import live_progress
from so8t_engine.session.state import PipelineState, Work

SETUP = live_progress.SETUP
NO_KIN: Mapping[str, str] = {}
NOT_BEFORE: Mapping[str, float] = {}
# How many times shorter or longer than it is thought to be what was not measured yet may take.
OTHER_KIND, OTHER_KIN, OTHER_STEP = 2.5, 4.0, 10.0  # beside measured kinds of its kin or step; where only what computes
# is the same; where nothing was measured by which its guess could be mended
OTHER_SESSION = 2.5  # where a session before has measured it: others may have used the machine then, or may now
LEAST = 1.03  # of what was measured very often: it goes on changing


def remaining(
    work: Mapping[str, Work],
    totals: Mapping[str, int],
    guesses: Mapping[str, float],
    kin: Mapping[str, str] = NO_KIN,
    before: Mapping[str, float] = NOT_BEFORE,
) -> dict[str, float]:
    """Seconds still to go by "step/kind".

    `guesses`: seconds per unit before anything was measured; `before`: as sessions before this one measured them.
    """
    scales = _Scales(work, {**guesses, **before}, kin)
    left = {}
    for key, total in totals.items():
        done = work.get(key, Work())
        each = done.seconds / done.count if is_measured(done) else scales.expected(key)
        left[key] = max(0, total - done.count) * each
    return left


def bounds(
    work: Mapping[str, Work],
    totals: Mapping[str, int],
    guesses: Mapping[str, float],
    kin: Mapping[str, str] = NO_KIN,
    before: Mapping[str, float] = NOT_BEFORE,
) -> tuple[float, float]:
    """Between which seconds the rest of the run lies: wide while little was measured, of all kinds that are left.

    Of how much units differ nothing is kept, only how many were done: n of them may mislead by 1/sqrt(n), and the first
    is often unlike the others (files are read, kernels are built), which is 1/n. What was guessed by the same is off
    the same way, what was measured or guessed apart is hardly all too long or all too short: these add as squares. A
    machine that becomes busier later than now can take longer than the most.
    """
    scales = _Scales(work, {**guesses, **before}, kin)
    left = remaining(work, totals, guesses, kin, before)
    less, more = dict[str, float](), dict[str, float]()
    for key, seconds in left.items():
        done = work.get(key, Work())
        if is_measured(done):
            source, off = key, max(LEAST, 1 + 1 / math.sqrt(done.count) + 1 / done.count)
        else:
            source, off = scales.source(key), scales.off(key)
            if key in before:
                off = min(OTHER_SESSION, off)
        less[source] = less.get(source, 0.0) + seconds - seconds / off
        more[source] = more.get(source, 0.0) + seconds * off - seconds
    whole = sum(left.values())
    return max(0.0, whole - math.hypot(*less.values())), whole + math.hypot(*more.values())


def of_step(left: Mapping[str, float], step: str) -> float:
    return sum(seconds for key, seconds in left.items() if step_of(key) == step)


def step_of(key: str) -> str:
    return key.partition("/")[0]


def snapshot(
    state: PipelineState,
    kind: str,
    guesses: Mapping[str, float],
    points: int,
    kin: Mapping[str, str] = NO_KIN,
    before: Mapping[str, float] = NOT_BEFORE,
) -> dict[str, Any]:
    """Where the run is, as the `progress` event and the heartbeat file show it. `points`: history entries so far.

    Of kind SETUP the step is loading what it needs: no unit of that is counted, and of a step that was never begun
    nobody knows yet how many units it has.
    """
    step = state.cursor.step
    left = remaining(state.work, state.totals, guesses, kin, before)
    low, high = bounds(state.work, state.totals, guesses, kin, before)
    loading = kind == SETUP
    done = Work() if loading else state.work.get(f"{step}/{kind}", Work())
    begun = not loading or f"{step}/{SETUP}" in state.work
    units = [n for key, n in state.totals.items() if step_of(key) == step and key != f"{step}/{SETUP}"]
    return {
        "step": step,
        "kind": kind,
        "unit": state.cursor.unit,
        "total": max(state.cursor.unit, sum(units)) if begun else 0,
        "of_kind": done.count,
        "kind_total": 0 if loading else max(done.count, state.totals.get(f"{step}/{kind}", 0)),
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


def loaded(now: PipelineState, saved: PipelineState) -> float:
    """Active seconds since then in which a step has loaded what it needs, for the first time."""
    in_setup = [sum(done.seconds for key, done in each.work.items() if _is_setup(key)) for each in (now, saved)]
    return in_setup[0] - in_setup[1]


def counts(key: str, done: Work) -> bool:
    """Whether units of a kind were measured that tell of others: what was loaded tells of none."""
    return is_measured(done) and not _is_setup(key)


def is_measured(done: Work) -> bool:
    return done.count > 0 and done.seconds > 0


class _Scales:
    """How wrong the guesses were so far, by what was measured: of a kin, of what computes for it, of a step."""

    def __init__(self, work: Mapping[str, Work], guesses: Mapping[str, float], kin: Mapping[str, str]) -> None:
        self._guesses, self._kin = guesses, kin
        self._took: dict[str, float] = {}
        self._guessed: dict[str, float] = {}
        self._all: dict[str, Work] = {}
        for key, done in work.items():
            if not _is_setup(key) and done.count:
                self._note(key, done)

    def _note(self, key: str, done: Work) -> None:
        step, guess = step_of(key), self._guesses.get(key, 0.0)
        before = self._all.get(step, Work())
        self._all[step] = Work(before.count + done.count, before.seconds + done.seconds)
        for group in self._groups(key) if guess else ():
            self._took[group] = self._took.get(group, 0.0) + done.seconds
            self._guessed[group] = self._guessed.get(group, 0.0) + done.count * guess

    def _groups(self, key: str) -> list[str]:
        """The nearest first."""
        kin = self._kin.get(key)
        return [*([f"kin {kin}", f"kin {kin.partition('/')[0]}"] if kin else []), f"step {step_of(key)}"]

    def source(self, key: str) -> str:
        """What is thought of it rests on the same as that of others with this: where nothing was measured, all do."""
        return "" if self.off(key) == OTHER_STEP else self._groups(key)[0]

    def off(self, key: str) -> float:
        """How many times more or less a unit of it may take than is expected."""
        if is_measured(self._all.get(step_of(key), Work())):
            return OTHER_KIND
        nearest = next((group for group in self._groups(key) if group in self._took), "")
        return OTHER_STEP if not nearest else OTHER_KIND if "/" in nearest else OTHER_KIN

    def expected(self, key: str) -> float:
        """Seconds of a unit of a kind that was not measured."""
        guess = self._guesses.get(key)
        if guess is None:
            others = self._all.get(step_of(key), Work())
            return others.seconds / others.count if others.count else 0.0
        group = next((group for group in self._groups(key) if self._guessed.get(group)), None)
        return guess * (self._took[group] / self._guessed[group] if group else 1.0)
