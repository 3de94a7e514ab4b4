"""The application: joins tray, window, run, settings and the start. The only place that knows them all."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication

from so8t_engine import paths
from so8t_engine.session import catalog
from so8t_gui.autostart import Status
from so8t_gui.desktop import theme
from so8t_gui.desktop.background import Background
from so8t_gui.desktop.logoff_events import SessionEnd
from so8t_gui.desktop.tray import Tray
from so8t_gui.engine.events import Event
from so8t_gui.i18n.language import Language
from so8t_gui.i18n.translate import tr
from so8t_gui.preferences import Preferences
from so8t_gui.runner import Runner, resume_words
from so8t_gui.settings import Settings
from so8t_gui.startup import unfinished_session
from so8t_gui.startup.offer_resume import StartUp
from so8t_gui.startup.unfinished_session import Found
from so8t_gui.view.notifications import Notice
from so8t_gui.view.state import View

if TYPE_CHECKING:
    from so8t_gui.window_pages import Rooms

TRAY_PATIENCE_MS = 30_000
END_WAIT_MS = 4_000  # a session that ends waits about five seconds for its programs
THREADS = "runtime.num_threads"


class Shell(QObject):
    """`start` begins; it ends with QApplication.quit."""

    def __init__(self, application: QApplication, preferences: Preferences, language: Language) -> None:
        super().__init__()
        self._application, self._language = application, language
        self._rooms: Rooms | None = None
        self._quitting, self._told_hidden = False, False
        self._told_mistakes: set[str] = set()
        self._background = Background(self)
        self.preferences = preferences
        self.runner = Runner(self)
        self.runner.keep_awake = preferences.now.inhibit_sleep
        self.start_up = StartUp(self)
        self.tray = Tray(self)
        self._session_end = SessionEnd(self._ended, self)
        self._clock = QTimer(self, interval=1_000)
        self._clock.timeout.connect(self._render)
        self._connect()

    def start(self, hidden: bool, after_crash: bool, words: Sequence[str] = ()) -> None:
        rule = self.preferences.now.on_logon
        self.tray.show()
        self._look(lambda: self.hear(words) if words else self.start_up.begin(rule, after_crash))
        self.preferences.mend_autostart()
        if not hidden:
            self.open("run" if self.preferences.now.welcomed else "welcome")
        QTimer.singleShot(TRAY_PATIENCE_MS, self, self._without_tray)

    @property
    def rooms(self) -> Rooms:
        if self._rooms is None:
            from so8t_gui.window_pages import Rooms  # all widgets: not before someone looks

            kept = self.preferences
            self._rooms = made = Rooms(kept.now, kept.root, str(paths.data_root(None)), kept.path.parent)
            made.connect(
                resume=self.resume, new=lambda: self.open("new"), pause=self.runner.pause, save=self.runner.save,
                cancel=self.start_up.cancel, show_session=self.show_session, overlay=self._overlay,
                duplicate=self._duplicate, start=self.begin, change=kept.put, autostart=kept.switch_autostart,
                welcomed=self._welcomed, demo=lambda: self.begin(["run", "--preset", "demo"]),
                left=lambda: self.open("run"), closed=self._closed, quit=self.quit, reread=self._reread,
            )  # fmt: skip
            if kept.now.window:
                made.window.put_at(kept.now.window)
            if kept.problem:
                made.settings.tell("warning", kept.problem)
            if kept.autostart is not None:
                self._show_autostart(kept.autostart, "")
        return self._rooms

    def open(self, page: str = "") -> None:
        """In front, with this page or the one that was shown last."""
        rooms = self.rooms
        if page or not rooms.window.page:
            rooms.window.show_page(page or "run")
        rooms.window.bring_up()
        self._render()

    def hear(self, words: Sequence[str]) -> None:
        """What this or a later start of the program was given."""
        rest = [word for word in words if not word.startswith("--")]
        if "--quit" in words:
            self.quit()
        elif rest[:1] == ["resume"]:
            self._look(lambda: self._resume_named(rest[1:]))
        elif rest and rest[0].endswith((".yaml", ".yml")):
            self.open("new")
            self.rooms.new.start_from_file(rest[0])
        elif "--hidden" not in words:
            self.open()

    def begin(self, words: Sequence[str]) -> None:
        """A new session: `run ...`."""
        words, threads = list(words), self.preferences.now.threads
        if "--data-root" not in words:
            words += ["--data-root", str(self.preferences.root)]
        if threads and not any(word.startswith(f"{THREADS}=") for word in words):
            words += ["--set", f"{THREADS}={threads}"]
        self.start_up.cancel()
        self.runner.start(words)
        self.open("run")

    def resume(self, session: str) -> None:
        """One click: it goes on. The engine says what hinders it."""
        self.start_up.cancel()
        if session and not self.runner.running:
            self.runner.start(resume_words(self._folder(session)), session, unfinished_session.title_of(session))
        if self._rooms is not None:
            self._rooms.window.show_page("run")

    def show_session(self, session: str) -> None:
        """One at rest takes the page; while another runs its curves are laid over it."""
        view, path = self.runner.view, self._folder(session)
        self.open("run")
        if view.session == session and view.path:
            return
        if view.alive:
            self.rooms.run.overlay([path])
        else:
            self._background.run(lambda: unfinished_session.chosen(catalog.entry(path)), self.runner.show)

    def _reread(self) -> None:
        """Another program works on the session that is shown: how far it is now."""
        path = Path(self.runner.view.path)
        self._background.run(lambda: unfinished_session.chosen(catalog.entry(path)), self.runner.show)

    def tell_unexpected(self, sentence: str) -> None:
        """A mistake of the window's own; each is said once."""
        if sentence not in self._told_mistakes:
            self._told_mistakes.add(sentence)
            self.tray.notify(Notice("SO8T", sentence, "critical"))

    def quit(self) -> None:
        """The run is paused first; asked again, it ends at once, and loses what a power cut would cost."""
        if self._quitting:
            self._application.quit()
            return
        self._quitting = True
        self.start_up.cancel()
        self._keep_place()
        self.runner.leave()

    def _connect(self) -> None:
        tray, runner = self.tray, self.runner
        runner.changed.connect(self._changed)
        runner.notice.connect(self._notify)
        runner.rested.connect(self._rested)
        tray.open_wanted.connect(lambda: self.open())
        tray.new_wanted.connect(lambda: self.open("new"))
        tray.resume_wanted.connect(self.resume)
        tray.pause_wanted.connect(runner.pause)
        tray.cancel_wanted.connect(self.start_up.cancel)
        tray.recent_wanted.connect(self.show_session)
        tray.settings_wanted.connect(lambda: self.open("settings"))
        tray.autostart_wanted.connect(self.preferences.switch_autostart)
        tray.quit_wanted.connect(self.quit)
        tray.menu_opens.connect(lambda: self._look())
        self.start_up.looked.connect(self._looked)
        self.start_up.resume.connect(self.resume)
        self.start_up.notice.connect(self._notify)
        self.start_up.counted.connect(self._render)
        self.preferences.changed.connect(self._preferences_changed)
        self.preferences.autostart_known.connect(self._show_autostart)

    def _changed(self, before: View, events: list[Event]) -> None:
        after = self.runner.view
        if self._rooms is not None:
            self._rooms.run.take(events, after.active)
        if before.alive != after.alive:
            self._look()
            self._clock.start()
        if before.phase != after.phase or before.session != after.session or self._seen:
            self._render()

    @property
    def _seen(self) -> bool:
        return self._rooms is not None and self._rooms.window.isVisible()

    def _render(self) -> None:
        view, now, counting = self.runner.view, time.monotonic(), self.start_up.counting
        self.tray.render_view(view, now, self.start_up.offered, counting)
        if self._rooms is not None:
            self._rooms.window.render_view(view)
            if self._seen:
                self._rooms.run.render_view(view, now)
                self._rooms.run.count_down(counting)
                self._rooms.run.tell_sleep(self.runner.sleep_problem)
        if not view.alive:
            self._clock.stop()  # nothing moves

    def _notify(self, notice: Notice, resume: str = "") -> None:
        if self.preferences.now.notifications:
            self.tray.notify(notice, resume)

    def _look(self, then: object = None) -> None:
        self.start_up.look(self.preferences.root, then if callable(then) else lambda: None)

    def _looked(self, recent: list[Found]) -> None:
        shown = [found for found in (self.start_up.newest, *recent) if found is not None]
        if shown and not self.runner.view.session:
            self.runner.show(shown[0].chosen)
        elif self.runner.view.phase == "elsewhere":
            self._reread()
        self.tray.show_recent([(found.session, found.words) for found in recent])
        self._render()

    def _resume_named(self, names: Sequence[str]) -> None:
        offered = self.start_up.offered
        self.open("run")
        self.resume(names[0] if names else offered[0] if offered else "")

    def _folder(self, session: str) -> Path:
        """Of a session that is known, else where it should lie."""
        view = self.runner.view
        return Path(view.path) if view.session == session and view.path else self.preferences.root / session

    def _overlay(self, folders: list[Path]) -> None:
        self.open("run")
        self.rooms.run.overlay(folders)

    def _duplicate(self, session: str) -> None:
        self.open("new")
        self.rooms.new.start_from_file(str(self._folder(session) / "config.yaml"))

    def _welcomed(self, at_logon: bool, root: str) -> None:
        self.preferences.put(replace(self.preferences.now, welcomed=True, data_root=root))
        self.preferences.switch_autostart(at_logon)

    def _preferences_changed(self, before: Settings, now: Settings) -> None:
        """They hold at once."""
        self.runner.keep_awake = now.inhibit_sleep
        self.runner.hold_awake()
        if self._rooms is not None:
            self._rooms.settings.put(now)
            if self.preferences.problem:
                self._rooms.settings.tell("warning", self.preferences.problem)
            if before.data_root != now.data_root:
                self._rooms.set_root(self.preferences.root, now.data_root)
        if before.data_root != now.data_root:
            self._look()
        if before.theme != now.theme:
            theme.apply(self._application, now.theme)
        if before.language != now.language:
            self._language.use(now.language)
            QTimer.singleShot(0, self, self._make_anew)

    def _make_anew(self) -> None:
        """The words of widgets are set when they are made."""
        self.tray.relabel()
        rooms = self._rooms
        if rooms is not None:
            self._keep_place()
            self._rooms = None
            page, seen = rooms.window.page, rooms.window.isVisible()
            rooms.close()
            if seen:
                self.open(page)
        self._look()

    def _show_autostart(self, found: Status, sentence: str) -> None:
        self.tray.show_autostart(found.on)
        if self._rooms is not None:
            level = "warning" if found.broken else "note"
            self._rooms.settings.put_autostart(found.on, sentence or found.sentence, level)

    def _without_tray(self) -> None:
        if not self.tray.there and not self._seen:
            self.open()

    def _closed(self) -> None:
        """The window's cross. Without a tray nobody could open it again."""
        self._keep_place()
        if not self.tray.there:
            if self.runner.view.alive:
                self.rooms.window.showMinimized()
            else:
                self.quit()
        elif not self._told_hidden and self.runner.view.alive:
            self._told_hidden = True
            self._notify(Notice("SO8T", tr("The run goes on. The icon in the tray opens the window again.")))

    def _keep_place(self) -> None:
        if self._rooms is not None:
            self.preferences.put(replace(self.preferences.now, window=self._rooms.window.place()))

    def _rested(self) -> None:
        if self._quitting:
            self.tray.hide()
            self._application.quit()

    def _ended(self, why: str) -> None:
        """The desktop's session ends, or someone ends this program."""
        if why == "session":
            self.runner.leave_now(END_WAIT_MS)
        else:
            self.quit()
