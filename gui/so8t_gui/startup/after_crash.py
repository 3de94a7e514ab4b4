"""After a crash of the window or of the engine the run that was wanted goes on, whatever the rule for logons says."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal

from so8t_engine.session import catalog
from so8t_gui.desktop.background import Background
from so8t_gui.i18n.translate import tr
from so8t_gui.sessions.rows import namesakes
from so8t_gui.startup import unfinished_session, wanted_run
from so8t_gui.startup.wanted_run import MOST_TRIES, WantedRun
from so8t_gui.view.notifications import Notice
from so8t_gui.view.state import View

COUNTDOWN_SECONDS = 10
LOOK_MS = 500  # an engine whose window is gone saves first; so often it is looked whether it has left


class AfterCrash(QObject):
    """Follows the view, and keeps which run is wanted.

    `ready(UnfinishedSession)`: it is at rest and shall go on. `unmade()`: the engine died before it had made the
    session of a new run, which shall begin again. `notice(Notice)`: it has crashed too often, or what was to be told
    of a run that does not go on. `looked`: it is known which.
    """

    ready = Signal(object)
    unmade = Signal()
    notice = Signal(object)
    looked = Signal()

    def __init__(self, file: Path, parent: QObject) -> None:
        super().__init__(parent)
        self._file, self._background = file, Background(self)
        self._wanted: WantedRun | None = None
        self._begun_again = 0  # how often in a row a new run was, of which no session came
        self.looking = False  # whether it goes on is not known yet
        self._held: Notice | None = None  # what is told meanwhile, where it does not
        self._given_up = "", ""  # a run that crashed too often: its session, and what that is called

    @property
    def hindrance(self) -> str:
        """Why the run that was wanted does not go on; empty where it does, or where none was wanted."""
        name = self._given_up[1]
        return f"{_stopped(name)}\n{_too_often()}" if name else ""

    def rename(self, session: str, title: str) -> None:
        """It is said of it by its present name."""
        if session == self._given_up[0]:
            self._given_up = session, title

    def follow(self, before: View, after: View) -> None:
        """The view has changed: from now on its run is wanted, or no longer, or it has crashed."""
        if after.alive and after.phase != "pausing":
            self.looking, self._given_up = False, ("", "")
            self._want(after)
        elif before.alive and after.cut and (after.path or before.phase == "pausing"):
            self._look()
        elif before.alive and after.cut:
            self._begin_again()
        elif before.alive:
            self.forget()

    def hold(self, notice: Notice) -> None:
        """To be told unless the run goes on by itself."""
        self._held = notice

    def window_crashed(self) -> bool:
        """At the start after a crash: whether a run was wanted. It goes on as soon as its engine has left it."""
        self._wanted = wanted_run.read(self._file)
        self._look()
        return self._wanted is not None

    def forget(self) -> None:
        """It was paused, it has ended, or the user does not want it to go on."""
        self._begun_again, self.looking = 0, False
        if self._wanted is not None or self._file.exists():
            self._keep(None)

    def _want(self, view: View) -> None:
        opened = view.phase != "starting"
        if view.path and (self._wanted is None or self._wanted.path != view.path):
            self._begun_again = 0
            self._keep(WantedRun(view.path, opened=opened))
        elif view.path and self._wanted is not None and opened and not self._wanted.opened:
            self._keep(replace(self._wanted, opened=True))

    def _begin_again(self) -> None:
        self._begun_again += 1
        if self._begun_again <= MOST_TRIES:
            self.unmade.emit()
        else:
            self.forget()
            self._give_up("", tr("New session"))

    def _give_up(self, session: str, name: str) -> None:
        self._given_up = session, name
        self.notice.emit(Notice(_stopped(name), _too_often(), "critical"))

    def _keep(self, wanted: WantedRun | None) -> None:
        self._wanted = wanted
        wanted_run.keep(self._file, wanted)

    def _look(self) -> None:
        wanted, self._held = self._wanted, None
        self.looking = wanted is not None
        if wanted is not None:
            folder = Path(wanted.path)
            self._background.run(lambda: _read(folder), lambda read: self._looked(wanted, *read))

    def _looked(self, wanted: WantedRun, entry: catalog.Entry, begun: float | None = None) -> None:
        if self._wanted == wanted and entry.status == "running":
            QTimer.singleShot(LOOK_MS, self, self._look)
            return
        self.looking, held = False, self._held
        self._held = None
        if self._wanted == wanted:  # else the user has decided otherwise meanwhile
            if wanted_run.goes_on(wanted, entry):
                self._go_on(wanted, entry, begun)
            else:
                self.forget()
                if held is not None:
                    self.notice.emit(held)
        self.looked.emit()

    def _go_on(self, wanted: WantedRun, entry: catalog.Entry, begun: float | None) -> None:
        following = wanted_run.next_try(wanted, entry)
        self._keep(following)
        session = unfinished_session.of(entry, begun)
        if following is not None:
            self.ready.emit(session)
        else:
            self._give_up(session.session, session.name)


def _read(folder: Path) -> tuple[catalog.Entry, float | None]:
    """The session, and when it was begun where others beside it have its name."""
    try:
        return catalog.entry(folder), namesakes(catalog.sessions(folder.parent)).get(folder.name)
    except OSError:
        return catalog.entry(folder), None


def _stopped(name: str) -> str:
    return tr("{name}: stopped", name=name)


def _too_often() -> str:
    return tr("It crashed again and again without getting further. Its log may say why; Resume tries again.")
