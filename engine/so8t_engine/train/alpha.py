"""The strength of the gates as a pure function of the PPO update number."""

from __future__ import annotations

import math

from so8t_engine.config import Alpha

STEPS = 4


def strength(schedule: Alpha, update: int, updates: int) -> float:
    """Alpha after `update` optimizer updates; `updates` is the length where `annealing_steps` is not set.

    `initial` exactly at 0 and `final` exactly from the end on, for every schedule.
    """
    length = schedule.annealing_steps or updates
    if update <= 0 or length <= 0:
        return schedule.initial if length > 0 else schedule.final
    if update >= length:
        return schedule.final
    x = update / length
    if schedule.schedule == "exponential":
        return _exponential(schedule.initial, schedule.final, x)
    curves = {"sigmoid": _sigmoid(x), "linear": x, "cosine": _cosine(x), "step": _step(x)}
    return schedule.initial + (schedule.final - schedule.initial) * curves[schedule.schedule]


def _sigmoid(x: float) -> float:
    """sigmoid((t - T/2) / (T/8)), rescaled so that it runs from exactly 0 to exactly 1."""
    low = 1 / (1 + math.exp(4))
    return (1 / (1 + math.exp(4 - 8 * x)) - low) / (1 - 2 * low)


def _cosine(x: float) -> float:
    return (1 - math.cos(math.pi * x)) / 2


def _step(x: float) -> float:
    """Four equal stairs."""
    return math.floor(x * STEPS) / STEPS


def _exponential(initial: float, final: float, x: float) -> float:
    """A constant ratio per update; from or to zero it falls to a straight line, as no ratio reaches zero."""
    if initial <= 0 or final <= 0:
        return initial + (final - initial) * x
    return initial * (final / initial) ** x
