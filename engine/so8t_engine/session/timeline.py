"""When the points of the history were made, for plots over time. A line per save; the history itself has no clock.

Never flushed, never trusted. What a cut left torn is skipped.
"""

from __future__ import annotations

import json
from pathlib import Path

from so8t_engine.errors import EngineError
from so8t_engine.session import durable, wary_read

NAME = "timeline.jsonl"


def add(session: Path, points: int, active_seconds: float) -> None:
    """`points` entries of the history were there after so much active time. Nothing depends on whether this works."""
    path = session / NAME
    line = json.dumps({"points": points, "active_seconds": round(active_seconds, 3)}) + "\n"
    try:
        before = wary_read.data(path, wary_read.LINES_BYTES) if path.exists() else b""
        durable.replace(path, before + line.encode(), durable=False)
    except (EngineError, OSError, ValueError):
        pass  # as with the progress file: the save itself speaks up about the disk


def read(session: Path) -> list[tuple[int, float]]:
    """(points, active seconds), both ascending: of work that was done twice the last time counts."""
    try:
        lines = wary_read.data(session / NAME, wary_read.LINES_BYTES).splitlines()
    except (OSError, ValueError):
        return []
    kept: list[tuple[int, float]] = []
    for line in lines:
        try:
            body = json.loads(line)
            points, seconds = int(body["points"]), float(body["active_seconds"])
        except (ValueError, KeyError, TypeError, OverflowError, RecursionError):
            continue
        while kept and (kept[-1][0] >= points or kept[-1][1] > seconds):
            kept.pop()
        kept.append((points, seconds))
    return kept
