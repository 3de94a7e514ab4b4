"""Whoever has no mouse sees where the next key goes, also in what is only read and scrolled."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication, QHBoxLayout, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from so8t_gui.forms.findings import Findings
from so8t_gui.main_window import MainWindow
from so8t_gui.result.panel import ResultPanel
from so8t_gui.widgets.label import Label
from so8t_gui.widgets.scrolled_text import ScrolledText


def pages_list() -> QWidget:
    window = MainWindow()
    window.add_page("run", "Run", QLineEdit())
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


def edge(area: QWidget) -> QColor:
    """What stands at its lowest line."""
    picture = area.grab().toImage()
    return picture.pixelColor(1, picture.height() - 1)
