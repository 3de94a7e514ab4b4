"""Every durable write of the engine: write, flush, rename, flush the folder; nothing else writes a session.

The write order is engine/DESIGN.md's: data, flush, rename, flush parent, and only then acknowledged.
An fsync that failed is never retried (the page may be gone, see PostgreSQL's Fsync_Errors): whoever
calls writes everything again to new files, or gives up. POSIX: fsync(2); Windows: FlushFileBuffers, and
folders cannot be flushed there (the small state file written after a rename pushes the NTFS log).
"""

from __future__ import annotations

import errno
import os
import shutil
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

from so8t_engine.errors import EngineError
from so8t_engine.sentences import sentence

WINDOWS = sys.platform == "win32"
BUSY_WINERRORS = (5, 32, 33)
BUSY_RETRY_SECONDS = 2.5

T = TypeVar("T")
Chunk = bytes | memoryview


def make_folder(folder: Path, mode: int = 0o700) -> None:
    """Creates the folder and its parents, each one's name flushed into its parent."""
    if folder.is_dir():
        return
    make_folder(folder.parent, 0o755)
    with translated(folder):
        folder.mkdir(mode=mode, exist_ok=True)
        flush_folder(folder.parent)


def write(path: Path, data: bytes | Iterable[Chunk]) -> None:
    """A new file with its bytes on the disk; its name is safe once its folder is flushed too.

    Chunks are asked for one by one, so that a large content need never be in memory as a whole.
    """
    with translated(path):
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_BINARY", 0), 0o600)
        try:
            for chunk in (data,) if isinstance(data, bytes) else data:
                _write_all(handle, chunk)
            os.fsync(handle)
        finally:
            os.close(handle)


def replace(path: Path, data: bytes, durable: bool = True) -> None:
    """Old or new bytes under this name at any instant, never a mixture. `durable=False` skips the flushes."""
    part = path.with_name(path.name + ".part")
    with translated(path):
        try:
            if durable:
                write(part, data)
            else:
                part.write_bytes(data)
            retry_busy(lambda: part.replace(path))
        except (EngineError, OSError):
            _remove_quietly(part)
            raise
        if durable:
            flush_folder(path.parent)


def append(path: Path, data: bytes, at: int) -> None:
    """Bytes at offset `at` (what lay behind is cut off first), flushed. The file is created where missing.

    Raises EngineError disk_error where the file ends before `at`: a hole would read as zeros.
    """
    with translated(path):
        new = not path.exists()
        handle = os.open(path, os.O_RDWR | os.O_CREAT | getattr(os, "O_BINARY", 0), 0o600)
        try:
            size = os.fstat(handle).st_size
            if size < at:
                raise EngineError("disk_error", sentence("disk.lost_its_end", path=path, size=size, written=at))
            if size > at:
                os.ftruncate(handle, at)
            os.lseek(handle, at, os.SEEK_SET)
            _write_all(handle, data)
            os.fsync(handle)
        finally:
            os.close(handle)
        if new:
            flush_folder(path.parent)


def publish(part: Path, final: Path, over: bool = True) -> None:
    """A folder filled by any library becomes `final` in one instant; an older `final` is replaced.

    The older one waits as `*.old` until the new one has its name; a cut between the two is undone by `sweep`.
    `over=False`: raises FileExistsError instead, also where another process was quicker by an instant.
    """
    old = final.with_name(final.name + ".old")
    with translated(final):
        for folder, _, names in os.walk(part):
            for name in names:
                flush_file(Path(folder, name))
            flush_folder(Path(folder))
        if over and final.exists():
            if old.exists():
                discard(old)
            rename(final, old)
    if final.exists() and not over:
        raise FileExistsError(final)
    try:
        rename(part, final)
    except OSError as error:
        raise FileExistsError(final) if error.errno == errno.ENOTEMPTY else error from error
    if over and old.exists():
        discard(old)


def rename(source: Path, target: Path) -> None:
    """A new name inside the same parent, on the disk when this returns."""
    with translated(target):
        retry_busy(lambda: source.rename(target))
        flush_folder(target.parent)
        if source.parent != target.parent:
            flush_folder(source.parent)


def discard(path: Path) -> None:
    """Takes a folder or file away: its name turns into `*.dead` first, so a half-removed one is never read."""
    dead = path if path.name.endswith(".dead") else path.with_name(path.name + ".dead")
    with translated(path):
        if dead != path:
            if dead.exists():
                discard(dead)
            retry_busy(lambda: path.rename(dead))
            flush_folder(path.parent)
        if dead.is_dir() and not dead.is_symlink():
            shutil.rmtree(dead)
        else:
            dead.unlink(missing_ok=True)


def sweep(folder: Path) -> list[str]:
    """Removes what a cut left behind in this folder (`*.part`, `*.dead`); returns the names.

    A folder on its way to being replaced (`*.old`) gets its name back where the new one did not arrive.
    """
    with translated(folder):
        left = sorted(entry.name for entry in folder.iterdir() if entry.suffix in (".part", ".dead", ".old"))
    for name in left:
        if name.endswith(".old") and not (folder / name).with_suffix("").exists():
            rename(folder / name, (folder / name).with_suffix(""))
        else:
            discard(folder / name)
    return left


def flush_file(path: Path) -> None:
    handle = os.open(path, os.O_RDWR | getattr(os, "O_BINARY", 0))
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def flush_folder(folder: Path) -> None:
    """Makes names (new, renamed, removed) in this folder durable. A no-op on Windows, see above."""
    if WINDOWS:
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def retry_busy(action: Callable[[], T], sleep: Callable[[float], None] = time.sleep, windows: bool = WINDOWS) -> T:
    """A scanner or indexer on Windows may hold a file for a moment: tries for about 2.5 s, then raises."""
    waited, pause = 0.0, 0.01
    while True:
        try:
            return action()
        except PermissionError as error:
            busy = windows and getattr(error, "winerror", None) in BUSY_WINERRORS
            if not busy or waited >= BUSY_RETRY_SECONDS:
                raise
            sleep(pause)
            waited, pause = waited + pause, min(pause * 2, 0.5)


def read_twice(action: Callable[[], T]) -> T:
    """A read that meets a disk error is tried once more: a good file is not given up for one hiccup."""
    try:
        return action()
    except OSError as error:
        if error.errno != errno.EIO:
            raise
        return action()


def is_lost(error: OSError) -> bool:
    """Whether the file is gone or its disk defective; anything else (permission, handles) says nothing about it."""
    return error.errno in (errno.ENOENT, errno.ENOTDIR, errno.EISDIR, errno.EIO)


@contextmanager
def translated(path: Path) -> Iterator[None]:
    """Turns the disk's own errors into sentences. Raises EngineError disk_*."""
    try:
        yield
    except OSError as error:
        about = {"path": path, "error": error.strerror or str(error)}
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            raise EngineError("disk_full", sentence("disk.full", **about)) from error
        if error.errno == errno.EROFS:
            raise EngineError("disk_read_only", sentence("disk.read_only", **about)) from error
        if error.errno in (errno.EACCES, errno.EPERM):
            raise EngineError("disk_permission", sentence("disk.not_allowed", **about)) from error
        if error.errno in (errno.ENOTDIR, errno.EEXIST):
            raise EngineError("disk_permission", sentence("disk.file_in_the_way", **about)) from error
        if error.errno == errno.EIO:
            raise EngineError("disk_error", sentence("disk.error", **about)) from error
        raise


def _remove_quietly(part: Path) -> None:
    try:
        part.unlink(missing_ok=True)
    except OSError:
        pass  # the disk is in trouble already; the next start sweeps it


def _write_all(handle: int, data: Chunk) -> None:
    view = memoryview(data)
    while view:
        view = view[os.write(handle, view) :]
