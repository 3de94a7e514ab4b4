"""The list of sessions as a table: what its cells hold for whoever draws them, and lines that move."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest
from PySide6.QtCore import QPersistentModelIndex, Qt
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QApplication, QTableView
from pytestqt.qtbot import QtBot

from helpers import sample_sessions
from so8t_engine.session import catalog
from so8t_gui.sessions import rows as session_rows
from so8t_gui.sessions.table import COLUMNS, SHARE, ProgressCell, SessionModel

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
