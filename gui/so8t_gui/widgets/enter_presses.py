"""Enter presses the button that has the focus: outside dialogs Qt leaves that to the space bar."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QPushButton, QToolButton, QWidget


class EnterPresses(QObject):
    """For all buttons of `window`, those made later too. While anything else has the focus Enter is not taken, so that
    fields, lists and texts keep theirs.
    """

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._keys = [QShortcut(QKeySequence(key), window) for key in (Qt.Key.Key_Return, Qt.Key.Key_Enter)]
        for key in self._keys:
            key.setAutoRepeat(False)
            key.setEnabled(False)
            key.activated.connect(self._press)
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusChanged.connect(self._moved)

    def _moved(self, _old: QWidget | None, new: QWidget | None) -> None:
        for key in self._keys:
            key.setEnabled(isinstance(new, (QPushButton, QToolButton)))

    def _press(self) -> None:
        focused = self._window.focusWidget()
        if isinstance(focused, (QPushButton, QToolButton)):
            focused.click()
