"""The table below the curves of two sessions: what the engine answers, and that no letters are cut off."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from so8t_engine.session.catalog import Entry
from so8t_gui.comparison.side_by_side import ComparedSession
from so8t_gui.comparison.table import ComparisonTable
from so8t_gui.engine.queries import QueryPool
from so8t_gui.i18n.translate import tr
from so8t_gui.plot.series import Table

SIDES = [ComparedSession(name, Entry(name, Path(name), "paused"), Table()) for name in ("a", "b")]


def shown(qtbot: QtBot, answer: str) -> ComparisonTable:
    """With an engine that answers this."""
    table = ComparisonTable()
    qtbot.addWidget(table)
    table._queries = QueryPool(table, (sys.executable, "-c", f"print('{answer}')"))
    return table


def labels(table: ComparisonTable) -> list[str]:
    return [line[0] for line in table.lines]


@pytest.mark.parametrize("answer", ["[1]", '{"values": 3}', "{}"])
def test_an_answer_that_is_no_configuration_is_said(qtbot: QtBot, answer: str) -> None:
    table = shown(qtbot, answer)
    table.put(SIDES)
    assert labels(table)[-1] == tr("Asking the engine ...") and table.columnCount() == 3
    why = tr("no configuration")
    qtbot.waitUntil(lambda: table.lines[-1] == (tr("Cannot be read"), why, why), timeout=30_000)


def test_the_rows_are_as_high_as_their_letters(qtbot: QtBot) -> None:
    table = shown(qtbot, '{"values": {"seed": 1}}')
    font = table.font()
    font.setPointSize(40)
    table.setFont(font)
    table.put(SIDES)
    qtbot.waitUntil(lambda: labels(table)[-1] == tr("None"), timeout=30_000)
    assert all(table.rowHeight(row) >= table.fontMetrics().height() for row in range(table.rowCount()))
