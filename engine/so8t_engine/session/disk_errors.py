"""What a disk met, as a sentence: by the system's number, by the number in a library's text, or by asking the disk."""

from __future__ import annotations

import errno
import os
import re
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

from so8t_engine.errors import EngineError
from so8t_engine.sentences import sentence

WINDOWS = sys.platform == "win32"
PROBE = b"\xa5" * (1 << 20)  # no zeros: a file system may store those for nothing

# Of Windows' own numbers those that Python's errno does not tell, or tells as a missing permission.
WINERRORS = {
    5: errno.EACCES, 19: errno.EROFS, 23: errno.EIO, 32: errno.EACCES, 33: errno.EACCES, 39: errno.ENOSPC,
    112: errno.ENOSPC, 223: errno.EFBIG, 483: errno.EIO, 1117: errno.EIO, 1295: errno.EDQUOT,
}  # fmt: skip
CAUSES = {
    errno.ENOSPC: ("disk_full", "disk.full"),
    errno.EDQUOT: ("disk_full", "disk.full"),
    errno.EFBIG: ("disk_file_limit", "disk.file_limit"),
    errno.EROFS: ("disk_read_only", "disk.read_only"),
    errno.EACCES: ("disk_permission", "disk.not_allowed"),
    errno.EPERM: ("disk_permission", "disk.not_allowed"),
    errno.ENOTDIR: ("disk_permission", "disk.file_in_the_way"),
    errno.EEXIST: ("disk_permission", "disk.file_in_the_way"),
    errno.EIO: ("disk_error", "disk.error"),
}
FULL = (errno.ENOSPC, errno.EDQUOT)
# What a text is believed about: of a missing permission or a file in the way a library may mean anything.
IN_TEXTS = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EROFS, errno.EIO)
RUST = re.compile(r"\bos error (\d+)")  # safetensors, tokenizers: the system's number, Windows' own on Windows
ERRNO = re.compile(r"\[Errno (\d+)\]|\berrno[ =:]+(\d+)")  # Arrow, and Python's own inside another error's text
WINDOWS_ERROR = re.compile(r"\[Windows error (\d+)\]|\[WinError (\d+)\]")

T = TypeVar("T")


@contextmanager
def translated(path: Path) -> Iterator[None]:
    """Turns the disk's own errors into sentences, and those of libraries that say its number. Raises EngineError
    disk_*.
    """
    with _told_by(number_of, path):
        yield


@contextmanager
def asking(folder: Path) -> Iterator[None]:
    """Around libraries that fill `folder`: where an error of theirs gives no number, the disk itself is asked.

    numpy's `tofile` for one says how much it could not write, never why. Raises EngineError disk_*.
    """

    def number(error: BaseException) -> int | None:
        known = number_of(error)
        return asked(folder) if known is None else known

    with _told_by(number, folder):
        yield


@contextmanager
def _told_by(number_of_error: Callable[[BaseException], int | None], path: Path) -> Iterator[None]:
    try:
        yield
    except EngineError:
        raise
    except Exception as error:
        number = number_of_error(error)
        if number not in CAUSES:
            raise
        raise told(number, path, error) from error


def number_of(error: BaseException) -> int | None:
    """The errno behind an error; None where it says none. Of an error that is not the system's only its text counts."""
    if isinstance(error, OSError) and error.errno is not None:
        return WINERRORS.get(getattr(error, "winerror", None) or 0, error.errno)
    text = str(error)
    numbers = [WINERRORS.get(n) if WINDOWS else n for n in _numbers(RUST, text)]
    numbers += [WINERRORS.get(n) for n in _numbers(WINDOWS_ERROR, text)] + list(_numbers(ERRNO, text))
    numbers += [number for number in IN_TEXTS if os.strerror(number) in text]
    return next((number for number in numbers if number in IN_TEXTS), None)


def told(number: int, path: Path, error: BaseException) -> EngineError:
    code, what = CAUSES[number]
    why = error.strerror if isinstance(error, OSError) and error.strerror else os.strerror(number)
    return EngineError(code, sentence(what, path=path, error=why))


def asked(folder: Path) -> int | None:
    """What a write there meets now: the errno, or None. Goes on where the last writer stopped, as its file may be it.

    The file gets its length back. One with a second name elsewhere is left alone.
    """
    newest: tuple[float, Path] | None = None
    try:
        for place, _, names in os.walk(folder):
            for path in (Path(place, name) for name in names):
                facts = path.lstat()
                if facts.st_nlink <= 1 and not path.is_symlink():
                    newest = max(newest or (0.0, path), (facts.st_mtime, path))
        path = newest[1] if newest else folder / "probe.part"
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | getattr(os, "O_BINARY", 0), 0o600)
        try:
            size = os.lseek(handle, 0, os.SEEK_END)
            try:
                view = memoryview(PROBE)
                while view:
                    view = view[os.write(handle, view) :]
                os.fsync(handle)
            finally:
                os.ftruncate(handle, size)
        finally:
            os.close(handle)
        if newest is None:
            path.unlink()
    except OSError as error:
        number = number_of(error)
        return number if number in IN_TEXTS else None
    return None


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


def _numbers(pattern: re.Pattern[str], text: str) -> Iterator[int]:
    for match in pattern.finditer(text):
        yield next(int(group) for group in match.groups() if group)
