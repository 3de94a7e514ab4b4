"""Where a process writes: events or sentences on a handle of their own; what libraries print goes into the log."""

from __future__ import annotations

import logging
import os
import sys
import threading
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

from so8t_engine.protocol import Emit, Message, encode
from so8t_engine.sentences import ENGLISH, Sentence, sentence
from so8t_engine.session import durable

LOG_BYTES = 5_000_000


@dataclass(frozen=True)
class Channel:
    """How a run speaks and is spoken to: events as JSON lines or drawn in `language`, commands on stdin or none."""

    out: TextIO
    json: bool
    listen: bool = False
    language: str = ENGLISH

    @property
    def flags(self) -> list[str]:
        """For a process of its own that inherits output and stdin (worker.py)."""
        return ["--json"] * self.json + ["--listen"] * self.listen + ["--lang", self.language]


def take_over() -> TextIO:
    """Our own handle on standard output; whatever a library prints to fd 1 from now on goes to stderr."""
    handle = os.fdopen(os.dup(1), "w", encoding="utf-8", buffering=1, errors="replace", newline="\n")
    os.dup2(2, 1)
    return handle


def log_to(session: Path) -> Path:
    """Points fd 1 and 2 and the logging module at the session's log. A log is no promise: it is never flushed."""
    path = session / "logs" / "engine.log"
    path.parent.mkdir(exist_ok=True)  # not the session: its folder may have been moved away
    if path.exists() and path.stat().st_size > LOG_BYTES:
        path.replace(path.with_name("engine.previous.log"))
    durable.unshare(path)
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


def emitter(channel: Channel, lost: Callable[[Sentence], None] = lambda reason: None) -> Emit:
    """Events as JSON lines, or drawn for people. `lost` is told when nobody reads the lines any more."""
    out = channel.out
    if not channel.json:
        from so8t_engine.process.terminal_display import Display  # a window needs no `rich`

        return Display(out, channel.language)
    gate = threading.Lock()

    def emit(message: Message) -> None:
        try:
            with gate:
                out.write(encode(message))
                out.flush()
        except OSError:
            lost(sentence("run.pause_no_reader"))

    return emit
