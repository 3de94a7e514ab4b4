"""What is typed in a talk: questions, the word to leave, the end of the input, Ctrl+C."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from so8t_engine.commands import chat


@pytest.mark.parametrize(
    ("typed", "asked", "told"),
    [
        ([" first ", "", "second", EOFError], ["first", "second"], ["chat.left"]),
        (["first", KeyboardInterrupt, "second", EOFError], ["first", "second"], ["chat.how_to_leave", "chat.left"]),
        (["first", f" {chat.LEAVE[0]} ", "second"], ["first"], []),
    ],
)
def test_a_talk_ends_with_its_input_or_the_word_to_leave_and_ctrl_c_says_how(
    monkeypatch: pytest.MonkeyPatch, typed: list[Any], asked: list[str], told: list[str]
) -> None:
    lines, said = iter(typed), list[str]()

    def read(_prompt: str) -> str:
        line = next(lines)
        if isinstance(line, str):
            return line
        raise line

    monkeypatch.setattr("builtins.input", read)
    voice: Any = SimpleNamespace(notice=lambda what: said.append(what.code))
    assert list(chat._questions(True, voice)) == asked and said == told
