"""MinHash: which of many texts may be alike, without comparing each with each.

128 permutations in 16 bands of 8: two texts whose sets of n-grams have a Jaccard similarity s share a band with
probability 1 - (1 - s ** 8) ** 16, half of them at 0.67. Whoever shares one is compared in earnest.
Our own: its bands lie on the disk of a session that another version may resume, so they must never change.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from so8t_engine.data.texts.ngrams import Numbers, Places

PERMUTATIONS, BANDS = 128, 16
ROWS = PERMUTATIONS // BANDS
BLOCK = 1 << 15  # n-grams at a time: what a core's cache holds
SEED = 0x50E1D5A1


def bands(grams: Numbers, starts: Places) -> Numbers:
    """[texts, BANDS] numbers, equal where two texts agree in a band. Every text must have an n-gram."""
    found = np.empty((len(starts) - 1, BANDS), np.uint64)
    first = 0
    while first < len(starts) - 1:
        last = max(first + 1, int(np.searchsorted(starts, starts[first] + BLOCK, "right")) - 1)
        here = starts[first : last + 1]
        found[first:last] = _bands(grams[here[0] : here[-1]], here[:-1] - here[0])
        first = last
    return found


def _bands(grams: Numbers, begins: Places) -> Numbers:
    high = (grams >> np.uint64(32)).astype(np.uint32)
    permuted = np.empty_like(high)
    least = np.empty((BANDS, ROWS, len(begins)), np.uint32)
    with np.errstate(over="ignore"):
        for number, of_texts in enumerate(least.reshape(PERMUTATIONS, -1)):
            np.multiply(high, FACTORS[number], out=permuted)
            np.add(permuted, SUMMANDS[number], out=permuted)
            np.minimum.reduceat(permuted, begins, out=of_texts)
        together = np.repeat(np.arange(1, BANDS + 1, dtype=np.uint64)[:, np.newaxis], len(begins), axis=1)
        for row in range(ROWS):
            together = (together ^ least[:, row]) * np.uint64(0x9E3779B97F4A7C15)
            together ^= together >> np.uint64(29)
    return together.T


def _constants(count: int) -> tuple[Any, Any]:
    """(odd factors, summands) by splitmix64, which no library changes from one version to the next."""
    state, drawn, mask = SEED, [], (1 << 64) - 1
    for _ in range(count):
        state = (state + 0x9E3779B97F4A7C15) & mask
        mixed = ((state ^ (state >> 30)) * 0xBF58476D1CE4E5B9) & mask
        mixed = ((mixed ^ (mixed >> 27)) * 0x94D049BB133111EB) & mask
        drawn.append(mixed ^ (mixed >> 31))
    values = np.array(drawn, np.uint64)
    return (values >> np.uint64(32)).astype(np.uint32) | np.uint32(1), values.astype(np.uint32)


FACTORS, SUMMANDS = _constants(PERMUTATIONS)
