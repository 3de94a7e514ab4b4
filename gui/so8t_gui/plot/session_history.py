"""What a session has on disk for the plot: its history, when its points were made, where it was cut. No Qt here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from so8t_engine.session import catalog, history, incidents, timeline
from so8t_gui.plot.series import Table
from so8t_gui.view import messages


@dataclass
class SessionHistory:
    """`problem`: why there is nothing to show. `size`: bytes of the history as it was read."""

    path: Path
    table: Table = field(default_factory=Table)
    timeline: list[tuple[int, float]] = field(default_factory=list)
    problem: str = ""
    size: int = 0
    _cut_off: set[str] = field(default_factory=set)  # the runs of which it is marked

    def mark_cut(self, incident: Mapping[str, Any]) -> None:
        """Where a run was cut off; once of each run, as it is recorded."""
        points, run = incident.get("points"), str(incident.get("run"))
        if isinstance(points, int) and run not in self._cut_off:
            self.table.interrupted(points, messages.cut_off(incident))
            self._cut_off.add(run)

    def cut_back(self, incident: Mapping[str, Any]) -> None:
        """The run goes on from what was saved: what came behind it is lost. Never raises."""
        try:
            self.mark_cut(incident)
        except (KeyError, TypeError, ValueError, OverflowError):  # as of every event that makes no sense
            return
        points = incident.get("points")
        if isinstance(points, int):
            self.table.cut(points)


def size_of(session: Path) -> int:
    """Bytes of the history; 0 where there is none."""
    try:
        return (session / history.NAME).stat().st_size
    except OSError:
        return 0


def read(session: Path) -> SessionHistory:
    """Reads everything; may take seconds for a week of training. Never raises."""
    result = SessionHistory(session, size=size_of(session))
    result.table.learns = catalog.learns(session)
    try:
        result.table.extend(history.read(session / history.NAME))
        result.timeline = timeline.read(session)
        for cut in incidents.read(session):
            result.mark_cut(cut)
    except (OSError, KeyError, TypeError, ValueError) as error:
        result.problem = str(getattr(error, "strerror", None) or error)
    return result
