"""Synthetic loss curves with known properties, and what the search for phase transitions finds in them."""

from __future__ import annotations

import math
from collections.abc import Iterable

import numpy as np
import numpy.typing as npt

from so8t_engine.train import phase_transitions

WATCH = phase_transitions.DetectorSettings(period=1, initial=1.0, final=0.0)
TRENDS = {"none": (0.0, 1.0), "short decay": (10.0, 50.0), "decay": (10.0, 150.0), "long decay": (30.0, 300.0)}
NOISES = ("white", "ar-0.3", "ar0.3", "ar0.6", "ar0.8", "t3", "t5")
Array = npt.NDArray[np.float64]


def noise(kind: str, curves: int, length: int, seed: int = 1) -> Array:
    """(curves, length) of standard deviation 1: white, ar<coefficient> or t<degrees of freedom>."""
    source = np.random.default_rng(seed)
    if kind.startswith("t"):
        degrees = float(kind[1:])
        return source.standard_t(degrees, (curves, length)) / math.sqrt(degrees / (degrees - 2))
    fresh = source.standard_normal((curves, length))
    correlation = float(kind[2:]) if kind.startswith("ar") else 0.0
    found = fresh.copy()
    for at in range(1, length):
        found[:, at] = correlation * found[:, at - 1] + math.sqrt(1 - correlation**2) * fresh[:, at]
    return found


def decay(name: str, length: int) -> Array:
    height, scale = TRENDS[name]
    return height * np.exp(-np.arange(length) / scale)


def found(
    losses: Iterable[float], watch: phase_transitions.DetectorSettings = WATCH, alpha: float = 0.5
) -> list[phase_transitions.Transition]:
    state, seen = phase_transitions.START, []
    for update, loss in enumerate(losses, 1):
        state, transition = phase_transitions.observe(watch, state, update, loss, alpha)
        seen += [transition] if transition else []
    return seen


def false_marks(kind: str, trend: str, curves: int, length: int) -> float:
    """Per 1,000 windows."""
    drawn = noise(kind, curves, length) + decay(trend, length)
    return 1000 * sum(len(found(curve)) for curve in drawn.tolist()) / (curves * length)


def share_found(kind: str, trend: str, sigmas: float, within: int, curves: int, length: int) -> float:
    """The share of curves in which the first mark after a step comes within so many windows, in its direction."""
    source = np.random.default_rng(2)
    right = 0
    for curve in noise(kind, curves, length, seed=2) + decay(trend, length):
        at, sign = int(source.integers(60, length - within)), float(source.choice([-1.0, 1.0]))
        curve[at:] += sign * sigmas
        marks = [mark for mark in found(curve[: at + within].tolist()) if mark.update > at]
        right += bool(marks) and marks[0].direction == ("up" if sign > 0 else "down")
    return right / curves
