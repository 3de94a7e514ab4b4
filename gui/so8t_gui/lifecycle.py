"""How the program goes into the background, and how it ends: the run is saved and paused first."""

from __future__ import annotations

import sys

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QApplication

from so8t_gui import autostart
from so8t_gui.desktop import windows_calls
from so8t_gui.desktop.background_window import BackgroundWindow
from so8t_gui.desktop.logoff_events import LogoffEvents
from so8t_gui.desktop.tray import Tray
from so8t_gui.i18n.translate import tr
from so8t_gui.navigation import Navigation
from so8t_gui.runner import Runner
from so8t_gui.startup.offer_resume import ResumeOffer
from so8t_gui.view.notifications import Notice

TRAY_PATIENCE_MS = 30_000  # what a tray may take to start, or to start again
TRAY_LOOK_MS = 1_000
LOGOFF_WAIT_MS = 4_000  # a desktop's session that ends waits about five seconds for its programs
SAVE_WAIT_MS = 30_000  # Windows waits as long as it shows the user why, and the user lets it


class Lifecycle(QObject):
    """`notice(Notice)` for the user. Ends with QApplication.quit."""

    notice = Signal(object)

    def __init__(
        self, parent: QObject, *, application: QApplication, runner: Runner, tray: Tray, offer: ResumeOffer,
        navigation: Navigation,
    ) -> None:  # fmt: skip
        super().__init__(parent)
        self._application, self._runner, self._tray = application, runner, tray
        self._offer, self._navigation = offer, navigation
        self._quitting, self._told_hidden = False, False
        self._logoff = LogoffEvents(self._ended, self)
        self._background_window = BackgroundWindow()
        self.destroyed.connect(self._background_window.close)
        runner.rested.connect(self._rested)
        runner.changed.connect(lambda *_: self._hold_shutdown())
        windows_calls.start_after_update(autostart.start_command())

    def wait_for_tray(self, desktop_is_there: bool) -> None:
        """A desktop without a tray gets the window, also one whose tray dies later, after the time a tray may take.

        `desktop_is_there`: it is no logon, so that a tray would be there by now.
        """
        if desktop_is_there:
            QTimer.singleShot(TRAY_LOOK_MS, self, self.open_without_tray)
        looks = QTimer(self)
        looks.setInterval(TRAY_PATIENCE_MS)
        looks.timeout.connect(self.open_without_tray)
        looks.start()

    def open_without_tray(self) -> None:
        if not self._tray.there and not self._navigation.visible and not self._quitting:
            self._navigation.open()

    def window_closed(self) -> None:
        """By its cross: hidden in the tray. Without a tray nobody could open it again."""
        self._navigation.keep_place()
        alive = self._runner.view.alive
        if not self._tray.there:
            if alive:
                self._navigation.pages.window.showMinimized()
            else:
                self.quit()
        elif not self._told_hidden and alive:
            self._told_hidden = True
            text = tr("The run continues. Click the icon in the tray to open the window again.")
            self.notice.emit(Notice("SO8T", text, about="window"))

    def quit(self) -> None:
        """The run is paused first; asked again, it ends at once, and loses what a power cut would cost."""
        if self._quitting:
            self._application.quit()
            return
        self._quitting = True
        self._offer.cancel()
        self._navigation.keep_place()
        self._runner.leave()

    def _rested(self) -> None:
        if self._quitting:
            self._tray.hide()
            self._application.quit()

    def _hold_shutdown(self) -> None:
        self._background_window.hold_shutdown(tr("SO8T saves the run.") if self._runner.view.alive else "")

    def _ended(self, reason: str) -> None:
        """The desktop's session ends, or someone ends this program.

        Windows asks first, and the user may still keep it from shutting down: then the run has been saved and goes on.
        Where it does shut down, Qt says `aboutToQuit`.
        """
        if reason == "session" and sys.platform == "win32":
            self._application.aboutToQuit.connect(lambda: self._runner.leave_now(LOGOFF_WAIT_MS))
            self._runner.save_now(SAVE_WAIT_MS)
        elif reason == "session":
            self._runner.leave_now(LOGOFF_WAIT_MS)
        else:
            self.quit()
