"""Hears that the session or the system ends: SIGTERM and SIGINT everywhere, Windows' question to every window."""

from __future__ import annotations

import os
import signal
import socket
from collections.abc import Callable

from PySide6.QtCore import QObject, QSocketNotifier
from PySide6.QtGui import QGuiApplication, QSessionManager


class SessionEnd(QObject):
    """Calls `ended(reason)` in the window's thread. Has state because signals arrive through a socket.

    Python runs a signal's handler only between two of its own instructions, of which an idle event loop has none; so
    its number is written into a socket, which Qt waits for.
    """

    def __init__(self, ended: Callable[[str], None], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._ended = ended
        if os.name == "posix":
            self._heard, self._said = socket.socketpair()
            self._heard.setblocking(False)
            self._said.setblocking(False)
            signal.set_wakeup_fd(self._said.fileno(), warn_on_full_buffer=False)
            self._notifier = QSocketNotifier(self._heard.fileno(), QSocketNotifier.Type.Read, self)
            self._notifier.activated.connect(self._signal)
            for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
                signal.signal(number, lambda *_: None)
        application = QGuiApplication.instance()
        if isinstance(application, QGuiApplication):
            application.commitDataRequest.connect(self._asked)

    def _signal(self) -> None:
        try:
            numbers = self._heard.recv(64)
        except BlockingIOError:
            return
        if any(number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP) for number in numbers):
            self._ended("signal")

    def _asked(self, _manager: QSessionManager) -> None:
        self._ended("session")
