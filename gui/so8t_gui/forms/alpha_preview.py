"""A small plot of the gates' strength (alpha) over the updates, as the engine's schedule computes it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPalette, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from so8t_gui.i18n.translate import tr
from so8t_gui.widgets.panels import edge
from so8t_gui.widgets.tool_tip import tool_tip

LEAST_LETTERS = 26  # side by side: as wide as a curve must be to be one


class AlphaPreview(QWidget):
    """x: share of the updates from 0 to 1; y: alpha from 0 to 1."""

    def __init__(self) -> None:
        super().__init__()
        self._points: tuple[tuple[float, float], ...] = ()
        self._problem = ""
        self.setAccessibleName(tr("Preview of alpha"))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(220, 9 * self.fontMetrics().height())

    def minimumSizeHint(self) -> QSize:
        return QSize(LEAST_LETTERS * self.fontMetrics().averageCharWidth(), self.sizeHint().height())

    def put(self, points: Sequence[tuple[float, float]], problem: str = "") -> None:
        """(share of the updates, alpha) each; where there are none, why."""
        self._points = tuple(points)
        self._problem = problem
        if points:
            values = [points[round(at * (len(points) - 1))][1] for at in (0, 0.25, 0.5, 0.75, 1)]
            text = ", ".join(f"{value:.3f}" for value in values)
            self.setAccessibleDescription(tr("Alpha at 0, 25, 50, 75 and 100 % of the updates: {values}", values=text))
        else:
            self.setAccessibleDescription(problem)
        self.setToolTip(tool_tip(self.accessibleDescription()))
        self.update()

    @property
    def points(self) -> tuple[tuple[float, float], ...]:
        return self._points

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        metrics = self.fontMetrics()
        left, below = metrics.horizontalAdvance("0.5") + 8, metrics.height() + 4
        area = QRectF(self.rect()).adjusted(left, 8, -8, -below)
        text_ink = self.palette().color(QPalette.ColorRole.PlaceholderText)
        for level in (0.0, 0.5, 1.0):
            y = area.bottom() - level * area.height()
            painter.setPen(QPen(edge(self.palette()), 1))
            painter.drawLine(QPointF(area.left(), y), QPointF(area.right(), y))
            painter.setPen(text_ink)
            box = QRectF(0, y - 20, left - 6, 40)
            painter.drawText(box, int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter), f"{level:g}")
        foot = QRectF(area.left(), area.bottom() + 4, area.width(), below)
        painter.drawText(foot, int(Qt.AlignmentFlag.AlignLeft), tr("start"))
        painter.drawText(foot, int(Qt.AlignmentFlag.AlignRight), tr("end"))
        if self._problem:
            flags = int(Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap)
            painter.drawText(area, flags, self._problem)
        if len(self._points) > 1:
            line = [QPointF(area.left() + x * area.width(), area.bottom() - y * area.height()) for x, y in self._points]
            ink = self.palette().color(QPalette.ColorRole.Highlight)
            painter.setPen(QPen(ink, 2.2, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin))
            painter.drawPolyline(QPolygonF(line))
