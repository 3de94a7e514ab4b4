"""A field of a scrolled form, when it is asked for: brought into view whole, with a line around it for a while."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QPoint, QRect, QRectF, Qt, QTimer
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import QScrollArea, QWidget

LASTS_MS = 6_000
WIDTH = 2.0
BESIDE = 5  # of the field: the line stands outside, on none of its letters
MARGIN = 60  # of what stands above and below it, in sight with it


def show(area: QScrollArea, field: QWidget, takes_keys: QWidget, part: QRect | None = None) -> None:
    """`takes_keys`: what of it gets the focus; `part`: what of it is to be seen where the area cannot hold it whole.

    The form may just have come into sight, or have other rows.
    """
    for _ in range(2):  # what is inside an area is laid out after the area
        QCoreApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest.value)
    seen = field.rect()
    if seen.height() > area.viewport().height():
        seen = part or QRect(0, 0, 1, 1)
    room = (area.viewport().height() - seen.height()) // 2
    middle = field.mapTo(area.viewport(), seen.center()) + QPoint(0, area.verticalScrollBar().value())
    area.ensureVisible(0, middle.y(), 0, seen.height() // 2 + min(MARGIN, room - 1))
    takes_keys.setFocus(Qt.FocusReason.OtherFocusReason)
    for earlier in area.window().findChildren(Mark):
        earlier.end()
    Mark(field)


class Mark(QWidget):
    """Lies around the field, as far as what the field stands on has room, and lets the mouse through."""

    def __init__(self, field: QWidget) -> None:
        super().__init__(field.parentWidget())
        self._field = field
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._follow()
        field.installEventFilter(self)
        self.show()
        self.raise_()
        QTimer.singleShot(LASTS_MS, self, self.end)

    def end(self) -> None:
        self.hide()
        self.setParent(None)
        self.deleteLater()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.Resize, QEvent.Type.Move):
            self._follow()
        elif event.type() == QEvent.Type.Hide:
            self.end()
        return super().eventFilter(watched, event)

    def _follow(self) -> None:
        around, ground = self._field.geometry().adjusted(-BESIDE, -BESIDE, BESIDE, BESIDE), self._field.parentWidget()
        self.setGeometry(around if ground is None else around.intersected(ground.rect()))

    def paintEvent(self, _: QPaintEvent) -> None:
        painter = QPainter(self)
        ink = self.palette().color(QPalette.ColorRole.Highlight)
        ground = QColor(ink)
        ground.setAlphaF(0.14)
        painter.setPen(QPen(ink, WIDTH))
        painter.setBrush(ground)
        inside = WIDTH / 2
        painter.drawRect(QRectF(self.rect()).adjusted(inside, inside, -inside, -inside))
