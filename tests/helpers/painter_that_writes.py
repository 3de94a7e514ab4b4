"""A painter that writes down what it is told, in place of pixels; and letters that are as wide on every machine."""

from __future__ import annotations

from collections.abc import Callable
from enum import Enum
from typing import Any

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPainterPath, QPen, QPixmap, QPolygonF

from helpers import parts_of_page


class WritingPainter:
    """Takes the place of QPainter: `lines` are the calls, with their values as text."""

    RenderHint = QPainter.RenderHint
    lines: list[str]

    def __init__(self, *_: object) -> None:
        WritingPainter.lines = self.lines = []

    def __getattr__(self, name: str) -> Callable[..., None]:
        def told(*values: object) -> None:
            self.lines.append(" ".join([name, *(said(value) for value in values)]))

        return told


class EvenLetters:
    """Metrics of a font whose letters are all 10 wide and 20 high."""

    def height(self) -> int:
        return 20

    def horizontalAdvance(self, text: str) -> int:
        return 10 * len(text)

    def elidedText(self, text: str, _mode: Qt.TextElideMode, width: int) -> str:
        return text if 10 * len(text) <= width else f"{text[: width // 10 - 1]}…"


def said(value: Any) -> str:
    match value:
        case QRect() | QRectF():
            return _numbers(value.x(), value.y(), value.width(), value.height())
        case QPointF():
            return _numbers(value.x(), value.y())
        case QSize():
            return _numbers(value.width(), value.height())
        case QPolygonF():
            return " ".join(said(point) for point in value.toList())
        case QPainterPath():
            return " ".join(_numbers(value.elementAt(n).x, value.elementAt(n).y) for n in range(value.elementCount()))  # type: ignore[attr-defined]
        case QColor():
            return value.name(QColor.NameFormat.HexArgb) if value.alpha() < 255 else value.name()
        case QPen():
            return f"{said(value.color())} {value.widthF():.3g} {value.style().name} {value.capStyle().name}"
        case QFont():
            return "bold" if value.bold() else "plain"
        case QPixmap():
            return parts_of_page.sign(value)
        case Enum():
            return str(value.name)
        case str():
            return repr(value)
        case float():
            return f"{value:.3g}"
    return str(value)


def _numbers(*values: float) -> str:
    return f"({', '.join(f'{value:.4g}' for value in values)})"
