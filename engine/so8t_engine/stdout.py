"""Keeps the words apart from what libraries print: fd 1 and 2 go to the log, the words to a handle of their own."""

from __future__ import annotations

import logging
import os
import sys
from pathlib import Path
from typing import TextIO

LOG_BYTES = 5_000_000


def take_over() -> TextIO:
    """Our own handle on standard output; whatever a library prints to fd 1 from now on goes to stderr."""
    words = os.fdopen(os.dup(1), "w", encoding="utf-8", buffering=1, errors="replace", newline="\n")
    os.dup2(2, 1)
    return words


def log_to(session: Path) -> Path:
    """Points fd 1 and 2 and the logging module at the session's log. A log is no promise: it is never flushed."""
    path = session / "logs" / "engine.log"
    path.parent.mkdir(parents=True, exist_ok=True)
    if path.exists() and path.stat().st_size > LOG_BYTES:
        path.replace(path.with_name("engine.previous.log"))
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    sys.stdout.flush()
    sys.stderr.flush()
    os.dup2(handle, 1)
    os.dup2(handle, 2)
    os.close(handle)
    logging.basicConfig(
        stream=sys.stderr, level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s: %(message)s", force=True
    )
    logging.captureWarnings(True)
    return path
