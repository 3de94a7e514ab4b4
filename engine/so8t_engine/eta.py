"""Remaining time from the rates this session really had: work done divided by active time, kind by kind.

Most trainers divide this process's time by the global step and are far off after a resume. Here the units
done and the seconds they took are saved together in every commit, so pauses, downtime and work that was lost and done
again never enter. A kind that was not measured yet counts with its first guess, scaled by how wrong the
guesses of the same step were so far.
"""

from __future__ import annotations

from collections.abc import Mapping

from so8t_engine.state import Work

SETUP = "setup"


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


def of_step(left: Mapping[str, float], step: str) -> float:
    return sum(seconds for key, seconds in left.items() if step_of(key) == step)


def step_of(key: str) -> str:
    return key.partition("/")[0]


def _scales(work: Mapping[str, Work], guesses: Mapping[str, float]) -> dict[str, float]:
    took: dict[str, float] = {}
    guessed: dict[str, float] = {}
    for key, done in work.items():
        if done.count and guesses.get(key) and not key.endswith(SETUP):
            took[step_of(key)] = took.get(step_of(key), 0.0) + done.seconds
            guessed[step_of(key)] = guessed.get(step_of(key), 0.0) + done.count * guesses[key]
    return {step: took[step] / guessed[step] for step in took if guessed[step] > 0}
