"""One window for each user: a second start hands its arguments to the first, and leaves.

A lock file says who is first (Qt looks whether its owner lives, so one left by a crash is no obstacle); a local socket
carries the arguments. The socket has another name at each start, which stands in a file beside the lock: whoever cannot
read that folder can neither take the name before us nor answer in our place.
"""

from __future__ import annotations

import json
import os
import secrets
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QLockFile, QObject, Signal
from PySide6.QtNetwork import QLocalServer, QLocalSocket

CONNECT_MS, ANSWER_MS = 3_000, 30_000  # a window that starts, or on a busy machine, is slow to answer, not silent
PATIENCE_SECONDS = 10.0  # for a first window that has its lock and not yet its address, or ends just now
MOST_BYTES = 64 << 10
DATA_ROOT = "--data-root="  # as one word of what is handed over
LOCK, ADDRESS = "window.lock", "window.address"
LONGEST_PATH = 90  # of a socket, in bytes; systems stop at 104 to 108


class SingleInstance(QObject):
    """`asked` carries the arguments of a later start. `problem`: why it cannot hear of one; empty where it can."""

    asked = Signal(list)

    def __init__(self, folder: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.problem = ""
        self._folder = _private(folder)
        self._lock = QLockFile(str(self._folder / LOCK))
        self._lock.setStaleLockTime(0)  # never by age: the owner lives or not
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._welcome)

    def first(self) -> bool:
        """Whether this is the only window, which from here on hears what later ones are started with."""
        if not self._lock.tryLock(0):
            return False
        self._forget_last()
        address = self._new_address()
        if self._server.listen(address):
            self.problem = _written(self._folder / ADDRESS, address)
        else:
            self.problem = self._server.errorString()
        return True

    def hand_over(self, arguments: Sequence[str]) -> bool:
        """Gives the first window these arguments, once; whether it took them."""
        try:
            address = (self._folder / ADDRESS).read_text(encoding="utf-8")
        except (OSError, ValueError):
            return False
        socket = QLocalSocket()
        socket.connectToServer(address)
        if not socket.waitForConnected(CONNECT_MS):
            return False
        socket.write(json.dumps(list(arguments)).encode() + b"\n")
        return socket.waitForReadyRead(ANSWER_MS)

    def _new_address(self) -> str:
        """In our own folder where its path is short enough; the name of a pipe on Windows."""
        name = f"so8t-{secrets.token_hex(16)}"
        path = str(self._folder / name)
        return path if sys.platform != "win32" and len(os.fsencode(path)) <= LONGEST_PATH else name

    def _forget_last(self) -> None:
        """What a crash has left."""
        try:
            QLocalServer.removeServer((self._folder / ADDRESS).read_text(encoding="utf-8"))
        except (OSError, ValueError):
            pass  # there was none

    def _welcome(self) -> None:
        while (socket := self._server.nextPendingConnection()) is not None:
            socket.readyRead.connect(lambda socket=socket: self._hear(socket))
            socket.disconnected.connect(socket.deleteLater)
            self._hear(socket)

    def _hear(self, socket: QLocalSocket) -> None:
        if not socket.canReadLine():
            if socket.bytesAvailable() > MOST_BYTES:
                socket.abort()
            return
        try:
            arguments = json.loads(bytes(socket.readLine().data()))
        except (ValueError, RecursionError):
            socket.abort()
            return
        socket.write(b"ok\n")
        socket.flush()
        if isinstance(arguments, list) and all(isinstance(argument, str) for argument in arguments):
            self.asked.emit(arguments)


def _private(folder: Path) -> Path:
    """The folder, or where it cannot be written one of our own among the temporary ones."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if os.access(folder, os.W_OK):
            return folder
    except OSError:
        pass  # the settings say so to the user when they are to be kept
    spare = Path(tempfile.gettempdir()) / f"so8t-{_user()}"
    try:
        spare.mkdir(mode=0o700, exist_ok=True)
        if _ours(spare):
            return spare
    except OSError:
        pass  # something of that name is there already
    return Path(tempfile.mkdtemp(prefix="so8t-"))  # a second window then does not find the first


def _user() -> str:
    if sys.platform == "win32":
        return os.environ.get("USERNAME", "user")
    return str(os.getuid())


def _ours(folder: Path) -> bool:
    """Made by this user, for this user alone; on Windows the folder of temporary files is the user's own."""
    if sys.platform == "win32":
        return True
    about = folder.lstat()
    return folder.is_dir() and not folder.is_symlink() and about.st_uid == os.getuid() and not about.st_mode & 0o077


def _written(path: Path, text: str) -> str:
    """Whole or not at all; returns why it could not be written."""
    part = path.with_name(f"{path.name}.part")
    try:
        part.unlink(missing_ok=True)
        with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
            file.write(text)
        part.replace(path)
    except OSError as error:
        return error.strerror or str(error)
    return ""
