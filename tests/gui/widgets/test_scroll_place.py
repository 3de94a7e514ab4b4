"""A page further by its key; other keys are left to whoever takes them."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QPlainTextEdit
from pytestqt.qtbot import QtBot

from so8t_gui.widgets.scroll_place import scroll_a_page


def test_only_the_keys_for_a_page_scroll(qtbot: QtBot) -> None:
    area = QPlainTextEdit("line\n" * 100)
    qtbot.addWidget(area)
    area.resize(200, 100)
    area.show()
    bar = area.verticalScrollBar()
    for key, taken, further in (
        (Qt.Key.Key_Down, False, 0),
        (Qt.Key.Key_PageDown, True, 1),
        (Qt.Key.Key_PageUp, True, 0),
    ):
        event = QKeyEvent(QEvent.Type.KeyPress, key, Qt.KeyboardModifier.NoModifier)
        assert scroll_a_page(area, event) is taken
        assert bar.value() == further * bar.pageStep()
