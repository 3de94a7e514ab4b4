"""A row of small gauges: load, memory, temperature, power. Reads only while it is seen."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QRectF, QSize, Qt, QTimer
from PySide6.QtGui import QHideEvent, QPainter, QPaintEvent, QPalette, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from so8t_gui import hardware
from so8t_gui.background import Background
from so8t_gui.hardware import Gauge
from so8t_gui.widgets import marks
from so8t_gui.widgets.panels import edge

RHYTHM_MS, AT_REST_MS = 2_000, 15_000
MOST = 4


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
        self._clock = QTimer(self, interval=RHYTHM_MS)
        self._clock.timeout.connect(self._look)

    @property
    def gauges(self) -> list[Gauge]:
        return [dial.gauge for dial in self._dials if not dial.isHidden()]

    def hurry(self, running: bool) -> None:
        """While nothing runs a look now and then is enough, and costs nothing that can be seen."""
        rhythm = RHYTHM_MS if running else AT_REST_MS
        if self._clock.interval() != rhythm:
            self._clock.setInterval(rhythm)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._look()
        self._clock.start()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._clock.stop()

    def _look(self) -> None:
        if self._reading:
            return
        self._reading = True

        def read() -> list[Gauge]:
            if self._read is None:
                self._read = self._make()
            return self._read()

        self._background.run(read, self._show)

    def _show(self, gauges: list[Gauge]) -> None:
        self._reading = False
        for place, dial in enumerate(self._dials):
            dial.setVisible(place < len(gauges))
            if place < len(gauges):
                dial.put(gauges[place])


class Dial(QWidget):
    """Name and words above a bar."""

    def __init__(self) -> None:
        super().__init__()
        self.gauge = Gauge("", "")
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def put(self, gauge: Gauge) -> None:
        if gauge != self.gauge:
            self.gauge = gauge
            self.setAccessibleName(f"{gauge.name}: {gauge.words}")
            self.updateGeometry()
            self.update()

    def sizeHint(self) -> QSize:
        metrics = self.fontMetrics()
        needed = metrics.horizontalAdvance(f"{self.gauge.name}   {self.gauge.words}") + 8
        return QSize(max(150, needed), metrics.height() + 12)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        words = QRectF(0, 0, self.width(), self.fontMetrics().height())
        lie = int(Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextDontClip)
        painter.setPen(self.palette().color(QPalette.ColorRole.PlaceholderText))
        painter.drawText(words, lie | int(Qt.AlignmentFlag.AlignLeft), self.gauge.name)
        painter.setPen(self.palette().color(QPalette.ColorRole.WindowText))
        painter.drawText(words, lie | int(Qt.AlignmentFlag.AlignRight), self.gauge.words)
        if self.gauge.share is None:
            return
        bar = QRectF(0, words.bottom() + 4, self.width(), 5)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(edge(self.palette()))
        painter.drawRoundedRect(bar, 2.5, 2.5)
        bar.setWidth(max(5.0, bar.width() * min(1.0, max(0.0, self.gauge.share))))
        painter.setBrush(marks.colour("warning" if self.gauge.share >= self.gauge.warn else "running", self.palette()))
        painter.drawRoundedRect(bar, 2.5, 2.5)
