"""The application: joins tray, window, run, settings and the start. The only place that knows them all."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication

from so8t_engine.session import catalog
from so8t_gui.autostart import Status
from so8t_gui.desktop import theme
from so8t_gui.desktop.notifications import Notifications
from so8t_gui.desktop.single_instance import DATA_ROOT
from so8t_gui.desktop.tray import Tray
from so8t_gui.drawing import Drawing
from so8t_gui.engine.events import Event
from so8t_gui.engine.process import EngineProcess, resume_arguments
from so8t_gui.i18n.language import Language
from so8t_gui.i18n.translate import tr
from so8t_gui.lifecycle import Lifecycle
from so8t_gui.navigation import Navigation
from so8t_gui.preferences import Preferences
from so8t_gui.runner import Runner
from so8t_gui.settings_file import Settings
from so8t_gui.shown_session import ShownSession
from so8t_gui.startup import after_crash, unfinished_session, wanted_run
from so8t_gui.startup.after_crash import AfterCrash
from so8t_gui.startup.offer_resume import ResumeOffer
from so8t_gui.startup.unfinished_session import UnfinishedSession
from so8t_gui.view import messages
from so8t_gui.view.notifications import Notice
from so8t_gui.view.remedies import ADOPT
from so8t_gui.view.state import View

if TYPE_CHECKING:
    from so8t_gui.window_pages import WindowPages

THREADS = "runtime.num_threads"
DEMO = ("run", "--preset", "demo")


def _nothing() -> None: ...


class Controller(QObject):
    """`start` begins; `lifecycle` ends it; `navigation` holds the window."""

    def __init__(
        self, application: QApplication, preferences: Preferences, language: Language, engine: Sequence[str] = ()
    ) -> None:
        """`engine`: the command that runs sessions, if it is not this program's own."""
        super().__init__()
        self._application, self._language, self.preferences = application, language, preferences
        self.runner = Runner(self, EngineProcess(self, engine))
        self.runner.keep_awake, self.runner.sleep_told = preferences.now.inhibit_sleep, preferences.now.sleep_told
        self.offer = ResumeOffer(self)
        self.shown = ShownSession(lambda: self.runner.view, self._watched, self)
        self.after_crash = AfterCrash(preferences.path.with_name(wanted_run.NAME), self)
        self.tray = Tray(self)
        self.notifications = Notifications(self.tray, self)
        self.navigation = Navigation(self, preferences, self.runner, self._prepare)
        self.lifecycle = Lifecycle(
            self, application=application, runner=self.runner, tray=self.tray, offer=self.offer,
            navigation=self.navigation,
        )  # fmt: skip
        self.drawing = Drawing(
            self, runner=self.runner, offer=self.offer, navigation=self.navigation, tray=self.tray,
            after_crash=self.after_crash, shown=self.shown,
        )  # fmt: skip
        theme.Follower(application, lambda: self.preferences.now.theme, self)
        self._connect()

    def start(self, hidden: bool, after_crash: bool, arguments: Sequence[str] = ()) -> None:
        rule = self.preferences.now.on_logon

        def begin() -> None:
            if arguments:
                self.hear(arguments)
            elif not (after_crash and self.after_crash.window_crashed()):
                self.after_crash.forget()
                self.offer.begin(rule, after_crash)

        self.tray.show()
        self._look(begin)
        self.preferences.mend_autostart()
        self.navigation.begin("run" if self.preferences.now.welcomed else "welcome", hidden, after_crash)
        self.lifecycle.wait_for_tray(desktop_is_there=after_crash)

    def hear(self, arguments: Sequence[str]) -> None:
        """The command line of this start of the program, or of a later one."""
        rest = [argument for argument in arguments if not argument.startswith("--")]
        root = next((argument.removeprefix(DATA_ROOT) for argument in arguments if argument.startswith(DATA_ROOT)), "")
        if "--quit" in arguments:
            self.lifecycle.quit()
        elif root and Path(root) != self.preferences.root:
            self._tell_of_other_root(root)
        elif rest[:1] == ["resume"]:
            self._look(lambda: self._resume_named(rest[1:]))
        elif rest and rest[0].endswith((".yaml", ".yml")):
            self.navigation.open_configuration(rest[0])
        elif "--hidden" not in arguments:
            self.navigation.open()

    def _tell_of_other_root(self, root: str) -> None:
        """A later start wants another folder: nothing of this one is taken for it."""
        here = self.preferences.root
        sentence = tr(
            "This window shows the sessions of {here}. For those of {there}, choose that folder in Settings.",
            here=here, there=root,
        )  # fmt: skip
        self.navigation.open()
        self.navigation.pages.window.tell("warning", sentence, lambda: self.preferences.root == here)

    def begin(self, arguments: Sequence[str]) -> None:
        """A new session: `run ...` of the engine."""
        complete, threads = list(arguments), self.preferences.now.threads
        complete += ["--data-root", str(self.preferences.root)]
        if threads and not any(argument.startswith(f"{THREADS}=") for argument in complete):
            complete += ["--set", f"{THREADS}={threads}"]

        def start() -> None:
            self.runner.start_once_rested(complete)
            self.navigation.open("run")
            self.navigation.show_run()

        self.offer.cancel()
        self._start_alone(start)

    def resume(self, session: str, *options: str) -> None:
        """One click: it goes on. The engine says what prevents it. `options`: what the user has agreed to."""

        def start() -> None:
            folder = self.navigation.folder(session)
            view = self.runner.view
            title = view.title if view.session == session else self.offer.title_of(session)
            known = unfinished_session.chosen(catalog.entry(folder))
            self.runner.start_once_rested([*resume_arguments(folder), *options], session, title, known)
            self.navigation.show_run()

        self.offer.cancel()
        if session:
            self._start_alone(start, session)
        else:
            self.navigation.show_run()

    def _start_alone(self, start: Callable[[], None], session: str = "") -> None:
        """`start()`, unless this window runs something, or another program another session than this one.

        A session that another program runs itself is kept by its lock: the engine says so.
        """

        def looked() -> None:
            other, view = self.offer.running_besides(session or self._own), self.runner.view
            if view.alive:
                self._refuse(messages.why_not_beside(view, session), lambda: self._runs(view.session))
            elif other is not None and not self.runner.running:
                here = other.session
                self._refuse(unfinished_session.why_not_beside(other), lambda: self.offer.runs(here))
            else:
                start()

        self._look(looked)

    def _runs(self, session: str) -> bool:
        return self.runner.view.alive and self.runner.view.session == session

    def _refuse(self, sentence: str, holds: Callable[[], bool]) -> None:
        if sentence and self.navigation.visible:
            self.navigation.pages.window.tell("warning", sentence, holds)
        elif sentence:
            self.notifications.show(Notice(tr("The run was not started"), sentence, "warning"))

    @property
    def _own(self) -> str:
        """The session that is shown, unless it is another program that runs it."""
        view = self.runner.view
        return "" if view.phase == "elsewhere" else view.session

    def start_again(self, option: str) -> None:
        """What was refused, with the option by which the user agrees to it."""
        session = self.navigation.seen.session
        if option == ADOPT:
            self.navigation.adopt(session)
        elif session:
            self.resume(session, *option.split())
        else:
            self.runner.start_again(option)

    def _renamed(self, session: str, title: str) -> None:
        before = self.runner.view.title if self.runner.view.session == session else self.offer.title_of(session)
        self.runner.rename(session, title)
        self.navigation.rename(session, before, title)
        self.after_crash.rename(session, title)
        self._look()

    def _removed(self, session: str) -> None:
        """Where it was shown, what is newest now takes its place."""
        self.runner.forget(session)
        self.navigation.forget(session)
        self._look()

    def _adopted(self, folder: str, session: str) -> None:
        if self.navigation.seen.session == folder:
            self.navigation.read(session)
        self._look()

    def tell_unexpected(self, sentence: str) -> None:
        """A mistake of the window's own: told even where notifications are off."""
        self.notifications.show(Notice("SO8T", sentence, "critical", about="window"))
        if self.navigation.made is not None:
            self.navigation.made.window.tell("error", sentence)

    def _connect(self) -> None:
        tray, runner, offer, navigation = self.tray, self.runner, self.offer, self.navigation
        runner.changed.connect(self._changed)
        runner.notice.connect(self._notify)
        tray.open_wanted.connect(lambda: navigation.open())
        tray.new_wanted.connect(lambda: navigation.open("new"))
        tray.resume_wanted.connect(self.resume)
        tray.pause_wanted.connect(runner.pause)
        tray.cancel_wanted.connect(self._cancel_countdown)
        tray.recent_wanted.connect(navigation.show_session)
        tray.settings_wanted.connect(lambda: navigation.open("settings"))
        tray.autostart_wanted.connect(self.preferences.switch_autostart)
        tray.quit_wanted.connect(self.lifecycle.quit)
        tray.menu_opens.connect(lambda: self._look())
        notifications = self.notifications
        notifications.open_wanted.connect(lambda: navigation.open())
        notifications.resume_wanted.connect(self.resume)
        notifications.declined.connect(offer.cancel)
        notifications.unseen.connect(navigation.tell)
        offer.looked.connect(self._looked)
        offer.resume.connect(self.resume)
        offer.notice.connect(self._notify)
        offer.counted.connect(self.drawing.render)
        self.after_crash.ready.connect(self._go_on_after_crash)
        self.after_crash.unmade.connect(self._begin_again_after_crash)
        runner.turned.connect(self.after_crash.follow)
        runner.turned.connect(lambda before, after: self.shown.follow(before, after, self.preferences.root))
        self.shown.named.connect(self._renamed)
        self.shown.renamed.connect(runner.tell)
        self.after_crash.notice.connect(self._notify)
        self.after_crash.notice.connect(self.drawing.render)
        self.after_crash.looked.connect(self.drawing.render)
        navigation.moved.connect(self.drawing.show_elsewhere)
        navigation.moved.connect(self.drawing.render)
        self.lifecycle.notice.connect(self._notify)
        self.preferences.changed.connect(self._preferences_changed)
        self.preferences.autostart_known.connect(self._show_autostart)

    def _prepare(self, pages: WindowPages) -> None:
        """New pages are connected, and told what was known before they were there as soon as they are made."""
        from so8t_gui.window_pages import PageHandlers  # loaded with the pages

        pages.connect(PageHandlers(
            resume=self.resume, start_again=self.start_again, new_session=lambda: self.navigation.open("new"),
            settings=lambda: self.navigation.open("settings"),
            begin=self.begin, begin_demo=lambda: self.begin(DEMO), pause=self.runner.pause, save=self.runner.save,
            cancel_countdown=self._cancel_countdown, reread=self.navigation.reread,
            look=self._look, back=self.navigation.show_run, sleep_read=self._sleep_read,
            moved=self.drawing.render,
            show_run=lambda: self.navigation.open("run"), show_session=self.navigation.show_session,
            compare=self.navigation.compare, duplicate=self.navigation.duplicate, renamed=self._renamed,
            removed=self._removed, adopted=self._adopted,
            mend=lambda session, option: self.resume(session, *option.split()),
            change_settings=self.preferences.put, switch_plot=self.navigation.keep_plot,
            switch_autostart=self.preferences.switch_autostart,
            welcomed=self._welcomed, window_closed=self.lifecycle.window_closed, quit=self.lifecycle.quit,
        ))  # fmt: skip
        pages.made = self._tell_page

    def _tell_page(self, page: str) -> None:
        """What was known before it was there."""
        if page in ("run", "new"):
            self.drawing.fill()
            self.drawing.render()
        elif page == "settings":
            if self.preferences.problem:
                self.navigation.pages.settings.tell("warning", self.preferences.problem)
            if self.preferences.autostart is not None:
                self._show_autostart(self.preferences.autostart, "")

    def _changed(self, before: View, events: list[Event]) -> None:
        after = self.runner.view
        if after.alive and not before.alive:
            self.notifications.withdraw("run")  # that it has stopped is no longer true
        self._learn_of_sleep(before.alive, after.alive)
        self.drawing.take(before, events)
        turned = (before.alive, before.moving) != (after.alive, after.moving)
        if turned or (after.alive and before.session != after.session):
            self._look()

    def _notify(self, notice: Notice) -> None:
        if self.after_crash.looking and notice.about == "run" and notice.kind == "critical":
            self.after_crash.hold(notice)
        elif self.preferences.now.notifications:
            self.notifications.show(notice)

    def _look(self, then: Callable[[], None] = _nothing) -> None:
        self.offer.look(self.preferences.root, then)

    def _looked(self, recent: list[UnfinishedSession]) -> None:
        self.runner.tell_apart(self.offer.begun)
        shown = unfinished_session.to_show(self.offer.newest, recent)
        view, seen = self.runner.view, self.navigation.seen
        if shown is not None and view.phase == "idle" and not view.session:  # a start that failed stays in sight
            self.runner.show(shown.chosen)
        elif seen.phase == "elsewhere" or (not seen.alive and self.offer.runs(seen.session)):
            self.navigation.reread()
        self.drawing.show_folder(recent)

    def _go_on_after_crash(self, session: UnfinishedSession) -> None:
        self.runner.show(session.chosen)
        self.offer.count_down(session, after_crash.COUNTDOWN_SECONDS, tr("{name}: cut off", name=session.name))

    def _begin_again_after_crash(self) -> None:
        again = self.runner.start_again
        self.offer.count_down_anew(after_crash.COUNTDOWN_SECONDS, lambda: self._start_alone(lambda: again("")))

    def _watched(self) -> bool:
        return self.runner.view.alive or self.navigation.visible

    def _cancel_countdown(self) -> None:
        """By the user: whatever was wanted before, no longer is."""
        self.offer.cancel()
        self.after_crash.forget()

    def _resume_named(self, names: Sequence[str]) -> None:
        offered = self.offer.offered
        self.navigation.open("run")
        self.resume(names[0] if names else offered[0] if offered else "")

    def _welcomed(self, at_logon: bool, root: str) -> None:
        """Start at logon is for those who ask for it; an entry that is there already is for the settings to end."""
        self.preferences.put(replace(self.preferences.now, welcomed=True, data_root=root))
        if at_logon:
            self.preferences.switch_autostart(True)

    def _sleep_read(self) -> None:
        """It is true of every run on this desktop: once is enough."""
        self.preferences.put(replace(self.preferences.now, sleep_told=True))
        self.drawing.render()

    def _learn_of_sleep(self, was_alive: bool, alive: bool) -> None:
        """What stood there a whole run has been read; on a desktop that can stay awake it is no longer true."""
        told, runner = self.preferences.now.sleep_told, self.runner
        if was_alive and not alive and runner.sleep_seen and not told:
            self._sleep_read()
        elif alive and told and runner.held_awake:
            runner.sleep_seen = False
            self.preferences.put(replace(self.preferences.now, sleep_told=False))

    def _preferences_changed(self, before: Settings, now: Settings) -> None:
        """They take effect at once."""
        pages = self.navigation.made
        self.runner.keep_awake, self.runner.sleep_told = now.inhibit_sleep, now.sleep_told
        self.runner.hold_awake()
        if pages is not None:
            pages.put_settings(now)
            if self.preferences.problem and pages.is_made("settings"):
                pages.settings.tell("warning", self.preferences.problem)
            if before.data_root != now.data_root:
                pages.set_root(self.preferences.root)
        if before.data_root != now.data_root:
            self._look()
        if before.theme != now.theme:
            theme.apply(self._application, now.theme)
        if before.language != now.language and self._language.is_another(now.language):
            self._language.use(now.language)
            QTimer.singleShot(0, self, self._speak_anew)

    def _speak_anew(self) -> None:
        """In another language: not while a signal of the widgets that go is being handled."""
        self.tray.relabel()
        self.preferences.say_anew()
        self.navigation.make_anew()
        if self.runner.view.problem is not None and self.runner.view.problem.code == "stored":
            self.navigation.reread()
        self._look()

    def _show_autostart(self, status: Status, sentence: str) -> None:
        self.tray.show_autostart(status.on)
        pages = self.navigation.made
        if pages is not None and pages.is_made("settings"):
            pages.settings.put_autostart(status.on, sentence or status.sentence, status.level)
