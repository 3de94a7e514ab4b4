"""Tells a hang from long work, from outside the process: by its heartbeat while it trains, by its activity otherwise.

In training every unit is a restart point and leaves a heartbeat: silence of ten times the slowest kind of unit, and of
at least `runtime.stuck_seconds`, is a hang. Loading, downloading, merging have no such measure: there a process is
given half an hour without any use of processor or disk.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import psutil

from so8t_engine import store
from so8t_engine.context import PROGRESS
from so8t_engine.errors import EngineError
from so8t_engine.incidents import heartbeat

UNITS = 10  # times the mean of the slowest kind of unit
IDLE_SECONDS = 1_800.0
BUSY_SECONDS = 0.05  # of processor time between two looks: more than a process that waits takes
GAP_SECONDS = 30.0  # between two looks: this process, or the whole machine, was asleep

Beat = tuple[int, int] | None


class Activity(NamedTuple):
    """What a process has used so far: seconds of processor time, bytes read and written."""

    seconds: float
    bytes: int


class Watchdog:
    """Watches one child. Has state because silence has a beginning."""

    def __init__(
        self, session: Path, pid: int, stuck_seconds: float, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._session, self._pid, self._stuck_seconds, self._clock = session, pid, stuck_seconds, clock
        self._first = self._beat = beat(session)
        self._activity = activity(pid)
        self._looked = self._alive = self._active = clock()

    def stuck(self) -> str | None:
        """A sentence where the child hangs; called every few seconds."""
        now = self._clock()
        if now - self._looked > GAP_SECONDS:
            self._alive = self._active = now
        self._looked = now
        seen, used = beat(self._session), activity(self._pid)
        if seen != self._beat:
            self._beat, self._alive = seen, now
        if used.seconds > self._activity.seconds + BUSY_SECONDS or used.bytes != self._activity.bytes:
            self._activity, self._active = used, now
        silence = now - self._alive
        if silence > self._stuck_seconds and self._training() and silence > self._limit():
            return f"No unit of training was done for {silence:.0f} s."
        if now - max(self._alive, self._active) > max(IDLE_SECONDS, self._stuck_seconds):
            return f"The engine has done nothing at all for {now - self._active:.0f} s."
        return None

    def _training(self) -> bool:
        """Units have begun in this child: its last heartbeat is one of training and newer than its start."""
        return self._beat != self._first and heartbeat(self._session, PROGRESS).get("step") == "train"

    def _limit(self) -> float:
        try:
            work = store.read_state(self._session).work
        except (EngineError, OSError):
            work = {}
        means = [item.seconds / item.count for key, item in work.items() if key.startswith("train/") and item.count]
        return max([self._stuck_seconds, *(UNITS * mean for mean in means)])


def beat(session: Path) -> Beat:
    """Changes with every heartbeat; its content is not needed."""
    try:
        found = (session / PROGRESS).stat()
    except OSError:
        return None
    return found.st_mtime_ns, found.st_ino


def activity(pid: int) -> Activity:
    """Zero where the process has gone or may not be looked at."""
    try:
        process = psutil.Process(pid)
        times = process.cpu_times()
        used = process.io_counters() if hasattr(process, "io_counters") else None
    except psutil.Error:
        return Activity(0.0, 0)
    return Activity(times.user + times.system, 0 if used is None else used.read_bytes + used.write_bytes)
