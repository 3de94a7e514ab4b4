"""A layout that wraps: a row that breaks where the window is too narrow for it, as text does. Qt has none."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QWidget


class FlowLayout(QLayout):
    """Items added with `right=True` stand at the right end of a row that is the only one, or that they have alone.

    The one added with `grows=True` takes what is left of its row.
    """

    def __init__(self, spacing: int = 8, between_rows: int | None = None) -> None:
        super().__init__()
        self._between_rows = spacing if between_rows is None else between_rows
        self._items: list[QLayoutItem] = []
        self._right = 0  # how many of the last items go to the right
        self._growing: QWidget | None = None
        self.setContentsMargins(0, 0, 0, 0)
        self.setSpacing(spacing)

    def add(self, widget: QWidget, right: bool = False, grows: bool = False) -> None:
        """Those at the right come last."""
        self.addWidget(widget)
        self._right += right
        if grows:
            self._growing = widget

    def addItem(self, item: QLayoutItem) -> None:
        self._items.append(item)

    def count(self) -> int:
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        lines = self._lines(width)
        return sum(_high(line) for line in lines) + self._between_rows * (len(lines) - 1)

    def sizeHint(self) -> QSize:
        """All in one row."""
        sizes = [item.sizeHint() for item in self._seen()]
        wide = sum(size.width() for size in sizes) + self.spacing() * (len(sizes) - 1)
        return QSize(max(0, wide), max((size.height() for size in sizes), default=0))

    def minimumSize(self) -> QSize:
        """Of the widest alone in its row, as narrow as it can be."""
        sizes = [item.minimumSize() for item in self._seen()]
        return QSize(max((s.width() for s in sizes), default=0), max((s.height() for s in sizes), default=0))

    def setGeometry(self, place: QRect) -> None:
        super().setGeometry(place)
        lines, y = self._lines(place.width()), place.y()
        last = self._items[len(self._items) - self._right :]
        for line in lines:
            x, high = place.x(), _high(line)
            alone = len(lines) == 1 or all(item in last for item in line)
            ends = [item for item in line if item in last] if alone else []
            spare = place.width() - sum(item.sizeHint().width() for item in line) - self.spacing() * (len(line) - 1)
            for item in line:
                size = item.sizeHint().boundedTo(QSize(place.width(), high))
                if self._growing is not None and item.widget() is self._growing:
                    size.setWidth(min(place.width(), item.sizeHint().width() + spare))
                if ends and item is ends[0]:
                    needed = sum(end.sizeHint().width() for end in ends) + self.spacing() * (len(ends) - 1)
                    x = place.x() + place.width() - needed
                item.setGeometry(QRect(QPoint(x, y + (high - size.height()) // 2), size))
                x += size.width() + self.spacing()
            y += high + self._between_rows

    def _seen(self) -> list[QLayoutItem]:
        return [item for item in self._items if not item.isEmpty()]

    def _lines(self, width: int) -> list[list[QLayoutItem]]:
        lines: list[list[QLayoutItem]] = [[]]
        left = width
        for item in self._seen():
            wide = item.sizeHint().width()
            if lines[-1] and wide > left:
                lines.append([])
                left = width
            lines[-1].append(item)
            left -= wide + self.spacing()
        return lines


def _high(line: list[QLayoutItem]) -> int:
    return max((item.sizeHint().height() for item in line), default=0)
