"""Two or more sessions as a table below their curves: what came of them, and in which keys they differ."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableWidget, QTableWidgetItem, QWidget

from so8t_engine.plain_text import plain
from so8t_engine.session import store
from so8t_engine.session.catalog import Entry
from so8t_gui.comparison import against, side_by_side
from so8t_gui.comparison.against import Against
from so8t_gui.comparison.reference import ReferenceChoice
from so8t_gui.comparison.side_by_side import ComparedLine, ComparedSession
from so8t_gui.engine.queries import QueryPool
from so8t_gui.i18n.translate import tr
from so8t_gui.result import report_file
from so8t_gui.widgets.tool_tip import tool_tip

LINES = 13  # that are seen at least
CELL_LETTERS = 18
LONGEST = 200
COMPARE = "compare"


class ComparisonTable(QTableWidget):
    """`put` shows what is known at once, and asks the engine for the configurations and what may be said of finished
    sessions against each other.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._queries = QueryPool(self)
        self._sides: list[ComparedSession] = []
        self._against: Mapping[str, Against | str] = {}
        self.reference = ""  # the session that the others are held against; of which none is finished, the first
        self.choice = ReferenceChoice()  # stands above it
        self.choice.chosen.connect(self._refer_to)
        self.setAccessibleName(tr("Sessions side by side"))
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setAlternatingRowColors(True)
        self.horizontalHeader().sectionResized.connect(lambda *_: self.resizeRowsToContents())
        self.verticalHeader().hide()
        self.horizontalHeader().setHighlightSections(False)
        self.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.horizontalHeader().setMinimumSectionSize(CELL_LETTERS * self.fontMetrics().averageCharWidth())
        self.setMinimumHeight(LINES * self.fontMetrics().lineSpacing())

    @property
    def lines(self) -> list[tuple[str, ...]]:
        """What stands in it, row by row."""
        found = []
        for row in range(self.rowCount()):
            items = [self.item(row, column) for column in range(self.columnCount())]
            found.append(tuple(item.text() if item is not None else "" for item in items))
        return found

    def put(self, sides: Sequence[ComparedSession], again: bool = False) -> None:
        """`again`: the same sessions, read anew: of what the engine has said of them nothing is asked twice."""
        if again:
            self._put_again(sides)
            return
        for number in range(len(self._sides)):
            self._queries.cancel(str(number))
        self._queries.cancel(COMPARE)
        self._sides = [_with_result(side) for side in sides]
        for number, side in enumerate(self._sides):
            self._ask(number, side)
        self._ask_against(self._finished)
        self._draw()

    @property
    def _finished(self) -> list[Entry]:
        """The reference first."""
        finished = [side.entry for side in self._sides if side.finished]
        return sorted(finished, key=lambda entry: entry.session != self.reference)

    def _refer_to(self, session: str) -> None:
        self.reference = session
        self._queries.cancel(COMPARE)
        self._ask_against(self._finished)
        self._draw()

    def _put_again(self, sides: Sequence[ComparedSession]) -> None:
        before = self._finished
        known = [(side.values, side.problem) for side in self._sides]
        self._sides = [
            _with_result(replace(side, values=values, problem=problem))
            for side, (values, problem) in zip(sides, known, strict=True)
        ]
        finished = self._finished
        if [entry.path for entry in finished] != [entry.path for entry in before]:
            self._queries.cancel(COMPARE)
            self._ask_against(finished)
        self._draw()

    def _ask_against(self, finished: Sequence[Entry]) -> None:
        others = [entry.session for entry in finished[1:]]
        self._against = dict.fromkeys(others, tr("Asking the engine ..."))
        if not others:
            return
        argv = ["compare", finished[0].session, *others, "--data-root", str(finished[0].path.parent)]

        def told(answer: Any) -> None:
            try:
                hear(against.read(answer))
            except (KeyError, TypeError, ValueError):
                hear(dict.fromkeys(others, tr("no comparison")))

        def hear(found: Mapping[str, Against | str]) -> None:
            self._against = found
            self._draw()

        self._queries.ask(COMPARE, argv, told, lambda why: hear(dict.fromkeys(others, why)))

    def _ask(self, number: int, side: ComparedSession) -> None:
        argv = ["config", "show", str(side.entry.path / store.CONFIG)]
        name, told = str(number), partial(self._told, number)
        self._queries.ask(name, argv, told, lambda why: self._hear(number, problem=why))

    def _told(self, number: int, answer: Any) -> None:
        values = answer.get("values") if isinstance(answer, dict) else None
        if isinstance(values, dict):
            self._hear(number, values=values)
        else:
            self._hear(number, problem=tr("no configuration"))

    def _hear(self, number: int, **found: Any) -> None:
        self._sides[number] = replace(self._sides[number], **found)
        self._draw()

    def _draw(self) -> None:
        finished = self._finished
        reference = finished[0].session if finished else ""
        named = [(side.entry.session, side.name) for side in self._sides if side.finished]
        self.choice.put(named, reference)
        lines = side_by_side.lines(self._sides, self._against, reference) if self._sides else []
        self.clearSpans()
        self.setColumnCount(1 + len(self._sides))
        for column, name in enumerate(["", *(side.name for side in self._sides)]):
            head = QTableWidgetItem(plain(name, most=60))
            head.setToolTip(tool_tip(name))
            self.setHorizontalHeaderItem(column, head)
        self.setRowCount(len(lines))
        for row, line in enumerate(lines):
            self._put_line(row, line)
        header = self.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.ResizeToContents)
        self.resizeRowsToContents()

    def _put_line(self, row: int, line: ComparedLine) -> None:
        label = QTableWidgetItem(plain(line.label, most=LONGEST))
        label.setToolTip(tool_tip("\n".join(part for part in (line.label, line.about) if part)))
        font = self.font()
        font.setBold(not line.cells)
        label.setFont(font)
        self.setItem(row, 0, label)
        if not line.cells:
            self.setSpan(row, 0, 1, self.columnCount())
        told = line.told or ("",) * len(line.cells)
        for column, (text, more) in enumerate(zip(line.cells, told, strict=True), 1):
            item = QTableWidgetItem(plain(text, most=LONGEST))
            item.setToolTip(tool_tip("\n".join(part for part in (text, more) if part)))
            self.setItem(row, column, item)


def _with_result(side: ComparedSession) -> ComparedSession:
    return replace(side, result=report_file.read(side.entry.path)) if side.finished else side
