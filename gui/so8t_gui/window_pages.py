"""The window with its pages, made when it is first opened: until then only the tray is in memory."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from so8t_gui.i18n.translate import tr
from so8t_gui.main_window import MainWindow
from so8t_gui.pages.doctor import DoctorPage
from so8t_gui.pages.new_session import NewSessionPage
from so8t_gui.pages.run import RunPage
from so8t_gui.pages.sessions import SessionsPage
from so8t_gui.pages.settings import SettingsPage
from so8t_gui.pages.welcome import WelcomePage
from so8t_gui.settings import Settings


class Rooms:
    """The pages by name, and the window around them."""

    def __init__(self, settings: Settings, root: Path, usual_root: str, logs: Path) -> None:
        self.window = MainWindow()
        self.run = RunPage()
        self.sessions = SessionsPage(root)
        self.new = NewSessionPage(settings.data_root)
        self.settings = SettingsPage(settings, usual_root)
        self.doctor = DoctorPage(root, logs=logs)
        self.welcome = WelcomePage(usual_root)
        for name, title, page in (
            ("run", tr("Run"), self.run),
            ("sessions", tr("Sessions"), self.sessions),
            ("new", tr("New session"), self.new),
            ("settings", tr("Settings"), self.settings),
            ("doctor", tr("About and doctor"), self.doctor),
            ("welcome", "", self.welcome),
        ):
            self.window.add_page(name, title, page)

    def connect(self, **wishes: Callable[..., Any]) -> None:
        """Every wish of every page to the one who fulfils it."""
        for page in (self.run, self.sessions):
            page.resume_wanted.connect(wishes["resume"])
            page.new_wanted.connect(wishes["new"])
        self.run.pause_wanted.connect(wishes["pause"])
        self.run.save_wanted.connect(wishes["save"])
        self.run.cancel_wanted.connect(wishes["cancel"])
        self.run.stale.connect(wishes["reread"])
        self.sessions.shown_wanted.connect(wishes["show_session"])
        self.sessions.overlay_wanted.connect(wishes["overlay"])
        self.sessions.duplicate_wanted.connect(wishes["duplicate"])
        self.new.start_wanted.connect(wishes["start"])
        self.settings.changed.connect(wishes["change"])
        self.settings.autostart_wanted.connect(wishes["autostart"])
        self.welcome.accepted.connect(wishes["welcomed"])
        self.welcome.demo_wanted.connect(wishes["demo"])
        self.welcome.new_wanted.connect(wishes["new"])
        self.welcome.left.connect(wishes["left"])
        self.window.closed.connect(wishes["closed"])
        self.window.quit_wanted.connect(wishes["quit"])

    def set_root(self, root: Path, chosen: str) -> None:
        self.sessions.set_root(root)
        self.new.set_root(chosen)

    def close(self) -> None:
        self.window.hide()
        self.window.deleteLater()
