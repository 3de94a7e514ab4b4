"""Small icons of the states of a session and the levels of a message, different in shape as well as in colour."""

from __future__ import annotations

import math
from functools import lru_cache

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPainterPath, QPalette, QPen, QPixmap, QPolygonF

BLUE, GREEN, AMBER, RED, GREY = "blue", "green", "amber", "red", "grey"
LIGHT = {BLUE: "#1f6feb", GREEN: "#1a7f37", AMBER: "#9a6700", RED: "#cf222e", GREY: "#6e7781"}
DARK = {BLUE: "#58a6ff", GREEN: "#3fb950", AMBER: "#d29922", RED: "#ff7b72", GREY: "#8b949e"}
HUES = {
    "new": GREY, "running": BLUE, "paused": AMBER, "failed": RED, "finished": GREEN, "cut": AMBER, "newer": GREY,
    "damaged": RED, "ok": GREEN, "warning": AMBER, "error": RED, "note": BLUE,
}  # fmt: skip
SIDE = 16.0


def is_dark(palette: QPalette) -> bool:
    return palette.color(QPalette.ColorRole.Window).lightness() < 128


def colour(name: str, palette: QPalette) -> QColor:
    """Of a state or level, with enough contrast on this palette."""
    return QColor((DARK if is_dark(palette) else LIGHT)[HUES.get(name, GREY)])


def icon(name: str, palette: QPalette) -> QIcon:
    return _icon(name, is_dark(palette))


@lru_cache(maxsize=64)
def _icon(name: str, dark: bool) -> QIcon:
    made = QIcon()
    for side in (16, 24, 32, 48):
        made.addPixmap(_pixmap(side, name, QColor((DARK if dark else LIGHT)[HUES.get(name, GREY)]), QColor("white")))
        made.addPixmap(_pixmap(side, name, QColor("white"), QColor(LIGHT[BLUE])), QIcon.Mode.Selected)
    return made


def _pixmap(side: int, name: str, ink: QColor, inner: QColor) -> QPixmap:
    """In a chosen line, whose ground takes the colours' contrast away, white is the ink."""
    pixmap = QPixmap(side, side)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.scale(side / SIDE, side / SIDE)
    paint(painter, name, ink, inner)
    painter.end()
    return pixmap


def paint(painter: QPainter, name: str, ink: QColor, inner: QColor) -> None:
    """In a square of 16 by 16 units; `inner` is the ink of what stands on a filled shape."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    thick = QPen(ink, 1.8, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin)
    circle = QRectF(2, 2, 12, 12)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(ink)
    match name:
        case "running":
            painter.drawPolygon(QPolygonF([QPointF(4.5, 2.5), QPointF(13.5, 8), QPointF(4.5, 13.5)]))
        case "paused":
            painter.drawRoundedRect(QRectF(3.5, 2.5, 3.2, 11), 1, 1)
            painter.drawRoundedRect(QRectF(9.3, 2.5, 3.2, 11), 1, 1)
        case "failed" | "warning":
            painter.drawPath(_triangle())
            _sign(painter, inner, "!", QPointF(8, 10))
        case "cut":
            painter.drawPolygon(
                QPolygonF([QPointF(*at) for at in ((9.5, 1), (3, 9.2), (7.2, 9.2), (6.2, 15), (13, 6.6), (8.6, 6.6))])
            )
        case "finished" | "ok":
            painter.drawEllipse(circle)
            _lines(painter, inner, [(5.2, 8.2), (7.2, 10.2), (10.8, 6)])
        case "damaged" | "error":
            painter.drawPolygon(_octagon())
            _lines(painter, inner, [(5.7, 5.7), (10.3, 10.3)])
            _lines(painter, inner, [(10.3, 5.7), (5.7, 10.3)])
        case "newer":
            painter.drawEllipse(circle)
            _lines(painter, inner, [(8, 11), (8, 5.4)])
            _lines(painter, inner, [(5.6, 7.6), (8, 5.2), (10.4, 7.6)])
        case "note":
            painter.drawEllipse(circle)
            _sign(painter, inner, "i", QPointF(8, 8))
        case _:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(thick)
            painter.drawEllipse(QRectF(3, 3, 10, 10))


def _triangle() -> QPainterPath:
    path = QPainterPath()
    path.addPolygon(QPolygonF([QPointF(8, 1.5), QPointF(15.2, 14.5), QPointF(0.8, 14.5)]))
    path.closeSubpath()
    return path


def _octagon() -> QPolygonF:
    turns = [math.pi / 8 + i * math.pi / 4 for i in range(8)]
    return QPolygonF([QPointF(8 + 6.8 * math.cos(turn), 8 + 6.8 * math.sin(turn)) for turn in turns])


def _lines(painter: QPainter, ink: QColor, points: list[tuple[float, float]]) -> None:
    painter.setPen(QPen(ink, 1.7, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin))
    painter.drawPolyline(QPolygonF([QPointF(*at) for at in points]))
    painter.setPen(Qt.PenStyle.NoPen)


def _sign(painter: QPainter, ink: QColor, sign: str, middle: QPointF) -> None:
    """An exclamation mark or an i, drawn, as fonts differ."""
    painter.setBrush(ink)
    x, y = middle.x(), middle.y()
    stroke, dot = (QRectF(x - 0.9, y - 4, 1.8, 4.6), QRectF(x - 1, y + 1.6, 2, 2))
    if sign == "i":
        stroke, dot = QRectF(x - 0.9, y - 0.9, 1.8, 4.6), QRectF(x - 1, y - 3.8, 2, 2)
    painter.drawRoundedRect(stroke, 0.9, 0.9)
    painter.drawEllipse(dot)
