"""Plain texts of the records kept, on the disk, any of them at once: what may be alike is compared in earnest."""

from __future__ import annotations

import bisect
from collections.abc import Collection, Sequence
from pathlib import Path

import numpy as np

from so8t_engine.data.sieve.sorted_runs import Write

Pair = tuple[str, str]  # prompt, response


class TextStore:
    """Pairs by their number, in the order in which they came. A file holds where each text ends, then the texts."""

    def __init__(self, folder: Path, write: Write) -> None:
        self._folder, self._write = folder, write
        self._firsts: list[int] = []
        self._count = 0

    def __len__(self) -> int:
        return self._count

    def add(self, pairs: Sequence[Pair]) -> None:
        if not pairs:
            return
        texts = [text.encode() for pair in pairs for text in pair]
        ends = np.cumsum([len(text) for text in texts]).astype("<u8")
        self._write(self._path(len(self._firsts)), ends.tobytes() + b"".join(texts))
        self._firsts.append(self._count)
        self._count += len(pairs)

    def get(self, number: int) -> Pair:
        file_number = bisect.bisect_right(self._firsts, number) - 1
        first = self._firsts[file_number]
        following = self._firsts[file_number + 1] if file_number + 1 < len(self._firsts) else self._count
        place = 2 * (number - first)
        with self._path(file_number).open("rb") as file:
            file.seek(8 * max(place - 1, 0))
            ends = [int(end) for end in np.frombuffer(file.read(24 if place else 16), "<u8")]
            start, middle, end = ends if place else (0, *ends)
            file.seek(16 * (following - first) + start)
            data = file.read(end - start)
        return data[: middle - start].decode(), data[middle - start :].decode()

    def some(self, numbers: Collection[int]) -> dict[int, Pair]:
        return {number: self.get(number) for number in sorted(set(numbers))}

    def _path(self, file_number: int) -> Path:
        return self._folder / f"texts-{file_number:06d}"
