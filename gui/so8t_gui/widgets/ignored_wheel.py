"""Lists, sliders, numbers and plots that the wheel does not change: who scrolls a page past one has chosen nothing."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QAbstractScrollArea, QWidget


class _NoWheel(QObject):
    def __init__(self, parent: QWidget, but_with: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        super().__init__(parent)
        self._but_with = but_with

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QWheelEvent) and not event.modifiers() & self._but_with:
            event.ignore()  # the page around it is scrolled instead
            return True
        return False


def ignore_wheel(control: QWidget) -> None:
    control.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    control.installEventFilter(_NoWheel(control))


def turn_with_ctrl(area: QAbstractScrollArea) -> None:
    """What the wheel does in it, it does while Ctrl is held, as in maps on web pages; else the page is scrolled."""
    area.viewport().installEventFilter(_NoWheel(area, Qt.KeyboardModifier.ControlModifier))
