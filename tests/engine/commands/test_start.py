"""The engine's own command line: whatever it is given, its last word is a sentence with a code."""

from __future__ import annotations

import io

import pytest

from so8t_engine.commands import start
from so8t_engine.errors import CODES
from so8t_engine.process.output import Channel
from so8t_engine.process.stop import Stop
from so8t_engine.protocol import Message


@pytest.mark.parametrize("words", [[], ["walk"], ["run", "--no-such"], ["resume", "a", "b"]])
def test_what_is_no_command_is_refused_as_such(words: list[str]) -> None:
    events: list[Message] = []
    code = start.engine(words, events.append, Channel(io.StringIO(), json=True), Stop())

    assert code == CODES["usage"]
    assert [(event.name, event.data["code"]) for event in events] == [("failed", "usage")]


def test_what_nobody_foresaw_is_a_sentence_and_no_traceback(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise ZeroDivisionError("by nought")

    monkeypatch.setattr(start, "find_session", broken)
    events: list[Message] = []
    code = start.engine(["resume"], events.append, Channel(io.StringIO(), json=True), Stop())

    assert code == CODES["unexpected"]
    [failure] = [event.data for event in events]
    assert failure["code"] == "unexpected"
    assert "ZeroDivisionError" in failure["sentence"]["text"] and "by nought" in failure["sentence"]["text"]
