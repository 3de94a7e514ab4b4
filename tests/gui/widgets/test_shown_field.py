"""A field that is asked for is in view, has the keys, and a line around it for a while."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtWidgets import QLineEdit, QScrollArea, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from so8t_gui.widgets import shown_field
from so8t_gui.widgets.shown_field import MARGIN, Mark


@pytest.fixture
def area(qtbot: QtBot) -> QScrollArea:
    made, inner = QScrollArea(), QWidget()
    qtbot.addWidget(made)
    column = QVBoxLayout(inner)
    column.setSpacing(0)
    for _ in range(12):
        field = QLineEdit()
        field.setFixedHeight(100)
        column.addWidget(field)
    made.setWidget(inner)
    made.setWidgetResizable(True)
    made.resize(300, 260)
    made.show()
    return made


def fields(area: QScrollArea) -> list[QLineEdit]:
    return [one for one in area.widget().findChildren(QLineEdit) if one.parent() is area.widget()]


def marks(area: QScrollArea) -> list[QWidget]:
    return [mark._field for mark in area.findChildren(Mark) if mark.isVisible()]


def test_it_is_whole_in_view_with_what_stands_around_it_and_is_the_only_one_marked(area: QScrollArea) -> None:
    every = fields(area)
    for place in (9, 2, 11, 0):
        field = every[place]
        shown_field.show(area, field, field)
        at = field.mapTo(area.viewport(), field.rect().topLeft()).y()
        room = area.viewport().height()
        assert at >= 0 and at + 100 <= room and area.focusWidget() is field
        if place in (9, 2):
            assert min(at, room - at - 100) >= min(MARGIN, (room - 100) // 2) - 2
        assert marks(area) == [field]


def test_of_what_is_higher_than_the_area_the_part_that_matters_is_in_view(area: QScrollArea) -> None:
    field = fields(area)[5]
    field.setFixedHeight(700)
    for part, expected in ((QRect(0, 600, 10, 40), 600), (None, 0)):
        shown_field.show(area, field, field, part)
        at = field.mapTo(area.viewport(), field.rect().topLeft()).y() + expected
        assert 0 <= at < area.viewport().height()


def test_the_line_around_it_follows_its_size_lets_the_mouse_through_and_ends(area: QScrollArea) -> None:
    field = fields(area)[0]
    field.move(30, 20)  # with room around it
    plain = area.widget().grab().toImage()
    shown_field.show(area, field, field)
    (mark,) = area.findChildren(Mark)
    assert mark.testAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
    picture = mark.grab().toImage()
    ink = field.palette().highlight().color()
    right, low = picture.width() - 1, picture.height() - 1
    assert all(picture.pixelColor(*at) == ink for at in ((9, 0), (0, 9), (right, 9), (9, low)))
    assert picture.pixelColor(50, 50) != ink and area.widget().grab().toImage().pixelColor(80, 80) != plain.pixelColor(
        80, 80
    )
    assert mark.geometry().contains(field.geometry().adjusted(-3, -3, -40, 3)), "on none of its letters"
    field.setFixedHeight(150)
    field.resize(field.width(), 150)
    assert mark.height() >= 156
    field.move(30, 40)
    assert mark.geometry().contains(field.geometry().intersected(area.widget().rect()))
    field.hide()
    assert marks(area) == []
    field.show()
    shown_field.show(area, field, field)
    (mark,) = (mark for mark in area.findChildren(Mark) if mark.isVisible())
    mark.end()
    assert marks(area) == [] and mark.parent() is None
