"""Records that are nearly the same as an earlier one: a word changed, a phrase before or behind it, other punctuation.

Compared are the n-grams of prompt and response together, 3 words or 5 characters long: a Jaccard similarity of 0.7 or
more. Not every such pair is one record twice. Other numbers in prompt and response are another problem of a kind;
another answer to a prompt that differs (a question about the same long passage, behind the same system prompt) is
another question. MinHash says who is compared with whom: a record with the first kept that shares a band.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np

from so8t_engine.data import minhash, ngrams
from so8t_engine.data.ngrams import Numbers, Places
from so8t_engine.data.sorted_runs import SortedRuns, Write
from so8t_engine.data.text_store import Pair, TextStore

WORDS, CHARACTERS = 3, 5
ALIKE = 0.7  # Jaccard similarity of the n-grams of the whole
SAME_ANSWER = 0.5  # and of the words of the responses, where the prompts differ
NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
BATCH_CHARS = 1 << 18  # of text at a time: bounds the memory that its n-grams take


class NearDuplicates:
    """The records kept so far. `begin` takes a shard; its rows are then asked about and kept in their order; `end`.

    Which of a shard's rows share a band with another is known before: the others, nearly all, cost no more.
    """

    def __init__(self, folder: Path, write: Write) -> None:
        self._texts = TextStore(folder, write)
        self._index = SortedRuns(folder, "bands", write)
        self.begin(())

    def begin(self, pairs: Sequence[Pair]) -> None:
        self._pairs, self._bands = pairs, bands(pairs)
        values, found = self._index.find(self._bands.ravel())
        self._known = found.reshape(self._bands.shape)
        self._earlier = values.reshape(self._bands.shape)
        distinct, counts = np.unique(self._bands, return_counts=True)
        self._shared = np.isin(self._bands, distinct[counts > 1]) & ~self._known
        self._is_known, self._is_shared = np.asarray(self._known.any(axis=1)), np.asarray(self._shared.any(axis=1))
        self._first: dict[int, int] = {}  # of a band that rows of this shard share: the first row kept
        self._kept: list[int] = []

    def alike(self, row: int) -> Pair | None:
        """The record kept before that this row is nearly the same as."""
        if self._is_known[row]:
            for number in sorted(set(self._earlier[row][self._known[row]].tolist())):
                other = self._texts.get(number)
                if near(self._pairs[row], other):
                    return other
        if self._is_shared[row]:
            here = {self._first.get(band) for band in self._bands[row][self._shared[row]].tolist()}
            for place in sorted(place for place in here if place is not None):
                if near(self._pairs[row], self._pairs[place]):
                    return self._pairs[place]
        return None

    def keep(self, row: int) -> None:
        self._kept.append(row)
        if self._is_shared[row]:
            for band in self._bands[row][self._shared[row]].tolist():
                self._first.setdefault(band, row)

    def end(self) -> None:
        """What was kept of the shard is what later ones are compared with."""
        first = len(self._texts)
        self._texts.add([self._pairs[row] for row in self._kept])
        numbers = np.repeat(np.arange(first, len(self._texts), dtype=np.uint64), minhash.BANDS)
        new = ~self._known[self._kept].ravel()
        self._index.add(self._bands[self._kept].ravel()[new], numbers[new])


def near(one: Pair, other: Pair) -> bool:
    """Whether of these two plain texts one is enough. A prompt without an answer stands for none that has one."""
    if bool(one[1]) != bool(other[1]):
        return False
    prompts, responses = [sorted(NUMBER.findall(pair[0])) for pair in (one, other)], [
        sorted(NUMBER.findall(pair[1])) for pair in (one, other)]  # fmt: skip
    if prompts[0] != prompts[1] and responses[0] != responses[1]:
        return False
    words = ngrams.tokens([*one, *other], together=2)
    parts = [words.of(part) for part in range(4)]
    if not np.array_equal(parts[0], parts[2]) and _jaccard(parts[1], parts[3]) < SAME_ANSWER:
        return False
    grams, starts = _grams(words.hashes, words.starts[::2], words.spaceless)
    return _jaccard(grams[: starts[1]], grams[starts[1] :]) >= ALIKE


def bands(pairs: Sequence[Pair]) -> Numbers:
    """[pairs, minhash.BANDS]; zeros for a pair without any word."""
    found = np.zeros((len(pairs), minhash.BANDS), np.uint64)
    for first, last in batches(pairs):
        words = ngrams.tokens([text for pair in pairs[first:last] for text in pair], together=2)
        grams, starts = _grams(words.hashes, words.starts[::2], words.spaceless)
        some = np.flatnonzero(np.diff(starts))
        if len(some):
            found[first + some] = minhash.bands(grams, np.append(starts[some], starts[-1]))
    return found


def batches(pairs: Sequence[Pair]) -> Iterator[tuple[int, int]]:
    """(first, end) of pairs that are looked at together."""
    first, size = 0, 0
    for place, pair in enumerate(pairs):
        size += len(pair[0]) + len(pair[1])
        if size >= BATCH_CHARS:
            yield first, place + 1
            first, size = place + 1, 0
    if first < len(pairs):
        yield first, len(pairs)


def _grams(words: Numbers, starts: Places, spaceless: ngrams.Flags) -> tuple[Numbers, Places]:
    return ngrams.ngrams(words, starts, np.where(spaceless, CHARACTERS, WORDS))


def _jaccard(one: Numbers, other: Numbers) -> float:
    """0 where there is nothing to compare."""
    first, second = np.unique(one), np.unique(other)
    both = len(np.intersect1d(first, second, assume_unique=True))
    return both / max(len(first) + len(second) - both, 1)
