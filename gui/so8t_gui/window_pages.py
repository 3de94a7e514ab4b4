"""The window with its pages, made when it is first opened: until then only the tray is in memory."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

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
from so8t_gui.widgets.visible_timer import VisibleTimer

Act = Callable[[], None]


@dataclass(frozen=True)
class KeptPages:
    """What a user has typed, chosen and scrolled to on the pages; `places`: of each page as a whole."""

    run: RunPlace
    sessions: ListPlace
    new: TypedDraft | None
    settings: int
    welcome: tuple[bool, str]
    places: tuple[int, ...]


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
    """The pages by name, and the window around them."""

    def __init__(
        self, settings: Settings, root: Path, default_root: str, logs: Path, window: MainWindow | None = None
    ) -> None:
        """`window`: one in which these take the place of the pages that it has, as soon as it presents them."""
        self.window, self._in_place = window or MainWindow(), window is not None
        if self._in_place:
            self.window.empty()
        self.run = RunPage()
        self.sessions = SessionsPage(root)
        self.new = NewSessionPage(root, kept_in=logs / kept_drafts.NAME)
        self.settings = SettingsPage(settings, default_root)
        self.doctor = DoctorPage(root, logs=logs)
        self.welcome = WelcomePage(default_root)
        options = ChartOptions(
            settings.plot_smoothing, settings.plot_log, settings.plot_by_time, extra=settings.plot_extra
        )
        self.run.panel.take_up(options, settings.plot_as_table)
        for name, title, page in (
            ("run", tr("Run"), self.run),
            ("sessions", tr("Sessions"), self.sessions),
            ("new", tr("New session"), self.new),
            ("settings", tr("Settings"), self.settings),
            ("doctor", tr("About and diagnostics"), self.doctor),
            ("welcome", "", self.welcome),
        ):
            self.window.add_page(name, title, page)

    def connect(self, handlers: PageHandlers) -> None:
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
        self.run.panel.switched.connect(handlers.switch_plot)
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
        VisibleTimer(self.new, handlers.look).hurry(False)  # does another program run something, or no longer?
        self.new.start_wanted.connect(handlers.begin)
        self.new.root_wanted.connect(handlers.settings)
        self.settings.changed.connect(handlers.change_settings)
        self.settings.autostart_wanted.connect(handlers.switch_autostart)
        self.welcome.accepted.connect(handlers.welcomed)
        self.welcome.demo_wanted.connect(handlers.begin_demo)
        self.welcome.new_wanted.connect(handlers.new_session)
        self.welcome.left.connect(handlers.show_run)
        self.window.picked.connect(self.run.picked)
        if not self._in_place:  # else it has been connected with those before
            self.window.closed.connect(handlers.window_closed)
            self.window.quit_wanted.connect(handlers.quit)

    def set_root(self, root: Path) -> None:
        """The folder in use."""
        self.sessions.set_root(root)
        self.new.set_root(root)
        self.doctor.set_root(root)

    @property
    def kept(self) -> KeptPages:
        return KeptPages(
            self.run.kept, self.sessions.kept, self.new.kept, self.settings.place, self.welcome.kept, self.window.places
        )

    def take_up(self, kept: KeptPages) -> None:
        """In place of pages of another language."""
        self.run.take_up(kept.run)
        self.sessions.take_up(kept.sessions)
        if kept.new is not None:
            self.new.take_up(kept.new)
        self.settings.scroll_to(kept.settings)
        self.welcome.take_up(*kept.welcome)
        self.window.scroll_to(kept.places)

    def keep(self) -> None:
        """What was typed, for the next start of the program."""
        self.new.keep()

    def close(self) -> None:
        self.window.hide()
        self.window.deleteLater()
