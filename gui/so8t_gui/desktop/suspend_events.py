"""Hears that the machine is about to sleep, and that it woke: logind's signal on Linux, Windows' power messages.

Has state because a subscription has. On other systems nothing is heard; a run that slept simply goes on.
"""

from __future__ import annotations

import ctypes
import sys

from PySide6.QtCore import SLOT, QAbstractNativeEventFilter, QByteArray, QCoreApplication, QObject, Signal, Slot

WM_POWERBROADCAST, APM_SUSPEND, APM_RESUME_AUTOMATIC = 0x218, 0x4, 0x12


class Sleep(QObject):
    """`going`: within seconds the machine stands still; `back`: it runs again."""

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
        """What logind says: true before, false after."""
        (self.going if going else self.back).emit()


class PowerMessages(QAbstractNativeEventFilter):
    """Looks at every message Windows sends this program; takes none away."""

    def __init__(self, sleep: Sleep) -> None:
        super().__init__()
        self._sleep = sleep

    def nativeEventFilter(self, kind: QByteArray | bytes | bytearray | memoryview, message: int) -> object:
        if QByteArray(kind).data() == b"windows_generic_MSG":
            words = ctypes.cast(int(message), ctypes.POINTER(ctypes.c_size_t * 3)).contents  # hwnd, message, wParam
            number, what = words[1] & 0xFFFFFFFF, words[2]
            if number == WM_POWERBROADCAST and what == APM_SUSPEND:
                self._sleep.going.emit()
            elif number == WM_POWERBROADCAST and what == APM_RESUME_AUTOMATIC:
                self._sleep.back.emit()
        return False, 0
