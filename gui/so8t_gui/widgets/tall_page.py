"""A page that is scrolled where the window is too low for it, so that no message makes the window grow."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QStyle, QWidget

LEAST_LINES = 20  # of text, that are seen at least


class TallPage(QScrollArea):
    """Never narrower than the page."""

    def __init__(self, page: QWidget) -> None:
        super().__init__()
        self._page = page
        self.setWidget(page)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.viewport().setAutoFillBackground(False)
        page.setAutoFillBackground(False)

    def minimumSizeHint(self) -> QSize:
        page, bar = self._page.minimumSizeHint(), self.style().pixelMetric(QStyle.PixelMetric.PM_ScrollBarExtent)
        return QSize(page.width() + bar, min(page.height(), LEAST_LINES * self.fontMetrics().lineSpacing()))

    def sizeHint(self) -> QSize:
        return self._page.sizeHint()
