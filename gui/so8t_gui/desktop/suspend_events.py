"""The machine is about to sleep, or woke up: logind's signal on Linux, power messages on Windows.

On other systems neither is heard; a run that slept simply goes on.
"""

from __future__ import annotations

import ctypes
import sys

from PySide6.QtCore import SLOT, QAbstractNativeEventFilter, QByteArray, QCoreApplication, QObject, Signal, Slot

WM_POWERBROADCAST, APM_SUSPEND, APM_RESUME_AUTOMATIC = 0x218, 0x4, 0x12


class SuspendEvents(QObject):
    """`going`: the machine suspends within seconds; `back`: it is running again."""

    going = Signal()
    back = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        if sys.platform.startswith("linux"):
            self._listen_to_logind()
        elif sys.platform == "win32":
            self._filter = PowerMessages(self)
            application = QCoreApplication.instance()
            if application is not None:
                application.installNativeEventFilter(self._filter)

    def _listen_to_logind(self) -> None:
        from PySide6.QtDBus import QDBusConnection

        bus = QDBusConnection.systemBus()
        if bus.isConnected():
            path, interface = "/org/freedesktop/login1", "org.freedesktop.login1.Manager"
            slot = SLOT("prepare(bool)").encode()
            bus.connect("org.freedesktop.login1", path, interface, "PrepareForSleep", self, slot)

    @Slot(bool)
    def prepare(self, going: bool) -> None:
        """Called by logind: true before the machine sleeps, false after it woke."""
        (self.going if going else self.back).emit()


class PowerMessages(QAbstractNativeEventFilter):
    """Looks at every message Windows sends this program; takes none away."""

    def __init__(self, events: SuspendEvents) -> None:
        super().__init__()
        self._events = events

    def nativeEventFilter(self, kind: QByteArray | bytes | bytearray | memoryview, message: int) -> object:
        if QByteArray(kind).data() == b"windows_generic_MSG":
            fields = ctypes.cast(int(message), ctypes.POINTER(ctypes.c_size_t * 3)).contents  # hwnd, message, wParam
            number, what = fields[1] & 0xFFFFFFFF, fields[2]
            if number == WM_POWERBROADCAST and what == APM_SUSPEND:
                self._events.going.emit()
            elif number == WM_POWERBROADCAST and what == APM_RESUME_AUTOMATIC:
                self._events.back.emit()
        return False, 0
