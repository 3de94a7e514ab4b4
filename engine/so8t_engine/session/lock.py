"""One engine per session: a lock the operating system holds and frees when the process dies.

The lock is on the folder itself where the system allows it (POSIX `flock` on a directory), so deleting a
lock file cannot free it; on Windows it is a locked byte of `engine.lock`, which cannot be deleted while open.
The JSON beside it only tells people who holds it; it decides nothing.
"""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from so8t_engine.errors import EngineError
from so8t_engine.sentences import sentence
from so8t_engine.session import durable, wary_read

OWNER = "engine.json"
FILE = "engine.lock"  # on Windows alone
LOOKS = 5  # so often it is tried again where somebody may only look
SUPERVISOR = "supervisor.lock"  # held by the process that replaces workers, also while there is none


@contextmanager
def held(session: Path, owner: dict[str, Any]) -> Iterator[None]:
    """Holds the session for this process. Raises EngineError locked where another engine runs it."""
    # one whose supervisor was killed is ending
    handle = _after_looks(lambda: _take(session), LOOKS if _parent_lives(read_owner(session)) else 200)
    if handle is None:
        raise locked(session)
    try:
        durable.replace(session / OWNER, json.dumps(owner).encode(), durable=False)
        yield
    finally:
        os.close(handle)


@contextmanager
def briefly(folder: Path, seconds: float) -> Iterator[bool]:
    """Holds a folder for an instant, waiting that long for others who do; whether it could be had. Never raises."""
    until, handle = time.monotonic() + seconds, None
    while handle is None:
        try:
            handle = _take(folder)
        except OSError:
            break  # a file system without locks
        if handle is None and time.monotonic() > until:
            break
        if handle is None:
            time.sleep(0.01)
    try:
        yield handle is not None
    finally:
        if handle is not None:
            os.close(handle)


@contextmanager
def of_file(path: Path, looked_at: bool = False) -> Iterator[bool]:
    """Holds a file, made where it is missing, for one process at a time; whether it could be had. Never raises.

    `looked_at`: others look whether it is held.

    The file stays and says nothing: a process that is killed holds it no longer. Where none can be made or locked, on
    a disk that is read-only, it counts as had: nothing can be written there that two might spoil.
    """
    try:
        handle = _after_looks(lambda: _lock(os.open(path, file_flags(looking=False), 0o600)), LOOKS if looked_at else 0)
    except OSError:
        yield True
        return
    try:
        yield handle is not None
    finally:
        if handle is not None:
            os.close(handle)


def _after_looks(take: Callable[[], int | None], looks: int) -> int | None:
    """Whoever only looks (to list sessions) has it for an instant, an engine for good."""
    handle = take()
    while handle is None and looks:
        time.sleep(0.05)
        handle, looks = take(), looks - 1
    return handle


def locked(session: Path) -> EngineError:
    """That another engine runs it, and which."""
    pid = read_owner(session).get("pid")
    if isinstance(pid, int):
        return EngineError("locked", sentence("session.runs_in_process", session=session.name, pid=pid))
    return EngineError("locked", sentence("session.runs_elsewhere", session=session.name))


def _parent_lives(owner: dict[str, Any]) -> bool:
    parent = owner.get("parent")
    if not isinstance(parent, int) or parent <= 1 or sys.platform == "win32":
        return True
    try:
        os.kill(parent, 0)
    except ProcessLookupError:
        return False
    except (PermissionError, OverflowError):
        pass
    return True


def is_held(session: Path) -> bool:
    """Whether an engine runs this session right now, or is about to replace its worker. Writes nothing."""
    looks = (lambda: _take(session, looking=True), lambda: _look_at(session / SUPERVISOR))
    return any(_is_taken(look) for look in looks)


def _is_taken(look: Callable[[], int | None]) -> bool:
    try:
        return _is_held(look)
    except OSError:  # nobody has ever run it: it has no lock file
        return False


def _is_held(look: Callable[[], int | None]) -> bool:
    handle = look()
    if handle is not None:
        os.close(handle)
    return handle is None


def is_let_go(file: Path) -> bool:
    """Whether it is there, can be locked, and is held by nobody. Never raises."""
    try:
        return not _is_held(lambda: _look_at(file))
    except OSError:
        return False


def read_owner(session: Path) -> dict[str, Any]:
    return wary_read.json_object(session / OWNER)


def file_flags(looking: bool) -> int:
    """How a lock file is opened: whoever only looks makes none, and may look at a disk that is read-only."""
    return (os.O_RDONLY if looking else os.O_RDWR | os.O_CREAT) | getattr(os, "O_NOFOLLOW", 0)


if sys.platform == "win32":
    import msvcrt

    def _take(session: Path, looking: bool = False) -> int | None:
        return _lock(os.open(session / FILE, file_flags(looking)))

    def _look_at(file: Path) -> int | None:
        return _lock(os.open(file, file_flags(looking=True)))

    def _lock(handle: int) -> int | None:
        try:
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        except OSError:
            os.close(handle)
            return None
        return handle

else:
    import fcntl

    def _take(session: Path, looking: bool = False) -> int | None:
        # shared for a look: two who look at once do not take each other for engines
        return _lock(os.open(session, os.O_RDONLY | os.O_DIRECTORY), fcntl.LOCK_SH if looking else fcntl.LOCK_EX)

    def _look_at(file: Path) -> int | None:
        return _lock(os.open(file, file_flags(looking=True)), fcntl.LOCK_SH)

    def _lock(handle: int, kind: int = fcntl.LOCK_EX) -> int | None:
        try:
            fcntl.flock(handle, kind | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(handle)
            return None
        except OSError:  # a file system without locks
            os.close(handle)
            raise
        return handle
