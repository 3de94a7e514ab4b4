"""The view of the table of sessions: looks, keys, and a selection by session id that outlives a new reading."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import QItemSelection, QItemSelectionModel, QLocale, QPoint, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView

from so8t_engine.protocol import STEPS
from so8t_gui.i18n.moment import moment
from so8t_gui.i18n.translate import tr
from so8t_gui.sessions.rows import COLUMNS, ORDER, SessionRow, result_text, state_word, step_text
from so8t_gui.sessions.table import ProgressCell, SessionModel

NAME_LETTERS = 18  # in a narrow window, columns go until the name has as much
SPARE = ("size", "started", "step", "result", "saved")  # in this order
BESIDE_STATE = 30  # pixels for its sign and what is around both
STANDINGS = (*(("paused", step) for step in STEPS), ("finished", ""))
PROGRESS_LETTERS = 15
BESIDE_TEXT = 12  # pixels
MOVES = (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Home, Qt.Key.Key_End)
LONG_DATE = datetime(2028, 12, 28, 22, 58).timestamp()  # in this user's zone: wide in any spelling
LARGE = 888 << 20  # bytes
WIDE = SessionRow("", Path(), "", "paused", "train", 4, None, None, None, None, base=0.888, tuned=0.888)


class SessionList(QTableView):
    """`opened(session)` by double click or Enter, `removed` by the Delete key, `renaming` by F2;
    `menu_wanted(place)`: a place of the screen, where the right button was pressed, or below the current row for the
    menu key.
    """

    opened = Signal(str)
    menu_wanted = Signal(QPoint)
    removed = Signal()
    renaming = Signal()

    def __init__(self, model: SessionModel) -> None:
        super().__init__()
        self._rows = model
        self.setModel(model)
        self.setAccessibleName(tr("Sessions"))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setAlternatingRowColors(True)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(round(2.1 * self.fontMetrics().height()))
        self.setItemDelegateForColumn(COLUMNS.index("progress"), ProgressCell(self))
        self._lay_out_columns()
        self.setSortingEnabled(True)
        self.sortByColumn(COLUMNS.index("started"), Qt.SortOrder.DescendingOrder)
        self.activated.connect(lambda index: self.opened.emit(self._rows.shown[index.row()].session))
        delete = QShortcut(QKeySequence(QKeySequence.StandardKey.Delete), self)
        delete.setContext(Qt.ShortcutContext.WidgetShortcut)
        delete.activated.connect(self.removed)
        rename = QShortcut(QKeySequence("F2"), self)
        rename.setContext(Qt.ShortcutContext.WidgetShortcut)
        rename.activated.connect(self.renaming)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        place = event.globalPos()
        if event.reason() == QContextMenuEvent.Reason.Keyboard:
            place = self.viewport().mapToGlobal(self.visualRect(self.currentIndex()).bottomLeft())
        self.menu_wanted.emit(place)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """A key that moves selects, also where there is nowhere to move to: the only session, the first, the last."""
        super().keyPressEvent(event)
        if event.key() in MOVES and not self.selected and self.currentIndex().isValid():
            self.selectRow(self.currentIndex().row())

    @property
    def selected(self) -> tuple[SessionRow, ...]:
        numbers = sorted(index.row() for index in self.selectionModel().selectedRows())
        return tuple(self._rows.shown[number] for number in numbers)

    def select(self, sessions: Sequence[str]) -> None:
        selection = QItemSelection()
        for session in sessions:
            number = self._rows.place(session)
            if number is not None:
                selection.select(self._rows.index(number, 0), self._rows.index(number, len(COLUMNS) - 1))
        flag = QItemSelectionModel.SelectionFlag
        self.selectionModel().select(selection, flag.ClearAndSelect | flag.Rows)
        if not selection.isEmpty():
            self.selectionModel().setCurrentIndex(selection.indexes()[0], flag.NoUpdate)

    def _lay_out_columns(self) -> None:
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setMinimumSectionSize(60)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        for name, width in self._widths().items():
            header.resizeSection(COLUMNS.index(name), width)

    def _widths(self) -> dict[str, int]:
        """Of all columns but the name, whose text is seen whole, in whatever language."""
        metrics = self.fontMetrics()

        def widest(*texts: str) -> int:
            return max(map(metrics.horizontalAdvance, texts)) + BESIDE_TEXT

        date = widest(moment(LONG_DATE))
        return {
            "state": widest(*map(state_word, ORDER)) + BESIDE_STATE - BESIDE_TEXT,
            "step": widest(*(step_text(replace(WIDE, status=status, step=step)) for status, step in STANDINGS)),
            "progress": PROGRESS_LETTERS * metrics.averageCharWidth() + BESIDE_TEXT,
            "result": widest(result_text(WIDE)),
            "size": widest(QLocale().formattedDataSize(LARGE, 1)),
            "started": date,
            "saved": date,
        }

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The name is what a session is known by: the others make room for it."""
        super().resizeEvent(event)
        widths = self._widths()
        room = self.viewport().width() - NAME_LETTERS * self.fontMetrics().averageCharWidth() - sum(widths.values())
        for name in SPARE:
            self.setColumnHidden(COLUMNS.index(name), room < 0)
            room += widths[name] if room < 0 else 0
