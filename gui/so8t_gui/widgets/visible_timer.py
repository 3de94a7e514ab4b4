"""A timer that only runs while a widget is visible: fast while something runs, slow at rest."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QWidget

RUNNING_MS, AT_REST_MS = 2_000, 15_000


class VisibleTimer(QObject):
    """Calls `look` when `widget` is shown, and then every RUNNING_MS or AT_REST_MS until it is hidden."""

    def __init__(self, widget: QWidget, look: Callable[[], None]) -> None:
        super().__init__(widget)
        self._look = look
        self._clock = QTimer(self, interval=RUNNING_MS)
        self._clock.timeout.connect(look)
        widget.installEventFilter(self)

    def hurry(self, running: bool) -> None:
        """At rest a look every 15 seconds is enough, and costs nothing that can be measured."""
        rhythm = RUNNING_MS if running else AT_REST_MS
        if self._clock.interval() != rhythm:
            self._clock.setInterval(rhythm)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Show:
            self._look()
            self._clock.start()
        elif event.type() == QEvent.Type.Hide:
            self._clock.stop()
        return False
