"""Wishes from outside (a command, a signal, the end of stdin), and writes that wait for a full disk patiently."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Callable
from pathlib import Path

from so8t_engine.errors import EngineError

SPACE_SECONDS = 5.0
SPACE_LOOKS = 12


class Control:
    """Set by any thread, read by the step's thread at each tick and by a save that waits; that is why it has state."""

    def __init__(self) -> None:
        self._wake = threading.Event()
        self.pause_reason: str | None = None
        self.save_wanted = False
        self.leaving = False

    def pause(self, reason: str) -> None:
        self.pause_reason = self.pause_reason or reason
        self._wake.set()

    def save(self) -> None:
        self.save_wanted = True

    def leave(self) -> None:
        """The run ends: nobody waits for anything any more."""
        self.leaving = True
        self._wake.set()

    @property
    def ending(self) -> bool:
        return self.leaving or self.pause_reason is not None

    def wait(self, seconds: float) -> None:
        """Sleeps, but not through a pause."""
        self._wake.wait(seconds)


def patiently(
    action: Callable[[], object], folder: Path, control: Control, waiting: Callable[[EngineError], None]
) -> None:
    """Runs a write; on a full disk waits for space (a pause ends the wait), on a disk error tries once anew.

    The second try writes everything again to new files; the fsync that failed is not repeated.
    Raises EngineError disk_*.
    """
    failed = False
    while True:
        try:
            action()
            return
        except EngineError as error:
            if error.code == "disk_error" and not failed:
                failed = True
                continue
            if error.code != "disk_full" or control.ending:
                raise
            waiting(error)
            _wait_for_space(folder, control)


def _wait_for_space(folder: Path, control: Control) -> None:
    """Until there is more space than now; after a minute the write itself is asked again whether there is enough."""
    before = shutil.disk_usage(folder).free
    for _ in range(SPACE_LOOKS):
        control.wait(SPACE_SECONDS)
        if control.ending or shutil.disk_usage(folder).free > before:
            return
