"""What somebody has made of a text is learnt, not what was there before."""

from __future__ import annotations

from typing import Any

import pytest

from helpers.rows import parsed
from so8t_engine.data.adapters.talks import edited

BEFORE, AFTER = "It may be 8.", "It is 7."
NAMES = ["edited_content", "edited", "corrected_content", "corrected_text", "revised_content", "revised", "edited_text",
         "content_edited", "修正後", "編集後の内容"]  # fmt: skip


@pytest.mark.parametrize("name", NAMES)
def test_of_a_turn_the_mended_text_is_taken(name: str) -> None:
    question, answer = {"role": "user", "content": "How many?"}, {"role": "assistant", "content": BEFORE}
    assert parsed({"messages": [question, {**answer, name: AFTER}]}).response == AFTER
    for nothing in (None, "", " "):
        assert parsed({"messages": [question, {**answer, name: nothing}]}).response == BEFORE
    asked = parsed({"messages": [{**question, name: "How many apples?"}, answer]})
    assert (asked.prompt, asked.response) == ("How many apples?", BEFORE)


@pytest.mark.parametrize("name", NAMES)
def test_of_an_answer_in_an_object_or_in_columns_too(name: str) -> None:
    assert parsed({"prompt": "How many?", "response": {"content": BEFORE, name: AFTER}}).response == AFTER
    assert parsed({"prompt": "How many?", "response": BEFORE, name: AFTER}).response == AFTER
    answers = [{"content": BEFORE, name: AFTER, "score": 2}, {"content": "No idea.", name: "", "score": 1}]
    assert parsed({"prompt": "How many?", "responses": answers}).response == AFTER


@pytest.mark.parametrize("value", [True, "true", "yes", "2024-05-01", "2024-05-01T10:00:00Z", 1714557600, "済"])
def test_whether_or_when_it_was_mended_is_no_text(value: Any) -> None:
    answer = {"role": "assistant", "content": BEFORE, "edited": value}
    assert parsed({"messages": [{"role": "user", "content": "How many?"}, answer]}).response == BEFORE
    assert parsed({"prompt": "How many?", "response": BEFORE, "edited": value}).response == BEFORE


def test_a_turn_without_such_a_key_has_none() -> None:
    assert edited.text_of({"role": "assistant", "content": BEFORE, "name": "edited"}) is None
