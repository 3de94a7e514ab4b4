"""Words and runs of words as numbers, held against the plain way to say it, one text and one word at a time."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from itertools import pairwise

import numpy as np
import pytest

from so8t_engine.data.texts import ngrams

BASE, ALL = 0x9E3779B97F4A7C15, (1 << 64) - 1
TEXTS = [
    "hello, World of old", "3 + 4 = -7", "x+1 - 2", "a-b", "日本語 ok 3+4", "", "...", "ok", "1 +2  + 3", "e\u0301é 5%",
    "ไทย", "+", "5", "９ × 9", "ab\ncd", "\U00020000 x", "\ud800 x", "-1",
]  # fmt: skip


def mixed(value: int) -> int:
    for shift, factor in ((30, 0xBF58476D1CE4E5B9), (27, 0x94D049BB133111EB)):
        value = (value ^ value >> shift) * factor & ALL
    return value ^ value >> 31


def number(values: Sequence[int]) -> int:
    return mixed(sum(value * pow(BASE, place, 1 << 64) for place, value in enumerate(values)) & ALL)


def is_word(mark: str) -> bool:
    return unicodedata.category(mark)[0] in "LNM"


def is_spaceless(text: str) -> bool:
    return any(
        is_word(mark) and any(first <= ord(mark) <= last for first, last in ngrams.SPACELESS_RANGES) for mark in text
    )


def words_of(text: str, alone: bool) -> list[str]:
    found, begun = list[str](), False
    for place, mark in enumerate(text):
        digits = [unicodedata.category(each) == "Nd" for each in text[place + 1 : place + 3]]
        of_digit = digits[:1] == [True] or (text[place + 1 : place + 2] == " " and digits[1:] == [True])
        if mark in ngrams.OPERATORS and (alone or of_digit):
            found.append(mark)
            begun = False
        elif is_word(mark):
            found = [*found[:-1], found[-1] + mark] if begun else [*found, mark]
            begun = not alone
        else:
            begun = False
    return found


@pytest.mark.parametrize("together", [1, 2, 3])
def test_words_are_those_between_spaces_or_characters_where_a_script_has_none(together: int) -> None:
    found = ngrams.tokens(TEXTS, together)
    groups = [TEXTS[first : first + together] for first in range(0, len(TEXTS), together)]
    spaceless = [any(map(is_spaceless, group)) for group in groups]

    assert found.spaceless.tolist() == spaceless
    for place, text in enumerate(TEXTS):
        expected = [number([*map(ord, word)]) for word in words_of(text, spaceless[place // together])]
        assert found.of(place).tolist() == expected, text
    assert found.starts[-1] == len(found.hashes)


def test_letters_are_those_and_digits_whatever_stands_between_them() -> None:
    def of(text: str) -> int:
        kept = [
            ord(mark) for mark in text if unicodedata.category(mark)[0] == "L" or unicodedata.category(mark) == "Nd"
        ]
        return number(kept)

    for texts in (TEXTS, TEXTS[::-1], ["", "a", "-"], ["a"], ["-", "a b"]):
        assert ngrams.letters(texts).tolist() == [of(text) for text in texts]
    assert ngrams.letters(["...", ""]).tolist() == [0, 0]
    assert len(set(ngrams.letters(["a, b-c", "abc"]).tolist())) == 1


@pytest.mark.parametrize("widths", [[1, 2, 3, 2, 5], [3] * 5, [9] * 5])
def test_runs_of_words_are_as_wide_as_asked_or_all_of_a_shorter_text(widths: list[int]) -> None:
    words, starts = np.arange(3, 15, dtype=np.uint64), np.array([0, 4, 4, 5, 10, 12])
    found, begins = ngrams.ngrams(words, starts, np.array(widths))

    for text, (first, end) in enumerate(pairwise(starts.tolist())):
        own = words[first:end].tolist()
        wide = min(widths[text], len(own))
        runs = [number(own[place : place + wide]) for place in range(len(own) - wide + 1)] if own else []
        assert found[begins[text] : begins[text + 1]].tolist() == runs
    assert begins[-1] == len(found)


def test_of_no_text_there_is_nothing() -> None:
    assert len(ngrams.tokens([]).hashes) == 0
    assert ngrams.ngrams(np.empty(0, np.uint64), np.array([0]), np.empty(0, np.int64))[1].tolist() == [0]
