"""A text that may come and go: its line is kept for it, what does not fit ends in dots and is whole in the tool tip."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QSizePolicy

from so8t_gui.widgets import status_icons
from so8t_gui.widgets.label import Label, line_height
from so8t_gui.widgets.tool_tip import tool_tip


class OneLine(Label):
    """`level`: that of a message, in whose colour it is written; none: in the label's own, secondary one."""

    def __init__(self, level: str = "error") -> None:
        super().__init__()
        self._level = level
        if not level:
            self.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def setText(self, text: str) -> None:
        super().setText(text)
        self.setToolTip(tool_tip(self.text()))
        self.setAccessibleName(self.text())

    @property
    def text_width(self) -> int:
        """Of the whole text in one line."""
        return self.fontMetrics().horizontalAdvance(self._line) + 1

    def sizeHint(self) -> QSize:
        return QSize(self.text_width, line_height(self.font(), self, self._line))

    def minimumSizeHint(self) -> QSize:
        return QSize(0, line_height(self.font(), self, self._line))

    @property
    def _line(self) -> str:
        return " ".join(self.text().split())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setPen(self.ink)
        room = self.contentsRect()
        elided = self.fontMetrics().elidedText(self._line, Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, elided)

    @property
    def ink(self) -> QColor:
        if self._level:
            return status_icons.colour(self._level, self.palette())
        return self.palette().color(self.foregroundRole())
