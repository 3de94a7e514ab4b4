"""A row of small gauges: load, memory, temperature, power. Nothing is read while it is hidden."""

from __future__ import annotations

import math
from collections.abc import Callable

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from so8t_gui.desktop import hardware
from so8t_gui.desktop.background import Background
from so8t_gui.desktop.hardware import Gauge
from so8t_gui.widgets import status_icons
from so8t_gui.widgets.panels import edge
from so8t_gui.widgets.visible_timer import VisibleTimer

MOST = 4
# Share of the maximum from which a gauge is shown as a warning (100 °C is the maximum); load may well be at 100 %.
WARNING_FROM = {"gpu_memory": 0.97, "temperature": 0.87, "memory": 0.95}


class HardwareStrip(QWidget):
    """Reads in a thread: a driver that does not answer must not hold the window."""

    def __init__(self, reader: Callable[[], Callable[[], list[Gauge]]] = hardware.reader) -> None:
        super().__init__()
        self._make = reader
        self._read: Callable[[], list[Gauge]] | None = None
        self._reading = False
        self._background = Background(self)
        self._dials = [Dial() for _ in range(MOST)]
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(18)
        for dial in self._dials:
            dial.hide()
            row.addWidget(dial)
        row.addStretch(1)
        self._clock = VisibleTimer(self, self._look)

    @property
    def gauges(self) -> list[Gauge]:
        return [dial.gauge for dial in self._dials if not dial.isHidden()]

    def hurry(self, running: bool) -> None:
        self._clock.hurry(running)

    def _look(self) -> None:
        if self._reading:
            return
        self._reading = True

        def read() -> list[Gauge]:
            if self._read is None:
                self._read = self._make()
            return self._read()

        self._background.run(read, self._show, self._failed)

    def _failed(self, _error: Exception) -> None:
        """The next look begins with another reader."""
        self._reading, self._read = False, None

    def _show(self, gauges: list[Gauge]) -> None:
        self._reading = False
        for place, dial in enumerate(self._dials):
            dial.setVisible(place < len(gauges))
            if place < len(gauges):
                dial.put(gauges[place])


class Dial(QWidget):
    """Name and value above a bar."""

    def __init__(self) -> None:
        super().__init__()
        self.gauge = Gauge("", "")
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def put(self, gauge: Gauge) -> None:
        if gauge != self.gauge:
            self.gauge = gauge
            self.setAccessibleName(f"{gauge.name}: {gauge.text}")
            self.updateGeometry()
            self.update()

    def sizeHint(self) -> QSize:
        metrics = self.fontMetrics()
        needed = metrics.horizontalAdvance(f"{self.gauge.name}   {self.gauge.text}") + 8
        return QSize(max(150, needed), metrics.height() + 12)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        line = QRectF(0, 0, self.width(), self.fontMetrics().height())
        flags = int(Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextDontClip)
        painter.setPen(self.palette().color(QPalette.ColorRole.PlaceholderText))
        painter.drawText(line, flags | int(Qt.AlignmentFlag.AlignLeft), self.gauge.name)
        painter.setPen(self.palette().color(QPalette.ColorRole.WindowText))
        painter.drawText(line, flags | int(Qt.AlignmentFlag.AlignRight), self.gauge.text)
        if self.gauge.share is None:
            return
        bar = QRectF(0, line.bottom() + 4, self.width(), 5)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(edge(self.palette()))
        painter.drawRoundedRect(bar, 2.5, 2.5)
        bar.setWidth(max(5.0, bar.width() * min(1.0, max(0.0, self.gauge.share))))
        warns = self.gauge.share >= WARNING_FROM.get(self.gauge.kind, math.inf)
        painter.setBrush(status_icons.colour("warning" if warns else "running", self.palette()))
        painter.drawRoundedRect(bar, 2.5, 2.5)
