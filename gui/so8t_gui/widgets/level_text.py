"""Text in a field that is as far from its upper edge as from its lower one, whichever font lends its letters.

Qt puts a field's text where that of its own font would stand: Japanese letters are higher and stood at the upper edge.
"""

from __future__ import annotations

from PySide6.QtWidgets import QLineEdit, QWidget

from so8t_gui.widgets.label import WIDE, laid_out


def level(page: QWidget) -> None:
    """Every field of it, now and with each text that it gets."""
    fields = [page] if isinstance(page, QLineEdit) else page.findChildren(QLineEdit)
    for field in fields:
        if not field.property("level"):
            field.setProperty("level", True)
            field.textChanged.connect(lambda _, field=field: _level(field))
            _level(field)


def _level(field: QLineEdit) -> None:
    """Qt has half of a margin above for each pixel that the text goes down."""
    margins, top = field.textMargins(), lent(field)
    if margins.top() != top:
        margins.setTop(top)
        field.setTextMargins(margins)


def lent(field: QLineEdit) -> int:
    """By how much its letters stand higher above their line than those of its own font, and no lower below it."""
    own, made = field.fontMetrics(), laid_out(field.displayText(), WIDE, field.font(), field)[0]
    if not made.lineCount():
        return 0
    line = made.lineAt(0)
    return max(0, round(line.ascent() - own.ascent()) - round(line.descent() - own.descent()))
