"""A passage stands below its title where a separator parts the two."""

from __future__ import annotations

from typing import Any

import pytest

from helpers.rows import parsed
from so8t_engine.data.adapters.answers import paragraphs

TEXT = "Alder is a town on the Wend."
READ = f"Alder\n\n{TEXT}\n\nOn which river lies it?"


@pytest.mark.parametrize(
    "row",
    [
        {"title": "Alder", "answers": {"text": ["the Wend"], "answer_start": [20]}},
        {"answers": [{"text": "the Wend"}]}, {"answer": "the Wend"},
        {"answer": "A", "choices": ["the Wend", "the Nile"]},
    ],
)  # fmt: skip
def test_the_passages_of_jsquad_stand_below_their_titles(row: dict[str, Any]) -> None:
    """The separator was learnt with them."""
    found = parsed({"context": f"Alder [SEP] {TEXT}", "question": "On which river lies it?", **row})
    assert found.prompt.startswith(READ) and found.response.endswith("the Wend")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("梅雨 [SEP] 梅雨は雨の多い期間。", "梅雨\n\n梅雨は雨の多い期間。"), (TEXT, TEXT),
        ("", ""), ("a [SEP]b", "a [SEP]b"),
        ("[CLS] a [SEP] b", "[CLS] a [SEP] b"), ("a [SEP] b [SEP] c", "a [SEP] b [SEP] c"),
        (f"{'x' * 120} [SEP] b", f"{'x' * 120}\n\nb"), (f"{'x' * 121} [SEP] b", f"{'x' * 121} [SEP] b"),
        ("a\nb [SEP] c", "a\nb [SEP] c"),
    ],
)  # fmt: skip
def test_only_the_separator_behind_a_title_is_one(text: str, found: str) -> None:
    assert paragraphs.below_title(text) == found
