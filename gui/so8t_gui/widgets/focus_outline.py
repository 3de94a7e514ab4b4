"""A line around an area without a frame that has the focus: nothing else would show that keys scroll it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import QAbstractScrollArea, QWidget

WIDTH = 2.0
CLEAR = 4  # pixels at its edges that an area leaves free of what it shows: the line lies there


class FocusOutline(QWidget):
    """Lies on the area, lets the mouse through, and is seen as long as the area has the focus."""

    def __init__(self, area: QAbstractScrollArea) -> None:
        super().__init__(area)
        self._area = area
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()
        area.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.FocusOut:
            self.hide()
        elif event.type() in (QEvent.Type.FocusIn, QEvent.Type.Resize):
            self.setGeometry(self._area.rect())
            self.raise_()
            self.setVisible(self._area.hasFocus())
        return super().eventFilter(watched, event)

    def paintEvent(self, _: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setPen(QPen(self.palette().color(QPalette.ColorRole.Highlight), WIDTH))
        inside = WIDTH / 2
        painter.drawRect(QRectF(self.rect()).adjusted(inside, inside, -inside, -inside))
