"""A line beside an area without a frame that has the focus: nothing else would show that keys scroll it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPointF, QRectF, Qt
from PySide6.QtGui import QFocusEvent, QPainter, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import QAbstractScrollArea, QApplication, QListWidget, QWidget
from shiboken6 import isValid

WIDTH = 3.0
REASON = Qt.FocusReason
BY_KEYS = (REASON.TabFocusReason, REASON.BacktabFocusReason, REASON.ShortcutFocusReason)
CLEAR = 4  # pixels at its edges that an area leaves free of what it shows: the line lies there


class FocusOutline(QWidget):
    """Lies on the area, lets the mouse through, and is seen as long as the area has the focus, for whoever uses keys:
    who has clicked into it knows where that was, and who had the keys in what was hidden has not chosen it.

    Around a whole page it would look like a mistake, so it stands at the left edge, and in a list around its row.
    """

    def __init__(self, area: QAbstractScrollArea) -> None:
        super().__init__(area)
        self._area = area
        self._by_keys = False  # how the area was last reached
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()
        for part in (area, area.viewport()):
            part.installEventFilter(self)
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusChanged.connect(self._moved)
        if isinstance(area, QListWidget):
            area.currentRowChanged.connect(self._turned)

    def _moved(self, old: QWidget | None, new: QWidget | None) -> None:
        """Qt hands the keys on by itself, as if by Tab, where what had them is hidden or grey."""
        came = isValid(self._area) and new is self._area and old is not None and isValid(old)
        if came and old is not None and not (old.isVisible() and old.isEnabled()):
            self._by_keys = False
            self._show()

    def _turned(self, _row: int) -> None:
        self.update()

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
        if not isinstance(self._area, QListWidget):
            painter.fillRect(QRectF(0, 0, WIDTH, self.height()), self.palette().color(QPalette.ColorRole.Highlight))
            return
        row, inside = QRectF(self._area.visualItemRect(self._area.currentItem())), WIDTH / 2
        painter.setPen(QPen(self.palette().color(QPalette.ColorRole.WindowText), WIDTH))
        row.translate(QPointF(self._area.viewport().pos()))
        painter.drawRect(row.adjusted(inside, inside, -inside, -inside))
