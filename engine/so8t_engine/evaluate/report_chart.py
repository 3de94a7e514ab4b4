"""The report's charts: loss, alpha, reward and KL over the updates of a session, as SVG that needs nothing else.

Pure functions of the history's entries. Colours are CSS classes (`loss`, `alpha`, `reward`, `kl`), so that the page
decides about light and dark.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

from so8t_engine import numerals
from so8t_engine.sentences import ENGLISH, Sentence, from_json, named, say

WIDTH, HEIGHT = 920, 306
LEFT, RIGHT, TOP, BOTTOM = 64, 64, 54, 46
CORNERS = 500  # of a line at most; where there are more values, each corner is the mean of its neighbours
WINDOWS = 20  # the strong line is a running mean over about a twentieth of a phase, the faint one the values
PHASES = ("pretrain", "warmup", "ppo", "grpo", "rloo")
NAMES = ("loss", "alpha", "reward", "kl")  # lines

Words = Mapping[str, str]
Corner = tuple[float, float]  # (x, y) of a line


@dataclass(frozen=True)
class UpdatePoint:
    """One optimizer update: its place on the x axis, its phase and values (None where there is none)."""

    x: int
    phase: str
    loss: float | None
    alpha: float | None
    reward: float | None
    kl: float | None = None


@dataclass(frozen=True)
class Axis:
    """What stands on one side: a label, the line drawn against it (its class), and its ends with some air."""

    label: str
    line: str
    low: float
    high: float


@dataclass(frozen=True)
class Plane:
    """Where values lie on the paper."""

    first: int
    last: int

    def across(self, x: float) -> float:
        return LEFT + (x - self.first) / max(1, self.last - self.first) * (WIDTH - LEFT - RIGHT)

    def up(self, value: float, axis: Axis) -> float:
        return HEIGHT - BOTTOM - (value - axis.low) / (axis.high - axis.low) * (HEIGHT - TOP - BOTTOM)


def words(language: str = ENGLISH) -> Words:
    """Everything a drawing says."""
    texts = {name: say(named("figure", name), language) for name in NAMES}
    texts |= {phase: say(named("phase", phase), language) for phase in PHASES}
    for code in ("report.kl_axis", "report.optimizer_update", "report.chart_loss", "report.chart_reward"):
        texts[code.partition(".")[2]] = say(Sentence(code), language)
    return texts


def updates_of(history: Iterable[dict[str, Any]]) -> list[UpdatePoint]:
    """The optimizer updates of a history, numbered from 1 over all phases."""
    result: list[UpdatePoint] = []
    for entry in history:
        if entry.get("kind") == "point" and entry.get("phase") in PHASES:
            values = (entry.get(name) for name in ("loss", "alpha", "reward", "kl"))
            result.append(UpdatePoint(len(result) + 1, str(entry["phase"]), *values))
    return result


def marks(history: Iterable[dict[str, Any]], language: str = ENGLISH) -> list[tuple[int, str]]:
    """(number of the update before it, text) of every mark, such as an exactness break."""
    result, number = [], 0
    for entry in history:
        number += entry.get("kind") == "point" and entry.get("phase") in PHASES
        if entry.get("kind") == "mark":
            name = say(named("mark", str(entry.get("mark", ""))), language)
            why = say(from_json(entry["why"]), language) if entry.get("why") else ""
            result.append((number, f"{name}: {why}" if why else name))
    return result


def loss_and_alpha(
    updates: Sequence[UpdatePoint], marked: Sequence[tuple[int, str]] = (), said: Words | None = None
) -> str:
    """All updates; "" where nothing was trained. `said`: in which words, English ones without."""
    said = said or words()
    losses = [update.loss for update in updates if update.loss is not None]
    if not losses:
        return ""
    alpha = axis(said["alpha"], "alpha", [1.0])
    return _draw(updates, axis(said["loss"], "loss", losses), alpha, said, said["chart_loss"], marked)


def reward_and_kl(updates: Sequence[UpdatePoint], said: Words | None = None) -> str:
    """The updates after the warm-up; "" where there were none."""
    said = said or words()
    later = [update for update in updates if update.phase in ("ppo", "grpo", "rloo")]
    rewards = [update.reward for update in later if update.reward is not None]
    if not rewards:
        return ""
    kl = axis(said["kl_axis"], "kl", [update.kl for update in later if update.kl is not None])
    return _draw(later, axis(said["reward"], "reward", [1.0, *rewards]), kl, said, said["chart_reward"], ())


def axis(label: str, line: str, values: Sequence[float]) -> Axis:
    """From zero, or the lowest value below it, to the highest, with a little air."""
    low, high = min(0.0, *values, 0.0), max(*values, 0.0, 0.0)
    high = high if high > low else low + 1.0
    air = 0.04 * (high - low)
    return Axis(label, line, low - (air if low < 0 else 0.0), high + air)


def ticks(low: float, high: float) -> list[float]:
    """Three to six round numbers between the ends."""
    power = 10.0 ** math.floor(math.log10((high - low) / 3))
    step = max((factor * power for factor in (2, 2.5, 5) if factor * power <= (high - low) / 3), default=power)
    first, last = math.ceil(low / step - 1e-9), math.floor(high / step + 1e-9)
    return [number * step for number in range(first, last + 1)]


def tick_text(value: float) -> str:
    return numerals.formatted(value, ".4g")


# The window's plot smooths by the same formula and thins as well (so8t_gui/plot/series.py), but not by this code: it
# needs numpy for a million values that grow while one looks on, it keeps the least and the greatest of each
# neighbourhood, where the report shows means, and the last digits of both are part of files that stay as they are.


def smooth(line: Sequence[Corner]) -> list[Corner]:
    """A running mean without the delay of its beginning (as Adam's moments are corrected)."""
    memory = 1 - 1 / max(1.0, len(line) / WINDOWS)
    mean, weight, result = 0.0, 0.0, []
    for x, y in line:
        mean, weight = memory * mean + (1 - memory) * y, memory * weight + (1 - memory)
        result.append((x, mean / weight))
    return result


def thinned(line: Sequence[Corner]) -> list[Corner]:
    """At most CORNERS corners: the means of equal neighbourhoods."""
    size = math.ceil(len(line) / CORNERS)
    groups = [line[start : start + size] for start in range(0, len(line), max(1, size))]
    return [(sum(x for x, _ in group) / len(group), sum(y for _, y in group) / len(group)) for group in groups]


def _draw(
    updates: Sequence[UpdatePoint],
    left: Axis,
    right: Axis,
    said: Words,
    title: str,
    marked: Sequence[tuple[int, str]],
) -> str:
    plane = Plane(updates[0].x, updates[-1].x)
    parts = [*_phases(updates, plane, said), *_grid(left, right, plane, said), *_marks(marked, plane)]
    for side in (left, right):
        parts += _line(side.line, side, updates, plane)
    parts += _legend([left.line, right.line], said)
    return (
        f'<svg viewBox="0 0 {WIDTH} {HEIGHT}" role="img" aria-label="{escape(title)}">'
        f"<title>{escape(title)}</title>{''.join(parts)}</svg>"
    )


def _line(name: str, axis: Axis, updates: Sequence[UpdatePoint], plane: Plane) -> list[str]:
    """Phases are not joined: what a loss means differs between them."""
    parts = []
    for phase in PHASES:
        pairs = [(update.x, getattr(update, name)) for update in updates if update.phase == phase]
        values = [(float(x), float(y)) for x, y in pairs if y is not None]
        if not values:
            continue
        steady = name == "alpha"
        if not steady:
            parts.append(f'<polyline class="faint {name}" points="{corners(thinned(values), axis, plane)}"/>')
        strong = thinned(values if steady else smooth(values))
        parts.append(f'<polyline class="{name}" points="{corners(strong, axis, plane)}"/>')
    return parts


def corners(line: Sequence[Corner], axis: Axis, plane: Plane) -> str:
    return " ".join(f"{plane.across(x):.1f},{plane.up(y, axis):.1f}" for x, y in line)


def _phases(updates: Sequence[UpdatePoint], plane: Plane, said: Words) -> list[str]:
    parts = []
    names = [name for name in PHASES if any(update.phase == name for update in updates)]
    for number, name in enumerate(names):
        own = [update.x for update in updates if update.phase == name]
        start = plane.across(min(own) - 0.5 if number else min(own))
        end = plane.across(max(own) + 0.5 if number + 1 < len(names) else max(own))
        parts.append(
            f'<rect class="band {"odd" if number % 2 else "even"}" x="{start:.1f}" y="{TOP}" '
            f'width="{max(1.0, end - start):.1f}" height="{HEIGHT - TOP - BOTTOM}"/>'
            f'<text class="phase" x="{(start + end) / 2:.1f}" y="{TOP - 8}">{escape(said[name])}</text>'
        )
    return parts


def _grid(left: Axis, right: Axis, plane: Plane, said: Words) -> list[str]:
    parts = []
    for value in ticks(left.low, left.high):
        y = plane.up(value, left)
        parts.append(f'<line class="grid" x1="{LEFT}" x2="{WIDTH - RIGHT}" y1="{y:.1f}" y2="{y:.1f}"/>')
        parts.append(f'<text class="left" x="{LEFT - 8}" y="{y + 4:.1f}">{tick_text(value)}</text>')
    for value in ticks(right.low, right.high):
        parts.append(f'<text x="{WIDTH - RIGHT + 8}" y="{plane.up(value, right) + 4:.1f}">{tick_text(value)}</text>')
    for x in sorted({plane.first + round(quarter / 4 * (plane.last - plane.first)) for quarter in range(5)}):
        parts.append(f'<text class="middle" x="{plane.across(x):.1f}" y="{HEIGHT - BOTTOM + 17}">{x}</text>')
    middle = (TOP + HEIGHT - BOTTOM) / 2
    parts += [
        f'<text class="middle" x="{WIDTH / 2}" y="{HEIGHT - 8}">{escape(said["optimizer_update"])}</text>',
        f'<text class="middle" transform="translate(14 {middle}) rotate(-90)">{escape(left.label)}</text>',
        f'<text class="middle" transform="translate({WIDTH - 10} {middle}) rotate(90)">{escape(right.label)}</text>',
    ]
    return parts


def _marks(marked: Sequence[tuple[int, str]], plane: Plane) -> list[str]:
    return [
        f'<line class="mark" x1="{plane.across(max(x, 1)):.1f}" x2="{plane.across(max(x, 1)):.1f}" y1="{TOP}" '
        f'y2="{HEIGHT - BOTTOM}"><title>{escape(text)}</title></line>'
        for x, text in marked
    ]


def _legend(names: Sequence[str], said: Words) -> list[str]:
    parts, x = [], float(LEFT)
    for name in names:
        parts.append(f'<line class="key {name}" x1="{x:.0f}" x2="{x + 26:.0f}" y1="14" y2="14"/>')
        parts.append(f'<text class="name" x="{x + 33:.0f}" y="18">{escape(said[name])}</text>')
        x += 60 + sum(13.0 if char > "\u2e80" else 7.2 for char in said[name])
    return parts
