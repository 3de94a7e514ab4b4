"""Work in a thread whose answer comes to somebody who may be gone."""

from __future__ import annotations

import sys

import shiboken6
from PySide6.QtCore import QCoreApplication
from pytestqt.qtbot import QtBot

from so8t_gui.desktop.background import Background

ROUNDS, AT_ONCE = 60, 4  # a signal sent from what is being deleted ended the process within 3 to 33 rounds


def test_who_asked_may_be_deleted_at_the_instant_of_the_answer(qtbot: QtBot) -> None:
    """As a page in another language, whose predecessor's folders are still being read."""
    answers, interval = list[str](), sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    try:
        for _ in range(ROUNDS):
            asking = [Background() for _ in range(AT_ONCE)]
            for one in asking:
                one.run(lambda: "read", answers.append)
            for one in asking:
                shiboken6.delete(one)
            QCoreApplication.processEvents()
    finally:
        sys.setswitchinterval(interval)
    stays = Background()
    stays.run(lambda: "heard", answers.append)
    qtbot.waitUntil(lambda: bool(answers))
    assert answers == ["heard"]
