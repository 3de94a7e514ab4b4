"""From how many repetitions on a text is no answer: to the word."""

from __future__ import annotations

import pytest

from so8t_engine.rewards import degenerate_text
from so8t_engine.rewards.degenerate_text import FEW_KINDS, LONGEST_PHRASE, MANY_WORDS

NUMBERS = [
    "one", "two", "three", "four", "five", "six", "seven", "eight", "nine",
    "ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen",
]  # fmt: skip


def text(phrase: str, length: int, others: int, front: int = 0) -> str:
    """`length` words of a phrase over and over, with others behind it, `front` of them before it."""
    words = phrase.split()
    repeated = [words[place % len(words)] for place in range(length)]
    return " ".join(NUMBERS[:front] + repeated + NUMBERS[front:others])


@pytest.mark.parametrize("front", [0, 2])
@pytest.mark.parametrize(
    ("phrase", "length", "others", "says"),
    [
        ("red", 7, 3, True),  # seven words in a row are too few
        ("red", 8, 8, True),  # half of all words may be
        ("red", 8, 7, False),
        ("red blue", 7, 3, True),  # three times and a half
        ("red blue", 8, 7, False),  # four times
        ("red blue green", 11, 3, True),
        ("red blue green", 12, 11, False),
    ],
)
def test_a_phrase_four_times_in_a_row_over_half_of_the_words_says_nothing(
    phrase: str, length: int, others: int, says: bool, front: int
) -> None:
    assert degenerate_text.says_something(text(phrase, length, others, front)) is says


def test_phrases_are_looked_for_up_to_their_longest() -> None:
    words = NUMBERS[:LONGEST_PHRASE]
    assert not degenerate_text.says_something(" ".join(words * 4))
    assert degenerate_text.says_something(" ".join(NUMBERS[: LONGEST_PHRASE + 1] * 4))


def test_many_words_of_few_kinds_say_nothing() -> None:
    kinds = int(FEW_KINDS * MANY_WORDS)
    order = [0, 1, 2, 3, 0, 2, 1, 3, 1, 0]  # without a phrase that is repeated four times

    def of(count: int, kinds: int) -> str:
        return " ".join(NUMBERS[(order[place % 10] + place // 10) % kinds] for place in range(count))

    assert degenerate_text.says_something(of(MANY_WORDS, kinds))
    assert not degenerate_text.says_something(of(MANY_WORDS, kinds - 1))
    assert degenerate_text.says_something(of(MANY_WORDS - 1, kinds - 1))
