"""The right answers of each column, one below the other on the same scale: a dot with its 95 % interval."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from so8t_gui.result.report_file import RightShare
from so8t_gui.result.verdict import share_with_interval
from so8t_gui.widgets.panels import edge

GAP = 14
LEAST_WIDE = 240  # with names cut short
LEAST = 20.0  # of the scale
DOT = 5.5


class RightShares(QWidget):
    """`put` takes the columns with their names; the last is drawn in colour."""

    def __init__(self) -> None:
        super().__init__()
        self._rows: tuple[tuple[str, RightShare], ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def put(self, rows: Sequence[tuple[str, RightShare]]) -> None:
        self._rows = tuple(rows)
        self.setVisible(bool(rows))
        self.setAccessibleName("; ".join(f"{name}: {share_with_interval(share)}" for name, share in rows))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(420, len(self._rows) * self._line() + 4)

    def minimumSizeHint(self) -> QSize:
        return QSize(LEAST_WIDE, self.sizeHint().height())

    def _line(self) -> int:
        return round(1.75 * self.fontMetrics().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        metrics = self.fontMetrics()
        bold = self.font()
        bold.setBold(True)
        figures = (
            max((metrics.horizontalAdvance(share_with_interval(share)) for _, share in self._rows), default=0) * 1.1
        )
        room = self.width() - figures - 2 * GAP - LEAST
        names = min(room, max((metrics.horizontalAdvance(name) for name, _ in self._rows), default=0) + GAP)
        left, right = names + GAP, self.width() - figures - GAP
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        roles = QPalette.ColorRole
        for place, (name, share) in enumerate(self._rows):
            last = place == len(self._rows) - 1
            row = QRectF(0, 2 + place * self._line(), self.width(), self._line())
            ink = self.palette().color(roles.Highlight if last else roles.PlaceholderText)
            painter.setFont(bold if last else self.font())
            painter.setPen(self.palette().color(roles.WindowText))
            shown = metrics.elidedText(name, Qt.TextElideMode.ElideRight, round(names))
            painter.drawText(QRectF(0, row.top(), names, row.height()), int(Qt.AlignmentFlag.AlignVCenter), shown)
            where = QRectF(self.width() - figures, row.top(), figures, row.height())
            flags = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight)
            painter.drawText(where, flags, share_with_interval(share))
            self._scale(painter, QRectF(left, row.top(), right - left, row.height()), share, ink)

    def _scale(self, painter: QPainter, area: QRectF, share: RightShare, ink: QColor) -> None:
        middle = area.center().y()

        def x(value: float) -> float:
            return area.left() + value * area.width()

        painter.setPen(QPen(edge(self.palette()), 1))
        painter.drawLine(QPointF(x(0), middle), QPointF(x(1), middle))
        painter.setPen(Qt.PenStyle.NoPen)
        whisker = QColor(ink)
        whisker.setAlphaF(0.5)
        painter.setBrush(whisker)
        painter.drawRoundedRect(QRectF(x(share.low), middle - 3.5, x(share.high) - x(share.low), 7), 3.5, 3.5)
        painter.setBrush(ink)
        painter.drawEllipse(QPointF(x(share.share), middle), DOT, DOT)
