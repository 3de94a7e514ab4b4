"""The run of this window: the engine's process, the view made of its events, and what is held while it lives.

Has state because the run has. It tells what changed; the shell shows it.
"""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal

from so8t_gui.desktop.sleep_inhibitor import Awake
from so8t_gui.desktop.suspend_events import Sleep
from so8t_gui.engine.events import Chosen, Event, Exited, NotStarted
from so8t_gui.engine.process import EngineProcess
from so8t_gui.i18n.translate import tr
from so8t_gui.view import messages, notifications
from so8t_gui.view.notifications import Notice
from so8t_gui.view.reduce import reduce
from so8t_gui.view.state import View

LOW_DISK_BYTES = 3 << 30
DISK_MS = 60_000
PATIENCE_MS = 90_000  # for the next restart point, before a run that is to end is ended


class Runner(QObject):
    """`changed(view before, events)`, `notice(Notice)`, `rested()`: the process is gone."""

    changed = Signal(object, list)
    notice = Signal(object)
    rested = Signal()

    def __init__(
        self, parent: QObject, engine: EngineProcess | None = None, clock: Callable[[], float] = time.monotonic
    ) -> None:
        super().__init__(parent)
        self.view = View()
        self.keep_awake = True
        self._clock = clock
        self._awake = Awake()
        self._after_sleep: list[str] = []
        self._last_words: list[str] = []
        self._told_disk = False
        self._engine = engine or EngineProcess(self, clock=clock)
        self._engine.happened.connect(self._happened)
        self._sleep = Sleep(self)
        self._sleep.going.connect(self._going_to_sleep)
        self._sleep.back.connect(self._woke)
        self._disk = QTimer(self, interval=DISK_MS)
        self._disk.timeout.connect(self._look_at_disk)

    @property
    def running(self) -> bool:
        return self._engine.running

    @property
    def sleep_problem(self) -> str:
        return self._awake.problem

    def start(self, words: Sequence[str], session: str = "", title: str = "") -> None:
        """`run ...` or `resume ...`; nothing happens while one runs."""
        if not self._engine.running:
            self._last_words, self._told_disk = list(words), False
            self._engine.start(words, session, title)

    def pause(self) -> None:
        self._engine.pause()

    def save(self) -> None:
        self._engine.save()

    def show(self, chosen: Chosen) -> None:
        """A session at rest."""
        if not self._engine.running:
            self._take([chosen])

    def leave(self) -> None:
        """Pauses, and says `rested` when the process is gone, at once where there is none; killed if it takes long."""
        if not self._engine.running:
            self.rested.emit()
            return
        self._engine.pause()
        QTimer.singleShot(PATIENCE_MS, self._engine, self._engine.kill)

    def leave_now(self, wait_ms: int) -> None:
        """Waits here: the session of the desktop is ending."""
        self._engine.leave(wait_ms)

    def hold_awake(self) -> None:
        """By the view and the user's wish; again whenever one of them changes."""
        self._awake.hold(self.keep_awake and self.view.alive)

    def _happened(self, events: list[Event]) -> None:
        self._take(events)
        if any(isinstance(event, (Exited, NotStarted)) for event in events):
            self.rested.emit()

    def _take(self, events: list[Event]) -> None:
        before = self.view
        for event in events:
            previous, self.view = self.view, reduce(self.view, event, self._clock())
            said = notifications.between(previous, self.view)
            if said is not None:
                self.notice.emit(said)
        if before.alive != self.view.alive:
            self.hold_awake()
            self._disk.start() if self.view.alive else self._disk.stop()
        self.changed.emit(before, events)

    def _look_at_disk(self) -> None:
        """The engine waits for space when there is none; this says it before."""
        try:
            free = shutil.disk_usage(Path(self.view.path or ".")).free
        except OSError:
            return
        if free < LOW_DISK_BYTES and not self._told_disk:
            words = tr("{size} GiB are left on the disk of the session.", size=f"{free / (1 << 30):.1f}")
            self.notice.emit(Notice(tr("The disk is almost full"), words, "warning"))
        self._told_disk = free < LOW_DISK_BYTES

    def _going_to_sleep(self) -> None:
        """The system waits a few seconds at most: what is not saved by then, is when it wakes."""
        if self._engine.running:
            self._after_sleep = self._words_again()
            self._engine.pause()

    def _woke(self) -> None:
        words, self._after_sleep = self._after_sleep, []
        if words:
            self._resume_when_rested(words)

    def _resume_when_rested(self, words: list[str]) -> None:
        if self._engine.running:
            QTimer.singleShot(1_000, self, lambda: self._resume_when_rested(words))
        elif self.view.phase == "paused":
            self.start(words, self.view.session, self.view.title)

    def _words_again(self) -> list[str]:
        """To go on with what runs now, in the folder it lies in."""
        if not self.view.path:
            return []
        return resume_words(Path(self.view.path))


def resume_words(session: Path) -> list[str]:
    return ["resume", session.name, "--data-root", str(session.parent)]


def missing_words(findings: object) -> str:
    """Of `so8t ready --json`: the errors as one text; empty where it can go on."""
    found = findings.get("findings") if isinstance(findings, dict) else None
    errors = [one for one in found or [] if isinstance(one, dict) and one.get("level") == "error"]
    return "\n".join(messages.whole(one) for one in errors)


def counting_words(seconds: int, name: str) -> str:
    return tr("{name} is resumed in {time}.", name=name, time=messages.duration(seconds)) if seconds else ""
