"""A text may say what it comes to without a word about an answer."""

from __future__ import annotations

import pytest

from so8t_engine.data.adapters.answers import closings


@pytest.mark.parametrize(
    ("text", "result"),
    [
        ("We see, so it is B", "B"), ("So it is C.", "C"), ("So no.", "no"), ("so yes!", "yes"), ("Hence (D)", "D"),
        ("Thus, that must be A.", "A"), ("Hence, the correct choice is **B**.", "B"), ("Therefore false.", "false"),
        ("Hence, option B is correct.", "B"), ("Therefore B is the right answer.", "B"), ("Therefore: B", "B"),
        ("The rest is odd: the correct option is (C).", "C"), ("It is odd. B is the best one.", "B"),
        ("よって、いいえ。", "いいえ"), ("したがってBです", "B"), ("よって正解はB。", "B"),
        ("つまり「C」が正しい。", "C"),
        ("そのためDを選びます。", "D"), ("水は青い。Hence, A.", "A"),
    ],
)  # fmt: skip
def test_a_last_sentence_that_draws_the_conclusion_names_it(text: str, result: str) -> None:
    assert closings.result(text) == result


@pytest.mark.parametrize(
    "text",
    [
        "Only statement B is correct.", "That is why vitamin A is best.", "So it is a", "So that is it.",
        "Thus it is not A", "It is so. No.", "so it is B, or something else.", "So it is blue.", "Also A", "いいえ。",
        "また、いいえ。", "AとBが正しい。", f"So it is B. {'w' * 60}", "",
    ],
)  # fmt: skip
def test_other_last_sentences_name_none(text: str) -> None:
    assert closings.result(text) is None


def test_where_what_is_looked_at_begins_no_sentence_does() -> None:
    text = "Only statement B is the right one."
    for before in range(120):
        assert closings.result("w" * before + text) is None
        assert closings.result(text + "w" * before) is None
