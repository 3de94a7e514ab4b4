"""The supervisor's side of the pipe of commands: what is sent never waits for a worker that does not read."""

from __future__ import annotations

import os
import queue
import threading

from so8t_engine.protocol import Message, encode
from so8t_engine.sentences import Sentence, to_json


class CommandPipe:
    """Lines to one worker, in their order, written by a thread of its own. Sending is safe in a signal handler."""

    def __init__(self, end: int) -> None:
        self._end = end
        self._lines: queue.SimpleQueue[str | None] = queue.SimpleQueue()
        threading.Thread(target=self._write, daemon=True).start()

    def pause(self, reason: Sentence) -> None:
        self.send(encode(Message("pause", {"reason": to_json(reason)})))

    def send(self, line: str) -> None:
        self._lines.put(line.rstrip("\n") + "\n")

    def close(self) -> None:
        self._lines.put(None)

    def _write(self) -> None:
        try:
            while (line := self._lines.get()) is not None:
                rest = line.encode()
                while rest:
                    rest = rest[os.write(self._end, rest) :]
        except OSError:
            pass  # it is gone, and with it whoever would have obeyed
        finally:
            os.close(self._end)
