"""A window that is never shown, so that the system has one to talk to while the program sits in the tray.

Windows asks about shutdown and tells of suspend by messages to windows, and a program started hidden has none of Qt's.
"""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from so8t_gui.desktop import windows_calls


class BackgroundWindow:
    """Must live as long as the program."""

    def __init__(self) -> None:
        self._widget = QWidget()
        self._widget.setObjectName("background window")
        self.handle = int(self._widget.winId())  # makes the native window
        self._reason = ""
        windows_calls.hear_suspend(self.handle)

    def hold_shutdown(self, reason: str) -> None:
        """Why a shutdown should wait; empty: it need not. Cheap to call again with the same reason."""
        if reason != self._reason:
            self._reason = reason
            windows_calls.hold_shutdown(self.handle, reason)

    def close(self) -> None:
        self.hold_shutdown("")
        self._widget.deleteLater()
