"""The window with its pages, made when it is first opened: until then only the tray is in memory.

A page is made when it is first seen or told something: the one in front need not wait for the others.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TypeVar

from PySide6.QtWidgets import QWidget

from so8t_gui.forms import kept_drafts
from so8t_gui.i18n.translate import tr
from so8t_gui.main_window import MainWindow
from so8t_gui.pages.doctor import DoctorPage
from so8t_gui.pages.new_session import NewSessionPage
from so8t_gui.pages.run import RunPage
from so8t_gui.pages.run_place import RunPlace
from so8t_gui.pages.sessions import ListPlace, SessionsPage
from so8t_gui.pages.settings import SettingsPage
from so8t_gui.pages.typed_draft import TypedDraft
from so8t_gui.pages.welcome import WelcomePage
from so8t_gui.plot.chart import ChartOptions
from so8t_gui.settings_file import Settings
from so8t_gui.widgets.level_text import level
from so8t_gui.widgets.visible_timer import VisibleTimer

Act = Callable[[], None]
Page = TypeVar("Page", bound=QWidget)


@dataclass(frozen=True)
class KeptPages:
    """What a user has typed, chosen and scrolled to on the pages, where there is any; `places`: of each as a whole."""

    run: RunPlace | None = None
    sessions: ListPlace | None = None
    new: TypedDraft | None = None
    settings: int = 0
    welcome: tuple[bool, str] | None = None
    places: tuple[int, ...] = ()


@dataclass(frozen=True)
class PageHandlers:
    """What is called when a page, or the window, asks for something. A session is named by its id."""

    resume: Callable[[str], None]
    start_again: Callable[[str], None]  # an option of the engine
    new_session: Act
    settings: Act
    begin: Callable[[Sequence[str]], None]  # the engine's arguments, from `run` on
    begin_demo: Act
    pause: Act
    save: Act
    cancel_countdown: Act
    reread: Act
    look: Act  # into the folder of the sessions
    show_run: Act
    moved: Act  # something else is in front
    sleep_read: Act  # that the machine may fall asleep
    back: Act  # to the run of this window, from another session
    show_session: Callable[[str], None]
    compare: Callable[[Sequence[Path]], None]  # session folders
    duplicate: Callable[[str], None]
    mend: Callable[[str, str], None]  # a session, an option of the engine
    renamed: Callable[[str, str], None]
    removed: Callable[[str], None]
    adopted: Callable[[str, str], None]  # the folder it lay in, the session it is
    change_settings: Callable[[Settings], None]
    switch_plot: Act
    switch_autostart: Callable[[bool], None]
    welcomed: Callable[[bool, str], None]  # start at logon, folder of the sessions
    window_closed: Act
    quit: Act


class WindowPages:
    """The pages by name, and the window around them. `made(page)` hears of every one that is made."""

    def __init__(
        self, settings: Settings, root: Path, default_root: str, logs: Path, window: MainWindow | None = None
    ) -> None:
        """`window`: one in which these take the place of the pages that it has, as soon as it presents them."""
        self.window, self._in_place = window or MainWindow(), window is not None
        self._settings, self._root, self._default_root, self._logs = settings, root, default_root, logs
        self._handlers: PageHandlers | None = None
        self._kept = KeptPages()
        self._pages: dict[str, QWidget] = {}
        self.made: Callable[[str], None] = lambda page: None
        if self._in_place:
            self.window.empty()
        titles = {
            "run": tr("Run"), "sessions": tr("Sessions"), "new": tr("New session"), "settings": tr("Settings"),
            "doctor": tr("About and diagnostics"), "welcome": "",
        }  # fmt: skip
        self._names = tuple(titles)
        for name, title in titles.items():
            self.window.add_page(name, title, partial(getattr, self, name))

    def is_made(self, page: str) -> bool:
        """Whether there is something to be told; else it is told when the page is made."""
        return page in self._pages

    @property
    def run(self) -> RunPage:
        def make() -> RunPage:
            page, now = RunPage(), self._settings
            options = ChartOptions(now.plot_smoothing, now.plot_log, now.plot_by_time, extra=now.plot_extra)
            page.panel.take_up(options, now.plot_as_table)
            return page

        return self._page("run", RunPage, make)

    @property
    def sessions(self) -> SessionsPage:
        return self._page("sessions", SessionsPage, lambda: SessionsPage(self._root))

    @property
    def new(self) -> NewSessionPage:
        return self._page(
            "new", NewSessionPage, lambda: NewSessionPage(self._root, kept_in=self._logs / kept_drafts.NAME)
        )

    @property
    def settings(self) -> SettingsPage:
        return self._page("settings", SettingsPage, lambda: SettingsPage(self._settings, self._default_root))

    @property
    def doctor(self) -> DoctorPage:
        return self._page("doctor", DoctorPage, lambda: DoctorPage(self._root, logs=self._logs))

    @property
    def welcome(self) -> WelcomePage:
        return self._page("welcome", WelcomePage, lambda: WelcomePage(self._default_root))

    def _page(self, name: str, kind: type[Page], make: Callable[[], Page]) -> Page:
        known = self._pages.get(name)
        if isinstance(known, kind):
            return known
        page = self._pages[name] = make()
        level(page)
        self.window.fill(name, page)
        if self._handlers is not None:
            self._connect(name, self._handlers)
        self._give_back(name)
        self.made(name)
        return page

    def connect(self, handlers: PageHandlers) -> None:
        """Those that there are, and each that is made."""
        self._handlers = handlers
        for name in self._pages:
            self._connect(name, handlers)
        if not self._in_place:  # else it has been connected with those before
            self.window.closed.connect(handlers.window_closed)
            self.window.quit_wanted.connect(handlers.quit)
            self.window.picked.connect(lambda _: handlers.moved())

    def _connect(self, name: str, handlers: PageHandlers) -> None:
        if name == "run":
            self._connect_run(handlers)
        elif name == "sessions":
            self._connect_sessions(handlers)
        elif name == "new":
            VisibleTimer(self.new, handlers.look).hurry(False)  # does another program run something, or no longer?
            self.new.start_wanted.connect(handlers.begin)
            self.new.root_wanted.connect(handlers.settings)
        elif name == "settings":
            self.settings.changed.connect(handlers.change_settings)
            self.settings.autostart_wanted.connect(handlers.switch_autostart)
        elif name == "welcome":
            self.welcome.accepted.connect(handlers.welcomed)
            self.welcome.demo_wanted.connect(handlers.begin_demo)
            self.welcome.new_wanted.connect(handlers.new_session)
            self.welcome.left.connect(handlers.show_run)

    def _connect_run(self, handlers: PageHandlers) -> None:
        self.run.resume_wanted.connect(handlers.resume)
        self.run.remedy_wanted.connect(handlers.start_again)
        self.run.new_wanted.connect(handlers.new_session)
        self.run.demo_wanted.connect(handlers.begin_demo)
        self.run.pause_wanted.connect(handlers.pause)
        self.run.save_wanted.connect(handlers.save)
        self.run.cancel_wanted.connect(handlers.cancel_countdown)
        self.run.stale.connect(handlers.reread)
        self.run.seen.connect(lambda: handlers.look())
        self.run.shown_wanted.connect(handlers.show_session)
        self.run.back_wanted.connect(handlers.back)
        self.run.sleep_read.connect(handlers.sleep_read)
        self.run.arranged.connect(handlers.moved)
        self.run.panel.switched.connect(handlers.switch_plot)
        self.window.picked.connect(self.run.picked)

    def _connect_sessions(self, handlers: PageHandlers) -> None:
        self.sessions.resume_wanted.connect(handlers.resume)
        self.sessions.new_wanted.connect(handlers.new_session)
        self.sessions.shown_wanted.connect(handlers.show_session)
        self.sessions.overlay_wanted.connect(handlers.compare)
        self.sessions.duplicate_wanted.connect(handlers.duplicate)
        self.sessions.mend_wanted.connect(handlers.mend)
        self.sessions.renamed.connect(handlers.renamed)
        self.sessions.removed.connect(handlers.removed)
        self.sessions.adopted.connect(handlers.adopted)
        self.sessions.turned.connect(handlers.look)

    def set_root(self, root: Path) -> None:
        """The folder in use."""
        self._root = root
        for name in ("sessions", "new", "doctor"):
            if self.is_made(name):
                getattr(self, name).set_root(root)

    def put_settings(self, settings: Settings) -> None:
        """Those in use."""
        self._settings = settings
        if self.is_made("settings"):
            self.settings.put(settings)

    @property
    def kept(self) -> KeptPages:
        made, before = self.is_made, self._kept
        places = zip(self._names, self.window.places, before.places or [0] * len(self._names), strict=True)
        return KeptPages(
            self.run.kept if made("run") else before.run,
            self.sessions.kept if made("sessions") else before.sessions,
            self.new.kept if made("new") else before.new,
            self.settings.place if made("settings") else before.settings,
            self.welcome.kept if made("welcome") else before.welcome,
            tuple(place if made(name) else earlier for name, place, earlier in places),
        )

    def take_up(self, kept: KeptPages) -> None:
        """In place of pages of another language; a page that is not made yet takes it up as soon as it is."""
        self._kept = kept
        for name in self._pages:
            self._give_back(name)

    def _give_back(self, name: str) -> None:
        kept = self._kept
        if name == "run" and kept.run is not None:
            self.run.take_up(kept.run)
        elif name == "sessions" and kept.sessions is not None:
            self.sessions.take_up(kept.sessions)
        elif name == "new" and kept.new is not None:
            self.new.take_up(kept.new)
        elif name == "settings":
            self.settings.scroll_to(kept.settings)
        elif name == "welcome" and kept.welcome is not None:
            self.welcome.take_up(*kept.welcome)
        if kept.places:
            self.window.scroll_to(name, kept.places[self._names.index(name)])

    def keep(self) -> None:
        """What was typed, for the next start of the program."""
        if self.is_made("new"):
            self.new.keep()

    def close(self) -> None:
        self.window.hide()
        self.window.deleteLater()
