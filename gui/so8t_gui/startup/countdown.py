"""The seconds before a session is resumed without a click, in which that can be cancelled."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Signal


class Countdown(QObject):
    """Counts down once. `ticked(seconds left)` once a second, 0 when it is over, by its end or by `cancel`."""

    ticked = Signal(int)

    def __init__(self, parent: QObject | None = None, step_ms: int = 1_000) -> None:
        super().__init__(parent)
        self._left = 0
        self._then: Callable[[], None] = lambda: None
        self._clock = QTimer(self, interval=step_ms)
        self._clock.timeout.connect(self._tick)

    @property
    def left(self) -> int:
        return self._left

    def start(self, seconds: int, then: Callable[[], None]) -> None:
        self._left, self._then = seconds, then
        self._clock.start()
        self.ticked.emit(seconds)

    def cancel(self) -> None:
        if self._left:
            self._end()

    def _tick(self) -> None:
        self._left -= 1
        if self._left > 0:
            self.ticked.emit(self._left)
            return
        then = self._then
        self._end()
        then()

    def _end(self) -> None:
        self._left, self._then = 0, lambda: None
        self._clock.stop()
        self.ticked.emit(0)
