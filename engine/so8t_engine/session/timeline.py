"""When the points of the history were made, for plots over time; when runs of the session began and came to rest.

A line per save, beginning and rest; the history itself has no clock. Never flushed, never trusted. What a cut left torn
is skipped.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from so8t_engine.errors import EngineError
from so8t_engine.session import durable, wary_read

NAME = "timeline.jsonl"


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
            points, seconds = int(body["points"]), float(body["active_seconds"])
        except (ValueError, KeyError, TypeError, OverflowError):
            continue
        while kept and (kept[-1][0] >= points or kept[-1][1] > seconds):
            kept.pop()
        kept.append((points, seconds))
    return kept
