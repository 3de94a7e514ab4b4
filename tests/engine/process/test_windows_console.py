"""What Windows says when a console closes; its functions are given here, so that it is tested elsewhere too."""

from __future__ import annotations

import ctypes
import threading
from types import SimpleNamespace

import pytest

from so8t_engine.process import windows_console

CONTROL_C, CONTROL_BREAK, CLOSES, LOGOFF, SHUTDOWN = 0, 1, 2, 5, 6


def test_what_ends_a_console_is_told_and_held_on_to_and_ctrl_c_and_ctrl_break_stay_signals(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    happened: list[str] = []
    registered: list[tuple[object, int]] = []
    kernel = SimpleNamespace(SetConsoleCtrlHandler=lambda *given: registered.append(given))
    monkeypatch.setattr(ctypes, "WinDLL", lambda name: kernel if name == "kernel32" else None, raising=False)
    monkeypatch.setattr(ctypes, "WINFUNCTYPE", lambda *kinds: lambda function: function, raising=False)
    kept = windows_console.hold(lambda: happened.append("told"))
    assert registered == [(kept, 1)] and callable(kept)

    monkeypatch.setattr(threading, "Event", lambda: SimpleNamespace(wait=lambda: happened.append("held")))
    answers = [kept(kind) for kind in (CONTROL_C, CONTROL_BREAK, CLOSES, LOGOFF, SHUTDOWN)]
    assert answers == [False, False, True, True, True] and happened == ["told", "held"] * 3
