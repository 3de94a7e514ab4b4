"""The session or the system is ending: SIGTERM, SIGINT and SIGHUP, and the question Windows puts to every window."""

from __future__ import annotations

import signal
import socket
import sys
from collections.abc import Callable

from PySide6.QtCore import QObject, QSocketNotifier
from PySide6.QtGui import QGuiApplication, QSessionManager

if sys.platform == "win32":
    ENDING: tuple[int, ...] = (signal.SIGTERM, signal.SIGINT)
else:
    ENDING = (signal.SIGTERM, signal.SIGINT, signal.SIGHUP)


class LogoffEvents(QObject):
    """Calls `ended("signal")` or `ended("session")` in the window's thread.

    Python runs a signal's handler only between two of its own instructions, and an idle event loop executes none; so
    the signal's number is written into a socket, which Qt waits for.
    """

    def __init__(self, ended: Callable[[str], None], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._ended = ended
        if sys.platform != "win32":
            self._reader, self._writer = socket.socketpair()
            self._reader.setblocking(False)
            self._writer.setblocking(False)
            signal.set_wakeup_fd(self._writer.fileno(), warn_on_full_buffer=False)
            self._notifier = QSocketNotifier(self._reader.fileno(), QSocketNotifier.Type.Read, self)
            self._notifier.activated.connect(self._signal)
            for number in ENDING:
                signal.signal(number, lambda *_: None)
        application = QGuiApplication.instance()
        if isinstance(application, QGuiApplication):
            application.commitDataRequest.connect(self._asked)

    def _signal(self) -> None:
        if sys.platform == "win32":
            return
        try:
            numbers = self._reader.recv(64)
        except BlockingIOError:
            return
        if any(number in ENDING for number in numbers):
            self._ended("signal")

    def _asked(self, _manager: QSessionManager) -> None:
        self._ended("session")
