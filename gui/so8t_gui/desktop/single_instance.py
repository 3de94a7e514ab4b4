"""One window for each user: a second start hands its arguments to the first, and leaves.

A lock file says who is first (Qt looks whether its owner lives, so one left by a crash is no obstacle); a local socket
carries the arguments.
"""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QCryptographicHash, QDir, QLockFile, QObject, Signal
from PySide6.QtNetwork import QLocalServer, QLocalSocket

WAIT_MS = 3_000
MOST_BYTES = 64 << 10


class SingleInstance(QObject):
    """`asked` carries the arguments of a later start."""

    asked = Signal(list)

    def __init__(self, folder: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        path = str(folder.absolute()).encode()
        name = QCryptographicHash.hash(path, QCryptographicHash.Algorithm.Sha256).toHex().toStdString()[:16]
        self._name = f"so8t-{name}"
        self._lock = QLockFile(str(_writable(folder, name) / "window.lock"))
        self._lock.setStaleLockTime(0)  # never by age: the owner lives or not
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._welcome)

    def first(self) -> bool:
        """Whether this is the only window, which from here on hears what later ones are started with."""
        if not self._lock.tryLock(0):
            return False
        QLocalServer.removeServer(self._name)  # what a crash has left
        self._server.listen(self._name)
        return True

    def hand_over(self, arguments: Sequence[str]) -> bool:
        """Gives the first window these arguments; whether it took them."""
        socket = QLocalSocket()
        socket.connectToServer(self._name)
        if not socket.waitForConnected(WAIT_MS):
            return False
        socket.write(json.dumps(list(arguments)).encode() + b"\n")
        return socket.waitForReadyRead(WAIT_MS)

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
        except ValueError:
            socket.abort()
            return
        socket.write(b"ok\n")
        socket.flush()
        if isinstance(arguments, list) and all(isinstance(argument, str) for argument in arguments):
            self.asked.emit(arguments)


def _writable(folder: Path, name: str) -> Path:
    """The folder, or one among the temporary ones where it cannot be written."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if os.access(folder, os.W_OK):
            return folder
    except OSError:
        pass  # the settings say so to the user when they are to be kept
    spare = Path(QDir.tempPath()) / f"so8t-{name}"
    spare.mkdir(exist_ok=True)
    return spare
