"""A row that breaks as text does: everything in one row where it fits, the last ones at its right end."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QRect, QSize
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from so8t_gui.widgets.flow_layout import FlowLayout
from so8t_gui.widgets.one_line import OneLine

SIZES = ((50, 20), (60, 30), (40, 20))


@pytest.fixture
def row(qtbot: QtBot) -> QWidget:
    """Three widgets, 8 apart; the last two belong to the right."""
    whole = QWidget()
    qtbot.addWidget(whole)
    layout = FlowLayout(spacing=8)
    for number, size in enumerate(SIZES):
        widget = QWidget()
        widget.setFixedSize(*size)
        layout.add(widget, right=number > 0)
    whole.setLayout(layout)
    return whole


def places(row: QWidget, width: int) -> list[tuple[int, int]]:
    layout = row.layout()
    assert layout is not None
    layout.setGeometry(QRect(10, 100, width, 200))
    items = [layout.itemAt(number) for number in range(layout.count())]
    assert all(item is not None and item.geometry().size() == QSize(*size) for item, size in zip(items, SIZES))  # noqa: B905
    return [(item.geometry().x(), item.geometry().y()) for item in items if item is not None]


def test_in_one_row_the_last_ones_stand_at_the_right_end_and_all_in_its_middle(row: QWidget) -> None:
    assert places(row, 300) == [(10, 105), (310 - 40 - 8 - 60, 100), (310 - 40, 105)]
    assert places(row, 166) == [(10, 105), (68, 100), (136, 105)], "just wide enough"


def test_in_a_column_it_takes_no_room_that_others_could_have(qtbot: QtBot) -> None:
    page, row = QWidget(), FlowLayout(spacing=8)
    qtbot.addWidget(page)
    column, below = QVBoxLayout(page), QWidget()
    row.add(QPushButton("x"))
    column.addLayout(row)
    column.addWidget(below)
    page.resize(200, 300)
    page.show()
    assert row.geometry().height() == below.height() > 100


@pytest.mark.parametrize(
    ("width", "expected", "height"),
    [
        (165, [(10, 105), (68, 100), (135, 138)], 58),
        (117, [(10, 100), (19, 128), (87, 133)], 58),
        (60, [(10, 100), (10, 128), (30, 166)], 86),
        (166, [(10, 105), (68, 100), (136, 105)], 30),
    ],
)
def test_what_does_not_fit_goes_into_the_next_row_and_what_belongs_to_the_right_stays_there(
    row: QWidget, width: int, expected: list[tuple[int, int]], height: int
) -> None:
    layout = row.layout()
    assert layout is not None
    assert places(row, width) == expected
    assert layout.hasHeightForWidth() and layout.heightForWidth(width) == height


def test_its_size_is_that_of_one_row_and_at_least_that_of_the_largest(row: QWidget) -> None:
    layout = row.layout()
    assert layout is not None
    assert layout.sizeHint() == QSize(50 + 60 + 40 + 2 * 8, 30) and layout.minimumSize() == QSize(60, 30)
    assert FlowLayout().sizeHint() == QSize(0, 0) and FlowLayout().minimumSize() == QSize(0, 0)


def test_what_is_hidden_takes_no_room_and_what_is_taken_away_is_gone(row: QWidget) -> None:
    layout = row.layout()
    assert isinstance(layout, FlowLayout)
    first = layout.itemAt(0)
    assert first is not None and layout.itemAt(3) is None and layout.itemAt(-1) is None
    first.widget().hide()  # type: ignore[union-attr]
    assert layout.sizeHint() == QSize(60 + 40 + 8, 30)
    assert layout.takeAt(0) is first and layout.count() == 2 and layout.takeAt(2) is None


def test_what_can_be_narrower_is_no_wider_than_the_row_and_rows_may_be_closer_than_columns(qtbot: QtBot) -> None:
    """A long line made its page so wide that it was scrolled sideways."""
    whole, long, short = QWidget(), OneLine(), OneLine()
    qtbot.addWidget(whole)
    layout = FlowLayout(spacing=24, between_rows=2)
    long.setText("a sentence " * 20)
    short.setText("short")
    for line in (short, long):
        layout.add(line)
    whole.setLayout(layout)
    assert layout.minimumSize().width() == 0 and layout.heightForWidth(100) == 2 * short.sizeHint().height() + 2
    layout.setGeometry(QRect(0, 0, 100, 200))
    assert (long.width(), long.y()) == (100, short.height() + 2) and short.width() == short.sizeHint().width()


def test_the_one_that_grows_takes_what_is_left_of_its_row(qtbot: QtBot) -> None:
    whole = QWidget()
    qtbot.addWidget(whole)
    layout = FlowLayout(spacing=8)
    field, button, other = OneLine(), OneLine(), OneLine()
    for widget, text in ((field, "field"), (button, "a button"), (other, "another button")):
        widget.setText(text)
        layout.add(widget, grows=widget is field)
    whole.setLayout(layout)
    wide, _, last = (widget.sizeHint().width() for widget in (field, button, other))
    together = layout.sizeHint().width()

    layout.setGeometry(QRect(10, 0, together + 100, 100))
    assert field.width() == wide + 100 and other.geometry().right() + 1 == 10 + together + 100
    layout.setGeometry(QRect(10, 0, together - 1, 100))
    assert field.width() == together - 1 - 8 - button.width() and (other.x(), other.width()) == (10, last)
