"""The list of sessions as a table: what its cells hold for whoever draws them, and lines that move."""

from __future__ import annotations

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
