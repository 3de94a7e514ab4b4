"""The history of a session while it grows: read in a thread, then continued by the points of a run as they come."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from so8t_engine.protocol import Message
from so8t_engine.session import catalog, timeline
from so8t_gui.desktop.background import Background
from so8t_gui.plot import session_history
from so8t_gui.plot.chart import SessionCurves
from so8t_gui.plot.session_history import SessionHistory
from so8t_gui.view.state import View


class GrowingHistory(QObject):
    """Of the session of the view that it follows. `replaced`: it was read, or read anew; `grown`: points were added;
    `stale`: another program has made it longer.
    """

    replaced = Signal()
    grown = Signal()
    stale = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.history: SessionHistory | None = None
        self.reading, self._asking = False, False
        self._session, self._path = "", ""
        self._alive, self._elsewhere = False, False
        self._waiting: list[Message] = []  # points that came before the history was read
        self._unsaved: SessionHistory | None = None  # of the one in whose place this one stands
        self._background = Background(self)

    @property
    def curves(self) -> list[SessionCurves]:
        """As the plot takes them; none before it was read."""
        known = self.history
        return [] if known is None else [SessionCurves(known.path.name, known.table, known.timeline)]

    def take_up(self, unsaved: SessionHistory | None) -> None:
        """What is known already, of which the disk may not have all yet."""
        self._unsaved = unsaved

    def follow(self, view: View) -> None:
        """Another session, or one whose folder has just become known, is read in a thread."""
        self._alive, self._elsewhere = view.alive, view.phase == "elsewhere"
        if (view.session, view.path) == (self._session, self._path):
            return
        self._session, self._path = view.session, view.path
        self.history, self._waiting = None, []
        if not view.path:
            return
        path = Path(view.path)

        def show(result: SessionHistory) -> None:
            if str(result.path) != self._path:
                return
            self.history = result
            before, self._unsaved = self._unsaved, None
            if before is not None and before.path == path:
                result.table.go_on_as(before.table)
                go_on_as(result.timeline, before.timeline)
            waiting, self._waiting = self._waiting, []
            self._put(result, waiting)
            self.replaced.emit()

        def failed(error: Exception) -> None:
            show(SessionHistory(path, problem=str(error)))  # the points of a run that goes on are shown all the same

        self._background.run(lambda: session_history.read(path), show, failed)

    def add(self, events: Sequence[Message]) -> None:
        """Points, marks, progress and interruptions of the run."""
        if self.history is None:
            self._waiting += events
        elif self._put(self.history, events):
            self.grown.emit()

    def _put(self, known: SessionHistory, events: Sequence[Message]) -> bool:
        """Whether there are entries among these. When they were made, the progress says: as the disk will."""
        for event in events:
            if event.name == "incident":
                known.cut_back(event.data)
                continue
            if event.name != "progress":
                known.table.add(event.data)
                continue
            if event.data.get("step") == "train":
                self._ask_whether_it_learns(known)
            points, seconds = event.data.get("points"), event.data.get("active_seconds")
            if isinstance(points, int) and isinstance(seconds, (int, float)):  # an engine of another version says none
                timeline.note(known.timeline, points, seconds)
        return any(event.name != "progress" for event in events)

    def _ask_whether_it_learns(self, known: SessionHistory) -> None:
        """A new session says it once its run has begun: then it is read already."""
        if known.table.learns is not None or self._asking:
            return
        self._asking = True

        def show(learns: bool | None) -> None:
            self._asking = False
            known.table.learns = learns
            self.grown.emit()

        self._background.run(lambda: catalog.learns(known.path), show)

    def look_again(self) -> None:
        """Whether another program has written to the session since its history was read.

        A run of this window has made it longer too, but its points came as events: then nothing is new.
        """
        before = self.history
        if before is None or self._alive or self.reading or session_history.size_of(before.path) == before.size:
            return
        self.reading = True

        def show(result: SessionHistory) -> None:
            self.reading = False
            if self.history is not before or self._alive or result.problem:
                return
            before.size = result.size
            fell_back = self._elsewhere and result.table.newest < before.table.newest  # it was cut off, and goes on
            if result.table.newest <= before.table.newest and not fell_back:
                return
            self.history = result
            self.replaced.emit()
            if not self._elsewhere:
                self.stale.emit()

        def failed(_error: Exception) -> None:
            self.reading = False

        self._background.run(lambda: session_history.read(before.path), show, failed)


def go_on_as(known: list[tuple[int, float]], other: Sequence[tuple[int, float]]) -> None:
    """Takes over the moments of another one of the same run that lie behind its own."""
    last = known[-1] if known else (0, 0.0)
    for points, seconds in other:
        if points >= last[0] and seconds > last[1]:
            timeline.note(known, points, seconds)
