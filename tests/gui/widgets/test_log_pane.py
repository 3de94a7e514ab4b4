"""Lines that become more, and where a reader is among them."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QScrollBar
from pytestqt.qtbot import QtBot

from so8t_gui.widgets.log_pane import MOST_LINES, LogPane

STEP = QScrollBar.SliderAction


@pytest.fixture
def pane(qtbot: QtBot) -> LogPane:
    made = LogPane("the log")
    qtbot.addWidget(made)
    made.resize(200, 100)
    return made


def numbers(count: int) -> list[str]:
    return [str(n) for n in range(count)]


def move(bar: QScrollBar, step: QScrollBar.SliderAction, times: int = 1) -> None:
    for _ in range(times):
        bar.triggerAction(step)


def test_who_reads_stays_where_he_reads_and_who_is_at_the_end_stays_there(pane: LogPane) -> None:
    pane.show()
    bar, lines = pane.verticalScrollBar(), numbers(100)
    pane.put(lines)
    assert bar.value() == bar.maximum() > 10
    for above, stays in ((3, True), (2, False)):
        move(bar, STEP.SliderToMaximum)
        move(bar, STEP.SliderSingleStepSub, above)
        place = bar.maximum() - above
        lines.append("more")
        pane.put(lines)
        assert bar.value() == (place if stays else bar.maximum()) and (pane.place is None) is not stays


def test_what_is_filled_before_it_is_seen_shows_its_newest_lines_then_also_in_another_size(
    pane: LogPane, qtbot: QtBot
) -> None:
    bar = pane.verticalScrollBar()
    pane.put(numbers(100))
    pane.show()
    qtbot.waitUntil(lambda: bar.maximum() > 10)
    assert bar.value() == bar.maximum()
    for height in (50, 150, 80):
        pane.resize(200, height)
        qtbot.waitUntil(lambda: bar.value() == bar.maximum())
    pane.put(numbers(101))
    assert bar.value() == bar.maximum()


def test_a_place_is_taken_up_as_soon_as_there_is_so_much(pane: LogPane, qtbot: QtBot) -> None:
    pane.take_up(30)
    pane.show()
    bar = pane.verticalScrollBar()
    pane.put(numbers(100))
    qtbot.waitUntil(lambda: bar.value() == 30)
    pane.put(numbers(200))
    assert bar.value() == 30 == pane.place
    pane.take_up(None)
    pane.put(numbers(201))
    assert bar.value() == bar.maximum() and pane.place is None


def test_what_is_selected_stays_so_and_in_sight_while_lines_are_added(pane: LogPane) -> None:
    pane.show()
    pane.put(numbers(100))
    cursor = pane.textCursor()
    cursor.movePosition(QTextCursor.MoveOperation.Start)
    cursor.movePosition(QTextCursor.MoveOperation.EndOfLine, QTextCursor.MoveMode.KeepAnchor)
    pane.setTextCursor(cursor)
    place = pane.verticalScrollBar().value()
    pane.put(numbers(101))
    assert pane.textCursor().selectedText() == "0" and pane.verticalScrollBar().value() == place == 0
    pane.put(["other"])
    assert pane.toPlainText() == "other"


def test_the_same_lines_change_nothing_also_where_there_are_more_than_it_keeps(pane: LogPane) -> None:
    lines, changes = numbers(MOST_LINES + 10), list[bool]()
    pane.put(lines)
    assert pane.blockCount() == MOST_LINES and pane.toPlainText().endswith(lines[-1])
    pane.textChanged.connect(lambda: changes.append(True))
    pane.put(lines)
    assert not changes
