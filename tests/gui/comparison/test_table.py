"""The table below the curves of two sessions: what the engine answers, and that no letters are cut off."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication, QTableWidget
from pytestqt.qtbot import QtBot

from so8t_engine.session.catalog import Entry
from so8t_gui.comparison.side_by_side import NOTHING, ComparedSession
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


def test_it_is_read_and_not_typed_into_and_a_heading_has_its_line_to_itself(qtbot: QtBot) -> None:
    table = shown(qtbot, '{"values": {"seed": 1}}')
    assert table.editTriggers() == QTableWidget.EditTrigger.NoEditTriggers and not table.tabKeyNavigation()
    assert table.verticalHeader().isHidden()
    table.put(SIDES)
    heads = [table.horizontalHeaderItem(column) for column in range(table.columnCount())]
    assert [(head.text(), head.toolTip()) for head in heads] == [("", ""), ("a", "a"), ("b", "b")]
    headings = {row for row in range(table.rowCount()) if table.columnSpan(row, 0) == 3}
    assert headings and all(table.item(row, 0).font().bold() is (row in headings) for row in range(table.rowCount()))
    assert all(table.item(row, 0).toolTip().startswith(table.item(row, 0).text()[:20]) for row in headings)
    table.put([])
    assert table.rowCount() == 0 and table.columnCount() == 1


def test_of_sessions_that_are_compared_no_longer_nothing_is_heard(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked, cancelled = list[tuple[str, list[str]]](), list[str]()
    monkeypatch.setattr(QueryPool, "ask", lambda _, name, words, *__: asked.append((name, words)))
    monkeypatch.setattr(QueryPool, "cancel", lambda _, name: cancelled.append(name))
    table = ComparisonTable()
    qtbot.addWidget(table)
    table.put(SIDES)
    assert asked == [(f"{n}", ["config", "show", f"{name}/config.yaml"]) for n, name in enumerate("ab")]
    assert cancelled == ["compare"]
    table.put(SIDES[:1])
    assert cancelled == ["compare", "0", "1", "compare"] and len(asked) == 3


def test_finished_ones_are_held_against_each_other_by_the_engine(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    asked = dict[str, tuple[list[str], Callable[[Any], None], Callable[[str], None]]]()
    monkeypatch.setattr(QueryPool, "ask", lambda _, name, words, *then: asked.update({name: (words, *then)}))
    table = ComparisonTable()
    qtbot.addWidget(table)
    sides = [replace(SIDES[0], name=name, entry=Entry(name, tmp_path / name, "finished")) for name in "ab"]
    table.put([*SIDES[:1], *sides])
    words, told, failed = asked["compare"]
    assert words == ["compare", "a", "b", "--data-root", str(tmp_path)]

    def against() -> tuple[str, ...]:
        return next(line for line in table.lines if line[0] == tr("Against {session}", session="a"))

    assert against()[1:] == (NOTHING, tr("reference"), tr("Asking the engine ..."))
    figures = {"graded": 50, "gained": 9, "lost": 1, "p_value": 0.02, "first": 0.5, "second": 0.66,
               "difference": {"share": 0.16, "low": 0.03, "high": 0.29}}  # fmt: skip
    pair = {"second": "b", "outcome": "better", "all": figures, "asked": None, "verdict": "b answers better"}
    told({"pairs": [pair]})
    assert tr("Better") in against()[3] and "of 50 questions" in against()[3] and "+16.0" in against()[3]
    row = table.lines.index(against())
    assert "b answers better" in table.item(row, 3).toolTip()
    told([])
    assert against()[3] == tr("no comparison")
    failed("no single answers")
    assert against()[3] == "no single answers"


def test_what_the_others_are_held_against_is_chosen_above_and_kept(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """It was the session in the first column, and to have another one they had to be selected in another order."""
    asked = list[list[str]]()
    monkeypatch.setattr(QueryPool, "ask", lambda _, name, words, *__: asked.append([name, *words]))
    table = ComparisonTable()
    qtbot.addWidget(table)
    qtbot.addWidget(table.choice)
    table.put(SIDES)
    assert table.choice.isHidden(), "one or none is finished"
    sides = [replace(SIDES[0], name=name.upper(), entry=Entry(name, tmp_path / name, "finished")) for name in "abc"]
    box = table.choice._box
    for again in (False, True):
        table.put(sides, again)
        assert not table.choice.isHidden() and [box.itemText(place) for place in range(3)] == ["A", "B", "C"]
        assert box.currentText() == ("B" if again else "A")
        box.setCurrentIndex(1)
        box.activated.emit(1)
        assert [words for words in asked if words[0] == "compare"][-1][1:5] == ["compare", "b", "a", "c"]
        line = next(line for line in table.lines if line[0] == tr("Against {session}", session="B"))
        assert line[1:] == (tr("Asking the engine ..."), tr("reference"), tr("Asking the engine ..."))
        assert [table.horizontalHeaderItem(column).text() for column in range(1, 4)] == ["A", "B", "C"]


def test_a_cell_that_is_longer_than_its_column_goes_on_in_more_lines(qtbot: QtBot) -> None:
    """Of what may be said of two sessions the interval was left out: it ended in dots."""
    table = shown(qtbot, '{"values": {"seed": 1}}')
    long = [replace(side, name="a name of so many words that no column is as wide " * 2) for side in SIDES]
    table.put(long)
    item = table.item(1, 1)
    assert item is not None
    item.setText("No clear difference (+0.3 points, 95 %: -3.8 to +4.4), by the paired test of all questions. " * 2)
    table.resize(500, 400)
    table.show()
    QApplication.processEvents()
    one = table.fontMetrics().lineSpacing()
    assert table.wordWrap() and table.rowHeight(1) >= 3 * one
    narrow = table.rowHeight(1)
    table.resize(1_600, 400)
    QApplication.processEvents()
    assert table.rowHeight(1) < narrow
