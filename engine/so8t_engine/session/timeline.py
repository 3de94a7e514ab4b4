"""When the points of the history were made, for plots over time; when runs of the session began and came to rest.

A line per save, beginning and rest, and between saves as many as a plot can show; the history itself has no clock.
Never flushed, never trusted. What a cut left torn is skipped.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from so8t_engine.errors import EngineError
from so8t_engine.session import durable, wary_read

NAME = "timeline.jsonl"
SECONDS, SHARE = 1.0, 1 / 300  # moments of a plot are so far apart, or this share of all the time: a pixel or two


def add(session: Path, points: int, active_seconds: float, joules: float | None = None) -> None:
    """`points` entries of the history were there after so much active time. Nothing depends on whether this works.

    `joules`: the energy counter of the GPU at that moment.
    """
    more = {} if joules is None else {"joules": joules}
    _append(session, {"points": points, "active_seconds": round(active_seconds, 3), **more})


def mark(session: Path, event: str, values: Mapping[str, Any]) -> None:
    """`began`, `paused` or `failed`, with `when` and what else is worth telling. Nothing depends on it either."""
    _append(session, {"event": event, **values})


def _append(session: Path, body: Mapping[str, Any]) -> None:
    path = session / NAME
    line = json.dumps(body) + "\n"
    try:
        before = wary_read.data(path, wary_read.LINES_BYTES) if path.exists() else b""
        durable.replace(path, before + line.encode(), durable=False)
    except (EngineError, OSError, ValueError):
        pass  # as with the progress file: the save itself speaks up about the disk


def lines(session: Path) -> list[dict[str, Any]]:
    """Every line that can be read, whatever it holds."""
    try:
        raw_lines = wary_read.data(session / NAME, wary_read.LINES_BYTES).splitlines()
    except (OSError, ValueError):
        return []
    bodies = []
    for line in raw_lines:
        try:
            bodies.append(json.loads(line))
        except (ValueError, RecursionError):
            continue
    return [body for body in bodies if isinstance(body, dict)]


def read(session: Path) -> list[tuple[int, float]]:
    """(points, active seconds), both ascending: of work that was done twice the last time counts."""
    kept: list[tuple[int, float]] = []
    for body in lines(session):
        try:
            note(kept, int(body["points"]), float(body["active_seconds"]))
        except (ValueError, KeyError, TypeError, OverflowError):
            continue
    return kept


def note(kept: list[tuple[int, float]], points: int, seconds: float) -> None:
    """Adds a moment to those of `read`; who looks on by events keeps those of a run in the same way.

    Of moments with as many points the first stays, when the last point was made, and the newest, as it may have rested.
    """
    if kept and (kept[-1][0] > points or kept[-1][1] > seconds):  # what was lost is done again
        while kept and (kept[-1][0] >= points or kept[-1][1] > seconds):
            kept.pop()
    if len(kept) > 1:
        (before, earlier), (last, _) = kept[-2:]
        if before == last == points or (last < points and seconds - earlier < spacing(seconds)):
            kept.pop()
    kept.append((points, seconds))


class Moments:
    """Those of a run between its saves: no more than a plot can show."""

    def __init__(self, session: Path) -> None:
        self._session, self._last = session, float("-inf")

    def note(self, points: int, active_seconds: float, last: bool = False) -> None:
        """The `last` of a step is always noted: what comes behind it may take long."""
        if last or active_seconds - self._last >= spacing(active_seconds):
            self._last = active_seconds
            add(self._session, points, active_seconds)


def spacing(active_seconds: float) -> float:
    """Seconds between moments that are worth a line of their own, after so much active time."""
    return max(SECONDS, active_seconds * SHARE)
