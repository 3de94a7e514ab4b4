"""A text that may come and go: its line is kept for it, what does not fit ends in dots and is whole in the tool tip."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy

from so8t_gui.widgets import status_icons
from so8t_gui.widgets.label import Label
from so8t_gui.widgets.tool_tip import tool_tip


class OneLine(Label):
    """`level`: that of a message, in whose colour it is written."""

    def __init__(self, level: str = "error") -> None:
        super().__init__()
        self._level = level
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def setText(self, text: str) -> None:
        super().setText(text)
        self.setToolTip(tool_tip(self.text()))
        self.setAccessibleName(self.text())

    def sizeHint(self) -> QSize:
        return QSize(0, self.fontMetrics().height())

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setPen(self.ink)
        room, line = self.contentsRect(), " ".join(self.text().split())
        elided = self.fontMetrics().elidedText(line, Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, elided)

    @property
    def ink(self) -> QColor:
        return status_icons.colour(self._level, self.palette())
