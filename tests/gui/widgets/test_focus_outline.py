"""Whoever has no mouse sees where the next key goes, also in what is only read and scrolled."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QMargins
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication, QHBoxLayout, QLineEdit, QWidget
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
    area.setFocus()
    qtbot.waitUntil(area.hasFocus)
    assert area.grab().toImage() != before
    window.resize(600, 260)
    assert edge(area) == area.palette().highlight().color()
    other.setFocus()
    qtbot.waitUntil(other.hasFocus)
    assert edge(area) != area.palette().highlight().color()


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
    """What stands at its lowest line."""
    picture = area.grab().toImage()
    return picture.pixelColor(1, picture.height() - 1)
