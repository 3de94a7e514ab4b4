"""A write that meets a full disk waits until there is space again, and goes on by itself."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

from so8t_engine.errors import EngineError
from so8t_engine.run.control import Control

SPACE_SECONDS = 5.0
SPACE_LOOKS = 12


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
