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


ANSWERS = (
    "4", "B", "(B)", ".5", "-3", "1.5", "C. train", "**No.**", "yes", "Yes!", "Use the police.", "so be it",
    "it depends", ".NET is a framework.", ":q leaves vim.", "?x=1 is its query.", "... and then it rains.",
    "'Tis a lid.", "'s-Hertogenbosch", "'t Is laat.", '"Hamlet"', "- knock\n- wait", "1. Knock.\n2. Wait.",
    "A lid: press, turn, lift.", "`a < b` and <b>bold</b>", "<final is not closed", "I'm sorry, but I can't help.",
    "はい。", "東京です。", "「東京」です。", "・鍵屋を呼ぶ\n・大家に聞く", "んー、たぶん。", "『雪国』",
    "それはお手伝いできません。", "警察へ。",
)  # fmt: skip
NO_ANSWERS = (
    "", " ", "...", "<final>", ", so refuse.", " , so refuse.", ", so refuse.</think-task></think-task>",
    "so refuse.</think-task>", "'t.", "'t the law, so refuse.", "\u2019s a lid.", ": 10 + 10 = 10", ". So it is.",
    "; press the lid", ") and then", "? 4", "Call a smith.<think-logic>", "、だから断る。", "。答える。", "」です。",
    "：誰も困らないので答える。", "を使います。", "ー。", "鍵屋を呼ぶ。</think-safety>", "）です", "」",
)  # fmt: skip


@pytest.mark.parametrize("text", ANSWERS)
def test_a_short_answer_and_one_in_any_form_is_an_answer(text: str) -> None:
    assert degenerate_text.is_answer(text)


@pytest.mark.parametrize("text", NO_ANSWERS)
def test_the_end_of_a_sentence_and_text_with_tags_in_it_is_no_answer(text: str) -> None:
    assert not degenerate_text.is_answer(text)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("one two three four one two three four", True),  # twice is no habit
        ("red blue green red blue green red blue green", True),  # nor is three times
        ("go on go on go on go on", False),
        ("go on go on go on go", True),
        ("", False), ("!!!", False), ("aaaaaaaa", False), ("aaaaaaa", True),
    ],
)  # fmt: skip
def test_a_phrase_counts_from_its_fourth_time_and_eighth_word_on(text: str, says: bool) -> None:
    assert degenerate_text.says_something(text) is says
