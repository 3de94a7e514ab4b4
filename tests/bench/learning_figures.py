"""The figures of learning.py: paired differences with Student's t, a curve as a line of characters, curves as SVG."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from statistics import fmean, stdev
from typing import Any

Curves = Mapping[str, Sequence[float]]

BARS = "▁▂▃▄▅▆▇█"
PANELS = {
    "mean reward": ("reward",),
    "its parts": ("reward_format", "reward_answer", "reward_safety"),
    "KL, nats an answer": ("kl",),
}
WIDTH, HEIGHT, EDGE = 300, 180, 34


def difference(pairs: Sequence[tuple[float, float]]) -> dict[str, Any]:
    """Means before and after, the mean difference, its 95 % interval and the two-sided p of a paired t-test.

    With fewer than two pairs, or with equal differences, there is no test: interval and p are None.
    """
    before, after = fmean(pair[0] for pair in pairs), fmean(pair[1] for pair in pairs)
    changes = [second - first for first, second in pairs]
    found: dict[str, Any] = {"before": before, "after": after, "change": fmean(changes)}
    spread = stdev(changes) if len(changes) > 1 else 0.0
    if spread == 0.0:
        return found | {"low": None, "high": None, "t": None, "p": None}
    error, freedom = spread / math.sqrt(len(changes)), len(changes) - 1
    t, half = found["change"] / error, critical(freedom) * error
    return found | {"low": found["change"] - half, "high": found["change"] + half, "t": t, "p": two_sided(t, freedom)}


def two_sided(t: float, freedom: int) -> float:
    """P(|T| >= |t|) for Student's t: Simpson's rule over the angle x = atan(t / sqrt(freedom)), where the density is
    proportional to cos(x) ** (freedom - 1)."""

    def area(start: float, end: float, steps: int = 2_000) -> float:
        width = (end - start) / steps
        total = sum(
            (1 if i in (0, steps) else 4 if i % 2 else 2) * math.cos(start + i * width) ** (freedom - 1)
            for i in range(steps + 1)
        )
        return total * width / 3

    end = math.pi / 2
    return area(math.atan(abs(t) / math.sqrt(freedom)), end) / area(0.0, end)


def critical(freedom: int) -> float:
    """The t whose two-sided p is 0.05, by bisection."""
    low, high = 0.0, 100.0
    for _ in range(60):
        middle = (low + high) / 2
        low, high = (middle, high) if two_sided(middle, freedom) > 0.05 else (low, middle)
    return high


def sparkline(values: Sequence[float], width: int = 40) -> str:
    """One character a point, or a mean of several where there are more than `width`."""
    step = max(1, math.ceil(len(values) / width))
    means = [fmean(values[start : start + step]) for start in range(0, len(values), step)]
    low, high = min(means), max(means)
    return "".join(BARS[round((value - low) / (high - low or 1) * (len(BARS) - 1))] for value in means)


def svg(mean: Curves, each: Sequence[Curves]) -> str:
    """One panel a theme: the seeds faint, their mean strong; the x axis is PPO iterations."""
    panels = [
        _panel(i * WIDTH, title, [name for name in names if name in mean], mean, each)
        for i, (title, names) in enumerate(PANELS.items())
    ]
    size = f'width="{WIDTH * len(panels)}" height="{HEIGHT}"'
    style = "text{font:11px sans-serif;fill:#555}polyline{fill:none;stroke-width:2}.faint{opacity:.25;stroke-width:1}"
    return f'<svg xmlns="http://www.w3.org/2000/svg" {size}><style>{style}</style>{"".join(panels)}</svg>\n'


def _panel(left: int, title: str, names: Sequence[str], mean: Curves, each: Sequence[Curves]) -> str:
    values = [value for curve in each for name in names for value in curve[name]]
    low, high = min(values, default=0.0), max(values, default=1.0)
    high = high if high > low else low + 1

    def line(curve: Sequence[float], colour: str, kind: str) -> str:
        across = (WIDTH - 2 * EDGE) / max(1, len(curve) - 1)
        places = " ".join(
            f"{left + EDGE + i * across:.1f},{HEIGHT - EDGE - (value - low) / (high - low) * (HEIGHT - 2 * EDGE):.1f}"
            for i, value in enumerate(curve)
        )
        return f'<polyline class="{kind}" points="{places}" stroke="{colour}"/>'

    colours = dict(zip(names, ("#2a6fbb", "#c2571a", "#3a8a4d"), strict=False))
    lines = [line(curve[name], colours[name], "faint") for curve in each for name in names]
    lines += [line(mean[name], colours[name], "strong") for name in names]
    words = [
        _text(left + EDGE, 18, title),
        _text(left + 2, EDGE + 4, f"{high:.2f}"),
        _text(left + 2, HEIGHT - EDGE, f"{low:.2f}"),
        *(
            _text(left + EDGE + i * 75, HEIGHT - 8, name.removeprefix("reward_"), colour)
            for i, (name, colour) in enumerate(colours.items())
        ),
    ]
    return "".join([*words, *lines])


def _text(x: float, y: float, words: str, colour: str = "#555") -> str:
    return f'<text x="{x}" y="{y}" style="fill:{colour}">{words}</text>'
