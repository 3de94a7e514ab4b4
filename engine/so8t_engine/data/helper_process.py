"""A process that does a part of a step's work beside it: requests down one pipe, replies up another, in order.

It reads files and answers; it writes nothing, so it may be killed at any time. It ends when its parent does: its pipe
of requests ends then, for which a thread of its own waits.
"""

from __future__ import annotations

import contextlib
import json
import os
import queue
import signal
import struct
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import IO, Any

from so8t_engine import child_pipes

REQUESTS, REPLIES = "SO8T_HELPER_REQUESTS", "SO8T_HELPER_REPLIES"
LENGTH = struct.Struct("<Q")  # of what follows, before each request and reply
MOMENT = 2.0  # seconds between the end of a process's pipe and its own
# Of a terminal, or of a system that ends a whole service: the parent hears them too, and ends this process.
LEFT_TO_PARENT = ("SIGINT", "SIGHUP", "SIGBREAK", "SIGTERM")

Request = Mapping[str, Any]


class Helper:
    """Of the parent: a process that runs `module`. Raises OSError where the system gives none."""

    def __init__(self, module: str) -> None:
        with Path(os.devnull).open("wb") as nowhere:
            child = child_pipes.start(
                [sys.executable, "-m", module], os.environ, nowhere, nowhere, down=REQUESTS, up=REPLIES
            )
        self.process = child.process
        self._down: IO[bytes] = os.fdopen(child.down, "wb")
        self._up: IO[bytes] = os.fdopen(child.up, "rb")

    def ask(self, request: Request) -> None:
        """Its reply comes after those to what was asked before; of a helper that has ended, never."""
        data = json.dumps(request).encode()
        with contextlib.suppress(OSError):
            self._down.write(LENGTH.pack(len(data)) + data)
            self._down.flush()

    def reply(self) -> bytes | None:
        """Waits for the next reply; None where the helper has ended."""
        head = self._up.read(LENGTH.size)
        if len(head) < LENGTH.size:
            return None
        [length] = LENGTH.unpack(head)
        data = self._up.read(length)
        return data if len(data) == length else None

    def code(self) -> int:
        """The exit code of a helper that has ended."""
        with contextlib.suppress(subprocess.TimeoutExpired):
            return self.process.wait(MOMENT)
        self.process.kill()  # its pipe alone has ended
        return self.process.wait()

    def close(self) -> None:
        self.process.kill()
        self.process.wait()
        for end in (self._down, self._up):
            with contextlib.suppress(OSError):
                end.close()


def serve(answer: Callable[[Request], bytes | memoryview | None]) -> None:
    """Of the helper: answers requests until the parent is gone; None is no reply. An error ends it, unseen."""
    for name in LEFT_TO_PARENT:
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), signal.SIG_IGN)
    requests, replies = child_pipes.to_read(REQUESTS), child_pipes.to_write(REPLIES)
    if requests is None or replies is None:
        raise SystemExit("This is a part of SO8T that it starts itself.")
    waiting: queue.SimpleQueue[bytes] = queue.SimpleQueue()
    threading.Thread(target=_listen, args=(requests, waiting.put), daemon=True).start()
    with os.fdopen(replies, "wb") as up:
        while True:
            reply = answer(json.loads(waiting.get()))
            if reply is not None:
                up.write(LENGTH.pack(len(reply)))
                up.write(reply)
                up.flush()


def _listen(end: int, put: Callable[[bytes], None]) -> None:
    for request in _requests(end):
        put(request)
    os._exit(0)


def _requests(end: int) -> Iterator[bytes]:
    rest = bytearray()
    while data := child_pipes.read(end):
        rest += data
        while len(rest) >= LENGTH.size and len(rest) >= (whole := LENGTH.size + LENGTH.unpack_from(rest)[0]):
            yield bytes(rest[LENGTH.size : whole])
            del rest[:whole]
