"""Where an area is scrolled to: for another that takes its place, and at its end for what it lies in."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractScrollArea, QScrollBar, QWidget

PAGES = (Qt.Key.Key_PageUp, Qt.Key.Key_PageDown)


def scroll_back(area: QAbstractScrollArea, place: int) -> None:
    """Down to where the one before was, as soon as there is so much to scroll."""
    if place:
        _Waiting(area.verticalScrollBar(), place)


def scroll_to_top(part: QWidget) -> None:
    """The area, and every one around it."""
    around: QWidget | None = part
    while around is not None:
        if isinstance(around, QAbstractScrollArea):
            around.verticalScrollBar().setValue(0)
        around = around.parentWidget()


def scroll_a_page(area: QAbstractScrollArea, event: QKeyEvent) -> bool:
    """By the keys for it; where the area has come to its end, the next one around it. Whether it was such a key."""
    if event.key() not in PAGES:
        return False
    _bar_that_goes_on(area, down=event.key() == Qt.Key.Key_PageDown).event(event)
    return True


def _bar_that_goes_on(area: QAbstractScrollArea, *, down: bool) -> QScrollBar:
    """Its own, or that of the next area around it where it has come to its end; its own where all have."""
    around: QWidget | None = area
    while around is not None:
        if isinstance(around, QAbstractScrollArea):
            bar = around.verticalScrollBar()
            if bar.value() < bar.maximum() if down else bar.value() > bar.minimum():
                return bar
        around = around.parentWidget()
    return area.verticalScrollBar()


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
