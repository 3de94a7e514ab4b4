"""What happened to a session before this window looked: its interruptions and how it ended, read from its folder.

No Qt here. Times are seconds of the epoch; None where the file says none.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from so8t_engine.sentences import from_json
from so8t_engine.session import catalog, incidents
from so8t_gui.view.state import Note

Past = tuple[float | None, Note]
ENDS = ("paused", "failed", "finished")


def read(session: Path) -> tuple[Past, ...]:
    """Oldest first; what cannot be read is left out. The last is how it ended, if it rests. Raises OSError."""
    past: list[Past] = []
    for cut in incidents.read(session):
        at = _moment(cut.get("when"))
        lost = cut.get("lost_seconds")
        known = {"kind": str(cut.get("kind")), "step": str(cut.get("step")), "unit": cut.get("unit")}
        lost_seconds = lost if isinstance(lost, (int, float)) and abs(lost) < 1e9 else None
        past.append((at, Note("incident", {**cut, **known, "lost_seconds": lost_seconds}, at or 0.0)))
        notes = cut.get("notes")
        for note in notes if isinstance(notes, list) else []:
            past.append((at, Note("warning", {"sentence": from_json(note)}, at or 0.0)))
    entry = catalog.entry(session)
    if entry.status in ENDS:
        at = _moment(entry.updated)
        data: Mapping[str, Any] = {"sentence": entry.detail, "reason": entry.detail}
        past.append((at, Note(entry.status, data, at or 0.0)))
    return tuple(past)


def _moment(text: object) -> float | None:
    try:
        return datetime.fromisoformat(str(text)).timestamp()
    except (ValueError, OverflowError, OSError):
        return None
