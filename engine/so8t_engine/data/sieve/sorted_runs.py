"""64-bit numbers with a value each, millions of them in little memory: sorted runs on the disk, the newest here.

Nearly all numbers that are asked about are new, and a filter in memory says so; only the rest are looked for.
"""

from __future__ import annotations

import errno
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np

from so8t_engine.data.sieve import bit_filter
from so8t_engine.data.texts.ngrams import Flags, Numbers

IN_MEMORY = 1 << 21  # entries: 16 bytes each, and three times as much while they go to the disk
BLOCK = 1 << 20  # entries of a run on the disk that are looked at together

Values = np.ndarray[Any, np.dtype[np.uint64]]
Write = Callable[[Path, bytes], None]


class SortedRuns:
    """Numbers that are added once. What is on the disk can be made anew: no file is read after a restart."""

    def __init__(self, folder: Path, name: str, write: Write, in_memory: int = IN_MEMORY) -> None:
        self._folder, self._name, self._write, self._most = folder, name, write, in_memory
        self._recent: list[tuple[Numbers, Values]] = []
        self._runs: list[tuple[Path, int]] = []
        self._count = 0
        self._filter = bit_filter.grown(0, ())

    def add(self, numbers: Numbers, values: Values) -> None:
        """Of the same number twice in one call the first value counts. None of them may be there already."""
        if not len(numbers):
            return
        distinct, first = np.unique(numbers, return_index=True)
        self._recent.append((distinct, values[first]))
        self._count += len(distinct)
        if self._filter.has_room_for(self._count):
            self._filter.add(distinct)
        else:
            self._filter = bit_filter.grown(self._count, self._parts())
        if sum(len(run) for run, _ in self._recent) >= self._most:
            self._to_disk()

    def find(self, numbers: Numbers) -> tuple[Values, Flags]:
        """The value of each number, and whether it is there at all (else its value means nothing)."""
        values, found = np.zeros(len(numbers), np.uint64), np.zeros(len(numbers), bool)
        rows = np.flatnonzero(self._filter.passes(numbers))
        rows = rows[np.argsort(numbers[rows])]
        values[rows], found[rows] = self._looked_for(numbers[rows])
        return values, found

    def _looked_for(self, asked: Numbers) -> tuple[Values, Flags]:
        """`asked` in ascending order."""
        values, found = np.zeros(len(asked), np.uint64), np.zeros(len(asked), bool)
        for run, of_run in self._recent:
            _look(asked, run, of_run.__getitem__, values, found)
        for path, count in self._runs:
            for start, block in _blocks(path, count):
                here = slice(np.searchsorted(asked, block[0]), np.searchsorted(asked, block[-1], "right"))

                def of_block(place: Any, path: Path = path, count: int = count, start: int = start) -> Values:
                    return _values(path, count, start + place)

                _look(asked[here], block, of_block, values[here], found[here])
        return values, found

    def _parts(self) -> Iterator[Numbers]:
        yield from (run for run, _ in self._recent)
        for path, count in self._runs:
            yield from (block for _, block in _blocks(path, count))

    def _to_disk(self) -> None:
        numbers = np.concatenate([run for run, _ in self._recent])
        order = np.argsort(numbers)
        numbers = numbers[order]
        values = np.concatenate([of_run for _, of_run in self._recent])
        self._recent = []
        values = values[order]
        del order
        path = self._folder / f"{self._name}-{len(self._runs):04d}"
        self._write(path, b"".join(column.astype("<u8", copy=False).data for column in (numbers, values)))
        self._runs.append((path, len(numbers)))


def _look(asked: Numbers, run: Numbers, value: Callable[[Any], Values], values: Values, found: Flags) -> None:
    place = np.minimum(np.searchsorted(run, asked), len(run) - 1)
    hit = run[place] == asked
    if hit.any():
        values[hit] = value(place[hit])
        found |= hit


def _blocks(path: Path, count: int) -> Iterator[tuple[int, Numbers]]:
    """(first place, numbers) of a run, one block after the other in the same memory."""
    room = np.empty(min(BLOCK, count), "<u8")
    with path.open("rb", buffering=0) as file:
        for start in range(0, count, BLOCK):
            block = room[: count - start]
            if file.readinto(block.view(np.uint8).data) != block.nbytes:
                raise OSError(errno.EIO, os.strerror(errno.EIO), str(path))
            yield start, block


def _values(path: Path, count: int, places: Any) -> Values:
    """A run's file holds its numbers, then their values."""
    mapped = np.memmap(path, "<u8", "r", offset=8 * count, shape=(count,))
    return np.array(mapped[places])
