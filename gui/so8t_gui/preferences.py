"""The settings in use, and whether SO8T starts at logon: a change takes effect at once and is saved."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from so8t_engine import paths
from so8t_gui import autostart, settings_file
from so8t_gui.autostart import Status
from so8t_gui.desktop.background import Background
from so8t_gui.i18n.translate import tr
from so8t_gui.settings_file import Settings


class Preferences(QObject):
    """`changed(before, now)`; `autostart_known(Status, sentence)`: after the entry was read or switched."""

    changed = Signal(object, object)
    autostart_known = Signal(object, str)

    def __init__(self, parent: QObject, path: Path, data_root: str = "") -> None:
        """`data_root`: of the command line; it takes precedence over the one in the settings, and is not saved."""
        super().__init__(parent)
        self.path, self._forced_root = path, data_root
        self.now, self.problem = settings_file.load(path)
        self.autostart: Status | None = None
        self._background = Background(self)
        self._turns: deque[Callable[[], str]] = deque()  # what is done to the entry, the first of them now

    @property
    def root(self) -> Path:
        return paths.data_root(self._forced_root or self.now.data_root or paths.default_root())

    def put(self, wanted: Settings) -> None:
        before, self.now = self.now, wanted
        if before != wanted:
            self.problem = settings_file.save(self.path, wanted)
            self.changed.emit(before, wanted)

    def mend_autostart(self) -> None:
        """At every start: the entry of a program that has moved is rewritten."""
        self._autostart(autostart.repair)

    def switch_autostart(self, on: bool) -> None:
        self._autostart(autostart.enable if on else autostart.disable)

    def say_anew(self) -> None:
        """In another language: what is known was said in the one before."""
        if self.problem:
            self.problem = settings_file.save(self.path, self.now)
        if self.autostart is not None:
            self.autostart = replace(self.autostart, sentence="")
            self._autostart(lambda: "")

    def _autostart(self, first: Callable[[], str]) -> None:
        """One after the other: switched on and off again at once, it is off."""
        self._turns.append(first)
        if len(self._turns) == 1:
            self._take_turn()

    def _take_turn(self) -> None:
        """In a thread: the system's own programs may take their time."""
        first = self._turns[0]

        def work() -> tuple[Status, str]:
            sentence = first()
            return autostart.status(), sentence

        def show(result: tuple[Status, str]) -> None:
            self.autostart, sentence = result
            if self._over():
                self.autostart_known.emit(self.autostart, sentence)

        def failed(error: Exception) -> None:
            """What is shown becomes again what was known before."""
            sentence = tr("The entry at logon could not be read or changed: {why}.", why=error)
            if self._over():
                self.autostart_known.emit(self.autostart or Status(False, ""), sentence)

        self._background.run(work, show, failed)

    def _over(self) -> bool:
        """Whether nothing else waits for its turn; else that is begun, and what is known changes again."""
        self._turns.popleft()
        if self._turns:
            self._take_turn()
        return not self._turns
