"""Texts as n-grams of words, in scripts without spaces of characters, each a number of 64 bits.

Many texts at once, by numpy. The numbers depend on the text alone, not on machine, version or seed: after a restart
they must be the same. Case, width, white space and punctuation do not count; `+` or `-` before a number does.
"""

from __future__ import annotations

import functools
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

Numbers = np.ndarray[Any, np.dtype[np.uint64]]
Places = np.ndarray[Any, np.dtype[np.int64]]
Flags = np.ndarray[Any, np.dtype[np.bool_]]

BASE = 0x9E3779B97F4A7C15  # odd, so that it has an inverse modulo 2 ** 64
WORD, SPACELESS, DIGIT, OPERATOR, LETTER = 1, 2, 4, 8, 16
OPERATORS = "+-*/=<>^%×÷−"
LAST = 0x32400  # of the code points that have letters
# Kana, Han, and the scripts of South East Asia that write words together.
SPACELESS_RANGES = (
    (0x0E00, 0x0EFF), (0x1000, 0x109F), (0x1780, 0x17FF), (0x3040, 0x30FF), (0x31F0, 0x31FF), (0x3400, 0x4DBF),
    (0x4E00, 0x9FFF), (0xF900, 0xFAFF), (0xFF66, 0xFF9D), (0x20000, LAST - 1),
)  # fmt: skip


@dataclass(frozen=True)
class Tokens:
    """The words of several texts, one text behind the other: text i has `hashes[starts[i]:starts[i + 1]]`.

    `spaceless`: its words are single characters, as some of it is in a script without spaces.
    """

    hashes: Numbers
    starts: Places
    spaceless: Flags

    def of(self, text: int) -> Numbers:
        return self.hashes[self.starts[text] : self.starts[text + 1]]


def tokens(texts: Sequence[str], together: int = 1) -> Tokens:
    """Of plain texts (duplicates.plain). `together`: so many in a row are parts of one, in the script of any of them;
    `starts` counts all of them.
    """
    points, kinds, lengths = _points(texts)
    ends = np.cumsum(lengths)
    groups = np.append(0, ends)[:-1][::together]
    spaceless = np.logical_or.reduceat(_are(kinds, SPACELESS), groups) if len(groups) else np.zeros(0, bool)
    alone = np.repeat(np.repeat(spaceless, together), lengths) | _operators(points, kinds)
    word = _are(kinds, WORD) | alone & _are(kinds, OPERATOR)
    alone &= word
    begins = word & (alone | np.roll(~word | alone, 1))
    stops = word & (alone | np.roll(~word | alone, -1))
    first, last = np.flatnonzero(begins), np.flatnonzero(stops)
    hashes = _mixed(_sums(points.astype(np.uint64), first, last + 1))
    starts = np.searchsorted(first, np.concatenate([[0], ends]))
    return Tokens(hashes, starts.astype(np.int64), spaceless)


def letters(texts: Sequence[str]) -> Numbers:
    """A number for each text, the same where its letters and digits are, whatever stands between them."""
    points, kinds, lengths = _points(texts)
    are = _are(kinds, LETTER)
    ends = np.append(0, np.cumsum(are))[np.append(0, np.cumsum(lengths))]
    if not ends[-1]:
        return np.zeros(len(texts), np.uint64)
    first = np.minimum(ends[:-1], ends[-1] - 1)  # of a text without any, behind all others
    end = np.where(ends[1:] > ends[:-1], ends[1:], first)
    return _mixed(_sums(points[are].astype(np.uint64), first, end))


def ngrams(words: Numbers, starts: Places, width: Places) -> tuple[Numbers, Places]:
    """(numbers, starts) of all runs of `width[i]` words of text i; a shorter text is one run, an empty one has none."""
    lengths = np.diff(starts)
    wide = np.minimum(width, lengths)
    counts = np.where(lengths > 0, lengths - wide + 1, 0)
    new = np.concatenate([[0], np.cumsum(counts)])
    place = np.arange(new[-1]) + np.repeat(starts[:-1] - new[:-1], counts)
    return _mixed(_sums(words, place, place + np.repeat(wide, counts))), new


def _points(texts: Sequence[str]) -> tuple[Any, Any, Places]:
    """The characters of all texts, each with a line feed behind it; what kinds they are; how many each text has."""
    joined = "\n".join(texts) + "\n"
    points = np.frombuffer(joined.encode("utf-32-le", "surrogatepass"), np.uint32)
    lengths = np.fromiter((len(text) + 1 for text in texts), np.int64, len(texts))
    return points, _kinds().take(points, mode="clip"), lengths


def _sums(values: Numbers, first: Places, end: Places) -> Numbers:
    """The value of each stretch as a number in BASE, wherever it lies."""
    up, down = _powers(1 << int(max(len(values), 1) - 1).bit_length())
    with np.errstate(over="ignore"):
        before = np.concatenate([np.zeros(1, np.uint64), np.cumsum(values * up[: len(values)], dtype=np.uint64)])
        return (before[end] - before[first]) * down[first]


def _mixed(values: Numbers) -> Numbers:
    """splitmix64's last steps: each bit depends on all."""
    with np.errstate(over="ignore"):
        values = (values ^ (values >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
        values = (values ^ (values >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
        return values ^ (values >> np.uint64(31))


def _operators(points: Any, kinds: Any) -> Flags:
    """`+` in `3 +4` or `3 + 4`: what a number follows, at once or behind a space."""
    digit = _are(kinds, DIGIT)
    space = points == 0x20
    follows = np.roll(digit, -1) | (np.roll(space, -1) & np.roll(digit, -2))
    return _are(kinds, OPERATOR) & follows


def _are(kinds: Any, kind: int) -> Flags:
    return np.asarray((kinds & kind).astype(bool))


@functools.cache
def _powers(count: int) -> tuple[Numbers, Numbers]:
    """BASE ** i and its inverse modulo 2 ** 64, for i below `count`."""
    with np.errstate(over="ignore"):
        up, down = np.full(count, BASE, np.uint64), np.full(count, pow(BASE, -1, 1 << 64), np.uint64)
        up[0] = down[0] = 1
        return np.multiply.accumulate(up), np.multiply.accumulate(down)


@functools.cache
def _kinds() -> Any:
    """For each code point whether it belongs to a word, to a script without spaces, and so on."""
    kinds = np.zeros(LAST + 1, np.uint8)
    for point in range(LAST):
        category = unicodedata.category(chr(point))
        if category[0] in "LNM":
            kinds[point] = WORD | (DIGIT if category == "Nd" else 0)
            kinds[point] |= LETTER if category[0] == "L" or category == "Nd" else 0
    for first, last in SPACELESS_RANGES:
        kinds[first : last + 1] |= SPACELESS * (kinds[first : last + 1] & WORD)
    kinds[[ord(mark) for mark in OPERATORS]] |= OPERATOR
    return kinds
