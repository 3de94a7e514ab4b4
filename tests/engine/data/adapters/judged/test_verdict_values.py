"""How what condemns an answer is told: as it stands there, where many rows may say the same."""

from __future__ import annotations

from typing import Any

import pytest

from so8t_engine.data.adapters.judged import verdict_values
from so8t_engine.data.adapters.judged.verdict_names import Kind


@pytest.mark.parametrize(
    ("kind", "value", "said"),
    [
        ("critique", "Long and polite. The answer is wrong.", "wrong"),
        ("verdict", "回答は誤りです。", "誤り"),
        ("thumb", "This is not correct.", "not correct"),
        ("safe", "unsafe\nThe response is harmful: S1", "unsafe"),
        ("tests", 0.4, "0..1"),
        ("tests", "0.4", "0..1"),
        ("rate", 0.4, "0.5..1"),
        ("tests", 0, "0"),
        ("vote", "-1", "-1"),
        ("tests", "3/5", "< 100 %"),
        ("tests", " 60 % ", "< 100 %"),
        ("answer", " Wrong\nSee below", "Wrong"),
        ("answer", False, "false"),
        ("tests", [True, 0.5, False], "0..1"),
        ("tests", [], "false"),
        ("against", "It names the wrong year.", "…"),
    ],
)
def test_what_condemns_is_told_as_one_of_few_values(kind: Kind, value: Any, said: str) -> None:
    assert verdict_values.told(kind, value) == said


@pytest.mark.parametrize(
    ("kind", "value", "known"),
    [
        ("verdict", "good", True),
        ("verdict", "good\nas all of it is so", True),
        ("verdict", "Correct: it follows", True),
        ("verdict", "wrong", True),
        ("verdict", "blue", False),
        ("verdict", "blue\ngood", False),
        ("word", "blue", False),
        ("word", "good", True),
        ("word", "4/5", True),
        ("critique", "good", False),
        ("critique", "The answer is wrong.", True),
        ("answer", "blue", False),
        ("answer", True, True),
        ("answer", 1, True),
    ],
)
def test_a_value_of_which_nobody_knows_what_it_says_is_not_known(kind: Kind, value: Any, known: bool) -> None:
    assert verdict_values.is_known(kind, value) is known
