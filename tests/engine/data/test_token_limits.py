"""Which uses an example is too long for."""

from __future__ import annotations

from typing import Any

import pytest

from so8t_engine.data.record import Example
from so8t_engine.data.token_limits import TokenLimits, Verdict


def example(prompt: int, completion: int, **more: Any) -> Example:
    texts = {"prompt": "Q?", "completion": "A." if completion else "", "plain": "A.", "split": "train"} | more
    return Example(
        "id", "a", "general", "en", answer=None, answer_kind=None, safety=None, prompt_tokens=prompt,
        completion_tokens=completion, **texts,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("whole", "prompt", "item", "verdict"),
    [
        (10, 5, example(5, 5), "fits"),
        (10, 5, example(5, 6), "prompt_alone"),
        (10, 5, example(6, 4), "not_asked"),
        (10, 5, example(6, 5), "left_out"),
        (10, 5, example(6, 0), "left_out"),
        (10, None, example(6, 5), "left_out"),
        (None, 5, example(5, 99), "fits"),
        (None, 5, example(6, 1), "left_out"),
    ],
)
def test_one_that_is_too_long_for_one_use_keeps_the_other(
    whole: int | None, prompt: int | None, item: Example, verdict: Verdict
) -> None:
    assert TokenLimits(whole, prompt).verdict(item) == verdict


def test_a_held_out_question_is_never_too_long() -> None:
    assert TokenLimits(10, 5).over(example(99, 99, split="heldout")) == (False, False)
    assert TokenLimits(10, 5).over(example(99, 99)) == (True, True)
