"""Many whole numbers in little memory: each value with how often it comes, not each time that it comes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, overload

import numpy as np

from so8t_engine.data.texts.ngrams import Flags, Places


class Stretches(Sequence[int]):
    """`values[i]`, `times[i]` times over (None: once each), one value behind the other; `rising`: by one each time."""

    def __init__(self, values: Places, times: Any = None, rising: bool = False) -> None:
        self.values, self._rising = values, rising
        self._ends = None if times is None or np.all(times == 1) else np.cumsum(times, dtype=np.int64)
        self._begins = np.zeros(0, np.int64) if self._ends is None else np.append(0, self._ends[:-1])

    def __len__(self) -> int:
        if self._ends is None:
            return len(self.values)
        return int(self._ends[-1]) if len(self._ends) else 0

    @overload
    def __getitem__(self, index: int) -> int: ...
    @overload
    def __getitem__(self, index: slice) -> Stretches: ...
    def __getitem__(self, index: int | slice) -> int | Stretches:
        if isinstance(index, slice):
            return Stretches(self._at(np.arange(*index.indices(len(self)))))
        place = index + len(self) if index < 0 else index
        if not 0 <= place < len(self):
            raise IndexError(index)
        return int(self._at(np.array([place]))[0])

    def _at(self, places: Places) -> Places:
        if self._ends is None:
            return self.values[places]
        which = np.searchsorted(self._ends, places, side="right")
        found = self.values[which]
        return found + places - self._begins[which] if self._rising else found

    def only(self, wanted: Flags) -> Stretches:
        """Those of some values: `wanted[i]` is about `values[i]`."""
        return self if wanted.all() else Stretches(self.values[wanted], self._times(wanted), self._rising)

    def places(self, wanted: Flags) -> Sequence[int]:
        """Where those of some values stand."""
        if wanted.all():
            return range(len(self))
        if self._ends is None:
            return Stretches(np.flatnonzero(wanted).astype(np.int64))
        return Stretches(self._begins[wanted], self._times(wanted), rising=True)

    def _times(self, wanted: Flags) -> Places | None:
        return None if self._ends is None else np.diff(self._ends, prepend=0)[wanted]
