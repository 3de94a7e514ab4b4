"""Where an area is scrolled to, for another that takes its place."""

from __future__ import annotations

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QAbstractScrollArea, QScrollBar


def scroll_back(area: QAbstractScrollArea, place: int) -> None:
    """Down to where the one before was, as soon as there is so much to scroll."""
    if place:
        _Waiting(area.verticalScrollBar(), place)


class _Waiting(QObject):
    """Until that place is there; or until the user has scrolled, who then wants another."""

    def __init__(self, bar: QScrollBar, place: int) -> None:
        super().__init__(bar)
        self._bar, self._place = bar, place
        bar.rangeChanged.connect(self._look)
        bar.actionTriggered.connect(self._end)
        self._look()

    def _look(self, *_: int) -> None:
        if self._place and self._bar.maximum() >= self._place:
            self._bar.setValue(self._place)
            self._end()

    def _end(self, *_: int) -> None:
        self._place = 0
        self.deleteLater()
