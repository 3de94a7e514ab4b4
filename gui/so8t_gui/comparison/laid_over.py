"""Which sessions are compared, read from their folders, and read again when one of them has changed."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from so8t_engine.session import catalog
from so8t_engine.session.catalog import Entry
from so8t_gui.comparison.side_by_side import ComparedSession
from so8t_gui.comparison.table import ComparisonTable
from so8t_gui.desktop.background import Background
from so8t_gui.plot import session_history
from so8t_gui.plot.chart import SessionCurves
from so8t_gui.plot.chart_panel import ChartPanel
from so8t_gui.plot.session_history import SessionHistory
from so8t_gui.sessions.rows import namesakes
from so8t_gui.view import messages

Found = tuple[str, Entry, SessionHistory]


class LaidOver(QObject):
    """Puts their curves into `panel` and what came of them into `table`. `failed`: they cannot be read."""

    failed = Signal()

    def __init__(self, panel: ChartPanel, table: ComparisonTable, parent: QObject) -> None:
        super().__init__(parent)
        self.folders: tuple[Path, ...] = ()
        self._panel, self._table, self._background = panel, table, Background(self)
        self._shown: object = None  # as they stood when they were read
        self._busy = False

    def put(self, folders: Sequence[Path]) -> None:
        """Empty: none is compared any more."""
        self.folders, self._shown, self._busy = tuple(folders), None, False
        if folders:
            self._read(again=False)

    def look(self) -> None:
        """Whether one of them has gone on, or ended, since it was read."""
        folders = self.folders
        if not folders or self._busy or self._shown is None:
            return
        self._busy = True

        def looked(stand: object) -> None:
            if folders == self.folders:
                self._busy = False
                if stand != self._shown:
                    self._read(again=True)

        self._background.run(lambda: _stand(folders), looked, lambda _: looked(self._shown))

    def _read(self, again: bool) -> None:
        folders, self._busy = self.folders, True

        def read() -> tuple[object, list[Found]]:
            stand = _stand(folders)  # before: what changes meanwhile is seen at the next look
            entries = [catalog.entry(folder) for folder in folders]
            named = zip(names(entries), entries, strict=True)
            return stand, [(name, entry, session_history.read(entry.path)) for name, entry in named]

        def show(read: tuple[object, list[Found]]) -> None:
            if folders != self.folders:
                return
            self._busy = False
            self._shown, found = read
            self._panel.put([SessionCurves(name, history.table, history.timeline) for name, _, history in found])
            self._table.put([ComparedSession(name, entry, history.table) for name, entry, history in found], again)

        def failed(_: Exception) -> None:
            if folders == self.folders:
                self.failed.emit()

        self._background.run(read, show, failed)


def names(entries: Sequence[Entry]) -> list[str]:
    """What they are called beside each other: by their names, where two have the same with the time of their start."""
    begun = namesakes(entries)
    return [messages.told_apart(entry.title, begun.get(entry.session)) for entry in entries]


def _stand(folders: Sequence[Path]) -> object:
    """How far each is, and what is known of it."""
    entries = [catalog.entry(folder) for folder in folders]
    sizes = [session_history.size_of(folder) for folder in folders]
    return [(entry.status, entry.title, entry.results, entry.step_seconds) for entry in entries], sizes
