"""A text that may be long, in a frame of a few lines: the rest is scrolled to, and the window stays as it is."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QSizePolicy

from so8t_gui.widgets.focus_outline import FocusOutline
from so8t_gui.widgets.label import Label, line_height
from so8t_gui.widgets.scroll_place import scroll_a_page

MOST_LINES = 4


class ScrolledText(QScrollArea):
    """As high as `label` needs at this width, MOST_LINES at most. Keys reach it only where there is more to see."""

    def __init__(self, label: Label) -> None:
        super().__init__()
        self._label = label
        self.setWidget(label)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        FocusOutline(self)
        self.viewport().setAutoFillBackground(False)  # the ground of whatever it stands on
        label.setAutoFillBackground(False)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        for asked in (label, self.viewport()):
            asked.installEventFilter(self)
        self._fit()

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return min(self._whole(width), self._most())

    def sizeHint(self) -> QSize:
        width = self._label.sizeHint().width()
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        return QSize(self._label.minimumSizeHint().width(), line_height(self.font(), self))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not scroll_a_page(self, event):
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Another text or font: what the label asks of the layout it stands in."""
        if event.type() in (QEvent.Type.LayoutRequest, QEvent.Type.FontChange):
            self._fit()
        return super().eventFilter(watched, event)

    def _fit(self) -> None:
        """Windows and splitters ask nobody how high they must be at a width; so it is told where that changes."""
        height = self.heightForWidth(self.width())
        if height != self.minimumHeight():
            self.setFixedHeight(height)
        scrolls = self._whole(self.width()) > self._most()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus if scrolls else Qt.FocusPolicy.NoFocus)
        self.setVerticalScrollBarPolicy(
            Qt.ScrollBarPolicy.ScrollBarAsNeeded if scrolls else Qt.ScrollBarPolicy.ScrollBarAlwaysOff
        )

    def _whole(self, width: int) -> int:
        return max(self._label.heightForWidth(width), line_height(self.font(), self))

    def _most(self) -> int:
        return MOST_LINES * line_height(self.font(), self)
