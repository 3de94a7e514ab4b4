"""The settings in use and the entry at logon: changed at once, kept, told. Has state because they change."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from so8t_engine import paths
from so8t_gui import autostart, settings
from so8t_gui.autostart import Status
from so8t_gui.desktop.background import Background
from so8t_gui.settings import Settings


class Preferences(QObject):
    """`changed(before, now)`; `autostart_known(Status, sentence)`: after it was looked at or switched."""

    changed = Signal(object, object)
    autostart_known = Signal(object, str)

    def __init__(self, parent: QObject, path: Path, data_root: str = "") -> None:
        """`data_root`: of the command line; it goes before the one in the settings, and is not kept."""
        super().__init__(parent)
        self.path, self._forced_root = path, data_root
        self.now, self.problem = settings.load(path)
        self.autostart: Status | None = None
        self._background = Background(self)

    @property
    def root(self) -> Path:
        return paths.data_root(self._forced_root or self.now.data_root or None)

    def put(self, made: Settings) -> None:
        before, self.now = self.now, made
        if before != made:
            self.problem = settings.save(self.path, made)
            self.changed.emit(before, made)

    def mend_autostart(self) -> None:
        """At every start: an entry of a program that has moved is written anew."""
        self._autostart(autostart.repair)

    def switch_autostart(self, on: bool) -> None:
        self._autostart(autostart.enable if on else autostart.disable)

    def _autostart(self, first: Callable[[], str]) -> None:
        """In a thread: the system's own programs may take their time."""

        def work() -> tuple[Status, str]:
            sentence = first()
            return autostart.status(), sentence

        def show(found: tuple[Status, str]) -> None:
            self.autostart, sentence = found
            self.autostart_known.emit(self.autostart, sentence)

        self._background.run(work, show)
