"""A page in a window that is too low for it is as high as it has to be, and scrolled."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QStyle, QVBoxLayout, QWidget
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
    beside = max(area.viewport().width(), page.minimumSizeHint().width())
    assert page.width() == beside or page.layout() is None, "beside its bar"


def test_a_page_that_becomes_higher_or_lower_is_so_at_once(qtbot: QtBot) -> None:
    page, part = QWidget(), QWidget()
    QVBoxLayout(page).addWidget(part)
    area = TallPage(page)
    qtbot.addWidget(area)
    area.resize(400, 300)
    area.show()
    for high in (HIGH, 10):
        part.setMinimumHeight(high)
        QApplication.processEvents()
        assert page.height() == max(area.maximumViewportSize().height(), page.minimumSizeHint().height())


def test_it_wants_the_room_of_its_page_and_can_do_with_some_lines_and_letters(qtbot: QtBot) -> None:
    for wide, high, small in ((40, 30, True), (4_000, 3_000, False)):
        page = QWidget()
        part = QWidget()
        part.setMinimumSize(wide, high)
        QVBoxLayout(page).addWidget(part)
        area = TallPage(page)
        qtbot.addWidget(area)
        least, metrics = area.minimumSizeHint(), area.fontMetrics()
        bar = area.style().pixelMetric(QStyle.PixelMetric.PM_ScrollBarExtent)
        assert area.sizeHint() == page.sizeHint()
        assert least.width() == (page.minimumSizeHint().width() + bar if small else 50 * metrics.averageCharWidth())
        assert least.height() == (page.minimumSizeHint().height() if small else 18 * metrics.lineSpacing())


@pytest.mark.parametrize("high", [20, HIGH])
def test_what_something_lies_on_is_scrolled_to_and_where_keys_go_is_seen(qtbot: QtBot, high: int) -> None:
    page, fields = QWidget(), [QLineEdit() for _ in range(3)]
    column = QVBoxLayout(page)
    for field in fields:
        column.addWidget(field)
    column.setSpacing(high)
    area = TallPage(page)
    qtbot.addWidget(area)
    area.resize(400, 300)
    area.show()
    area.activateWindow()
    QApplication.processEvents()
    before, width, least = [field.geometry() for field in fields], area.viewport().width(), area.minimumSizeHint()
    maximum = area.verticalScrollBar().maximum()
    area.cover(120)
    QApplication.processEvents()
    assert area.verticalScrollBar().maximum() == maximum + 120 and area.minimumSizeHint() == least
    assert [field.geometry() for field in fields] == before and area.viewport().width() == width
    fields[0].setFocus()
    for field in fields[1:]:
        area.focusNextPrevChild(True)
        assert area.focusWidget() is field
        assert field.mapTo(area, field.rect().bottomLeft()).y() < area.height() - 120
    area.cover(0)
    assert area.verticalScrollBar().maximum() == maximum
