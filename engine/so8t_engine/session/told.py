"""What people were told of a session while it ran, with the time it was said: told.jsonl, a line for each thing.

For who looks later, after Quit, a crash or on another machine. Never flushed, never trusted: a line that a cut has
torn is skipped. Nothing depends on whether a line could be written.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from so8t_engine.errors import CODES, EXIT_RETRY, EngineError
from so8t_engine.protocol import MAX_LINE_BYTES, Emit, Message, encode
from so8t_engine.session import durable, wary_read
from so8t_engine.session.place import Place

NAME = "told.jsonl"
WHEN = "said"  # the one value of a line that its event has not
EVENTS = (
    "session", "incident", "mark", "waiting", "warning", "restarting", "paused", "finished", "failed", "step",
)  # fmt: skip
MOST_BYTES = wary_read.LINES_BYTES


@dataclass(frozen=True)
class Told:
    """One event, as the window would have got it. `when`: of the clock on the wall, as text; whatever lies there."""

    when: str
    event: Message


@dataclass(frozen=True)
class Stretch:
    """The lines from one place of the file to another; `end`: bytes, where the next begin."""

    lines: tuple[Told, ...] = ()
    end: int = 0


def keeping(place: Place, emit: Emit, now: Callable[[], str], watched: bool = False) -> Emit:
    """`emit`, and before it a line for what a person would want to find again.

    `watched`: by a process that says itself what comes after a failure which another process might mend.
    """

    def both(message: Message) -> None:
        followed = watched and message.name == "failed" and CODES.get(str(message.data.get("code"))) == EXIT_RETRY
        if is_kept(message) and not followed and place.is_surely_there():
            add(place.session, placeless(message), now())
        emit(message)

    return both


def is_kept(message: Message) -> bool:
    return message.name in EVENTS and (message.name != "step" or message.data.get("state") == "done")


def placeless(message: Message) -> Message:
    """Without where the session lies and its results: it may be moved, and nothing in it is an absolute path."""
    if message.name == "finished":
        return Message(message.name)
    return Message(message.name, {name: value for name, value in message.data.items() if name != "path"})


def add(session: Path, message: Message, when: str) -> None:
    """At the end of the file. A line that a cut has torn is ended first."""
    line = encode(Message(message.name, {WHEN: when, **message.data})).encode()
    flags = os.O_RDWR | os.O_CREAT | os.O_APPEND | getattr(os, "O_BINARY", 0) | getattr(os, "O_NOFOLLOW", 0)
    try:
        durable.unshare(session / NAME)
        handle = os.open(session / NAME, flags | getattr(os, "O_NONBLOCK", 0), 0o600)
        with os.fdopen(handle, "r+b", buffering=0) as file:
            size = file.seek(0, os.SEEK_END)
            if size + len(line) > MOST_BYTES:
                return
            if size:
                file.seek(size - 1)
                line = line if file.read(1) == b"\n" else b"\n" + line
            file.write(line)
    except (EngineError, OSError, ValueError):
        pass  # as with the progress file: the save itself speaks up about the disk


def read(session: Path, start: int = 0) -> Stretch:
    """All whole lines from this byte on; from the first where the file has become shorter. Never raises."""
    try:
        with wary_read.opened(session / NAME) as file:
            size = os.fstat(file.fileno()).st_size
            if size > MOST_BYTES:
                return Stretch()
            start = start if start <= size else 0
            file.seek(start)
            data = file.read(size - start)
    except (OSError, ValueError):
        return Stretch()
    whole = data[: data.rfind(b"\n") + 1]
    lines = (_told(line) for line in whole.decode("utf-8", "replace").split("\n") if line)
    return Stretch(tuple(line for line in lines if line is not None), start + len(whole))


def _told(line: str) -> Told | None:
    """Of whatever version of the protocol: what is in it is looked at where it is shown."""
    try:
        body = json.loads(line) if len(line) <= MAX_LINE_BYTES else None
    except (ValueError, RecursionError):
        return None
    if not isinstance(body, dict) or body.get("name") not in EVENTS:
        return None
    about = {name: value for name, value in body.items() if name not in ("v", "name", WHEN)}
    return Told(str(body.get(WHEN, "")), Message(str(body["name"]), about))
