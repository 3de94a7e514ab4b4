"""A window has no console: on Windows it runs in pythonw.exe, where standard output and error are not there."""

from __future__ import annotations

import sys
from pathlib import Path

from so8t_engine import paths, standard_streams

NAME = "console.log"
MOST_BYTES = 500_000


def open_log() -> None:
    """What this program and Qt print goes to a file beside the settings, where nobody else takes it."""
    if sys.stdout is None or sys.stderr is None:
        standard_streams.open_missing(_log())
    else:
        standard_streams.open_missing()


def say(text: str) -> None:
    """On standard error, if that takes it: the exit code says the same."""
    try:
        sys.stderr.write(text + "\n")
    except (OSError, ValueError, AttributeError):
        pass


def flush() -> None:
    """At the end; a file that takes no more is no reason to end otherwise."""
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except (OSError, ValueError, AttributeError):
            pass


def _log() -> Path:
    path = paths.config_home() / NAME
    try:
        if path.stat().st_size > MOST_BYTES:
            path.replace(path.with_name(f"{NAME}.1"))
    except OSError:
        pass  # there is none yet, or another program has it open
    return path
