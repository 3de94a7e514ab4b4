"""The one label of the window: what it shows is text, whoever wrote it.

Qt's own label takes a text with a tag in it for HTML, and opens the pictures that it names, local ones and those of
other machines. No page needs HTML, so no other label is made anywhere (a test looks); labels that Qt makes itself, of
tool tips and message boxes, are held to the same by desktop/theme.py.
"""

from __future__ import annotations

import functools
import math

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QFont, QPaintDevice, QPaintEvent, QTextLayout, QTextOption
from PySide6.QtWidgets import QLabel

from so8t_engine.plain_text import plain
from so8t_engine.sentences import LONGEST_TEXT
from so8t_gui.i18n.translate import tr

WIDE = 1e6  # a line that never ends


def laid_out(text: str, width: float, font: QFont, device: QPaintDevice | None = None) -> tuple[QTextLayout, int]:
    """One paragraph in lines of this width, and how high they are.

    The one place where heights are asked for: those of a font (QFontMetrics) leave out the fonts that lend it letters.
    """
    made, option = QTextLayout(text, font, device), QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    made.setTextOption(option)
    made.beginLayout()
    height = 0
    while (line := made.createLine()).isValid():
        line.setLineWidth(max(1.0, width))
        line.setPosition(QPointF(0, height))
        height += math.ceil(line.height())
    made.endLayout()
    return made, height


def line_height(font: QFont, device: QPaintDevice, text: str = "") -> int:
    """Of a line in the user's language, and of this text in one, whoever lends it letters."""
    own = _own_height(f"g {tr('not set')}", QFont(font, device), device.logicalDpiY())
    return max(own, laid_out(text, WIDE, font, device)[1]) if text else own


@functools.lru_cache(maxsize=256)
def _own_height(text: str, font: QFont, _dots: int) -> int:
    """Layouts ask for it many times for each line that they keep; `_dots`: to the inch, which fonts do not compare."""
    return laid_out(text, WIDE, font)[1]


class Label(QLabel):
    """A QLabel of plain text, in lines where its text has them."""

    def __init__(self, text: str = "") -> None:
        super().__init__()
        self.setTextFormat(Qt.TextFormat.PlainText)
        self._looked: object = None  # at this text in this width, with lines of this height
        self.setText(text)

    def setText(self, text: str) -> None:
        super().setText(plain(text, most=LONGEST_TEXT, lines=True))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Where a font lends letters since the text was set, its lines are higher than Qt's layout was told.

        Qt is asked once for each text, width and height of its lines: asked for the height of a label whose text can be
        selected, it paints that again.
        """
        super().paintEvent(event)
        if not (self.wordWrap() and self.text()):
            return
        width, lines = self.width(), self.text().splitlines()
        looked = self.text(), width, sum(laid_out(line, width, self.font(), self)[1] for line in lines)
        before, self._looked = self._looked, looked
        if looked != before and self.heightForWidth(width) > self.height() < self.maximumHeight():
            self.updateGeometry()
