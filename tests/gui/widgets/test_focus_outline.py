"""Whoever has no mouse sees where the next key goes, also in what is only read and scrolled."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QMargins, QPoint, Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QAbstractScrollArea, QApplication, QHBoxLayout, QLineEdit, QListWidget, QWidget
from pytestqt.qtbot import QtBot

from so8t_gui.forms.findings import Findings
from so8t_gui.main_window import MainWindow
from so8t_gui.result.panel import ResultPanel
from so8t_gui.widgets.focus_outline import WIDTH
from so8t_gui.widgets.label import Label
from so8t_gui.widgets.scrolled_text import ScrolledText


def pages_list() -> QWidget:
    window = MainWindow()
    window.add_page("run", "Run", QLineEdit)
    window.show_page("run")
    listed = window._list
    listed.setParent(None)
    window.deleteLater()
    return listed


AREAS = (ResultPanel, Findings, lambda: ScrolledText(Label(50 * "word\n")), pages_list)


@pytest.mark.parametrize("make", AREAS, ids=["result", "findings", "long text", "pages"])
def test_an_area_that_has_the_focus_looks_otherwise_than_one_that_has_not(
    qtbot: QtBot, make: Callable[[], QWidget]
) -> None:
    window, other = QWidget(), QLineEdit()
    qtbot.addWidget(window)
    row = QHBoxLayout(window)
    area = make()
    row.addWidget(area)
    row.addWidget(other)
    window.resize(500, 200)
    window.show()
    window.activateWindow()
    other.setFocus()
    qtbot.waitUntil(lambda: QApplication.focusWidget() is other)
    before = area.grab().toImage()
    area.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.waitUntil(area.hasFocus)
    assert area.grab().toImage() != before
    window.resize(600, 260)
    assert edge(area) == ink(area)
    far = area.grab().toImage()
    assert far.pixelColor(far.width() - 1, far.height() // 2) != ink(area), "not around the whole"
    other.setFocus()
    qtbot.waitUntil(other.hasFocus)
    assert edge(area) != ink(area)


@pytest.mark.parametrize("goes", [QWidget.hide, lambda one: one.setEnabled(False)], ids=["hidden", "grey"])
def test_keys_that_were_handed_on_show_no_line_until_one_is_pressed(
    qtbot: QtBot, goes: Callable[[QWidget], None]
) -> None:
    """Show, pressed by mouse, left a blue frame around the whole result: its button had gone with its page."""
    window, other = QWidget(), QLineEdit()
    qtbot.addWidget(window)
    row, area = QHBoxLayout(window), ResultPanel()
    row.addWidget(other)
    row.addWidget(area)
    window.resize(500, 200)
    window.show()
    window.activateWindow()
    for _ in range(2):
        other.show()
        other.setEnabled(True)
        other.setFocus()
        qtbot.waitUntil(lambda: QApplication.focusWidget() is other)
        goes(other)
        assert QApplication.focusWidget() is area and edge(area) != ink(area)
        qtbot.keyClick(area, Qt.Key.Key_PageDown)
        assert edge(area) == ink(area)


@pytest.mark.parametrize("make", AREAS, ids=["result", "findings", "long text", "pages"])
def test_a_click_shows_no_line_and_the_next_key_does(qtbot: QtBot, make: Callable[[], QAbstractScrollArea]) -> None:
    """A frame around the whole side bar, or the whole result, after each click looked like a mistake."""
    window, other = QWidget(), QLineEdit()
    qtbot.addWidget(window)
    row, area = QHBoxLayout(window), make()
    row.addWidget(area)
    row.addWidget(other)
    window.resize(500, 200)
    window.show()
    window.activateWindow()
    other.setFocus()
    line = ink(area)
    for reason in (Qt.FocusReason.MouseFocusReason, Qt.FocusReason.ActiveWindowFocusReason):
        area.setFocus(reason)
        qtbot.waitUntil(area.hasFocus)
        assert edge(area) != line
        other.setFocus()
        qtbot.waitUntil(other.hasFocus)
    area.setFocus(Qt.FocusReason.OtherFocusReason)
    assert edge(area) != line
    qtbot.keyClick(area, Qt.Key.Key_PageDown)
    assert edge(area) == line
    other.setFocus()
    area.setFocus(Qt.FocusReason.ActiveWindowFocusReason)
    assert edge(area) == line, "as it was before another window had the focus"
    qtbot.mousePress(area.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(9, 9))
    assert edge(area) != line
    area.setFocus(Qt.FocusReason.TabFocusReason)


@pytest.mark.parametrize("make", [ResultPanel, Findings], ids=["result", "findings"])
def test_the_line_lies_on_nothing_that_is_shown(qtbot: QtBot, make: Callable[[], ResultPanel | Findings]) -> None:
    """It cut through the first letters and the frames at the left edge."""
    area = make()
    qtbot.addWidget(area)
    if isinstance(area, Findings):
        area.put([{"level": "note", "what": "A finding."}])
    area.resize(400, 900)
    area.show()
    inside, around = area.widget(), QMargins(*4 * [int(WIDTH)])
    assert inside is not None
    shown = [part for part in inside.children() if isinstance(part, QWidget) and part.isVisible()]
    assert shown and all(area.rect().marginsRemoved(around).contains(part.geometry()) for part in shown)


def edge(area: QWidget) -> QColor:
    """What stands at its lowest line, or of a list in the frame of its row."""
    picture = area.grab().toImage()
    if isinstance(area, QListWidget):
        at = area.viewport().mapTo(area, area.visualItemRect(area.currentItem()).bottomLeft())
        return picture.pixelColor(at + QPoint(10, -1))
    return picture.pixelColor(1, picture.height() - 1)


def ink(area: QWidget) -> QColor:
    """Of the line."""
    palette = area.palette()
    return (palette.windowText() if isinstance(area, QListWidget) else palette.highlight()).color()
