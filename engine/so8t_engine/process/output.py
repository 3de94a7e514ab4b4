"""Where a process writes: events or sentences on a handle of their own; what libraries print goes into the log."""

from __future__ import annotations

import io
import logging
import os
import select
import sys
import threading
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TextIO

from so8t_engine import standard_streams
from so8t_engine.protocol import Emit, Message, encode
from so8t_engine.sentences import ENGLISH, Sentence, sentence
from so8t_engine.session import durable
from so8t_engine.typed import AS_THEY_ARE, Typed

LOG_BYTES = 5_000_000
NOBODY_READS = (BrokenPipeError, ConnectionResetError)
UNHEARD = ("run.pause_no_reader", "run.pause_output_lost", "run.pause_terminal_closed")


@dataclass(frozen=True)
class Channel:
    """How a run speaks and is spoken to: events as JSON lines or drawn in `language`, commands from a pipe or none.

    `commands`: the end to read, as child_pipes.read wants it. `typed`: how the commands that it names are typed.
    """

    out: TextIO
    json: bool
    commands: int | None = None
    language: str = ENGLISH
    typed: Typed = AS_THEY_ARE

    @property
    def flags(self) -> list[str]:
        """For a process of its own that inherits the output (worker.py)."""
        return ["--json"] * self.json + ["--lang", self.language, f"--program={self.typed.program}"]


class Outlet(io.RawIOBase):
    """Standard output. Once a write has failed it takes everything and keeps nothing: `error` says why.

    So neither a line that is being drawn nor Python's own flush at the end can fail, wherever they stand.
    """

    def __init__(self, descriptor: int) -> None:
        self._descriptor = descriptor
        self.error: OSError | None = None

    def write(self, data: Any) -> int:
        while self.error is None:
            try:
                return os.write(self._descriptor, data)
            except BlockingIOError:  # a terminal that another program made non-blocking
                select.select([], [self._descriptor], [])
            except OSError as error:
                self.error = error
        return len(data)

    def fileno(self) -> int:
        return self._descriptor

    def writable(self) -> bool:
        return True

    def isatty(self) -> bool:
        return os.isatty(self._descriptor)


def take_over() -> TextIO:
    """Our own handle on standard output; whatever a library prints to fd 1 from now on goes to stderr."""
    standard_streams.open_missing()
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):  # a print of the user's must not fail for want of a character
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    outlet = io.BufferedWriter(Outlet(os.dup(1)))
    os.dup2(2, 1)
    return io.TextIOWrapper(outlet, encoding="utf-8", errors="replace", newline="\n", line_buffering=True)


def trouble(out: TextIO) -> OSError | None:
    """Why what is written to `out` arrives nowhere any more."""
    outlet = getattr(getattr(out, "buffer", None), "raw", None)
    return outlet.error if isinstance(outlet, Outlet) else None


def unheard(error: OSError) -> Sentence:
    """The reason to pause that follows."""
    if isinstance(error, NOBODY_READS):
        return sentence("run.pause_no_reader")
    return sentence("run.pause_output_lost", error=error.strerror)


def log_to(session: Path) -> Path:
    """Points fd 1 and 2 and the logging module at the session's log. A log is no promise: it is never flushed."""
    path = session / "logs" / "engine.log"
    path.parent.mkdir(exist_ok=True)  # not the session: its folder may have been moved away
    if path.exists() and path.stat().st_size > LOG_BYTES:
        try:
            path.replace(path.with_name("engine.previous.log"))
        except OSError:
            pass  # open elsewhere, which Windows does not forgive: the old file goes on
    durable.unshare(path)
    flags = os.O_WRONLY | os.O_CREAT | os.O_APPEND | getattr(os, "O_BINARY", 0)
    handle = os.open(path, flags, 0o600)
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except OSError:
            pass
    os.dup2(handle, 1)
    os.dup2(handle, 2)
    os.close(handle)
    logging.basicConfig(
        stream=sys.stderr, level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s: %(message)s", force=True
    )
    logging.captureWarnings(True)
    return path


def emitter(channel: Channel, lost: Callable[[Sentence], None] = lambda reason: None) -> Emit:
    """Events as JSON lines, or drawn for people. `lost` is told once, when what is written arrives nowhere any more."""
    out = channel.out
    draw: Emit
    if channel.json:
        draw = lambda message: _write(out, message)  # noqa: E731
    else:
        from so8t_engine.process.terminal_display import Display  # a window needs no `rich`

        draw = Display(out, channel.language, channel.typed)
    return heard(draw, out, lost)


def heard(draw: Emit, out: TextIO, lost: Callable[[Sentence], None]) -> Emit:
    """`draw`, by one thread at a time; `lost` as in `emitter`."""
    gate = threading.Lock()
    told = False

    def emit(message: Message) -> None:
        nonlocal told
        with gate:
            draw(message)
        error = trouble(out)
        if error is not None and not told:
            told = True
            lost(unheard(error))

    return emit


def _write(out: TextIO, message: Message) -> None:
    out.write(encode(message))
    out.flush()
