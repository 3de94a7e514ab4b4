"""Phase transitions over the whole history, after training: where the loss jumped while alpha moved.

The search while training runs (train/phase_transitions.py) knows only what came before; this one sees both sides. The
loss of an iteration is the mean of its updates. `ruptures` (Truong, Oudre and Vayatis, Signal Processing 167, 2020)
cuts the curve into pieces that are straight lines (PELT: Killick, Fearnhead and Eckley, JASA 107, 2012); a cut counts
where the two lines lie further apart than their noise explains, so that a bend alone is none.

Measured on 8 curves of 300 iterations of each noise and decay of tests/helpers/curves.py (67,200 iterations): none was
found where there is none; steps of 3 deviations in white, slightly correlated or heavy-tailed noise were found in 10 of
10 curves, in AR(1) noise at 0.6 steps of 3 in 4 of 10 and steps of 5 in 10 of 10. A few smaller curves are in
tests/engine/evaluate/test_transitions.py.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

PIECE = 12  # iterations at least between two cuts
PENALTY = 5.0  # times log(n), for a line more
JUMP = 5.0  # standard errors of the difference of two lines where they meet
FLOOR = 0.2  # deviations: the least error of that difference, however little noise a piece shows
LONGEST = 600  # windows; more iterations share one, as PELT's time grows faster than the curve

Array = npt.NDArray[np.float64]
PHASES = ("ppo", "grpo", "rloo")


def of_history(entries: Iterable[dict[str, Any]], initial: float, final: float) -> list[dict[str, Any]]:
    """{update, size, sigmas, alpha} of each; `initial`, `final` are alpha's ends, strictly between which it moves."""
    windows: dict[int, list[tuple[int, float, float]]] = {}
    low, high = sorted((initial, final))
    for entry in entries:
        if entry.get("phase") in PHASES and entry.get("loss") is not None and low < entry["alpha"] < high:
            windows.setdefault(entry["iteration"], []).append((entry["update"], entry["loss"], entry["alpha"]))
    rows = [windows[iteration] for iteration in sorted(windows)]
    width = max(1, math.ceil(len(rows) / LONGEST))
    groups = [list(itertools.chain(*rows[start : start + width])) for start in range(0, len(rows), width)]
    jumps = changes([float(np.mean([loss for _, loss, _ in group])) for group in groups])
    return [
        {"update": groups[at][0][0], "size": size, "sigmas": sigmas, "alpha": groups[at][0][2]}
        for at, size, sigmas in jumps
    ]


def changes(curve: Sequence[float]) -> list[tuple[int, float, float]]:
    """(index of the first value behind the jump, its size, its size in deviations of the noise)."""
    values = np.asarray(curve, dtype=np.float64)
    if len(values) < 2 * PIECE or not np.ptp(values) > 0:
        return []
    import ruptures  # takes most of a second to load, which a short run and a cut-off one do without

    noise, correlation = _noise(values)
    spread = noise * math.sqrt((1 + correlation) / (1 - correlation))
    time = np.linspace(-1.0, 1.0, len(values))
    signal = np.column_stack([(values - values.mean()) / spread, time, np.ones_like(time)])
    cuts = (
        ruptures.Pelt(model="linear", min_size=PIECE, jump=1).fit(signal).predict(pen=PENALTY * math.log(len(values)))
    )
    edges = [0, *cuts]
    jumps = []
    for begin, at, end in zip(edges, edges[1:], edges[2:], strict=False):
        before, after = _line(values[begin:at], correlation), _line(values[at:end], correlation)
        size = after[0] - before[1]
        if abs(size) > JUMP * math.hypot(before[2], after[2], spread * FLOOR):
            jumps.append((int(at), float(size), float(size / noise)))
    return jumps


def _noise(values: Array) -> tuple[float, float]:
    """(deviation, correlation of neighbours) of AR(1) noise around a curve that changes slowly.

    From the differences of neighbours, whose own correlation is -(1 - r) / 2; a few jumps are cut down first.
    """
    steps = np.diff(values)
    limit = 4 * max(1.4826 * float(np.median(np.abs(steps - np.median(steps)))), 1e-12)
    steps = np.clip(steps - np.median(steps), -limit, limit)
    square = max(float(steps @ steps), 1e-300)
    correlation = min(0.95, max(0.0, 1 + 2 * float(steps[1:] @ steps[:-1]) / square))
    return math.sqrt(square / len(steps) / (2 * (1 - correlation))), correlation


def _line(values: Array, correlation: float) -> tuple[float, float, float]:
    """A fitted line's values where the piece begins and where the next one would, and their standard error."""
    n = len(values)
    x = np.arange(n) - (n - 1) / 2
    slope, level = np.polyfit(x, values, 1)
    rest = values - (slope * x + level)
    variance = float(rest @ rest) / max(1, n - 2) * (1 + correlation) / (1 - correlation)
    error = math.sqrt(variance * (1 / n + (n / 2) ** 2 / float(x @ x)))
    return float(level - slope * n / 2), float(level + slope * n / 2), error
