"""A page that is scrolled where the window is too low or too narrow for it, so that nothing makes the window grow."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QStyle, QWidget

LEAST_LINES = 18  # of text, that are seen at least
LEAST_LETTERS = 50  # side by side


class TallPage(QScrollArea):
    """The page is never narrower than it must be, and as high as it must be, not as it would like to be.

    It may be `put` later: until then there is nothing to be seen.
    """

    def __init__(self, page: QWidget | None = None) -> None:
        super().__init__()
        self._page = QWidget()
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        if page is not None:
            self.put(page)

    def put(self, page: QWidget) -> None:
        self._page = page
        self.setWidget(page)
        page.installEventFilter(self)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._page and event.type() == QEvent.Type.LayoutRequest:
            self._fit()
        return super().eventFilter(watched, event)

    def _fit(self) -> None:
        """By hand: Qt's own way gives a page of wrapped texts the height that it would like to have."""
        room = self.maximumViewportSize()
        width = room.width() - (self._bar if self._least(room.width()) > room.height() else 0)
        wide = max(width, self._page.minimumSizeHint().width())
        high = room.height() - (self._bar if wide > width else 0)
        self._page.resize(wide, max(high, self._least(wide)))

    def _least(self, width: int) -> int:
        layout = self._page.layout()
        if layout is None or not layout.hasHeightForWidth():
            return self._page.minimumSizeHint().height()
        return layout.totalMinimumHeightForWidth(width)

    @property
    def _bar(self) -> int:
        return self.style().pixelMetric(QStyle.PixelMetric.PM_ScrollBarExtent)

    def minimumSizeHint(self) -> QSize:
        page, metrics = self._page.minimumSizeHint(), self.fontMetrics()
        wide = min(page.width() + self._bar, LEAST_LETTERS * metrics.averageCharWidth())
        return QSize(wide, min(page.height(), LEAST_LINES * metrics.lineSpacing()))

    def sizeHint(self) -> QSize:
        return self._page.sizeHint()
