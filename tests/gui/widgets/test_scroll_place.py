"""A page further by its key; other keys are left to whoever takes them."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractSlider, QPlainTextEdit, QScrollArea, QWidget
from pytestqt.qtbot import QtBot

from so8t_gui.widgets.scroll_place import scroll_a_page, scroll_back, scroll_to_top


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


@pytest.fixture
def short(qtbot: QtBot) -> QScrollArea:
    area = QScrollArea()
    qtbot.addWidget(area)
    area.setWidget(QWidget())
    area.resize(200, 100)
    area.show()
    return area


def test_an_area_is_scrolled_to_its_place_as_soon_as_there_is_so_much_and_once(short: QScrollArea) -> None:
    bar, inner = short.verticalScrollBar(), short.widget()
    scroll_back(short, 40)
    inner.resize(100, short.viewport().height() + 39)
    assert (bar.value(), bar.maximum()) == (0, 39)
    inner.resize(100, short.viewport().height() + 40)
    assert bar.value() == 40
    bar.setValue(3)
    inner.resize(100, 500)
    assert bar.value() == 3


def test_who_has_scrolled_meanwhile_stays_there(short: QScrollArea) -> None:
    bar = short.verticalScrollBar()
    scroll_back(short, 40)
    bar.triggerAction(QAbstractSlider.SliderAction.SliderSingleStepAdd)
    short.widget().resize(100, 500)
    assert bar.value() == 0
    scroll_back(short, 7)
    assert bar.value() == 7, "it is there already"


def test_at_its_end_a_page_further_scrolls_what_the_area_lies_in(qtbot: QtBot, short: QScrollArea) -> None:
    outer, inner = short, QScrollArea()
    inner.setWidget(QWidget())
    inner.widget().resize(100, 900)
    inner.setFixedSize(150, 400)
    outer.setWidget(inner)
    mine, around = inner.verticalScrollBar(), outer.verticalScrollBar()

    def press(key: Qt.Key) -> tuple[int, int]:
        scroll_a_page(inner, QKeyEvent(QEvent.Type.KeyPress, key, Qt.KeyboardModifier.NoModifier))
        return mine.value(), around.value()

    assert press(Qt.Key.Key_PageUp) == (0, 0), "neither can"
    mine.setValue(mine.maximum() - 1)
    assert press(Qt.Key.Key_PageDown) == (mine.maximum(), 0)
    _, further = press(Qt.Key.Key_PageDown)
    assert further == around.pageStep()
    mine.setValue(1)
    assert press(Qt.Key.Key_PageUp) == (0, further)
    assert press(Qt.Key.Key_PageUp) == (0, 0)


def test_to_the_top_goes_every_area_around_a_part(qtbot: QtBot) -> None:
    outer, page, inner, part = QScrollArea(), QWidget(), QScrollArea(), QWidget()
    qtbot.addWidget(outer)
    page.setFixedSize(100, 900)
    inner.setParent(page)
    inner.resize(80, 300)
    part.setFixedSize(50, 900)
    inner.setWidget(part)
    outer.setWidget(page)
    outer.resize(200, 200)
    outer.show()
    for area in (outer, inner):
        area.verticalScrollBar().setValue(40)
    scroll_to_top(part)
    assert [area.verticalScrollBar().value() for area in (outer, inner)] == [0, 0]
