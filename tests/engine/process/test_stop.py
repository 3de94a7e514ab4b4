"""Which signals are a wish to pause, and which are not heeded."""

from __future__ import annotations

import os
import signal
import sys
import time
from collections.abc import Iterator

import pytest

from so8t_engine.errors import EXIT_INTERRUPTED
from so8t_engine.process.stop import LOOK_SECONDS, REASONS, Stop
from so8t_engine.protocol import Message, encode
from so8t_engine.sentences import sentence, to_json, verbatim


@pytest.fixture(autouse=True)
def signals_as_before() -> Iterator[None]:
    before = {number: signal.getsignal(number) for name in REASONS if (number := getattr(signal, name, None))}
    yield
    for number, handler in before.items():
        signal.signal(number, handler)


@pytest.mark.skipif(sys.platform == "win32", reason="no SIGHUP there")
def test_the_end_of_a_terminal_is_heeded_unless_we_were_told_not_to() -> None:
    signal.signal(signal.SIGHUP, signal.SIG_IGN)  # nohup
    stop = Stop().listen()
    signal.raise_signal(signal.SIGHUP)
    assert stop.reason is None and signal.getsignal(signal.SIGHUP) is signal.SIG_IGN

    signal.signal(signal.SIGHUP, signal.SIG_DFL)
    stop = Stop().listen()
    signal.raise_signal(signal.SIGHUP)
    assert stop.reason == REASONS["SIGHUP"]


def test_that_it_sleeps_as_long_as_asked_in_short_looks_and_not_beyond_a_wish(monkeypatch: pytest.MonkeyPatch) -> None:
    slept: list[float] = []
    monkeypatch.setattr(time, "monotonic", lambda: sum(slept))
    monkeypatch.setattr(time, "sleep", slept.append)
    stop = Stop()
    stop.wait(2.5 * LOOK_SECONDS)
    assert slept == pytest.approx([LOOK_SECONDS, LOOK_SECONDS, LOOK_SECONDS / 2])

    stop.wish(verbatim("because"))
    stop.wait(3600)
    assert len(slept) == 3


def test_a_second_ctrl_c_ends_the_worker_first_then_leaves_and_a_second_wish_of_another_kind_does_not(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    happened: list[object] = []
    monkeypatch.setattr(os, "_exit", happened.append)
    stop = Stop().listen()
    stop.forward_to(happened.append, end=lambda: happened.append("ended"))
    for number in (signal.SIGTERM, signal.SIGTERM, signal.SIGINT):
        signal.raise_signal(number)
    assert happened == [REASONS["SIGTERM"], "ended", EXIT_INTERRUPTED]

    stop.forward_to(None)  # between two workers there is none to end
    signal.raise_signal(signal.SIGINT)
    assert happened[3:] == [EXIT_INTERRUPTED]


def test_what_the_window_says_reaches_the_run_and_its_end_means_pause() -> None:
    passed, paused = list[str](), list[object]()
    lines = [encode(Message("save")), "no command\n", encode(Message("save")), encode(Message("pause", {"why": "x"}))]
    stop = Stop()
    stop.obey(lines[:2])
    assert stop.reason == sentence("run.pause_window_closed"), "nobody relays: it is passed over"

    stop = Stop()
    stop.forward_to(paused.append, passed.append)
    stop.obey([*lines, encode(Message("save"))])
    assert passed == [encode(Message("save"))] * 3
    assert stop.reason == sentence("run.pause_by_window") and paused == [stop.reason], "the first wish counts"


def test_the_run_itself_may_have_a_reason_and_nothing_else_that_it_tells_is_one() -> None:
    stop = Stop()
    stop.told(Message("alive", {"reason": to_json(verbatim("no reason"))}))
    assert stop.reason is None
    stop.told(Message("pause", {"reason": to_json(verbatim("because"))}))
    assert stop.reason == verbatim("because")


def test_a_run_that_begins_after_the_wish_hears_it_at_once_and_one_without_a_wish_nothing() -> None:
    heard = list[object]()
    stop = Stop()
    stop.forward_to(heard.append)
    assert heard == []
    stop.wish(verbatim("first"))
    stop.wish(verbatim("second"))
    stop.forward_to(None)
    stop.forward_to(heard.append)
    assert heard == [verbatim("first")] * 2


def test_only_ctrl_c_is_answered_on_the_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    said, left = list[str](), list[int]()
    monkeypatch.setattr(os, "_exit", left.append)
    for number, codes in ((signal.SIGTERM, []), (signal.SIGINT, ["commands.pausing"])):
        stop = Stop().listen()
        stop.says = lambda what: said.append(what.code)
        signal.raise_signal(number)
        assert said == codes and left == [] and stop.reason == REASONS[number.name]
    signal.raise_signal(signal.SIGINT)
    assert said[1:2] == ["commands.ended_at_once"] and left == [EXIT_INTERRUPTED]
