"""The icon in the tray with its menu. Everything here is in the window, too."""

from __future__ import annotations

from PySide6.QtCore import QObject, QRect, Signal, SignalInstance
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QSystemTrayIcon

from so8t_engine.plain_text import plain
from so8t_gui.desktop import icons
from so8t_gui.i18n.translate import tr
from so8t_gui.view import messages
from so8t_gui.view.state import View
from so8t_gui.view.tray_icon import tray_icon

RECENT = 8
LONGEST_ENTRY, LONGEST_TIP = 120, 500  # characters
NO_MARKUP = str.maketrans("<>", "‹›")
LOOKS = {
    "information": QSystemTrayIcon.MessageIcon.Information,
    "warning": QSystemTrayIcon.MessageIcon.Warning,
    "critical": QSystemTrayIcon.MessageIcon.Critical,
}


class Tray(QObject):
    """Signals are wishes; `recent_wanted` and `resume_wanted` carry a session's id."""

    open_wanted = Signal()
    new_wanted = Signal()
    resume_wanted = Signal(str)
    cancel_wanted = Signal()
    pause_wanted = Signal()
    recent_wanted = Signal(str)
    autostart_wanted = Signal(bool)
    settings_wanted = Signal()
    quit_wanted = Signal()
    menu_opens = Signal()
    message_clicked = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._icon = QSystemTrayIcon(icons.icon("idle"), self)
        self._menu = QMenu()
        self._icon.setContextMenu(self._menu)
        self._menu.aboutToShow.connect(self.menu_opens)
        self._icon.activated.connect(self._activated)
        self._icon.messageClicked.connect(self.message_clicked)
        self._resumable = ""
        self._build()

    def relabel(self) -> None:
        """In another language."""
        self._menu.clear()
        self._build()

    def _build(self) -> None:
        menu = self._menu
        self._status = self._entry(tr("Nothing is running."), None)
        self._status.setEnabled(False)
        menu.addSeparator()
        self._open = self._entry(tr("&Open"), self.open_wanted)
        self._new = self._entry(tr("Start &new ..."), self.new_wanted)
        self._resume = self._entry("", None)
        self._resume.triggered.connect(lambda: self.resume_wanted.emit(self._resumable))
        self._cancel = self._entry(tr("&Do not resume automatically"), self.cancel_wanted)
        self._pause = self._entry(tr("&Pause"), self.pause_wanted)
        self._others = menu.addMenu(tr("Resume &another"))
        self._has_others = False
        self._recent = menu.addMenu(tr("Re&cent sessions"))
        menu.addSeparator()
        self._autostart = self._entry(tr("Start at &logon"), None)
        self._autostart.setCheckable(True)
        self._autostart.triggered.connect(self.autostart_wanted)
        self._entry(tr("&Settings"), self.settings_wanted)
        menu.addSeparator()
        self._quit = self._entry(tr("&Quit"), self.quit_wanted)

    def _entry(self, text: str, wish: SignalInstance | None) -> QAction:
        action = self._menu.addAction(text)
        if wish is not None:
            action.triggered.connect(lambda: wish.emit())
        return action

    @property
    def there(self) -> bool:
        """Whether this desktop shows it."""
        return QSystemTrayIcon.isSystemTrayAvailable()

    def show(self) -> None:
        """Where there is no tray yet, it appears when the tray does."""
        self._icon.show()

    def hide(self) -> None:
        self._icon.hide()

    def render_view(
        self, view: View, now: float, resumable: tuple[str, str] | None, counting: str = "", elsewhere: str = ""
    ) -> None:
        """`resumable`: (id, text) of the newest unfinished session, offered while nothing runs.

        `counting`: the sentence of the countdown after which it is resumed; `elsewhere`: that another program runs a
        session, beside which none is resumed. Empty where that is not so.
        """
        self._icon.setIcon(icons.icon(tray_icon(view), view.share))
        self._icon.setToolTip(_tip(messages.tooltip(view, now)))
        other = "" if view.phase == "elsewhere" else elsewhere  # else the line of the view says more
        self._status.setText(_entry_text(counting or other or messages.tray_line(view, now)))
        self._cancel.setVisible(bool(counting))
        self._resumable = resumable[0] if resumable else ""
        self._resume.setVisible(resumable is not None and not view.alive)
        self._others.menuAction().setVisible(self._has_others and not view.alive)
        for entry in (self._resume, self._others.menuAction(), self._new):
            entry.setEnabled(not elsewhere and not view.alive)
        if resumable:
            self._resume.setText(tr("&Resume {what}", what=_entry_text(resumable[1])))
        self._pause.setVisible(view.alive)
        self._pause.setEnabled(view.phase != "pausing")
        self._quit.setText(tr("&Quit (the run is saved and paused)") if view.alive else tr("&Quit"))

    def show_others(self, sessions: list[tuple[str, str]]) -> None:
        """(id, text) of each unfinished session besides the one that is offered."""
        self._others.clear()
        self._has_others = bool(sessions)
        for session, text in sessions[:RECENT]:
            action = self._others.addAction(_entry_text(text))
            action.triggered.connect(lambda *_, session=session: self.resume_wanted.emit(session))

    def show_recent(self, sessions: list[tuple[str, str]]) -> None:
        """(id, text) of each, the one that worked last first."""
        self._recent.clear()
        for session, text in sessions[:RECENT]:
            action = self._recent.addAction(_entry_text(text))
            action.triggered.connect(lambda *_, session=session: self.recent_wanted.emit(session))
        self._recent.setEnabled(bool(sessions))

    def show_autostart(self, enabled: bool) -> None:
        self._autostart.setChecked(enabled)

    @property
    def place(self) -> QRect:
        """Of the icon on the screen; empty where the desktop does not say."""
        return self._icon.geometry()

    def show_message(self, title: str, text: str, kind: str) -> None:
        """Qt's own message at the icon; `message_clicked` may then also mean a press on the icon."""
        self._icon.showMessage(title, text, LOOKS[kind])

    def _activated(self, how: QSystemTrayIcon.ActivationReason) -> None:
        if how in (QSystemTrayIcon.ActivationReason.Trigger, QSystemTrayIcon.ActivationReason.DoubleClick):
            self.open_wanted.emit()


def _entry_text(text: str) -> str:
    """As it stands in a menu, where `&` would underline the letter behind it."""
    return plain(text, most=LONGEST_ENTRY).replace("&", "&&")


def _tip(text: str) -> str:
    """Some desktops read the tip of an icon as markup, others show what they are given, and none says which it is."""
    return plain(text, most=LONGEST_TIP, lines=True).translate(NO_MARKUP)
