"""What a session has on disk for the plot: its history, when its points were made, where it was cut. No Qt here."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from so8t_engine.session import history, incidents, timeline
from so8t_gui.plot.series import Table
from so8t_gui.view import messages

LOG = Path("logs") / "engine.log"
TAIL_BYTES = 96 << 10


@dataclass
class Past:
    """`problem`: why there is nothing to show. `size`: bytes of the history as it was read."""

    path: Path
    table: Table = field(default_factory=Table)
    timeline: list[tuple[int, float]] = field(default_factory=list)
    problem: str = ""
    size: int = 0


def size_of(session: Path) -> int:
    """Bytes of the history; 0 where there is none."""
    try:
        return (session / history.NAME).stat().st_size
    except OSError:
        return 0


def read(session: Path) -> Past:
    """Reads everything; may take seconds for a week of training. Never raises."""
    past = Past(session, size=size_of(session))
    try:
        past.table.extend(history.read(session / history.NAME))
        past.timeline = timeline.read(session)
        for cut in incidents.read(session):
            if isinstance(cut.get("points"), int):
                past.table.interrupted(cut["points"], messages.cut_off(cut))
    except (OSError, KeyError, TypeError, ValueError) as error:
        past.problem = str(getattr(error, "strerror", None) or error)
    return past


def last_lines(session: Path) -> str:
    """The end of the engine's log; empty where there is none."""
    try:
        with (session / LOG).open("rb") as file:
            size = file.seek(0, 2)
            file.seek(max(0, size - TAIL_BYTES))
            data = file.read()
    except OSError:
        return ""
    text = data.decode("utf-8", "replace")
    return text.partition("\n")[2] if size > TAIL_BYTES else text
