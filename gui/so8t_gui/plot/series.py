"""The numbers behind the plot: growing columns, smoothing, thinning to what the screen can show. Pure numpy.

N: entries so far. A value that an entry does not have is NaN.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import Any

import numpy as np
import numpy.typing as npt

from so8t_engine.sentences import Sentence, from_json

Array = npt.NDArray[np.float64]

VALUES = ("loss", "alpha", "reward", "kl", "accuracy")
LEARNING = ("ppo", "grpo", "rloo")  # phases of reinforcement learning
UPDATES = ("pretrain", "warmup", *LEARNING)  # phases whose points are optimizer updates
BUCKETS = 2_000
A_LITTLE = 1e-6  # of an entry
INTERRUPTION = "interruption"


class Column:
    """A float64 array that grows at its end, with spare capacity so that adding is cheap."""

    def __init__(self) -> None:
        self._buffer = np.empty(1_024)
        self._used = 0

    def add(self, value: float) -> None:
        if self._used == len(self._buffer):
            self._buffer = np.concatenate([self._buffer, np.empty(len(self._buffer))])
        self._buffer[self._used] = value
        self._used += 1

    def extend(self, values: Array) -> None:
        needed = self._used + len(values)
        if needed > len(self._buffer):
            self._buffer = np.concatenate([self._buffer, np.empty(max(needed - len(self._buffer), len(self._buffer)))])
        self._buffer[self._used : needed] = values
        self._used = needed

    def cut(self, length: int) -> None:
        """Leaves the first `length` values."""
        self._used = min(self._used, length)

    @property
    def values(self) -> Array:
        """A view, valid until something is added."""
        return self._buffer[: self._used]

    def __len__(self) -> int:
        return self._used


class Table:
    """The updates of a history: x (their running number), number in the history, one column for each of VALUES.

    `accuracy` is the share of right answers among the rollouts before an update (reward_answer).
    """

    def __init__(self) -> None:
        self.x, self.numbers = Column(), Column()
        self.columns = {name: Column() for name in VALUES}
        self.phases: list[tuple[int, str]] = []  # (first x, phase)
        self.learns: bool | None = None  # whether reinforcement learning is to come, or was; None: nobody knows
        self.newest = 0  # number of the last entry
        self.cuts = 0  # how often it has become shorter: what was kept of it begins anew
        self._marks: list[PlotMark] = []
        self._accuracies: list[tuple[int, Any]] = []  # (number, value) of each entry of rollouts

    def __len__(self) -> int:
        return len(self.x)

    def add(self, entry: Mapping[str, Any]) -> None:
        """An entry of the history, or the event with the same values. One that was seen already changes nothing."""
        number = entry.get("number")
        if isinstance(number, int):
            if number <= self.newest:
                return
            self.newest = number
        if entry.get("mark"):
            why = from_json(entry["why"]) if entry.get("why") else None
            self._marks.append(PlotMark(len(self), str(entry["mark"]), why=why, number=self.newest))
            return
        phase = entry.get("phase")
        if phase == "rollout":
            self._accuracies.append((self.newest, entry.get("reward_answer")))
        if phase not in UPDATES:
            return
        if not self.phases or self.phases[-1][1] != phase:
            self.phases.append((len(self) + 1, str(phase)))
        self.x.add(len(self) + 1)
        self.numbers.add(float(self.newest))
        values = {"accuracy": self._accuracies[-1][1] if self._accuracies else None, **entry}
        for name, column in self.columns.items():
            column.add(_number(values.get(name)))

    def extend(self, entries: Iterable[Mapping[str, Any]]) -> None:
        for entry in entries:
            self.add(entry)

    def go_on_as(self, other: Table) -> None:
        """Takes over what another table of the same history has behind its own end: a run saves its points later."""
        known, newest = len(self), self.newest
        for at in range(int(np.searchsorted(other.numbers.values, self.newest, side="right")), len(other)):
            phase = next(name for first, name in reversed(other.phases) if first <= at + 1)
            values = {name: float(column.values[at]) for name, column in other.columns.items()}
            self.add({"number": int(other.numbers.values[at]), "phase": phase, **values})
        there = {(mark.x, mark.kind) for mark in self.marks}
        self._marks += [mark for mark in other.marks if mark.x >= known and (mark.x, mark.kind) not in there]
        self._accuracies += [(number, value) for number, value in other._accuracies if number > newest]
        self.newest = max(self.newest, other.newest)

    def cut(self, points: int) -> None:
        """Drops the entries behind the number `points`: they were lost, and are made again."""
        if points >= self.newest:
            return
        behind = self._behind(points)
        for column in (self.x, self.numbers, *self.columns.values()):
            column.cut(behind)
        self.phases = [(first, phase) for first, phase in self.phases if first <= behind]
        self._marks = [mark for mark in self._marks if mark.number <= points or mark.kind == INTERRUPTION]
        self._accuracies = [(number, value) for number, value in self._accuracies if number <= points]
        self.newest = points
        self.cuts += 1

    @property
    def marks(self) -> list[PlotMark]:
        """Those of the history, then the interruptions."""
        made = [mark for mark in self._marks if mark.kind != INTERRUPTION]
        cuts = [mark for mark in self._marks if mark.kind == INTERRUPTION]
        return [*made, *(replace(mark, x=self._behind(mark.number)) for mark in cuts)]

    def _behind(self, points: int) -> int:
        """How many updates there are up to the entry number `points`."""
        return int(np.searchsorted(self.numbers.values, points, side="right"))

    @property
    def alpha(self) -> Array:
        """(N,) as far as it means something: while the base model is built there are no gates."""
        values = self.columns["alpha"].values.copy()
        for (first, phase), (end, _) in pairwise([*self.phases, (len(self) + 1, "")]):
            if phase == "pretrain":
                values[first - 1 : end - 1] = math.nan
        return values

    def has(self, name: str) -> bool:
        """Whether there is any value in a column."""
        return bool(np.isfinite(self.columns[name].values).any())

    def smoothed(self, name: str, weight: float) -> Array:
        """(N,) a column, smoothed within each phase: the losses of two phases are different things."""
        smooth = Smooth(weight)
        smooth.follow(self, name)
        return smooth.values

    def interrupted(self, points: int, text: str) -> None:
        """An interruption after which the run went on from the entry number `points`."""
        self._marks.append(PlotMark(self._behind(points), INTERRUPTION, text, number=points))

    def seconds(self, timeline: Sequence[tuple[int, float]], first: int = 0) -> Array:
        """(N,) active seconds at each update, between the moments that `timeline` knows; NaN where it knows none.

        From row `first` on: -1 is the last.

        Of moments with as many entries the last entry was made at the first, and the next comes after the last.
        """
        numbers = self.numbers.values[first:]
        if not timeline:
            return np.full(len(numbers), math.nan)
        points = np.array([(0, 0.0), *timeline])
        points[1:, 0] += A_LITTLE * (points[1:, 0] == points[:-1, 0])
        seconds: Array = np.interp(numbers, points[:, 0], points[:, 1])
        return seconds


@dataclass(frozen=True)
class PlotMark:
    """An event after update `x`. `kind`: phase_transition, interruption, exactness_break, ...; `text`: what it was."""

    x: int
    kind: str
    text: str = ""  # of a phase or an interruption; a mark of the history has its name and `why`
    why: Sentence | None = None
    number: int = field(default=0, compare=False)  # of the last entry before an interruption, of a mark its own


def _number(value: Any) -> float:
    try:
        return float(value) if isinstance(value, (int, float)) and math.isfinite(value) else math.nan
    except OverflowError:  # JSON has whole numbers that no float holds
        return math.nan


class Smooth:
    """A smoothed column that grows with its table; it keeps its running sums, so that a new point is cheap."""

    def __init__(self, weight: float) -> None:
        self.weight = weight
        self._column = Column()
        self._sums, self._cuts = (0.0, 0.0), 0

    def follow(self, table: Table, name: str) -> None:
        """Takes the values that were added to the table's column since the last call; all, where some were lost."""
        if self._cuts != table.cuts:
            self._column.cut(0)
            self._sums, self._cuts = (0.0, 0.0), table.cuts
        values, done = table.columns[name].values, len(self._column)
        starts = [first - 1 for first, _ in table.phases if first - 1 > done]
        for begin, end in pairwise([done, *starts, len(values)]):
            if any(first - 1 == begin for first, _ in table.phases):
                self._sums = (0.0, 0.0)
            part, self._sums = smoothed(values[begin:end], self.weight, self._sums)
            self._column.extend(part)

    @property
    def values(self) -> Array:
        return self._column.values


def smoothed(values: Array, weight: float, sums: tuple[float, float] = (0.0, 0.0)) -> tuple[Array, tuple[float, float]]:
    """Exponential smoothing with bias correction: y_n = sum_i w^(n-i) v_i / sum_i w^(n-i) over the values there are.

    `weight` from 0 (the values themselves) to below 1. NaN gives the value before. `sums` are those of the values
    before (and are returned for those that follow). In blocks, so that a million values take hundredths of a second:
    within a block the recurrence is a scaled running sum.
    """
    if weight <= 0 or not len(values):
        return values.copy(), sums
    finite = np.isfinite(values)
    filled = np.where(finite, values, 0.0)
    size = max(1, min(4_096, int(-300 / math.log10(weight))))
    top, bottom = sums
    result = np.empty_like(filled)
    for start in range(0, len(filled), size):
        part, there = filled[start : start + size], finite[start : start + size]
        powers = weight ** np.arange(1, len(part) + 1)
        tops = powers * (top + np.cumsum(part / powers))
        bottoms = powers * (bottom + np.cumsum(there / powers))
        with np.errstate(invalid="ignore", divide="ignore"):
            result[start : start + size] = tops / bottoms
        top, bottom = float(tops[-1]), float(bottoms[-1])
    return result, (top, bottom)


def thinned(x: Array, y: Array, low: float, high: float, buckets: int = BUCKETS) -> tuple[Array, Array]:
    """The part of (x, y) between `low` and `high` that a screen can show: least and greatest of each bucket, in order.

    x ascends. One point outside on either side is kept, so that lines run to the edge. NaN is left out.
    """
    first = max(0, int(np.searchsorted(x, low)) - 1)
    last = min(len(x), int(np.searchsorted(x, high, side="right")) + 1)
    x, y = x[first:last], y[first:last]
    finite = np.isfinite(y)
    if not finite.all():
        x, y = x[finite], y[finite]
    if len(x) <= 2 * buckets:
        return x, y
    width = -(-len(x) // buckets)
    whole = len(x) // width * width
    block = y[:whole].reshape(-1, width)
    base = np.arange(len(block)) * width
    ends = np.sort(np.stack([base + block.argmin(axis=1), base + block.argmax(axis=1)], axis=1), axis=1).ravel()
    if whole < len(x):
        rest = y[whole:]
        ends = np.concatenate([ends, np.unique([whole + int(rest.argmin()), whole + int(rest.argmax())])])
    return x[ends], y[ends]
