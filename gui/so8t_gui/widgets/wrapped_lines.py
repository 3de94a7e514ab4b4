"""What is wrong with a field: a line is kept for it, and where it is longer it goes on in as many as it needs."""

from __future__ import annotations

import math

from PySide6.QtCore import QPointF, QSize
from PySide6.QtGui import QPainter, QPaintEvent, QTextLayout, QTextOption
from PySide6.QtWidgets import QSizePolicy

from so8t_gui.i18n.translate import tr
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
        _, height = self._laid(width - margins.left() - margins.right())
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
        """A line in the user's language: letters that another font has to lend may be higher than the font's own."""
        return self._lines(f"g {tr('not set')}", 10_000)[1]

    def _laid(self, width: int) -> tuple[QTextLayout, int]:
        text, height = self._lines(self._line, width)
        return text, max(height, self._kept)

    def _lines(self, written: str, width: int) -> tuple[QTextLayout, int]:
        """A text in lines of this width, and how high they are."""
        text, option = QTextLayout(written, self.font(), self), QTextOption()
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        text.setTextOption(option)
        text.beginLayout()
        height = 0
        while (line := text.createLine()).isValid():
            line.setLineWidth(max(1, width))
            line.setPosition(QPointF(0, height))
            height += math.ceil(line.height())
        text.endLayout()
        return text, height
