"""The whole application for tests: the real controller, pages, tray and settings, sessions on a disk in every state.

Its engine is a child that follows a script; what the pages ask, the engine's real command line answers. Buttons are
pressed by what stands on them, in the language of the window.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QAbstractButton, QApplication, QLineEdit, QToolButton, QWidget
from pytestqt.qtbot import QtBot

import so8t_engine
from gui import screenshots
from helpers import fake_engine, sample_sessions
from so8t_gui.controller import Controller
from so8t_gui.forms.field_row import FieldRow
from so8t_gui.i18n.language import Language
from so8t_gui.i18n.translate import tr
from so8t_gui.pages.run import CURVES
from so8t_gui.preferences import Preferences
from so8t_gui.result.answer_view import FoldedSection
from so8t_gui.view.state import View
from so8t_gui.widgets.panels import without_letter
from so8t_gui.window_pages import WindowPages

LONG = 240_000  # ms, no measure: the engine's command line has to start, on a machine that may be busy
PAUSED, CUT, FINISHED, FAILED, NEW = (name for name, *_ in sample_sessions.SAMPLES)
QT_INNER = ("ScrollLeftButton", "ScrollRightButton", "qt_tableview_cornerbutton")  # parts of Qt's own widgets
ENGINE = """
arguments = sys.argv[1:]
with open(LOG, "a") as log:
    log.write(json.dumps(arguments) + "\\n")
resumed = arguments[0] == "resume"
name = arguments[1] if resumed else "20991231-235959-made"
sys.path.insert(0, ENGINE)
from datetime import datetime, timezone
from pathlib import Path
from so8t_engine.protocol import Message
from so8t_engine.session import told
aloud = say
def say(event, **body):
    if told.is_kept(Message(event, body)):  # as the engine keeps it, where there is a folder
        told.add(Path(ROOT) / name, Message(event, body), datetime.now(timezone.utc).isoformat())
    aloud(event, **body)
hello()
say("session", session=name, title=name, path=ROOT + "/" + name, step="train", share=0.62 * resumed)
say("step", step="train", state="running")
say("progress", step="train", kind="update", unit=3, total=9, active_seconds=30.0, eta_total_seconds=60.0, points=3)
while True:
    command = hear()
    if command == "save" and os.path.exists(LOG + ".finish"):
        from so8t_engine.session import history
        with open(ROOT + "/" + name + "/" + history.NAME, "ab") as file:
            for number in range(1_000, 1_010):
                entry = dict(number=number, kind="point", phase="ppo", update=number, loss=1e3 / number, alpha=1.0)
                file.write(history.line(entry))
                say("point", **entry)
        say("step", step="train", state="done")
        say("finished", path=ROOT + "/" + name, report="", final_model="", gguf="",
            results={"base": 0.376, "tuned": 0.574})
        sys.exit(0)
    elif command == "save":
        say("saved", checkpoint="000001", step="train", unit=3, share=0.71, bytes=1, seconds=0.1, blocked_seconds=0.0)
    else:
        say("paused", reason=sentence("run.pause_by_window"), step="train", unit=3)
        sys.exit(75)
"""


class Opened:
    """A program `xdg-open` in the place of the desktop's; `folder` has to be the first of PATH."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir()
        self._log, self._code = folder / "opened", folder / "code"
        self.ends_with(0)
        program = folder / "xdg-open"
        program.write_text(f'#!/bin/sh\nprintf "%s\\n" "$1" >> {self._log}\nexit $(cat {self._code})\n')
        program.chmod(0o755)

    def ends_with(self, code: int) -> None:
        self._code.write_text(str(code))

    @property
    def paths(self) -> list[str]:
        return self._log.read_text().splitlines() if self._log.exists() else []


class Application:
    """`controller` and everything below it; `root`: the folder of its sessions; `folder`: for everything else."""

    def __init__(self, qapp: QApplication, qtbot: QtBot, folder: Path, language: str) -> None:
        self.qtbot, self.folder, self.root, self.opened = qtbot, folder, folder / "sessions", Opened(folder / "bin")
        self._log = folder / "engine.log"
        self.watched, self.seen, self.pressed = "", set[str](), set[str]()
        write_sessions(self.root)
        path = folder / "config" / "settings.json"
        path.parent.mkdir()
        path.write_text(json.dumps({"language": language, "data_root": str(self.root), "welcomed": True}))
        preferences = Preferences(qapp, path)
        self.language = Language()
        self.language.use(language)
        engine = fake_engine.command(folder, f"{self._places()}\n{ENGINE}")
        self.controller = Controller(qapp, preferences, self.language, engine)
        self.controller.tray.show()
        look = self.controller.offer.look
        self.controller.offer.look = lambda *_: None  # type: ignore[method-assign]
        self.open("run")  # no session is shown, as where the folder was empty when the program began
        self.controller.offer.look = look  # type: ignore[method-assign]

    def show_none(self) -> None:
        """No session on the page Run, as where the folder was empty when the program began."""
        before, self.controller.runner.view = self.controller.runner.view, View()
        self.controller.runner.changed.emit(before, [])

    @property
    def pages(self) -> WindowPages:
        return self.controller.navigation.pages

    @property
    def page(self) -> str:
        """The name of the page in front."""
        return self.pages.window.page

    @property
    def engine_starts(self) -> list[list[str]]:
        """The arguments of every start of the engine's child."""
        return [json.loads(line) for line in self._log.read_text().splitlines()] if self._log.exists() else []

    def close(self) -> None:
        self.rest()
        self.pages.close()
        self.controller.tray.hide()
        self.controller.deleteLater()
        self.pages.window.deleteLater()  # a plot that lives to the end of the process crashes it there
        for left in (self.controller, self.pages.window):
            QCoreApplication.sendPostedEvents(left, QEvent.Type.DeferredDelete.value)
        self.language.use("en")

    def open(self, page: str) -> None:
        self.controller.navigation.open(page)

    def wait(self, condition: Callable[[], bool]) -> None:
        self.qtbot.waitUntil(condition, timeout=LONG)

    def show(self, session: str) -> None:
        """On the page Run, read and drawn."""
        self.controller.navigation.show_session(session)
        self.wait(lambda: self.controller.runner.view.session == session)
        run = self.pages.run
        self.wait(lambda: run.curves.history is not None and run.curves.history.path.name == session)

    def turn_to_curves(self) -> None:
        """Of a finished session, whose result is in front."""
        self.pages.run._tabs.setCurrentIndex(CURVES)

    def select(self, *sessions: str) -> None:
        """On the page of sessions."""
        self.open("sessions")
        self.wait(lambda: all(self.pages.sessions._model.place(session) is not None for session in sessions))
        self.pages.sessions.select(sessions)

    def run(self) -> None:
        """The paused session goes on, so far that it can be paused again."""
        self.controller.resume(PAUSED)
        self.wait(lambda: self.controller.runner.view.phase == "running" and bool(self.controller.runner.view.total))

    def finish(self) -> None:
        """The paused session goes on to its end: points in its history, a result, a step that is done."""
        self._log.with_name(f"{self._log.name}.finish").touch()
        self.run()
        self.controller.runner.save()
        self.wait(lambda: not self.controller.runner.running)

    def _places(self) -> str:
        engine = str(Path(so8t_engine.__file__).parents[1])
        return f"LOG, ROOT, ENGINE = {str(self._log)!r}, {str(self.root)!r}, {engine!r}"

    def rest(self) -> None:
        """No engine runs any more."""
        if self.controller.runner.running:
            self.controller.runner.pause()
            self.wait(lambda: not self.controller.runner.running)

    def press(self, label: str, within: QWidget | None = None) -> None:
        """The one visible button that says so (or is named so); the tests' labels are English."""
        place = within or self.pages.window
        buttons = [one for one in buttons_of(place) if says(one, label) and one.isVisible()]
        assert len(buttons) == 1, f"{len(buttons)} buttons say {tr(label)!r}"
        assert buttons[0].isEnabled(), f"{tr(label)!r} is greyed out"
        self.note()
        self.pressed.add(bare(tr(label)))
        buttons[0].click()

    def note(self) -> None:
        """Which buttons there are now on the page whose buttons are being pressed."""
        if self.watched:
            self.seen |= {bare(label_of(button)) for button in buttons_of(getattr(self.pages, self.watched))}

    def sees(self, label: str) -> bool:
        """Whether that button could be pressed."""
        return any(says(one, label) and one.isVisible() and one.isEnabled() for one in buttons_of(self.pages.window))


class Presses:
    """Every button of one page, with the function that presses it and looks at the effect; they run in their order."""

    def __init__(self, page: str) -> None:
        self.page = page
        self._acts: list[tuple[tuple[str, ...], Callable[..., None]]] = []

    def of(self, *labels: str) -> Callable[[Callable[..., None]], Callable[..., None]]:
        """For a function (Application, pytest.MonkeyPatch) that presses these buttons."""

        def take(act: Callable[..., None]) -> Callable[..., None]:
            self._acts.append((labels, act))
            return act

        return take

    def run(self, application: Application, *others: Any) -> None:
        """Presses all of them. Fails where one is left out, and where the page has a button that no test knows."""
        application.open(self.page)
        application.watched = self.page
        for labels, act in self._acts:
            application.pressed.clear()
            try:
                act(application, *others)
            except BaseException as error:
                error.add_note(f"pressing {labels} of the page {self.page}")
                raise
            missing = {bare(tr(label)) for label in labels} - application.pressed
            assert not missing, f"{act.__name__} does not press {missing}"
            application.note()
        named = {bare(tr(label)) for labels, _ in self._acts for label in labels}
        there = application.seen
        assert there == named, f"page {self.page}: pressed by no test {there - named}, not there {named - there}"


def buttons_of(place: QWidget) -> list[QAbstractButton]:
    """Every button below, the parts of Qt's own widgets, the editors of single keys and the lids of what was
    said left out."""
    return [
        button
        for button in place.findChildren(QAbstractButton)
        if button.objectName() not in QT_INNER
        and not (isinstance(button, QToolButton) and isinstance(button.parent(), QLineEdit))
        and not isinstance(button, FoldedSection)
        and not in_row(button)
    ]


def in_row(button: QWidget) -> bool:
    at: QWidget | None = button
    while at is not None and not isinstance(at, FieldRow):
        at = at.parentWidget()
    return at is not None


def says(button: QAbstractButton, label: str) -> bool:
    """In the language of the window; with its letter or, in a message, without."""
    return bare(label_of(button)) == bare(tr(label))


def bare(label: str) -> str:
    """Without its letter, and whatever number stands in it."""
    return re.sub(r"\{\w+\}|\d+", "#", without_letter(label))


def label_of(button: QAbstractButton) -> str:
    return button.text() or button.accessibleName()


def actions_of(place: QWidget) -> list[QAction]:
    """The entries of its menus; the fields' own actions and the plot library's menu, which is off, left out."""
    return [
        action
        for action in place.findChildren(QAction)
        if action.text() and not isinstance(action.parent(), QLineEdit) and action.parent().isWidgetType()
    ]


def write_sessions(root: Path) -> None:
    """Every state; three with curves, one of them with a report."""
    sample_sessions.make_all(root)
    for name, updates in ((PAUSED, 180), (CUT, 120), (FINISHED, 60)):
        screenshots.write_history(root / name, updates)


def drawn(application: Application) -> list[int]:
    """How many points of the smoothed loss are drawn of each session in the plot."""
    chart = application.pages.run.panel.chart
    curves = [chart._curves.get((place, "loss")) for place in range(len(chart.lines))]
    return [0 if curve is None or curve[1].getData()[0] is None else len(curve[1].getData()[0]) for curve in curves]


def titles(application: Application) -> Sequence[str]:
    """Of the sessions in the plot."""
    return [line.title for line in application.pages.run.panel.chart.lines]
