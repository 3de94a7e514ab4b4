"""The folder of a session that runs, held so that it is noticed when it goes: moved, trashed, deleted, unplugged.

POSIX lets a folder be renamed while files in it are open: what is written by its path then fails, or lands in another
folder. So the folder itself is held by a handle, and the path is compared with it before every write. Windows lets
nobody rename a folder while the lock file in it is open; there only a disk can go.
"""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from so8t_engine.errors import EngineError
from so8t_engine.sentences import Sentence, sentence

GONE = (
    errno.ENOENT, errno.ENOTDIR, errno.ENODEV, errno.ENXIO, errno.ESTALE, errno.ENOTCONN, errno.EHOSTDOWN,
    errno.EHOSTUNREACH,
)  # fmt: skip
# Path or drive not found, not ready, network name gone, device not connected, volume dismounted.
WINDOWS_GONE = (2, 3, 15, 21, 53, 55, 64, 67, 433, 1006, 1167, 1617)
MACOS_GET_PATH = 50  # fcntl's F_GETPATH


class Place:
    """A session's folder: its path, and which folder of which disk that was when it was opened."""

    def __init__(self, session: Path, handle: int | None = None) -> None:
        self.session = session
        self._handle = handle
        self._kept_file: str | None = None
        self._opened = _which(session.stat() if handle is None else os.fstat(handle))

    def holds(self, file: str) -> None:
        """From now on `file` is always in it. A folder without it is being deleted: its own name goes last."""
        self._kept_file = file

    def is_there(self) -> bool:
        """Whether the path still leads to the same folder, whole. OSError where the disk does not say."""
        try:
            status = self.session.stat()
        except OSError as error:
            if error.errno in GONE or getattr(error, "winerror", None) in WINDOWS_GONE:
                return False
            raise
        return _which(status) == self._opened and self._is_whole(self.session)

    def is_surely_there(self) -> bool:
        """Also False where the disk does not say."""
        try:
            return self.is_there()
        except OSError:
            return False

    def check(self) -> None:
        """Raises EngineError session_gone."""
        if not self.is_there():
            raise EngineError("session_gone", self._what())

    def now(self) -> Path | None:
        """Where the folder lies now, if the system tells."""
        path = _path_of(self._handle) if self._handle is not None else None
        try:
            same = path is not None and _which(path.stat()) == self._opened and self._is_whole(path)
            return path if same else None
        except OSError:
            return None

    @contextmanager
    def kept(self) -> Iterator[None]:
        """Whatever goes wrong inside because the folder is gone is told as that. Raises EngineError session_gone."""
        self.check()
        try:
            yield
        except Exception as error:
            if not isinstance(error, EngineError) or error.code != "session_gone":
                gone = self.told(error)
                if gone is not error:
                    raise gone from error
            raise

    def told(self, error: Exception) -> Exception:
        """The error itself, or that the folder is gone, which it then comes from."""
        try:
            return error if self.is_there() else EngineError("session_gone", self._what())
        except OSError:
            return error

    def _what(self) -> Sentence:
        name, now = self.session.name, self.now()
        if now is not None:
            return sentence("session.was_moved", session=name, path=now)
        if self._was_deleted():
            return sentence("session.was_deleted", session=name)
        return sentence("session.is_away", session=name, root=self.session.parent)

    def _was_deleted(self) -> bool:
        """Or half of it, by somebody who is still at it."""
        if self._handle is not None and os.fstat(self._handle).st_nlink == 0:
            return True
        try:
            return _which(self.session.stat()) == self._opened and not self._is_whole(self.session)
        except OSError:
            return False

    def _is_whole(self, folder: Path) -> bool:
        return self._kept_file is None or (folder / self._kept_file).is_file()


@contextmanager
def held(session: Path) -> Iterator[Place]:
    """Holds the folder until the end. Raises EngineError session_gone where there is none."""
    handle: int | None = None
    try:
        if sys.platform != "win32":
            handle = os.open(session, os.O_RDONLY | os.O_DIRECTORY)
        place = Place(session, handle)
    except OSError as error:
        if handle is not None:
            os.close(handle)
        raise EngineError(
            "session_gone", sentence("session.is_away", session=session.name, root=session.parent)
        ) from error
    try:
        yield place
    finally:
        if handle is not None:
            os.close(handle)


def _which(status: os.stat_result) -> tuple[int, int]:
    return status.st_dev, status.st_ino


def _path_of(handle: int) -> Path | None:
    try:
        if sys.platform == "linux":
            return Path(f"/proc/self/fd/{handle}").readlink()
        if sys.platform == "darwin":
            import fcntl

            return Path(os.fsdecode(fcntl.fcntl(handle, MACOS_GET_PATH, bytes(1024)).rstrip(b"\0")))
    except OSError:
        pass
    return None
