"""A write that meets a full disk waits until there is space again, and goes on by itself."""

from __future__ import annotations

import os
import shutil
import sys
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

    The second try writes everything again to new files; the fsync that failed is not repeated. While it waits nothing
    of the failed try is held: no file is open, no tensor in memory. Raises EngineError disk_*.
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
            met = EngineError(error.code, error.sentence)
        waiting(met)
        _wait_for_space(folder, control)


def _wait_for_space(folder: Path, control: Control) -> None:
    """Until there is more room than now; after a minute the write itself is asked again whether there is enough."""
    before = _free(folder)
    for _ in range(SPACE_LOOKS):
        control.wait(SPACE_SECONDS)
        if control.ending or any(now > then for now, then in zip(_free(folder), before, strict=True)):
            return


def _free(folder: Path) -> tuple[int, int]:
    """Bytes, and files that may still be made (a disk can run out of either; Windows counts no files)."""
    free = shutil.disk_usage(folder).free
    if sys.platform == "win32":
        return free, 0
    return free, os.statvfs(folder).f_favail
