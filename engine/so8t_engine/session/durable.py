"""Every durable write of the engine: write, flush, rename, flush the folder; nothing else writes a session.

The write order is engine/DESIGN.md's: data, flush, rename, flush parent, and only then acknowledged.
An fsync that failed is never retried (the page may be gone, see PostgreSQL's Fsync_Errors): whoever
calls writes everything again to new files, or gives up. POSIX: fsync(2); Windows: FlushFileBuffers, and
folders cannot be flushed there. The small state file written after a folder's rename pushes the NTFS log, and so the
folder's new name; its own is pushed by flushing the file once more under it. What the disk met instead is told by
disk_errors.py.
"""

from __future__ import annotations

import errno
import functools
import logging
import os
import re
import shutil
import stat
import sys
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TypeVar

from so8t_engine.errors import EngineError
from so8t_engine.paths import process_lives
from so8t_engine.sentences import sentence
from so8t_engine.session.disk_errors import is_lost as is_lost
from so8t_engine.session.disk_errors import read_twice as read_twice
from so8t_engine.session.disk_errors import translated as translated

WINDOWS = sys.platform == "win32"
PART_OF_PROCESS = re.compile(r"\.([0-9]{1,10})\.part")
ENDINGS = (".part", ".dead", ".old")  # of what is on its way into its place, or out of it
BUSY_WINERRORS = (5, 32, 33, 145)  # denied for a moment, shared, locked, a folder whose last file is still going
BUSY_RETRY_SECONDS = 2.5
COPY_BYTES = 1 << 20

log = logging.getLogger("so8t")

T = TypeVar("T")
Chunk = bytes | memoryview


def make_folder(folder: Path, mode: int = 0o700, *, below: Path | None = None) -> None:
    """Creates the folder and its parents, each one's name flushed into its parent.

    `below` is not made: a session whose folder was moved away must not come into being anew. FileNotFoundError then.
    """
    if folder.is_dir():
        return
    if folder == below:
        raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), os.fspath(folder))
    make_folder(folder.parent, 0o755, below=below)
    with translated(folder):
        folder.mkdir(mode=mode, exist_ok=True)
        flush_folder(folder.parent)


def let_everybody_read(folder: Path) -> None:
    """Results are there to be copied, by other users and services too; the session's own folder stays closed."""
    with translated(folder):
        for path in sorted(folder.rglob("*")):
            path.chmod(0o755 if path.is_dir() else 0o644)
        folder.chmod(0o755)


def remove_empty(folder: Path) -> None:
    """Takes an empty folder away; one with anything in it stays."""
    try:
        folder.rmdir()
    except OSError:
        pass


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
            if WINDOWS:
                retry_busy(lambda: flush_file(path))


def append(path: Path, data: bytes, at: int) -> None:
    """Bytes at offset `at` (what lay behind is cut off first), flushed. Created where missing, but for one that has
    begun: its folder may be another by now, put in the place of the session's.

    Raises EngineError disk_error where the file ends before `at`: a hole would read as zeros.
    """
    with translated(path):
        new = not path.exists()
        if new and at > 0:
            raise EngineError("disk_error", sentence("disk.lost_its_end", path=path, size=0, written=at))
        handle = os.open(path, os.O_RDWR | (os.O_CREAT if new else 0) | getattr(os, "O_BINARY", 0), 0o600)
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


def unshare(path: Path) -> None:
    """Before a file is appended to or cut in place: its own bytes under this name, if other names share them.

    A backup by hard links (`cp -al`, rsnapshot, `rsync --link-dest`) must not change with what it is a backup of.
    """
    with translated(path):
        try:
            status = path.lstat()
        except FileNotFoundError:
            return
        if not stat.S_ISREG(status.st_mode) or status.st_nlink < 2:
            return
        part = path.with_name(path.name + ".part")
        try:
            with path.open("rb") as file:
                write(part, iter(functools.partial(file.read, COPY_BYTES), b""))
            retry_busy(lambda: part.replace(path))
        except (EngineError, OSError):
            _remove_quietly(part)
            raise
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
        if not over:
            _first_of_that_name(part, final)
            return
        if final.exists():
            if old.exists():
                discard(old)
            rename(final, old)
        try:
            rename(part, final)
        except Exception:
            _take_back(old, final)
            raise
    if old.exists():
        give_up(old)


def _take_back(old: Path, final: Path) -> None:
    try:
        if old.exists() and not final.exists():
            rename(old, final)
    except (EngineError, OSError) as error:
        log.warning("%s gets its name back at the next start: %s", old, error)


def _first_of_that_name(part: Path, final: Path) -> None:
    """Raises FileExistsError where there is one. Two that rename at once: POSIX says the folder is not empty, Windows
    that it exists, or, while the other's is still on its way, that access is denied.
    """
    if not final.exists():
        try:
            retry_busy(lambda: part.rename(final))
        except OSError as error:
            taken = error.errno in (errno.ENOTEMPTY, errno.EEXIST) or (WINDOWS and final.exists())
            if not taken:
                raise
        else:
            flush_folder(final.parent)
            return
    raise FileExistsError(final)


def rename(source: Path, target: Path) -> None:
    """A new name inside the same parent, on the disk when this returns."""
    with translated(target):
        retry_busy(lambda: source.rename(target))
        flush_folder(target.parent)
        if source.parent != target.parent:
            flush_folder(source.parent)


def discard(path: Path) -> bool:
    """Takes a folder or file away: its name turns into `*.dead` first, so a half-removed one is never read.

    False where somebody (a scanner, an indexer, a preview) still holds what is inside: the rest stays under the dead
    name for the next sweep, and nothing else depends on it. Raises EngineError disk_* where even the name stays.
    """
    dead = path if path.name.endswith(".dead") else path.with_name(path.name + ".dead")
    with translated(path):
        if dead != path:
            if os.path.lexists(dead) and not discard(dead):
                dead = _free_name(dead)
            retry_busy(lambda: path.rename(dead))
            flush_folder(path.parent)
    try:
        retry_busy(lambda: _remove(dead))
    except OSError as error:
        log.warning("%s stays until the next sweep: %s", dead, error)
        return False
    return True


def give_up(path: Path) -> bool:
    """`discard` for what nobody needs any more, whatever the disk says: what it leaves, the next sweep takes."""
    try:
        return discard(path)
    except (EngineError, OSError) as error:
        log.warning("%s stays until the next sweep: %s", path, error)
        return False


def _free_name(dead: Path) -> Path:
    names = (dead.with_name(f"{dead.name.removesuffix('.dead')}.{number}.dead") for number in range(1, 1_000))
    return next(name for name in names if not os.path.lexists(name))


def _remove(dead: Path) -> None:
    """Once more where something may not be removed only because it is read-only."""

    def remove() -> None:
        if dead.is_dir() and not dead.is_symlink():
            shutil.rmtree(dead)
        else:
            dead.unlink(missing_ok=True)

    try:
        remove()
    except PermissionError:
        _allow_removal(dead)
        remove()


def _allow_removal(dead: Path) -> None:
    """Windows refuses to remove a read-only file, POSIX what lies in a read-only folder. Links are not followed."""
    below = [Path(place, name) for place, folders, files in os.walk(dead) for name in (*folders, *files)]
    for path in (dead, *below):
        if not path.is_symlink():
            try:
                mode = path.stat().st_mode
                path.chmod(mode | (stat.S_IRWXU if stat.S_ISDIR(mode) else stat.S_IWUSR))
            except OSError:
                pass  # not ours, or gone by now: the next try says so


def sweep(folder: Path, ours: Callable[[str], bool]) -> list[str]:
    """Removes what a cut left behind in this folder (`*.part`, `*.dead`); returns the names of what is gone.

    Only what is `ours`: a user's own folder may end so too. A folder on its way to being replaced (`*.old`) gets its
    name back where the new one did not arrive. What somebody holds stays for the next sweep: nothing ever reads it.
    """
    with translated(folder):
        left = sorted(entry.name for entry in folder.iterdir() if entry.suffix in ENDINGS and ours(entry.name))
    gone = []
    for name in left:
        if name.endswith(".old") and not (folder / name).with_suffix("").exists():
            rename(folder / name, (folder / name).with_suffix(""))
            gone.append(name)
        elif give_up(folder / name):
            gone.append(name)
    return gone


def own_part(file: Path) -> Path:
    """`file.PID.part`, for a file that several processes may write at once; whoever asks removes it in the end.

    What a process that was killed left of the same file is removed here: nobody else ever would.
    """
    for left in file.parent.iterdir():
        match = PART_OF_PROCESS.fullmatch(left.name.removeprefix(file.name))
        if match and left.name.startswith(file.name) and not process_lives(int(match[1])):
            try:
                left.unlink()
            except OSError:
                pass  # somebody holds it: the next time
    return file.with_name(f"{file.name}.{os.getpid()}.part")


def knows_links(file: Path) -> bool:
    """Whether this file can have a second name on its disk: FAT and exFAT, some network folders cannot.

    A full disk says nothing of that.
    """
    probe = own_part(file)
    try:
        probe.unlink(missing_ok=True)
        os.link(file, probe)
        probe.unlink()
    except OSError as error:
        return error.errno in (errno.ENOSPC, errno.EDQUOT)
    return True


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


def retry_busy(action: Callable[[], T], sleep: Callable[[float], None] | None = None, windows: bool | None = None) -> T:
    """A scanner or indexer on Windows may hold a file for a moment: tries for about 2.5 s, then raises."""
    windows, sleep = WINDOWS if windows is None else windows, sleep or time.sleep
    waited, pause = 0.0, 0.01
    while True:
        try:
            return action()
        except OSError as error:
            busy = windows and getattr(error, "winerror", None) in BUSY_WINERRORS
            if not busy or waited >= BUSY_RETRY_SECONDS:
                raise
            sleep(pause)
            waited, pause = waited + pause, min(pause * 2, 0.5)


def _remove_quietly(part: Path) -> None:
    try:
        part.unlink()
    except OSError:
        pass  # it is not there, or the disk is in trouble already: the next start sweeps it


def _write_all(handle: int, data: Chunk) -> None:
    view = memoryview(data)
    while view:
        view = view[os.write(handle, view) :]
