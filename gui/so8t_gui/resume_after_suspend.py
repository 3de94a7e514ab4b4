"""Pauses the run when the system suspends, and resumes it once the system is back."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

from PySide6.QtCore import QObject, QTimer

from so8t_gui.desktop.suspend_events import SuspendEvents
from so8t_gui.engine.process import resume_arguments
from so8t_gui.view.state import View

LOOK_MS = 1_000  # how often it is looked whether the paused run has come to rest


class SuspendableRun(Protocol):
    """What is asked of the runner."""

    view: View

    @property
    def running(self) -> bool: ...
    def pause(self, why: str = "") -> None: ...
    def start(self, arguments: Sequence[str], session: str = "", title: str = "") -> None: ...


class ResumeAfterSuspend(QObject):
    """State: the arguments with which the run that a suspend has paused goes on."""

    def __init__(self, run: SuspendableRun, parent: QObject) -> None:
        super().__init__(parent)
        self._run = run
        self._arguments: list[str] = []
        self.events = SuspendEvents(self)
        self.events.going.connect(self._suspending)
        self.events.back.connect(self._woke)

    def _suspending(self) -> None:
        """The system waits a few seconds at most; a save that takes longer is finished after it woke."""
        if self._run.running:
            path = self._run.view.path
            self._arguments = resume_arguments(Path(path)) if path else []
            self._run.pause("suspend")

    def _woke(self) -> None:
        arguments, self._arguments = self._arguments, []
        if arguments:
            self._resume_when_rested(arguments)

    def _resume_when_rested(self, arguments: list[str]) -> None:
        if self._run.running:
            QTimer.singleShot(LOOK_MS, self, lambda: self._resume_when_rested(arguments))
        elif self._run.view.phase == "paused":
            self._run.start(arguments, self._run.view.session, self._run.view.title)
