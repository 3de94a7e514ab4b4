"""Python's garbage collector, kept to the window's thread.

By default it runs in whichever thread allocates, and would destroy there widgets that only held each other: Qt may then
crash or deadlock. pyqtgraph's util/garbage_collector.py does the same.
"""

from __future__ import annotations

import gc

from PySide6.QtCore import QCoreApplication, QObject, Qt, QTimer

RHYTHM_MS = 2_000


class Collector(QObject):
    """Collects what Python would have collected by its own counts."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._clock = QTimer(self, interval=RHYTHM_MS)
        self._clock.setTimerType(Qt.TimerType.VeryCoarseTimer)
        self._clock.timeout.connect(self.collect)
        self._clock.start()

    def collect(self) -> None:
        full = [count > limit for count, limit in zip(gc.get_count(), gc.get_threshold(), strict=True)]
        if any(full):
            gc.collect(max(generation for generation, is_full in enumerate(full) if is_full))


def stay_in_this_thread() -> None:
    """To be called in the window's thread, before another one is started."""
    gc.disable()
    application = QCoreApplication.instance()
    if application is not None and application.findChild(Collector) is None:
        Collector(application)
