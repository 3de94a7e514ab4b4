"""Which of many 64-bit numbers were never added, answered from memory: a Bloom filter with one hash.

The numbers are hashes already, so their first bits say where theirs lies. One in eight that was not added may pass; up
to 128 MiB of bits (130 million numbers) no more than that, beyond it ever more: only speed depends on it.
"""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from so8t_engine.data.texts.ngrams import Flags, Numbers

LEAST, LARGEST = 1 << 20, 1 << 30  # bits
SPARSE = 8  # bits for each number at the least


class BitFilter:
    """`bits`: how many it has, a power of two."""

    def __init__(self, bits: int) -> None:
        self._bits = np.zeros(bits // 8, np.uint8)
        self._shift = np.uint64(64 - (bits.bit_length() - 1))

    def has_room_for(self, count: int) -> bool:
        """Whether so many numbers in all leave it sparse enough, or it cannot grow."""
        size = 8 * len(self._bits)
        return count * SPARSE <= size or size >= LARGEST

    def add(self, ordered: Numbers) -> None:
        """Numbers in ascending order."""
        if not len(ordered):
            return
        of_byte, bit = self._places(ordered)
        first = np.flatnonzero(np.append(True, of_byte[1:] != of_byte[:-1]))
        self._bits[of_byte[first]] |= np.bitwise_or.reduceat(bit, first)

    def passes(self, numbers: Numbers) -> Flags:
        """False: was never added."""
        of_byte, bit = self._places(numbers)
        return (self._bits[of_byte] & bit) > 0

    def _places(self, numbers: Numbers) -> tuple[np.ndarray, np.ndarray]:
        places = numbers >> self._shift
        return places >> np.uint64(3), np.left_shift(1, (places & np.uint64(7)).astype(np.uint8), dtype=np.uint8)


def grown(count: int, parts: Iterable[Numbers]) -> BitFilter:
    """Room for `count` numbers and up to as many more. They come in `parts`, each in ascending order."""
    bits = min(max(LEAST, 1 << (count * SPARSE - 1).bit_length()), LARGEST)
    found = BitFilter(bits)
    for part in parts:
        found.add(part)
    return found
