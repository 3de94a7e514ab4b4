"""Which signals are a wish to pause, and which are not heeded."""

from __future__ import annotations

import signal
import sys
from collections.abc import Iterator

import pytest

from so8t_engine.process.stop import REASONS, Stop


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
