"""A page that is scrolled where the window is too low or too narrow for it, so that nothing makes the window grow."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPoint, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QStyle, QWidget

LEAST_LINES = 18  # of text, that are seen at least
LEAST_LETTERS = 50  # side by side


class TallPage(QScrollArea):
    """The page is never narrower than it must be, and as high as it must be, not as it would like to be.

    It may be `put` later: until then there is nothing to be seen. What something lies on at its lower end (`cover`) can
    be scrolled to, and nothing moves, neither for that nor for a bar.
    """

    def __init__(self, page: QWidget | None = None) -> None:
        super().__init__()
        self._page = QWidget()
        self._covered = 0
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        if page is not None:
            self.put(page)

    def put(self, page: QWidget) -> None:
        self._page = page
        self.setWidget(page)
        page.installEventFilter(self)
        self._fit()

    def cover(self, height: int) -> None:
        """So much of its lower end cannot be seen."""
        self._covered = height
        self._fit()

    def focusNextPrevChild(self, forwards: bool) -> bool:
        moved, focused = super().focusNextPrevChild(forwards), self.focusWidget()
        if moved and self._covered and focused is not None and self._page.isAncestorOf(focused):
            end = focused.mapTo(self._page, QPoint(0, focused.height()))
            self.ensureVisible(end.x(), end.y(), 0, self._covered)
        return moved

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
        tall = self._least(room.width()) > room.height()
        width = room.width() - (self._bar if tall else 0)
        wide = max(width, self._page.minimumSizeHint().width())
        high = room.height() - (self._bar if wide > width else 0)
        least = self._least(wide)
        self._page.setContentsMargins(0, 0, 0, self._covered)
        self._page.resize(wide, max(high, least) + self._covered)
        policy = Qt.ScrollBarPolicy
        hidden = self._covered and not tall
        self.setVerticalScrollBarPolicy(policy.ScrollBarAlwaysOff if hidden else policy.ScrollBarAsNeeded)

    def _least(self, width: int) -> int:
        layout = self._page.layout()
        if layout is None or not layout.hasHeightForWidth():
            return self._own_least().height()
        return layout.totalMinimumHeightForWidth(width) - self._page.contentsMargins().bottom()

    def _own_least(self) -> QSize:
        """Without what is left free for what lies on it."""
        least = self._page.minimumSizeHint()
        return least - QSize(0, self._page.contentsMargins().bottom() if self._page.layout() is not None else 0)

    @property
    def _bar(self) -> int:
        return self.style().pixelMetric(QStyle.PixelMetric.PM_ScrollBarExtent)

    def minimumSizeHint(self) -> QSize:
        page, metrics = self._own_least(), self.fontMetrics()
        wide = min(page.width() + self._bar, LEAST_LETTERS * metrics.averageCharWidth())
        return QSize(wide, min(page.height(), LEAST_LINES * metrics.lineSpacing()))

    def sizeHint(self) -> QSize:
        return self._page.sizeHint()
