"""Loss and alpha over the updates of a session, as a piece of SVG that needs nothing else."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

WIDTH, HEIGHT = 900, 320
LEFT, RIGHT, TOP, BOTTOM = 60, 60, 20, 44
POINTS = 600
PHASES = {"pretrain": "base", "warmup": "warm-up", "ppo": "PPO"}


@dataclass(frozen=True)
class Point:
    """One optimizer update: its place on the x axis, its phase and values (None where there is none)."""

    x: int
    phase: str
    loss: float | None
    alpha: float | None
    reward: float | None


def points(history: Iterable[dict[str, Any]]) -> list[Point]:
    """The optimizer updates of a history, numbered from 1 over all phases."""
    found: list[Point] = []
    for entry in history:
        if entry.get("kind") == "point" and entry.get("phase") in PHASES:
            values = (entry.get(name) for name in ("loss", "alpha", "reward"))
            found.append(Point(len(found) + 1, str(entry["phase"]), *values))
    return found


def draw(found: Sequence[Point]) -> str:
    """The whole chart; a sentence where nothing was trained."""
    losses = [point.loss for point in found if point.loss is not None]
    if not losses:
        return "<p>No training update was recorded.</p>"
    low, high = min(0.0, min(losses)), max(losses)
    last = max(2, found[-1].x)

    def across(x: float) -> float:
        return LEFT + (x - 1) / (last - 1) * (WIDTH - LEFT - RIGHT)

    def up(value: float, bottom: float, top: float) -> float:
        return HEIGHT - BOTTOM - (value - bottom) / ((top - bottom) or 1) * (HEIGHT - TOP - BOTTOM)

    thin = found[:: max(1, len(found) // POINTS)]
    series = {
        "loss": [(across(p.x), up(p.loss, low, high)) for p in thin if p.loss is not None],
        "alpha": [(across(p.x), up(p.alpha, 0, 1)) for p in thin if p.alpha is not None],
        "reward": [(across(p.x), up(p.reward, 0, 1)) for p in thin if p.reward is not None],
    }
    parts = [*_phases(found, across), *_axes(low, high, last, across, up)]
    for name, places in series.items():
        if places:
            line = " ".join(f"{x:.1f},{y:.1f}" for x, y in places)
            parts.append(f'<polyline class="{name}" points="{line}"/>')
    for number, name in enumerate(name for name, places in series.items() if places):
        x = LEFT + 12 + 110 * number
        parts.append(f'<line class="{name}" x1="{x}" x2="{x + 24}" y1="{TOP + 6}" y2="{TOP + 6}"/>')
        parts.append(f'<text x="{x + 30}" y="{TOP + 10}">{name}</text>')
    label = f"Loss from {found[0].loss:.3g} to {losses[-1]:.3g} over {last} updates" if found[0].loss else "Loss"
    return (
        f'<svg viewBox="0 0 {WIDTH} {HEIGHT}" role="img" aria-label="{escape(label)}">'
        + "".join(parts) + "</svg>"
    )  # fmt: skip


def _phases(found: Sequence[Point], across: Any) -> list[str]:
    parts = []
    names = sorted({point.phase for point in found}, key=list(PHASES).index)
    for number, name in enumerate(names):
        own = [point.x for point in found if point.phase == name]
        start, end = across(min(own)), across(max(own))
        shade = "band even" if number % 2 == 0 else "band odd"
        parts.append(
            f'<rect class="{shade}" x="{start:.1f}" y="{TOP}" width="{max(1.0, end - start):.1f}" '
            f'height="{HEIGHT - TOP - BOTTOM}"/>'
            f'<text class="phase" x="{(start + end) / 2:.1f}" y="{HEIGHT - BOTTOM - 8}">{PHASES[name]}</text>'
        )
    return parts


def _axes(low: float, high: float, last: int, across: Any, up: Any) -> list[str]:
    parts = []
    for step in range(5):
        share = step / 4
        value = low + share * (high - low)
        y = up(value, low, high)
        parts.append(f'<line class="grid" x1="{LEFT}" x2="{WIDTH - RIGHT}" y1="{y:.1f}" y2="{y:.1f}"/>')
        parts.append(f'<text class="left" x="{LEFT - 8}" y="{y + 4:.1f}">{value:.2f}</text>')
        parts.append(f'<text x="{WIDTH - RIGHT + 8}" y="{y + 4:.1f}">{share:.2f}</text>')
        x = across(1 + share * (last - 1))
        parts.append(
            f'<text class="middle" x="{x:.1f}" y="{HEIGHT - BOTTOM + 16}">{round(1 + share * (last - 1))}</text>'
        )
    parts.append(f'<text class="left" x="{LEFT - 8}" y="{TOP - 6}">loss</text>')
    parts.append(f'<text x="{WIDTH - RIGHT + 8}" y="{TOP - 6}">alpha, reward</text>')
    parts.append(f'<text class="middle" x="{WIDTH / 2}" y="{HEIGHT - 8}">optimizer updates</text>')
    return parts
