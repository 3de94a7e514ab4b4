"""The window as the user moves through it: which page is in front, and which session it shows."""

from __future__ import annotations

import itertools
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from so8t_engine import paths
from so8t_engine.session import catalog, store
from so8t_gui.desktop.background import Background
from so8t_gui.engine.events import Chosen
from so8t_gui.forms.free_name import free_name
from so8t_gui.preferences import Preferences
from so8t_gui.runner import Runner
from so8t_gui.startup import unfinished_session
from so8t_gui.view.notifications import Notice, by_its_name
from so8t_gui.view.reduce import reduce
from so8t_gui.view.state import View
from so8t_gui.view.window_title import window_title
from so8t_gui.widgets import file_choice

if TYPE_CHECKING:
    from so8t_gui.main_window import MainWindow
    from so8t_gui.window_pages import WindowPages


LEVELS = {"information": "note", "warning": "warning", "critical": "error"}  # of a notice, in the window


class Navigation(QObject):
    """Holds the window, which is made when it is first opened. `moved()`: something else is in front; draw it."""

    moved = Signal()

    def __init__(
        self, parent: QObject, preferences: Preferences, runner: Runner, prepare: Callable[[WindowPages], None]
    ) -> None:
        """`prepare`: connects new pages, and fills in what only others know."""
        super().__init__(parent)
        self._preferences, self._runner, self._prepare = preferences, runner, prepare
        self._background = Background(self)
        self.made: WindowPages | None = None
        self._aside: View | None = None
        self._wanted: tuple[int, Path] | None = None  # the folder that is being read to be shown, and which reading
        self._readings = itertools.count()
        runner.changed.connect(lambda before, _: self._settle(before))

    @property
    def pages(self) -> WindowPages:
        if self.made is None:
            file_choice.begin_in(self._preferences.now.folder)
            made = self._make()
            if self._preferences.now.window:
                made.window.put_at(self._preferences.now.window)
            return made
        return self.made

    def _make(self, window: MainWindow | None = None) -> WindowPages:
        from so8t_gui.window_pages import WindowPages  # all widgets: not before someone looks

        preferences = self._preferences
        default_root, logs = str(paths.default_root()), preferences.path.parent
        self.made = WindowPages(preferences.now, preferences.root, default_root, logs, window)
        self._prepare(self.made)
        return self.made

    @property
    def visible(self) -> bool:
        return self.made is not None and self.made.window.isVisible()

    def says(self, text: str) -> bool:
        """Whether the page in front, which is seen, says so itself: the page Run tells of its run."""
        made = self.made
        in_front = made is not None and made.window.page == "run" and made.window.isVisible() and made.is_made("run")
        return made is not None and in_front and any(text in one for one in made.run.texts)

    def tell(self, notice: Notice) -> None:
        """In the window: a desktop without notifications and without a tray. What the page in front says already is
        not said twice."""
        if self.made is None:
            return
        alive, now = self._runner.view.alive, notice.now
        if now is not None:
            said = lambda: "" if self.says(now()) else f"{notice.title}\n{now()}"  # noqa: E731
            self.made.window.tell(LEVELS[notice.kind], said, lambda: bool(now()))
            return

        def holds() -> bool:
            return notice.about != "run" or (self._runner.view.alive == alive and not self.says(notice.text))

        if holds():
            self.made.window.tell(LEVELS[notice.kind], f"{notice.title}\n{notice.text}", holds)

    def begin(self, page: str, hidden: bool, after_crash: bool) -> None:
        """A start of the program; after a crash the window is open where it was."""
        if not hidden or (after_crash and self._preferences.now.opened):
            self.open(page)
        else:
            self._keep_opened(False)

    def open(self, page: str = "") -> None:
        """In front, with this page or the one that was shown last."""
        pages = self.pages
        if page or not pages.window.page:
            pages.window.show_page(page or "run")
        pages.window.bring_up()
        self._keep_opened(True)
        self.moved.emit()

    @property
    def aside(self) -> View | None:
        """Another session than that of the run of this window, shown in its place while it goes on."""
        aside = self._aside
        return None if aside is None or aside.session == self._runner.view.session else self._runner.told_apart(aside)

    @property
    def seen(self) -> View:
        """What the page Run shows."""
        return self.aside or self._runner.view

    @property
    def title(self) -> str:
        """Of the window: by the page Run only while that is in front."""
        run, made = self._runner.view, self.made
        if made is None or made.window.page != "run" or not made.is_made("run"):
            return window_title(run)
        return window_title(run, self.aside, made.run.compared)

    def show_run(self) -> None:
        """The run itself, without another session in its place or over it; the window stays hidden if it is."""
        self._forget_aside()
        if self.made is not None:
            self.made.run.end_overlay()
            self.made.window.show_page("run")
        self.moved.emit()

    def show_session(self, session: str) -> None:
        """On the page Run; while another one runs there, in its place until the user goes back."""
        view, folder = self._runner.view, self.folder(session)
        self.open("run")
        self.pages.run.end_overlay()
        if view.session != session or not view.path:
            self._read(folder)
        else:
            self._forget_aside()
            self.moved.emit()

    def compare(self, folders: Sequence[Path]) -> None:
        """The curves of these sessions over each other."""
        self._forget_aside()
        self.open("run")
        self.pages.run.overlay(folders)

    def reread(self) -> None:
        """Another program works on the session that is shown: how far it is now. What the user has chosen meanwhile is
        shown instead."""
        path = Path(self.seen.path)
        if self._wanted is None or self._wanted[1] == path:
            self._read(path)

    def rename(self, session: str, before: str, title: str) -> None:
        if self.made is not None:
            self.made.window.reword(lambda said: by_its_name(said, before, title))
        if self._aside is not None and self._aside.session == session:
            self._aside = replace(self._aside, title=title)

    def forget(self, session: str) -> None:
        """It is there no longer."""
        if self._aside is not None and self._aside.session == session:
            self._forget_aside()

    def adopt(self, session: str) -> None:
        """On the page Sessions, which says what became of it."""
        self.open("sessions")
        self.pages.sessions.adopt(self.folder(session))

    def read(self, session: str) -> None:
        """As it is on the disk, for the page Run."""
        self._read(self._preferences.root / session)

    def duplicate(self, session: str) -> None:
        """A new session with the configuration of this one, and a name that none has yet."""
        folder, root = self.folder(session), self._preferences.root

        def named() -> str:
            return free_name(catalog.entry(folder).title, [entry.title for entry in catalog.sessions(root)])

        self.open("new")
        start = self.pages.new.start_from_file
        self._background.run(named, lambda name: start(str(folder / store.CONFIG), name))

    def open_configuration(self, path: str) -> None:
        self.open("new")
        self.pages.new.start_from_file(path)

    def folder(self, session: str) -> Path:
        """The session's own folder where it is shown already, else the one where it should lie."""
        view = self.seen
        return Path(view.path) if view.session == session and view.path else self._preferences.root / session

    def keep_place(self) -> None:
        """Where the window stands is a setting, and whether it is seen; what was typed is kept, too."""
        if self.made is not None:
            self.made.keep()
            self._keep(window=self.made.window.place(), opened=self.visible, folder=file_choice.last())

    def keep_plot(self) -> None:
        """How the plot is shown is a setting, too."""
        if self.made is not None:
            options, as_table = self.made.run.panel.chart.options, self.made.run.panel.as_text
            self._keep(
                plot_log=options.log, plot_by_time=options.by_time, plot_as_table=as_table,
                plot_smoothing=options.weight, plot_extra=options.extra,
            )  # fmt: skip

    def _keep_opened(self, opened: bool) -> None:
        """Nothing is written before the welcome page is left: who only looked in has no settings."""
        if self._preferences.now.welcomed:
            self._keep(opened=opened)

    def _settle(self, before: View) -> None:
        """Who has begun a run past the welcome page needs no welcome at the next start, but the result; what was
        typed for a session that there is now is no draft any more."""
        view = self._runner.view
        if view.alive and not self._preferences.now.welcomed:
            self._keep(welcomed=True)
        if self.made is not None and view.alive and view.session and view.session != before.session:
            self.made.new.begun(self._runner.arguments)

    def _keep(self, **changes: Any) -> None:
        self._preferences.put(replace(self._preferences.now, **changes))

    def make_anew(self) -> None:
        """In another language: the texts of widgets are set when they are made. The window stays the same."""
        before = self.made
        if before is not None:
            self.keep_place()
            window, kept = before.window, before.kept
            page, focused = window.page, window.focused
            pages = self._make(window)
            pages.take_up(kept)
            if page:
                window.show_page(page)
            window.present()
            window.focus(focused)
            self.moved.emit()

    def _read(self, folder: Path) -> None:
        wanted = self._wanted = (next(self._readings), folder)

        def show(chosen: Chosen) -> None:
            if self._wanted == wanted:  # else something else is wanted by now
                self._wanted = None
                self._show(chosen)

        def failed(_error: Exception) -> None:
            if self._wanted == wanted:
                self._wanted = None

        self._background.run(lambda: unfinished_session.chosen(catalog.entry(folder)), show, failed)

    def _show(self, chosen: Chosen) -> None:
        again = self._aside is not None and self._aside.session == chosen.session
        if again or (self._runner.running and self._runner.view.session != chosen.session):
            self._aside = reduce(View(), chosen, time.monotonic())
            self.moved.emit()
        else:
            self._aside = None
            self._runner.show(chosen)

    def _forget_aside(self) -> None:
        self._aside, self._wanted = None, None
