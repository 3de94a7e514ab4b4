"""Lengths that were counted hold as long as what they were counted with."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from so8t_engine.model import token_lengths


def digest(vocabulary: dict[str, int], template: str | None, system: str | None) -> str:
    tokenizer: Any = SimpleNamespace(get_vocab=lambda: vocabulary, chat_template=template)
    return token_lengths.digest(tokenizer, system)


@pytest.mark.parametrize("other", [({"a": 2}, "t", "s"), ({"a": 1}, "u", "s"), ({"a": 1}, "t", None)])
def test_another_vocabulary_template_or_system_prompt_is_another_way_to_count(other: Any) -> None:
    assert digest({"a": 1, "b": 2}, "t", "s") == digest({"b": 2, "a": 1}, "t", "s")
    assert digest(*other) != digest({"a": 1}, "t", "s")
    assert len(digest({"\ud83d": 1}, "質問", None)) == 64
