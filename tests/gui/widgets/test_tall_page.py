"""A page in a window that is too low for it is as high as it has to be, and scrolled."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from so8t_gui.widgets.tall_page import TallPage

HIGH = 900


def bare() -> QWidget:
    page = QWidget()
    page.setMinimumHeight(HIGH)
    return page


def laid_out(wraps: bool) -> QWidget:
    page, label = QWidget(), QLabel("words " * 20)
    label.setWordWrap(wraps)
    label.setMinimumHeight(HIGH)
    QVBoxLayout(page).addWidget(label)
    return page


@pytest.mark.parametrize("make", [bare, lambda: laid_out(False), lambda: laid_out(True)])
def test_a_page_keeps_its_height_whatever_it_is_made_of(qtbot: QtBot, make: object) -> None:
    page = make()  # type: ignore[operator]
    area = TallPage(page)
    qtbot.addWidget(area)
    area.resize(400, 300)
    area.show()
    assert page.height() >= HIGH and area.verticalScrollBar().maximum() > 0
