"""Whether a window that nobody touches is left alone: what is painted over and over takes a core of the machine."""

from __future__ import annotations

import time
from collections import Counter

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication

SECONDS = 0.15
OFTEN = 4  # paintings of one widget in that time: gauges and clocks make one, a loop some fifty


class _Paintings(QObject):
    def __init__(self) -> None:
        super().__init__()
        self.of = Counter[str]()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint:
            self.of[f"{type(watched).__name__} in {type(watched.parent()).__name__} {id(watched):x}"] += 1
        return False


def painted_often() -> dict[str, int]:
    """Widgets that are painted again and again though nothing happens, with how many times; to be asked at rest."""
    paintings = _Paintings()
    QApplication.instance().installEventFilter(paintings)  # type: ignore[union-attr]
    try:
        ends = time.monotonic() + SECONDS
        while time.monotonic() < ends:
            QApplication.processEvents()
            time.sleep(0.001)
    finally:
        QApplication.instance().removeEventFilter(paintings)  # type: ignore[union-attr]
    return {name: count for name, count in paintings.of.items() if count > OFTEN}
