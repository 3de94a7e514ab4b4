"""The view of the sessions: keys, a selection by session that outlives a reading, and columns that make room."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QContextMenuEvent, QPalette
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from so8t_engine.protocol import STEPS
from so8t_gui.i18n.language import Language
from so8t_gui.sessions.list import BESIDE_TEXT, LONG_DATE, NAME_LETTERS, PROGRESS_LETTERS, SPARE, SessionList
from so8t_gui.sessions.rows import COLUMNS, ORDER, SessionRow
from so8t_gui.sessions.table import SessionModel


def row(name: str, started: float = 0.0) -> SessionRow:
    return SessionRow(name, Path("/s") / name, name, "paused", "train", 4, 0.5, started, None, None)


@pytest.fixture
def table(qtbot: QtBot) -> SessionList:
    model = SessionModel(QPalette, lambda _: None)
    made = SessionList(model)
    qtbot.addWidget(made)
    model.put([row("a", 1.0), row("b", 2.0), row("c", 3.0)])
    made.resize(1_200, 300)
    made.show()
    return made


def names(table: SessionList) -> list[str]:
    return [one.session for one in table.selected]


def test_the_newest_is_the_first_and_a_selection_is_told_in_the_order_of_the_lines(table: SessionList) -> None:
    assert [one.session for one in table._rows.shown] == ["c", "b", "a"]
    for wanted, found in ((["a", "c", "gone"], ["c", "a"]), (["b"], ["b"]), (["gone"], []), ([], [])):
        table.select(wanted)
        assert names(table) == found
        if found:
            assert table.currentIndex().row() in {table._rows.place(name) for name in found}
    table.select(["a"])
    assert table.currentIndex().row() == 2


def test_a_key_that_moves_selects_also_where_there_is_nowhere_to_move_to(table: SessionList, qtbot: QtBot) -> None:
    for key in (Qt.Key.Key_Up, Qt.Key.Key_Home):
        table.select(["c"])
        table.selectionModel().clearSelection()
        qtbot.keyClick(table, Qt.Key.Key_Shift)
        assert names(table) == []
        qtbot.keyClick(table, key)
        assert names(table) == ["c"]
    qtbot.keyClick(table, Qt.Key.Key_Down)
    assert names(table) == ["b"]


def test_keys_and_the_mouse_say_what_is_wanted(table: SessionList, qtbot: QtBot) -> None:
    wanted = list[object]()
    table.opened.connect(wanted.append)
    table.removed.connect(lambda: wanted.append("remove"))
    table.renaming.connect(lambda: wanted.append("rename"))
    table.menu_wanted.connect(wanted.append)
    table.activated.emit(table._rows.index(1, 3))
    table.activateWindow()
    table.setFocus()
    qtbot.waitUntil(table.hasFocus)
    for key in (Qt.Key.Key_Delete, Qt.Key.Key_F2):
        qtbot.keyClick(table, key)
    assert wanted == ["b", "remove", "rename"]
    table.select(["b"])
    reason, place = QContextMenuEvent.Reason, QPoint(700, 500)
    QApplication.sendEvent(table.viewport(), QContextMenuEvent(reason.Mouse, QPoint(5, 5), place))
    QApplication.sendEvent(table, QContextMenuEvent(reason.Keyboard, QPoint(5, 5), place))
    below = table.viewport().mapToGlobal(table.visualRect(table.currentIndex()).bottomLeft())
    assert wanted[3:] == [place, below] and below != place


@pytest.mark.parametrize("language", ["en", "ja"])
def test_what_stands_in_a_column_that_is_seen_is_seen_whole(qtbot: QtBot, language: str) -> None:
    spoken = Language()
    spoken.use(language)
    try:
        made = SessionList(SessionModel(QPalette, lambda _: None))
        qtbot.addWidget(made)
        filled = [
            replace(row(f"{status}-{step}"), status=status, step=step, base=0.724, tuned=0.897, saved=LONG_DATE)
            for status in ORDER
            for step in STEPS
        ]
        made._rows.put(filled)
        for one in filled:
            made._rows.put_size(one.session, one.saved, 880 << 20)
        made.resize(2_000, 300)
        made.show()
        for name in ("state", "step", "result", "started", "saved", "size"):
            column = COLUMNS.index(name)
            assert made.sizeHintForColumn(column) <= made.columnWidth(column), name
    finally:
        spoken.use("en")


def test_columns_go_one_after_the_other_until_the_name_can_be_read(table: SessionList) -> None:
    widths, metrics = table._widths(), table.fontMetrics()
    assert widths["progress"] == PROGRESS_LETTERS * metrics.averageCharWidth() + BESIDE_TEXT
    whole = NAME_LETTERS * metrics.averageCharWidth() + sum(widths.values())
    spare = table.width() - table.viewport().width()
    gone = list[str]()
    needed = whole
    for name in (None, *SPARE):
        if name is not None:
            gone.append(name)
            needed -= widths[name]
        for room, hidden in ((needed, gone), (needed - 1, [*gone, *SPARE[len(gone) : len(gone) + 1]])):
            table.resize(room + spare, 300)
            assert {column for column in COLUMNS if table.isColumnHidden(COLUMNS.index(column))} == set(hidden)
    table.resize(whole + spare + 50, 300)
    assert table.columnWidth(0) == NAME_LETTERS * metrics.averageCharWidth() + 50, "the name has what is left"
