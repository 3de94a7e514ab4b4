"""The table of sessions: a model over rows that keeps order, filter and selection itself, and its two special cells.

A proxy model would call Python for each comparison; sorting a list of rows by a key keeps 10,000 sessions fluent.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QLocale, QModelIndex, QPersistentModelIndex, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPalette
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from so8t_engine.plain_text import plain
from so8t_gui.i18n.moment import moment
from so8t_gui.sessions import rows as session_rows
from so8t_gui.sessions.rows import COLUMNS, SessionRow
from so8t_gui.view.messages import percent
from so8t_gui.widgets import status_icons
from so8t_gui.widgets.tool_tip import tool_tip

Index = QModelIndex | QPersistentModelIndex
SHARE = Qt.ItemDataRole.UserRole
NEVER_READ, ONCE_MORE = 1_000_000, 2  # readings: until a name is kept; one of them may have begun before it was
UNKNOWN = -1  # a size that could not be read
PERCENT_WIDTH = 46.0  # pixels beside the bar


class SessionModel(QAbstractTableModel):
    """`wants_size(row)` is called for a row whose size is about to be shown and is not known."""

    def __init__(self, palette: Callable[[], QPalette], wants_size: Callable[[SessionRow], None]) -> None:
        super().__init__()
        self._palette, self._wants_size = palette, wants_size
        self._read: tuple[SessionRow, ...] = ()
        self._called: dict[str, tuple[str, int]] = {}  # names that are being given, and for how many readings
        self._shown: list[SessionRow] = []
        self._numbers: dict[str, int] = {}  # of the shown rows, by session
        self._filter, self._status = "", ""
        self._column, self._descending = "started", True
        self._sizes: dict[str, tuple[float | None, int]] = {}
        self._titles = session_rows.columns()

    @property
    def shown(self) -> Sequence[SessionRow]:
        return self._shown

    def put(self, rows: Sequence[SessionRow]) -> bool:
        """Takes a new reading. Returns whether lines moved: then views must select anew."""
        self._read = tuple(rows)
        self._called = {name: (title, left - 1) for name, (title, left) in self._called.items() if left > 1}
        return self._arrange()

    def call(self, session: str, title: str, readings: int = NEVER_READ) -> bool:
        """Shown by this name at once, and while it is read so often under another; without one as it was read.
        Returns whether lines moved."""
        self._called.pop(session, None)
        if title:
            self._called[session] = title, readings
        return self._arrange()

    def _rows(self) -> Iterator[SessionRow]:
        for row in self._read:
            title, _ = self._called.get(row.session, (row.title, 0))
            yield row if title == row.title else replace(row, title=title)

    def narrow(self, text: str, status: str) -> bool:
        """Shows only the rows that match. Returns whether lines moved."""
        self._filter, self._status = text, status
        return self._arrange()

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        if 0 <= column < len(COLUMNS):
            self._column, self._descending = COLUMNS[column], order == Qt.SortOrder.DescendingOrder
            self.layoutAboutToBeChanged.emit()
            before = self.persistentIndexList()
            cells = [(self._shown[index.row()].session, index.column()) for index in before]
            self._order()
            after = [self.index(self._numbers[session], column) for session, column in cells]
            self.changePersistentIndexList(before, after)
            self.layoutChanged.emit()

    def place(self, session: str) -> int | None:
        return self._numbers.get(session)

    def put_size(self, session: str, saved: float | None, size: int) -> None:
        self._sizes[session] = (saved, size)
        number = self._numbers.get(session)
        if number is not None:
            cell = self.index(number, COLUMNS.index("size"))
            self.dataChanged.emit(cell, cell)

    def size_of(self, row: SessionRow) -> int | None:
        """The size as it was at the last save; the one before as long as that is not known."""
        _, size = self._sizes.get(row.session, (None, UNKNOWN))
        return None if size < 0 else size

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(self._shown)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(COLUMNS)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation != Qt.Orientation.Horizontal or not 0 <= section < len(COLUMNS):
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _alignment(COLUMNS[section])
        return self._titles[COLUMNS[section]] if role == Qt.ItemDataRole.DisplayRole else None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or index.row() >= len(self._shown):
            return None
        row, column = self._shown[index.row()], COLUMNS[index.column()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return self._text(row, column)
            case Qt.ItemDataRole.AccessibleTextRole:
                return f"{self._titles[column]}: {self._text(row, column)}"
            case Qt.ItemDataRole.DecorationRole if column == "state":
                return status_icons.icon(row.status, self._palette())
            case Qt.ItemDataRole.TextAlignmentRole:
                return _alignment(column)
            case Qt.ItemDataRole.ToolTipRole:
                return tool_tip(self._hint(row, column))
            case _ if role == SHARE and column == "progress":
                return row.share
            case _:
                return None

    def _hint(self, row: SessionRow, column: str) -> str:
        if column == "name":
            return row.session
        sentence = session_rows.result_sentence(row) if column == "result" else ""
        return sentence or session_rows.state_sentence(row)

    def _text(self, row: SessionRow, column: str) -> str:
        match column:
            case "name":
                return plain(row.title, most=200)
            case "state":
                return session_rows.state_word(row.status)
            case "step":
                return session_rows.step_text(row)
            case "progress":
                return "" if row.share is None else percent(row.share)
            case "result":
                return session_rows.result_text(row)
            case "started":
                return moment(row.started)
            case "saved":
                return moment(row.saved)
            case _:
                return self._size_text(row)

    def _size_text(self, row: SessionRow) -> str:
        if row.session not in self._sizes or self._sizes[row.session][0] != row.saved:
            self._wants_size(row)
        size = self.size_of(row)
        return "…" if size is None else QLocale().formattedDataSize(size, 1)

    def _arrange(self) -> bool:
        before = self._shown
        rows = [row for row in self._rows() if session_rows.matches(row, self._filter, self._status)]
        rows.sort(key=session_rows.sort_key(self._column, self.size_of), reverse=self._descending)
        if [row.session for row in before] == [row.session for row in rows]:
            changed = [number for number, (old, new) in enumerate(zip(before, rows, strict=True)) if old != new]
            self._shown = rows
            if changed:
                self.dataChanged.emit(self.index(changed[0], 0), self.index(changed[-1], len(COLUMNS) - 1))
            return False
        self.beginResetModel()
        self._shown = rows
        self._numbers = {row.session: number for number, row in enumerate(rows)}
        self.endResetModel()
        return True

    def _order(self) -> None:
        self._shown.sort(key=session_rows.sort_key(self._column, self.size_of), reverse=self._descending)
        self._numbers = {row.session: number for number, row in enumerate(self._shown)}


class ProgressCell(QStyledItemDelegate):
    """A slim bar with the percentage beside it."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        share = index.data(SHARE)
        self.initStyleOption(option, index)
        text, option.text = option.text, ""
        widget = option.widget
        widget.style().drawControl(QStyle.ControlElement.CE_ItemViewItem, option, painter, widget)
        if share is None:
            return
        area = QRectF(option.rect).adjusted(8, 0, -8, 0)
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        palette: QPalette = option.palette
        ink = palette.color(QPalette.ColorRole.HighlightedText if selected else QPalette.ColorRole.Text)
        bar = QRectF(area.left(), area.center().y() - 3, max(0.0, area.width() - PERCENT_WIDTH), 6)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        trough = QColor(ink)
        trough.setAlphaF(0.18)
        painter.setBrush(trough)
        painter.drawRoundedRect(bar, 3, 3)
        painter.setBrush(ink if selected else palette.color(QPalette.ColorRole.Highlight))
        if share > 0:
            painter.drawRoundedRect(QRectF(bar.left(), bar.top(), max(6.0, bar.width() * share), 6), 3, 3)
        painter.setPen(ink)
        right = QRectF(area.right() - PERCENT_WIDTH, area.top(), PERCENT_WIDTH, area.height())
        painter.drawText(right, int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter), str(text))
        painter.restore()


def _alignment(column: str) -> int:
    side = Qt.AlignmentFlag.AlignRight if column == "size" else Qt.AlignmentFlag.AlignLeft
    return int((side | Qt.AlignmentFlag.AlignVCenter).value)
