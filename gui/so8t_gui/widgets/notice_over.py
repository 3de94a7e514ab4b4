"""A message that lies on the lower end of whatever is shown: nothing moves under the pointer where it comes or goes."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QStyle, QVBoxLayout, QWidget

from so8t_gui.widgets.panels import Banner

BESIDE = 8  # of the message: what it lies on is seen around it
MOVES_IT = (QEvent.Type.Show, QEvent.Type.Hide, QEvent.Type.LayoutRequest, QEvent.Type.Resize)


class NoticeOver(QWidget):
    """`shown` and, where it has something to say, `notice`; `covered(height)` hears how much of the lower end it takes,
    so that what lies below it can be scrolled to."""

    def __init__(self, shown: QWidget, notice: Banner, covered: Callable[[int], None]) -> None:
        super().__init__()
        self._notice, self._covered, self._taken = notice, covered, 0
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(shown)
        notice.setParent(self)
        notice.installEventFilter(self)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in MOVES_IT:
            self._place()
        return super().eventFilter(watched, event)

    def _place(self) -> None:
        notice, layout = self._notice, self._notice.layout()
        taken = 0
        if not notice.isHidden() and layout is not None:
            bar = self.style().pixelMetric(QStyle.PixelMetric.PM_ScrollBarExtent)
            width = self.width() - 2 * BESIDE - bar
            height = layout.totalHeightForWidth(width) if layout.hasHeightForWidth() else notice.sizeHint().height()
            notice.setGeometry(BESIDE, self.height() - BESIDE - height, width, height)
            notice.raise_()
            taken = height + 2 * BESIDE
        if taken != self._taken:
            self._taken = taken
            self._covered(taken)
