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
from typing import Any

import numpy as np

from so8t_engine.data.sieve import minhash
from so8t_engine.data.sieve.sorted_runs import SortedRuns, Write
from so8t_engine.data.sieve.text_store import Pair, TextStore
from so8t_engine.data.texts import ngrams
from so8t_engine.data.texts.ngrams import Numbers, Places

WORDS, CHARACTERS = 3, 5
ALIKE = 0.7  # Jaccard similarity of the n-grams of the whole
SAME_ANSWER = 0.5  # and of the words of the responses, where the prompts differ
NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
COMPARED = 256  # pairs of records at a time
BATCH_CHARS = 1 << 18  # of text at a time: bounds the memory that its n-grams take


class NearDuplicates:
    """The records kept so far. `begin` takes a shard; its rows are then asked about and kept in their order; `end`.

    Which of a shard's rows share a band with another is known before: the others, nearly all, cost no more. Nearly all
    that do are compared beforehand, together: one by one, numpy would cost more than the comparison.
    """

    def __init__(self, folder: Path, write: Write) -> None:
        self._texts = TextStore(folder, write)
        self._index = SortedRuns(folder, "bands", write)

    def begin(self, pairs: Sequence[Pair], asked: Sequence[bool], of_pairs: Numbers | None = None) -> None:
        """`asked`: the rows that `alike` may be asked about; `of_pairs`: their bands, where somebody has them."""
        self._pairs, self._bands = pairs, bands(pairs) if of_pairs is None else of_pairs
        values, found = self._index.find(self._bands.ravel())
        self._known = found.reshape(self._bands.shape)
        self._earlier = values.reshape(self._bands.shape)
        self._shared = _repeated(self._bands) & ~self._known
        self._is_known, self._is_shared = np.asarray(self._known.any(axis=1)), np.asarray(self._shared.any(axis=1))
        self._first: dict[int, int] = {}  # of a band that rows of this shard share: the first row kept
        self._kept: list[int] = []
        self._before = self._alike_before(asked)
        self._near_here = self._compared_here(asked)

    def alike(self, row: int) -> Pair | None:
        """The record kept before that this row is nearly the same as."""
        if row in self._before:
            return self._before[row]
        if self._is_shared[row]:
            here = {self._first.get(band) for band in self._bands[row][self._shared[row]].tolist()}
            for place in sorted(place for place in here if place is not None):
                if (row, place) not in self._near_here:
                    self._near_here[row, place] = near(self._pairs[row], self._pairs[place])
                if self._near_here[row, place]:
                    return self._pairs[place]
        return None

    def _alike_before(self, asked: Sequence[bool]) -> dict[int, Pair]:
        """Of rows that are nearly the same as a record of an earlier shard, the first such record."""
        candidates = [
            (row, number)
            for row in np.flatnonzero(self._is_known & np.asarray(asked, bool)).tolist()
            for number in sorted(set(self._earlier[row][self._known[row]].tolist()))
        ]
        found: dict[int, Pair] = {}
        for first in range(0, len(candidates), COMPARED):
            here = candidates[first : first + COMPARED]
            others = self._texts.some([number for _, number in here])
            verdicts = nearness([(self._pairs[row], others[number]) for row, number in here])
            for (row, number), is_near in zip(here, verdicts, strict=True):
                if is_near:
                    found.setdefault(row, others[number])
        return found

    def _compared_here(self, asked: Sequence[bool]) -> dict[tuple[int, int], bool]:
        """Rows beside the first row of this shard that shares a band, which is nearly always kept."""
        rows, columns = np.nonzero(self._shared)
        _, first, band = np.unique(self._bands[rows, columns], return_index=True, return_inverse=True)
        places = rows[first][band]
        is_asked = np.asarray(asked, bool)[rows] & (places < rows) if len(rows) else np.zeros(0, bool)
        both = sorted(set(zip(rows[is_asked].tolist(), places[is_asked].tolist(), strict=True)))
        both = [(row, place) for row, place in both if row not in self._before]
        found: dict[tuple[int, int], bool] = {}
        for begin in range(0, len(both), COMPARED):
            here = both[begin : begin + COMPARED]
            found |= zip(here, nearness([(self._pairs[row], self._pairs[place]) for row, place in here]), strict=True)
        return found

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


def _repeated(bands: Numbers) -> ngrams.Flags:
    """Which of them stand there more than once."""
    order = np.argsort(bands, axis=None)
    ordered = bands.ravel()[order]
    again = np.append(False, ordered[1:] == ordered[:-1])[: len(ordered)]
    found = np.empty(len(ordered), bool)
    found[order] = again | np.append(again[1:], False)[: len(ordered)]
    return found.reshape(bands.shape)


def near(one: Pair, other: Pair) -> bool:
    """Whether of these two plain texts one is enough. A prompt without an answer stands for none that has one."""
    return nearness([(one, other)])[0]


def nearness(both: Sequence[tuple[Pair, Pair]]) -> list[bool]:
    """`near` of many at once."""
    places = [place for place, (one, other) in enumerate(both) if _may_be_near(one, other)]
    found = [False] * len(both)
    for first, last in batches([("".join(both[place][0]), "".join(both[place][1])) for place in places]):
        alike = _alike([both[place] for place in places[first:last]]).tolist()
        for place, is_alike in zip(places[first:last], alike, strict=True):
            found[place] = is_alike
    return found


def _alike(both: Sequence[tuple[Pair, Pair]]) -> ngrams.Flags:
    """By their words."""
    words = ngrams.tokens([text for pairs in both for pair in pairs for text in pair], together=2)
    same_prompt = [np.array_equal(words.of(text), words.of(text + 2)) for text in range(0, 4 * len(both), 4)]
    responses = [words.of(text) for text in range(1, 4 * len(both), 2)]
    same_answer = _jaccards(np.concatenate(responses), np.append(0, np.cumsum([*map(len, responses)]))) >= SAME_ANSWER
    grams, starts = _grams(words.hashes, words.starts[::2], words.spaceless)
    return np.asarray((_jaccards(grams, starts) >= ALIKE) & (np.array(same_prompt) | same_answer))


def _may_be_near(one: Pair, other: Pair) -> bool:
    """By what is cheap to see."""
    if bool(one[1]) != bool(other[1]):
        return False
    return _numbers(one[0]) == _numbers(other[0]) or _numbers(one[1]) == _numbers(other[1])


def _numbers(text: str) -> list[str]:
    return sorted(NUMBER.findall(text))


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


def _jaccards(values: Numbers, starts: Places) -> Any:
    """Of the sets that stand next to each other, two by two: [sets / 2]; 0 where there is nothing to compare."""
    lengths = np.diff(starts)
    of = np.repeat(np.arange(len(lengths)), lengths)
    order = np.lexsort((of, values, of // 2))
    values, of = values[order], of[order]
    new = np.append(True, (values[1:] != values[:-1]) | (of[1:] != of[:-1]))[: len(values)]
    values, of = values[new], of[new]
    again = np.append(False, (values[1:] == values[:-1]) & (of[1:] // 2 == of[:-1] // 2))[: len(values)]
    both = np.bincount(of[again] // 2, minlength=len(lengths) // 2)
    every = np.bincount(of // 2, minlength=len(lengths) // 2)
    return both / np.maximum(every - both, 1)
