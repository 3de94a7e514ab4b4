"""What is typed in a talk: questions, the word to leave, the end of the input, Ctrl+C."""

from __future__ import annotations

import signal
import sys
from collections.abc import Iterator
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


@pytest.fixture
def signals() -> Iterator[None]:
    """They are the whole process's."""
    before = {number: signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGINT)}
    yield
    for number, handler in before.items():
        signal.signal(number, handler)


@pytest.mark.usefixtures("signals")
@pytest.mark.skipif(sys.platform == "win32", reason="a program is ended there without a word")
def test_asked_to_end_it_leaves_in_order_and_what_is_ignored_stays_so() -> None:
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    with pytest.raises(SystemExit) as left, chat._leaving_in_order():
        signal.raise_signal(signal.SIGTERM)
    assert left.value.code == 128 + signal.SIGTERM and signal.getsignal(signal.SIGTERM) is signal.SIG_DFL

    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    with chat._leaving_in_order():
        signal.raise_signal(signal.SIGTERM)
    assert signal.getsignal(signal.SIGTERM) is signal.SIG_IGN


@pytest.mark.usefixtures("signals")
@pytest.mark.skipif(sys.platform == "win32", reason="a signal that a process sends itself ends it there")
def test_the_first_ctrl_c_stops_the_answer_and_the_second_is_one_as_ever() -> None:
    stopped: list[int] = []
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    with pytest.raises(KeyboardInterrupt), chat._interrupted_by(lambda: stopped.append(1)):
        signal.raise_signal(signal.SIGINT)
        assert stopped == [1]
        signal.raise_signal(signal.SIGINT)
    assert stopped == [1] and signal.getsignal(signal.SIGINT) is signal.SIG_IGN
