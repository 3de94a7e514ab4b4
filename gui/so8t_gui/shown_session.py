"""The session that is shown, as others change it: it is given a name, or its folder is given another."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal

from so8t_engine.session import catalog, display_name, identity
from so8t_gui.desktop.background import Background
from so8t_gui.engine.events import FolderRenamed
from so8t_gui.view.state import View

LOOK_MS = 2_000
AWAY = ("session_gone", "session_unknown")  # codes of problems behind which a renamed folder may be


class ShownSession(QObject):
    """`named(session, title)`: somebody calls it so now. `renamed(FolderRenamed)`: its folder was found again.

    It looks as long as `watched` says that the session runs, or that somebody sees it.
    """

    named = Signal(str, str)
    renamed = Signal(object)

    def __init__(self, view: Callable[[], View], watched: Callable[[], bool], parent: QObject) -> None:
        super().__init__(parent)
        self._view, self._watched = view, watched
        self._background, self._reading = Background(self), False
        self._known = ("", "")  # the folder that was read last, and the name it had been given
        self._clock = QTimer(self, interval=LOOK_MS)
        self._clock.timeout.connect(self.look)

    def watch(self) -> None:
        """There may be something to look at now."""
        if self._watched() and not self._clock.isActive():
            self._clock.start()

    def look(self) -> None:
        path = self._view().path
        if not self._watched():
            self._clock.stop()
        elif path and not self._reading:
            self._reading = True
            self._background.run(lambda: (path, _given_name(Path(path))), self._show, self._failed)

    def follow(self, before: View, after: View, root: Path) -> None:
        """Where it ended because its folder is gone: is that among the other sessions?"""
        problem = after.problem
        if problem is None or problem is before.problem or problem.code not in AWAY or not after.session:
            return
        told = str(problem.sentence.args.get("path", "")) if problem.code == "session_gone" else ""
        session = after.session

        def found(folder: Path | None) -> None:
            if folder is not None:
                self.renamed.emit(FolderRenamed(session, folder.name, str(folder), identity.foreign(folder)))

        self._background.run(lambda: renamed_folder(root, session, Path(told) if told else None), found)

    def _show(self, read: tuple[str, str | None]) -> None:
        self._reading = False
        (path, name), view = read, self._view()
        if name is None or path != view.path:
            return
        before, self._known = self._known, (path, name)
        if name and name != view.title:
            self.named.emit(view.session, name)
        elif not name and before[0] == path and before[1]:
            self.named.emit(view.session, catalog.title(view.session))

    def _failed(self, _error: Exception) -> None:
        self._reading = False


def _given_name(folder: Path) -> str | None:
    """None where there is no folder any more."""
    return display_name.of(folder) if folder.is_dir() else None


def renamed_folder(root: Path, session: str, told: Path | None = None) -> Path | None:
    """The folder below `root` that holds this session under another name. `told`: where it is said to lie.

    Without that it has to be the only one: of several nobody knows which is meant.
    """
    names = [name for name in catalog.names(root) if name != session and identity.of(root / name).name == session]
    if told is not None:
        return told if told.parent == root and told.name in names else None
    return root / names[0] if len(names) == 1 else None
