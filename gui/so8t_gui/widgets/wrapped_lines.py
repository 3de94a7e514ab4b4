"""What is wrong with a field: a line is kept for it, and where it is longer it goes on in as many as it needs."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QSize
from PySide6.QtGui import QPainter, QPaintEvent, QTextLayout
from PySide6.QtWidgets import QSizePolicy

from so8t_gui.widgets.label import laid_out, line_height
from so8t_gui.widgets.one_line import OneLine


class WrappedLines(OneLine):
    """As OneLine, but nothing of it ever ends in dots."""

    def __init__(self, level: str = "error") -> None:
        super().__init__(level)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def setText(self, text: str) -> None:
        super().setText(text)
        self.updateGeometry()

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        margins = self.contentsMargins()
        room = width - margins.left() - margins.right()
        height = self._laid(room)[1] if self.text() else self._kept  # a form has a hundred that say nothing
        return height + margins.top() + margins.bottom()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, room = QPainter(self), self.contentsRect()
        painter.setPen(self.ink)
        text, _ = self._laid(room.width())
        text.draw(painter, QPointF(room.topLeft()))

    def minimumSizeHint(self) -> QSize:
        return QSize(0, self._kept)

    def sizeHint(self) -> QSize:
        return QSize(self.text_width, self._kept)

    @property
    def _kept(self) -> int:
        """A line, also of letters that another font has to lend."""
        return line_height(self.font(), self)

    def _laid(self, width: int) -> tuple[QTextLayout, int]:
        text, height = laid_out(self._line, width, self.font(), self)
        return text, max(height, self._kept)
