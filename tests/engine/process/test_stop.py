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
from so8t_engine.sentences import verbatim


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
