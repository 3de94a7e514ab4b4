"""A line around an area without a frame that has the focus: nothing else would show that keys scroll it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QRectF, Qt
from PySide6.QtGui import QFocusEvent, QPainter, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import QAbstractScrollArea, QWidget
from shiboken6 import isValid

WIDTH = 2.0
REASON = Qt.FocusReason
BY_KEYS = (REASON.TabFocusReason, REASON.BacktabFocusReason, REASON.ShortcutFocusReason)
CLEAR = 4  # pixels at its edges that an area leaves free of what it shows: the line lies there


class FocusOutline(QWidget):
    """Lies on the area, lets the mouse through, and is seen as long as the area has the focus, for whoever uses keys:
    who has clicked into it knows where that was.
    """

    def __init__(self, area: QAbstractScrollArea) -> None:
        super().__init__(area)
        self._area = area
        self._by_keys = False  # how the area was last reached
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()
        for part in (area, area.viewport()):
            part.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if not isValid(self._area):  # it goes, with all that lies on it
            return False
        if event.type() == QEvent.Type.FocusOut:
            self.hide()
        elif isinstance(event, QFocusEvent):
            if event.reason() in (*BY_KEYS, REASON.MouseFocusReason):  # else it is given back, or by the program
                self._by_keys = event.reason() in BY_KEYS
            self._show()
        elif event.type() == QEvent.Type.MouseButtonPress:
            self._by_keys = False
            self.hide()
        elif event.type() == QEvent.Type.KeyPress:
            self._by_keys = True
            self._show()
        elif event.type() == QEvent.Type.Resize:
            self._show()
        return super().eventFilter(watched, event)

    def _show(self) -> None:
        self.setGeometry(self._area.rect())
        self.raise_()
        self.setVisible(self._by_keys and self._area.hasFocus())

    def paintEvent(self, _: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setPen(QPen(self.palette().color(QPalette.ColorRole.Highlight), WIDTH))
        inside = WIDTH / 2
        painter.drawRect(QRectF(self.rect()).adjusted(inside, inside, -inside, -inside))
