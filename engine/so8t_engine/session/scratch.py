"""Folders for a while, outside of any session: gone with whoever made them, and after a kill with the next one made.

A folder is held by a lock on a file in it. One that nobody holds any more is of a process that is gone.
"""

from __future__ import annotations

import os
import re
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Literal

from so8t_engine.session import lock

HELD = "held.lock"
OURS = re.compile(r"so8t-(?:llama|chat|eval)-\w+")
YOUNG_SECONDS = 5.0  # between making its file and locking it


@contextmanager
def folder(use: Literal["llama", "chat", "eval"]) -> Iterator[Path]:
    """A new, empty one but for its lock."""
    sweep()
    made = Path(tempfile.mkdtemp(prefix=f"so8t-{use}-"))
    try:
        with lock.of_file(made / HELD, looked_at=True):
            yield made
    finally:
        shutil.rmtree(made, ignore_errors=True)


def sweep() -> None:
    """Takes away what killed processes of this user have left. Never raises."""
    try:
        found = [path for path in Path(tempfile.gettempdir()).iterdir() if OURS.fullmatch(path.name)]
    except OSError:
        return
    for path in found:
        if _is_left(path):
            shutil.rmtree(path, ignore_errors=True)


def _is_left(path: Path) -> bool:
    try:
        about, since = path.lstat(), (path / HELD).lstat().st_mtime
    except OSError:
        return False  # of an older version, or nothing of ours
    if path.is_symlink() or about.st_uid != getattr(os, "getuid", lambda: about.st_uid)():
        return False
    return time.time() - since > YOUNG_SECONDS and lock.is_let_go(path / HELD)
