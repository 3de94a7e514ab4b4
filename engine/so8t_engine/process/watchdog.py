"""Detects a hung worker: heartbeats, how long it may stay silent, and the supervisor's timer.

A sign of life is progress (a unit done, a wait declared), never a timer: a process that hangs with its threads alive
gives none. The process's own stacks go to the log shortly before the watch ends it: by a thread of C that needs no GIL.
"""

from __future__ import annotations

import faulthandler
import os
import time
from collections.abc import Callable
from typing import TextIO

from so8t_engine.protocol import MAX_LINE_BYTES, Message, decode, encode

START_SECONDS = 3600.0  # until the first sign of all: checkpoints are verified, on a slow disk too
STACKS_AT = 0.9  # of the time a process may be silent: then it writes its stacks
QUIET_SECONDS = 0.2
GAP_SECONDS = 10.0


class Signs:
    """The watched side: each sign says how long the next may take. `factor` grows with every time it was not enough.

    It remembers the last sign: equal ones in short succession are not worth a line.
    """

    def __init__(self, pipe: int, factor: float = 1.0, clock: Callable[[], float] = time.monotonic) -> None:
        self._pipe, self._factor, self._clock = pipe, factor, clock
        self._last, self._at = 0.0, float("-inf")

    def __call__(self, message: Message) -> None:
        """May be called by any thread and by a signal handler: one short line is one write."""
        if message.name == "alive":
            seconds, now = self._factor * float(message.data["seconds"]), self._clock()
            if seconds == self._last and now - self._at < QUIET_SECONDS:
                return
            self._last, self._at = seconds, now
            faulthandler.dump_traceback_later(STACKS_AT * seconds)
            message = Message("alive", {"seconds": seconds})
        try:
            os.write(self._pipe, encode(message).encode())
        except OSError:
            pass  # the supervisor is gone; what follows from that is not decided here


class SilenceTimer:
    """The watching side: when the last sign came, and how long the next may take.

    `clock` must not count the time the machine sleeps; where it does, or the supervisor itself was stopped, the gap
    between two looks is noticed and the wait begins anew.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._limit = START_SECONDS
        self._since = self._looked = clock()

    def sign(self, seconds: float) -> None:
        self._limit, self._since = seconds, self._clock()

    def silent_for(self) -> float | None:
        """Seconds of silence, once they are too many."""
        now = self._clock()
        gap, self._looked = now - self._looked, now
        if gap > GAP_SECONDS:
            self._since = now
        return now - self._since if now - self._since > self._limit else None


def listen(pipe: TextIO, hear: Callable[[Message | None], None]) -> None:
    """Reads signs until the other side is gone; None is the end."""
    with pipe:
        while line := pipe.readline(MAX_LINE_BYTES + 1):
            message = decode(line)
            if message is not None:
                hear(message)
    hear(None)
