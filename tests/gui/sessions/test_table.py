"""The list of sessions as a table: what its cells hold for whoever draws them, and lines that move."""

from __future__ import annotations

import dataclasses
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QPersistentModelIndex, Qt
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QApplication, QTableView
from pytestqt.qtbot import QtBot

from helpers import sample_sessions
from so8t_engine.session import catalog
from so8t_gui.i18n.moment import moment
from so8t_gui.sessions import rows as session_rows
from so8t_gui.sessions.rows import SessionRow
from so8t_gui.sessions.table import COLUMNS, ONCE_MORE, SHARE, ProgressCell, SessionModel

NAME, PROGRESS = COLUMNS.index("name"), COLUMNS.index("progress")


@pytest.fixture
def model(qapp: QApplication, tmp_path: Path) -> SessionModel:
    sample_sessions.make_all(tmp_path)
    made = SessionModel(QPalette, lambda *_: None)
    made.put(session_rows.rows(catalog.sessions(tmp_path)))
    return made


def test_a_share_stands_in_the_column_of_progress_and_nowhere_else(model: SessionModel) -> None:
    assert model.index(0, PROGRESS).data(SHARE) == pytest.approx(0.62)
    assert model.index(0, NAME).data(SHARE) is None
    assert model.index(0, PROGRESS).data(Qt.ItemDataRole.FontRole) is None


def test_what_was_selected_is_the_same_session_after_sorting(model: SessionModel) -> None:
    first = QPersistentModelIndex(model.index(0, NAME))
    was = first.data(Qt.ItemDataRole.ToolTipRole)
    model.sort(PROGRESS, Qt.SortOrder.AscendingOrder)

    assert first.row() != 0 and first.data(Qt.ItemDataRole.ToolTipRole) == was


def test_a_bar_of_progress_begins_where_something_was_done(model: SessionModel, qtbot: QtBot) -> None:
    view = QTableView()
    qtbot.addWidget(view)
    view.setModel(model)
    view.setItemDelegateForColumn(PROGRESS, ProgressCell(view))
    view.resize(900, 400)
    view.show()

    def filled(row: int) -> int:
        cell = model.index(row, PROGRESS)
        view.scrollTo(cell)
        picture = view.viewport().grab(view.visualRect(cell)).toImage()
        places = [(x, y) for x in range(picture.width()) for y in range(picture.height())]
        return sum(picture.pixelColor(x, y) == view.palette().highlight().color() for x, y in places)

    bars = {model.index(row, PROGRESS).data(SHARE): filled(row) for row in range(model.rowCount())}
    assert bars[0.0] == 0 < min(bar for share, bar in bars.items() if share)


def test_a_line_that_changes_is_drawn_anew_from_its_first_column_to_its_last(
    model: SessionModel, qtbot: QtBot, tmp_path: Path
) -> None:
    rows = session_rows.rows(catalog.sessions(tmp_path))
    changed = [*rows[:1], dataclasses.replace(rows[1], title=f"{rows[1].title} "), *rows[2:]]
    with qtbot.waitSignal(model.dataChanged) as told:
        model.put(changed)
    first, last = told.args[:2]
    at = [model.index(row, NAME).data(Qt.ItemDataRole.ToolTipRole) for row in range(model.rowCount())]
    assert (first.column(), last.column(), first.row()) == (0, len(COLUMNS) - 1, last.row()), at


def test_the_size_of_a_folder_is_that_of_its_own_files(tmp_path: Path) -> None:
    (tmp_path / "a" / "b").mkdir(parents=True)
    (tmp_path / "a" / "b" / "weights").write_bytes(b"x" * 300)
    (tmp_path / "a" / "state").write_bytes(b"y" * 40)
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "large").write_bytes(b"z" * 5_000)
    assert session_rows.size_of(tmp_path / "a") == 340 and session_rows.size_of(tmp_path / "gone") is None
    try:
        (tmp_path / "a" / "b" / "around").symlink_to(tmp_path / "a", target_is_directory=True)
        (tmp_path / "a" / "elsewhere").symlink_to(tmp_path / "other", target_is_directory=True)
    except OSError:
        pytest.skip("this system lets nobody make links")
    assert 340 <= (session_rows.size_of(tmp_path / "a") or 0) < 5_000


def cell(row: SessionRow, column: str, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
    model = SessionModel(QPalette, lambda _: None)
    model.put([row])
    return model.index(0, COLUMNS.index(column)).data(role)


ROW = SessionRow("20260101-a", Path("/s/a"), "mine", "paused", "train", 4, 0.456, 0.0, None, None)


def test_what_stands_in_each_cell_and_is_said_of_it(qapp: QApplication) -> None:
    texts = {column: cell(ROW, column) for column in COLUMNS}
    assert [texts[name] for name in ("name", "state", "step", "progress", "saved", "size")] == [
        "mine", "Paused", "4 of 5: Train", "46 %", "", "…",
    ]  # fmt: skip
    assert texts["started"] == moment(0.0) != ""
    done = dataclasses.replace(ROW, status="finished", base=0.25, tuned=0.5, share=None)
    assert cell(done, "progress") == "" and cell(done, "step") == "all 5"
    assert cell(done, "result") == "25.0\N{NO-BREAK SPACE}% → 50.0\N{NO-BREAK SPACE}%"
    tips = {name: cell(done, name, Qt.ItemDataRole.ToolTipRole).replace("\n", " ") for name in COLUMNS}
    assert tips["name"] == "20260101-a" and "25.0" in tips["result"] and "before" in tips["result"]
    assert tips["state"] == tips["size"] == "It is done; the report tells how it went."
    assert cell(ROW, "result", Qt.ItemDataRole.ToolTipRole) == cell(ROW, "state", Qt.ItemDataRole.ToolTipRole)
    assert cell(ROW, "state", Qt.ItemDataRole.AccessibleTextRole) == "State: Paused"
    assert [cell(ROW, name, Qt.ItemDataRole.DecorationRole) is not None for name in ("state", "name")] == [True, False]


def test_sizes_stand_at_the_right_in_their_head_too(model: SessionModel) -> None:
    right = int(Qt.AlignmentFlag.AlignRight.value)
    role, across = Qt.ItemDataRole.TextAlignmentRole, Qt.Orientation.Horizontal
    for place, name in enumerate(COLUMNS):
        both = model.index(0, place).data(role), model.headerData(place, across, role)
        assert both[0] == both[1] and bool(both[0] & right) is (name == "size")
        assert model.headerData(place, across) == session_rows.columns()[name]
    for section, way in ((-1, across), (len(COLUMNS), across), (0, Qt.Orientation.Vertical)):
        assert model.headerData(section, way) is None
    assert model.headerData(0, across, Qt.ItemDataRole.ToolTipRole) is None


def test_a_size_is_asked_for_until_it_is_known_and_anew_after_a_save(qapp: QApplication, qtbot: QtBot) -> None:
    asked = list[SessionRow]()
    model = SessionModel(QPalette, asked.append)
    model.put([ROW])
    size = model.index(0, COLUMNS.index("size"))
    assert (size.data(), asked) == ("…", [ROW])
    with qtbot.waitSignal(model.dataChanged) as told:
        model.put_size(ROW.session, None, 2_048)
    assert told.args[:2] == [size, size] and size.data() == "2.0 KiB" and len(asked) == 1
    saved = dataclasses.replace(ROW, saved=9.0)
    assert not model.put([saved])
    assert size.data() == "2.0 KiB" and asked == [ROW, saved], "the one before as long as that is not known"
    model.put_size(ROW.session, 9.0, -1)
    assert size.data() == "…" and len(asked) == 2
    model.put_size(ROW.session, 9.0, 0)
    assert size.data() == "0 bytes"
    model.put_size("gone", None, 5)


def test_lines_that_move_are_told_and_the_same_lines_are_not(model: SessionModel, tmp_path: Path) -> None:
    rows = session_rows.rows(catalog.sessions(tmp_path))
    assert not model.put(rows)
    assert model.put(rows[1:]) and model.place(rows[0].session) is None and model.place(rows[1].session) == 0
    assert model.put(rows) and model.narrow("", "failed")
    assert [one.status for one in model.shown] == ["failed"] == [one.status for one in rows if one.status == "failed"]
    assert not model.narrow("japanese", "failed") and model.narrow("japanese no", "failed") and not model.shown
    assert model.narrow("", "") and len(model.shown) == len(rows) == model.rowCount()
    for column in (-1, len(COLUMNS)):
        before = list(model.shown)
        model.sort(column)
        assert list(model.shown) == before
    assert model.rowCount(model.index(0, 0)) == model.columnCount(model.index(0, 0)) == 0
    assert model.columnCount() == len(COLUMNS)


@pytest.mark.parametrize("descending", [False, True])
def test_lines_are_in_the_order_of_the_chosen_column(qapp: QApplication, descending: bool) -> None:
    rows = [
        dataclasses.replace(ROW, session=name, title=title, share=share, started=started, tuned=tuned)
        for name, title, share, started, tuned in (
            ("a", "b", 0.5, 3.0, None), ("b", "A", None, 1.0, 0.5), ("c", "c", 0.1, None, 0.25),
        )
    ]  # fmt: skip
    model = SessionModel(QPalette, lambda _: None)
    model.put(rows)
    model.put_size("b", None, 5)
    way = Qt.SortOrder.DescendingOrder if descending else Qt.SortOrder.AscendingOrder
    orders = {"name": "bac", "progress": "bca", "started": "cba", "result": "acb", "size": "acb", "saved": "abc"}
    for column, order in orders.items():
        model.sort(COLUMNS.index(column), way)
        assert "".join(one.session for one in model.shown) == (order[::-1] if descending else order), column
        assert [model.place(one.session) for one in model.shown] == [0, 1, 2]
    assert model.put([*rows, dataclasses.replace(ROW, session="d", saved=4.0)])
    assert model.place("d") == (0 if descending else 3)


def test_a_name_that_is_being_given_is_shown_at_once_and_until_it_is_read(model: SessionModel, tmp_path: Path) -> None:
    """It took the engine a second, in which the old one stood there without a word."""
    read = session_rows.rows(catalog.sessions(tmp_path))
    session, before = read[0].session, read[0].title

    def title() -> str:
        return next(row.title for row in model.shown if row.session == session)

    assert not model.call(session, "mine") and title() == "mine"
    for _ in range(5):
        model.put(read)
        assert title() == "mine", "the engine is not done"
    model.call(session, "", 0)
    assert title() == before, "it was refused"
    model.call(session, "mine", ONCE_MORE)
    for called in ("mine", before):
        model.put(read)
        assert title() == called, "what somebody else calls it since"
