"""Enter presses a button once, however long it is held down, and only where a button has the focus."""

from __future__ import annotations

from PySide6.QtWidgets import QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from so8t_gui.widgets.enter_presses import EnterPresses


def test_a_key_that_is_held_down_presses_once_and_fields_keep_theirs(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    presses = EnterPresses(window)
    assert len(presses._keys) == 2
    for key in presses._keys:
        assert not key.autoRepeat() and not key.isEnabled()
    presses._moved(None, QPushButton(window))
    assert all(key.isEnabled() for key in presses._keys)
    presses._moved(None, QLineEdit(window))
    assert not any(key.isEnabled() for key in presses._keys)
