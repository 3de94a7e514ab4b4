"""The desktop's session ends, or somebody ends the program: both are heard in the window's thread."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Iterator

import pytest
from PySide6.QtCore import SIGNAL, QObject
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from so8t_gui.desktop.logoff_events import ENDING, LogoffEvents


class Heard:
    """What was told of, and who hears it."""

    def __init__(self) -> None:
        self.told, self.parent = list[str](), QObject()
        self.events = LogoffEvents(self.told.append, self.parent)


@pytest.fixture
def heard(qapp: QApplication) -> Iterator[Heard]:
    before = {number: signal.getsignal(number) for number in ENDING}
    yield Heard()
    signal.set_wakeup_fd(-1)
    for number, handler in before.items():
        signal.signal(number, handler)


@pytest.mark.skipif(sys.platform == "win32", reason="a signal ends a program there")
@pytest.mark.parametrize("number", ENDING)
def test_a_signal_that_ends_a_program_is_heard_and_others_are_not(heard: Heard, qtbot: QtBot, number: int) -> None:
    heard.events._writer.send(bytes([signal.SIGCHLD]))  # as Python writes the number of each signal
    os.kill(os.getpid(), number)
    qtbot.waitUntil(lambda: bool(heard.told))
    assert heard.told == ["signal"]
    heard.events._writer.send(bytes([signal.SIGCHLD]))
    qtbot.wait(20)
    assert heard.told == ["signal"]


def test_the_end_of_the_desktops_session_is_heard(heard: Heard, qapp: QApplication) -> None:
    """The question itself only a session manager can put."""
    asked = SIGNAL("commitDataRequest(QSessionManager&)")
    listeners = qapp.receivers(asked)
    another = Heard()
    assert qapp.receivers(asked) == listeners + 1
    another.events._asked(None)  # type: ignore[arg-type]
    assert another.told == ["session"] and not heard.told
