"""The icon by state, drawn at every size that is asked for: told by shape as well as by colour.

idle: an empty ring; running: the ring filled by progress around a dot; paused: two bars; attention: a triangle with its
mark; finished: a tick. Light lines with a dark edge are seen on light and dark panels alike.
"""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPen, QPixmap, QPolygonF

from so8t_gui.view.tray_icon import Icon

SIZES = (16, 20, 22, 24, 32, 48, 64)
STEPS = 32  # of the ring: finer ones cannot be told apart at 64 px
COLOURS: dict[Icon, str] = {
    "idle": "#8b949e",
    "running": "#3d8bfd",
    "paused": "#e3a008",
    "attention": "#e5534b",
    "finished": "#2da44e",
}
DISC, EDGE = "#1b2330", "#e8edf4"


def icon(state: Icon, share: float = 0.0) -> QIcon:
    """`share` of one: how far the run is."""
    return _icon(state, round(STEPS * min(1.0, max(0.0, share))) if state in ("running", "paused") else 0)


@lru_cache(maxsize=64)
def _icon(state: Icon, step: int) -> QIcon:
    drawn = QIcon()
    for size in SIZES:
        drawn.addPixmap(pixmap(state, step / STEPS, size))
    return drawn


def pixmap(state: Icon, share: float, size: int) -> QPixmap:
    drawn = QPixmap(size, size)
    drawn.fill(Qt.GlobalColor.transparent)
    painter = QPainter(drawn)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.scale(size / 32, size / 32)
    colour = QColor(COLOURS[state])
    painter.setPen(QPen(QColor(EDGE), 1.5))
    painter.setBrush(QColor(DISC))
    if state == "attention":
        painter.drawPolygon(QPolygonF([QPointF(16, 2.5), QPointF(30, 28.5), QPointF(2, 28.5)]))
    else:
        painter.drawEllipse(QRectF(1, 1, 30, 30))
    _figure(painter, state, colour, share)
    painter.end()
    return drawn


def _figure(painter: QPainter, state: Icon, colour: QColor, share: float) -> None:
    def pen(width: float, alpha: int = 255) -> QPen:
        shade = QColor(colour)
        shade.setAlpha(alpha)
        return QPen(shade, width, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin)

    ring = QRectF(6, 6, 20, 20)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    match state:
        case "idle":
            painter.setPen(pen(3.5))
            painter.drawEllipse(ring)
        case "running":
            painter.setPen(pen(4, 90))
            painter.drawEllipse(ring)
            painter.setPen(pen(4))
            painter.drawArc(ring, 90 * 16, -round(360 * 16 * share))
            painter.setBrush(colour)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.drawEllipse(QRectF(12, 12, 8, 8))
        case "paused":
            painter.setPen(pen(5))
            for x in (12, 20):
                painter.drawLine(QPointF(x, 10.5), QPointF(x, 21.5))
        case "attention":
            painter.setPen(pen(4))
            painter.drawLine(QPointF(16, 11.5), QPointF(16, 19))
            painter.drawPoint(QPointF(16, 25))
        case "finished":
            painter.setPen(pen(4.5))
            painter.drawPolyline(QPolygonF([QPointF(9, 16.5), QPointF(14, 21.5), QPointF(23, 11)]))
