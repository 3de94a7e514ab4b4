"""Shows notifications by the way that arrives: the desktop's service first, the balloon of Qt's tray icon last.

Only a button that says Resume resumes; a click on a message opens the window. Qt's balloon takes any press on the icon
for a click on itself (trays of the old kind), so a press there counts as none.
"""

from __future__ import annotations

import shutil
import sys
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QProcess, Signal
from PySide6.QtGui import QCursor

from so8t_engine.plain_text import plain
from so8t_gui.desktop.tray import Tray
from so8t_gui.i18n.translate import tr
from so8t_gui.view.notifications import Notice

if TYPE_CHECKING:
    from so8t_gui.desktop.notification_bus import NotificationBus

LONGEST_TITLE, LONGEST_TEXT = 100, 600  # characters; a desktop shows a few lines
ICONS = {"information": "dialog-information", "warning": "dialog-warning", "critical": "dialog-error"}
OPEN, RESUME, NOT_NOW = "default", "resume", "not-now"
# What is said is an argument of the script, never a part of it.
APPLE_SCRIPT = "on run argv\ndisplay notification (item 2 of argv) with title (item 1 of argv)\nend run"


class Notifications(QObject):
    """`resume_wanted(session)`, `declined`: Not now; `open_wanted`: the window. `unseen(Notice)`: no way has worked."""

    open_wanted = Signal()
    resume_wanted = Signal(str)
    declined = Signal()
    unseen = Signal(object)

    def __init__(self, tray: Tray, parent: QObject | None = None, platform: str = sys.platform) -> None:
        super().__init__(parent)
        self._tray, self._platform = tray, platform
        self._bus: NotificationBus | None = None
        self._notices: dict[int, Notice] = {}  # those the bus has; by number
        self._newest = 0
        tray.message_clicked.connect(self._clicked)

    def show(self, notice: Notice) -> None:
        if self._platform == "win32":
            self._show_balloon(notice)
        elif self._platform == "darwin":
            self._show_by_script(notice)
        else:
            self._show_on_bus(notice)

    def withdraw(self, about: str) -> None:
        """What was said of it is no longer true; only the desktop's service can take a message back."""
        if self._bus is not None:
            self._bus.withdraw(about)

    def _show_on_bus(self, notice: Notice) -> None:
        from so8t_gui.desktop.notification_bus import BusNotice, NotificationBus  # with jeepney, when it is needed

        if self._bus is None:
            self._bus = NotificationBus(self)
            self._bus.pressed.connect(self._pressed)
            self._bus.failed.connect(lambda number: self._show_balloon(self._notices.pop(number)))
        self._newest += 1
        self._notices[self._newest] = notice
        buttons = {OPEN: tr("Open")}
        if notice.resume:
            buttons |= {RESUME: tr("Resume"), NOT_NOW: tr("Not now")}
        self._bus.show(self._newest, BusNotice(
            title=plain(notice.title, most=LONGEST_TITLE), text=plain(notice.text, most=LONGEST_TEXT, lines=True),
            hint=notice.hint, buttons=buttons, icon=ICONS[notice.kind], urgency=2 if notice.kind == "critical" else 1,
            about=notice.about,
        ))  # fmt: skip

    def _show_by_script(self, notice: Notice) -> None:
        """macOS shows Qt's messages of signed programs only."""
        program = shutil.which("osascript")
        words = [plain(notice.title, most=LONGEST_TITLE), plain(_whole(notice), most=LONGEST_TEXT, lines=True)]
        if program is None or not QProcess.startDetached(program, ["-e", APPLE_SCRIPT, *words])[0]:
            self._show_balloon(notice)

    def _show_balloon(self, notice: Notice) -> None:
        if self._tray.there:
            title = plain(notice.title, most=LONGEST_TITLE)
            self._tray.show_message(title, plain(_whole(notice), most=LONGEST_TEXT, lines=True), notice.kind)
        else:
            self.unseen.emit(notice)

    def _pressed(self, number: int, key: str) -> None:
        notice = self._notices.pop(number, None)
        if notice is None:
            return
        if key == RESUME and notice.resume:
            self.resume_wanted.emit(notice.resume)
            self.open_wanted.emit()
        elif key == NOT_NOW:
            self.declined.emit()
        else:
            self.open_wanted.emit()

    def _clicked(self) -> None:
        if not self._tray.place.contains(QCursor.pos()):
            self.open_wanted.emit()


def _whole(notice: Notice) -> str:
    return f"{notice.text}\n{notice.hint}".strip()
