"""The run of this window: the engine's process, the view reduced from its events, and what is held while it lives.

It emits what changed; the controller shows it.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from PySide6.QtCore import QEventLoop, QObject, Qt, QTimer, Signal

from so8t_gui.desktop.sleep_inhibitor import SleepInhibitor
from so8t_gui.engine.events import Chosen, Event, Exited, NotStarted, Renamed
from so8t_gui.engine.process import EngineProcess
from so8t_gui.low_disk_warning import LowDiskWarning
from so8t_gui.resume_after_suspend import ResumeAfterSuspend
from so8t_gui.view import notifications
from so8t_gui.view.reduce import reduce
from so8t_gui.view.state import View

PATIENCE_MS = 90_000  # how long a pausing run may take to its next save before it is killed


class Runner(QObject):
    """`changed(view before, events)`: a batch of events. `turned(view before, view)`: each of them, as an engine may
    begin and end within one batch. `notice(Notice)` for the user; `rested()`: the process is gone.
    """

    changed = Signal(object, list)
    turned = Signal(object, object)
    notice = Signal(object)
    rested = Signal()

    def __init__(
        self, parent: QObject, engine: EngineProcess | None = None, clock: Callable[[], float] = time.monotonic
    ) -> None:
        super().__init__(parent)
        self.view = View()
        self.keep_awake, self.sleep_told = True, False
        self.sleep_seen = False  # that it may fall asleep was on the screen
        self._arguments: tuple[str, ...] = ()
        self._begun: Mapping[str, float] = {}
        self._clock = clock
        self._inhibitor = SleepInhibitor()
        self._engine = engine or EngineProcess(self, clock=clock)
        self._engine.happened.connect(self._happened)
        self._suspend = ResumeAfterSuspend(run=self, parent=self)
        self._low_disk = LowDiskWarning(lambda: self.view.path, parent=self)
        self._low_disk.notice.connect(self.notice)

    @property
    def running(self) -> bool:
        return self._engine.running

    @property
    def arguments(self) -> tuple[str, ...]:
        """Of the last start."""
        return self._arguments

    @property
    def sleep_problem(self) -> str:
        """That the machine may fall asleep; empty once the user has read it, for good."""
        return "" if self.sleep_told else self._inhibitor.problem

    @property
    def held_awake(self) -> bool:
        return self._inhibitor.holds

    def start(self, arguments: Sequence[str], session: str = "", title: str = "", known: Chosen | None = None) -> None:
        """`run ...` or `resume ...` of the engine; nothing happens while one runs.

        `known`: where the session goes on from, for as long as its engine has not said so.
        """
        if not self._engine.running:
            if known is not None and known.session != self.view.session:
                self._take([known])
            self._low_disk.forget()
            self._arguments = tuple(arguments)
            self._engine.start(arguments, session, title)

    def start_once_rested(
        self, arguments: Sequence[str], session: str = "", title: str = "", known: Chosen | None = None
    ) -> None:
        """As `start`; where the last process has said how it ended but is not gone yet, when it is."""
        if self.running and not self.view.alive:
            once = Qt.ConnectionType.SingleShotConnection
            self.rested.connect(lambda: self.start(arguments, session, title, known), once)
        else:
            self.start(arguments, session, title, known)

    def start_again(self, option: str) -> None:
        """The same once more with an option the user has agreed to: a run that was refused before it had a session."""
        if self._arguments:
            options = option.split()
            self.start_once_rested([*(each for each in self._arguments if each not in options), *options])

    def pause(self, why: str = "") -> None:
        """`why`: `suspend`, `quit`; by the user where it is left out."""
        self._engine.pause(why)

    def save(self) -> None:
        self._engine.save()

    def show(self, chosen: Chosen) -> None:
        """A session at rest. One that this window has seen finish is known better than its folder tells."""
        seen = chosen.session == self.view.session and chosen.status == self.view.phase == "finished"
        if not self._engine.running and not seen:
            self._take([chosen])

    def forget(self, session: str) -> None:
        """It is there no longer: where it was shown, nothing is."""
        if session == self.view.session and not self._engine.running:
            before, self.view = self.view, View()
            self.changed.emit(before, [])

    def tell_apart(self, begun: Mapping[str, float]) -> None:
        """When each session was begun that goes by the same name as another."""
        if begun != self._begun:
            self._begun = begun
            self._take([])

    def rename(self, session: str, title: str) -> None:
        """Also while it runs: its engine keeps the title it began with."""
        self.tell(Renamed(session, title))

    def tell(self, event: Event) -> None:
        """What somebody else has done to the session that is shown."""
        self._take([event])

    def leave(self) -> None:
        """Pauses, and says `rested` when the process is gone, at once where there is none; killed if it takes long."""
        if not self._engine.running:
            self.rested.emit()
            return
        self._engine.pause("quit")
        QTimer.singleShot(PATIENCE_MS, self._engine, self._engine.kill)

    def leave_now(self, wait_ms: int) -> None:
        """Waits here: the session of the desktop is ending."""
        self._engine.leave(wait_ms)

    def save_now(self, wait_ms: int) -> None:
        """Waits here until the run has saved, or so long: the system asks whether it may shut down."""
        if not self._engine.running:
            return
        loop, before = QEventLoop(), self.view.saved

        def look() -> None:
            if self.view.saved != before:
                loop.quit()

        changed = self.changed.connect(look)
        over = self.rested.connect(loop.quit)
        QTimer.singleShot(wait_ms, loop, loop.quit)
        self._engine.save()
        loop.exec(QEventLoop.ProcessEventsFlag.ExcludeUserInputEvents)
        self.changed.disconnect(changed)
        self.rested.disconnect(over)

    def hold_awake(self) -> None:
        """By the view and the user's setting; to be called again whenever one of them changes."""
        self._inhibitor.hold(self.keep_awake and self.view.alive)

    def told_apart(self, view: View) -> View:
        """With the time it was begun where other sessions go by its name."""
        begun = self._begun.get(view.session)
        return view if begun == view.begun else replace(view, begun=begun)

    def _happened(self, events: list[Event]) -> None:
        self._take(events)
        if any(isinstance(event, (Exited, NotStarted)) for event in events):
            self.rested.emit()

    def _take(self, events: list[Event]) -> None:
        before, self.view = self.view, self.told_apart(self.view)
        for event in events:
            previous, self.view = self.view, self.told_apart(reduce(self.view, event, self._clock()))
            self.turned.emit(previous, self.view)
            notice = notifications.between(previous, self.view)
            only_looked_at = isinstance(event, Chosen) and previous.session != self.view.session
            if notice is not None and not only_looked_at:
                self.notice.emit(notice)
        if before.alive != self.view.alive:
            self.hold_awake()
            self._low_disk.watch(self.view.alive)
        self.changed.emit(before, events)
