"""The way through the window without its widgets: which page is in front, whose session it shows, what is kept."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from PySide6.QtCore import QObject, Signal
from pytestqt.qtbot import QtBot

from helpers import sample_sessions
from so8t_engine import paths
from so8t_engine.session import catalog, store
from so8t_engine.session.state import Cursor, PipelineState
from so8t_gui import window_pages
from so8t_gui.engine.events import Started
from so8t_gui.navigation import Navigation
from so8t_gui.plot.chart import ChartOptions
from so8t_gui.preferences import Preferences
from so8t_gui.runner import Runner
from so8t_gui.widgets import file_choice

RUNS, OTHER = "20260101-000000-runs", "20260102-000000-other"


class Engine(QObject):
    happened = Signal(list)
    running = False

    def start(self, *_: object) -> None:
        self.running = True


class Pages:
    """In the place of the widgets: `did` is what they were told."""

    def __init__(self) -> None:
        self.did = list[Any]()
        self.front, self.is_visible = "", False
        options = ChartOptions(weight=0.5, log=True, by_time=True, extra="kl")
        self.window = SimpleNamespace(
            show_page=self._show_page,
            bring_up=self._bring_up,
            isVisible=lambda: self.is_visible,
            place=lambda: "place",
            reword=lambda change: self.did.append(("said", change("\u201ca\u201d stopped."))),
        )
        self.run = SimpleNamespace(
            end_overlay=lambda: self.did.append("alone"), overlay=lambda folders: self.did.append(list(folders)),
            panel=SimpleNamespace(chart=SimpleNamespace(options=options), as_text=True),
        )  # fmt: skip
        self.new = SimpleNamespace(
            start_from_file=lambda path, name="": self.did.append(("from", path, name)),
            begun=lambda arguments: self.did.append(("begun", tuple(arguments))),
        )
        self.sessions = SimpleNamespace(adopt=lambda folder: self.did.append(("adopt", folder)))

    def _show_page(self, name: str) -> None:
        self.front = self.window.page = name
        self.did.append(name)

    def _bring_up(self) -> None:
        self.is_visible = True
        self.did.append("up")

    def keep(self) -> None:
        self.did.append("kept")


class Desk:
    def __init__(self, root: Path) -> None:
        self.parent = QObject()
        self.preferences = Preferences(self.parent, root / "gui.json", str(root))
        self.engine = Engine()
        self.runner = Runner(self.parent, engine=self.engine)  # type: ignore[arg-type]
        self.runner.keep_awake = False
        self.at = Navigation(self.parent, self.preferences, self.runner, lambda pages: None)
        self.pages = Pages()
        self.pages.window.page = ""
        self.at.made = self.pages  # type: ignore[assignment]
        self.moves = list[int]()
        self.at.moved.connect(lambda: self.moves.append(1))
        for name in (RUNS, OTHER):
            sample_sessions.make(root, name, PipelineState(name, "paused", Cursor("train", 4)))

    def did(self) -> list[Any]:
        """Since it was last asked."""
        done, self.pages.did = self.pages.did, []
        return done

    def keep(self, **changes: Any) -> None:
        self.preferences.put(replace(self.preferences.now, **changes))

    def runs(self, root: Path) -> None:
        self.engine.running = True
        self.runner.tell(Started(RUNS, "runs"))
        self.runner.view = replace(self.runner.view, path=str(root / RUNS))


@pytest.fixture
def desk(qapp: QObject, tmp_path: Path) -> Iterator[Desk]:
    made = Desk(tmp_path)
    yield made
    made.parent.deleteLater()


@pytest.mark.parametrize(
    ("hidden", "after_crash", "opened", "up"),
    [
        (False, False, False, True), (True, False, True, False), (True, True, True, True), (True, True, False, False),
        (False, True, False, True),
    ],
)  # fmt: skip
def test_a_hidden_start_opens_the_window_only_where_a_crash_had_closed_it(
    desk: Desk, hidden: bool, after_crash: bool, opened: bool, up: bool
) -> None:
    desk.keep(welcomed=True, opened=opened)
    desk.at.begin("sessions", hidden, after_crash)
    assert desk.did() == (["sessions", "up"] if up else []) and desk.preferences.now.opened is up
    assert desk.at.visible is up and len(desk.moves) == up


def test_who_only_looked_in_has_no_settings(desk: Desk) -> None:
    desk.at.begin("welcome", False, False)
    assert not desk.preferences.path.exists() and desk.did() == ["welcome", "up"]
    desk.runner.tell(Started(RUNS, "runs"))
    assert desk.preferences.now.welcomed and desk.did() == [("begun", ())]
    desk.runner.tell(Started(RUNS, "runs"))
    assert desk.did() == [], "it is the same"


def test_the_window_comes_back_with_the_page_that_was_in_front_else_with_the_run(desk: Desk) -> None:
    desk.at.open()
    assert desk.did() == ["run", "up"]
    desk.at.open("new")
    desk.at.open()
    assert desk.did() == ["new", "up", "up"] and desk.pages.front == "new" and len(desk.moves) == 3


def test_a_session_is_read_and_shown_and_not_read_again(desk: Desk, qtbot: QtBot, tmp_path: Path) -> None:
    desk.at.show_session(OTHER)
    qtbot.waitUntil(lambda: desk.runner.view.session == OTHER)
    assert desk.did() == ["run", "up", "alone"] and desk.at.aside is None and desk.at.seen is desk.runner.view
    assert desk.at.folder(OTHER) == tmp_path / OTHER
    count = len(desk.moves)
    desk.at.show_session(OTHER)
    assert desk.did() == ["run", "up", "alone"] and len(desk.moves) == count + 2 and desk.at._wanted is None


def test_beside_a_run_another_session_is_shown_until_something_else_is_wanted(
    desk: Desk, qtbot: QtBot, tmp_path: Path
) -> None:
    desk.runs(tmp_path)
    for leave, gone in (
        (desk.at.show_run, True), (lambda: desk.at.compare([Path("/a")]), True), (lambda: desk.at.forget(OTHER), True),
        (lambda: desk.at.show_session(RUNS), True), (lambda: desk.at.forget(RUNS), False), (desk.at.reread, False),
    ):  # fmt: skip
        desk.at.show_session(OTHER)
        qtbot.waitUntil(lambda: desk.at.aside is not None)
        assert desk.at.seen.session == OTHER and desk.runner.view.session == RUNS
        assert (desk.at.folder(OTHER), desk.at.folder(RUNS)) == (tmp_path / OTHER, tmp_path / RUNS)
        desk.at.rename(RUNS, "a", "no")
        desk.at.rename(OTHER, "b", "mine")
        assert desk.at.seen.title == "mine"
        leave()
        assert (desk.at.aside is None) is gone


def test_what_was_read_too_late_is_not_shown_and_a_look_again_takes_nothing_from_the_user(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """While another program ran what was shown, choosing another session was lost now and then: a look at how far that
    was began before the folder had been read."""
    desk.runs(tmp_path)
    readings = list[tuple[Any, ...]]()
    monkeypatch.setattr(desk.at._background, "run", lambda *asked: readings.append(asked))

    def arrive(place: int) -> str:
        work, then, _ = readings[place]
        then(work())
        return desk.at.seen.session

    desk.at.show_session(OTHER)
    desk.at.reread()
    assert len(readings) == 1 and arrive(0) == OTHER
    desk.at.reread()
    desk.at.reread()
    assert len(readings) == 3 and desk.at.seen.path == str(tmp_path / OTHER)
    for left in (desk.at.show_run, lambda: desk.at.show_session(RUNS)):
        desk.at.show_session(OTHER)
        left()
        assert arrive(-1) == RUNS, "something else is wanted by now"
    desk.at.show_session(OTHER)
    readings[-1][2](OSError())
    desk.at.reread()
    assert len(readings) == 7, "what could not be read is in nobody's way"


def test_the_pages_are_told_which_session_or_file_is_meant(desk: Desk, tmp_path: Path, qtbot: QtBot) -> None:
    desk.at.duplicate(OTHER)
    told = list[Any]()
    qtbot.waitUntil(lambda: told.extend(desk.did()) is None and len(told) == 3)
    assert told == ["new", "up", ("from", str(tmp_path / OTHER / store.CONFIG), f"{catalog.title(OTHER)} 2")]
    desk.at.adopt(OTHER)
    assert desk.did() == ["sessions", "up", ("adopt", tmp_path / OTHER)]
    desk.at.compare([Path("/a"), Path("/b")])
    assert desk.did() == ["run", "up", [Path("/a"), Path("/b")]]
    moves = len(desk.moves)
    desk.at.show_run()
    assert desk.did() == ["alone", "run"] and len(desk.moves) == moves + 1, "a window that is hidden stays so"


def test_where_the_window_stands_and_how_the_plot_is_shown_are_settings(desk: Desk) -> None:
    desk.at.open("run")
    desk.at.keep_place()
    desk.at.keep_plot()
    now = desk.preferences.now
    assert (now.window, now.opened, now.folder) == ("place", True, file_choice.last()) and desk.did()[-1] == "kept"
    assert (now.plot_log, now.plot_by_time, now.plot_as_table) == (True, True, True)
    assert (now.plot_smoothing, now.plot_extra) == (0.5, "kl")
    desk.at.made = None
    desk.keep(window="")
    desk.at.keep_place()
    desk.at.keep_plot()
    assert desk.preferences.now.window == "" and not desk.at.visible, "there is none"


def test_a_file_is_opened_on_the_page_for_it_and_a_session_is_read_by_its_name(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.at.open_configuration("/c.yaml")
    assert desk.did() == ["new", "up", ("from", "/c.yaml", "")]
    readings = list[Path]()
    monkeypatch.setattr(desk.at, "_read", readings.append)
    desk.at.read(OTHER)
    desk.runner.view = replace(desk.runner.view, session=RUNS, path="")
    desk.at.show_session(RUNS)
    assert readings == [tmp_path / OTHER, tmp_path / RUNS], "nobody knows its folder yet"


def test_in_another_language_pages_are_made_only_where_there_were_some(desk: Desk) -> None:
    desk.at.made = None
    desk.at.make_anew()
    desk.at.show_run()
    assert desk.at.made is None and len(desk.moves) == 1


def test_what_the_settings_call_the_default_folder_is_not_the_one_chosen_in_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    monkeypatch.setenv("SO8T_CONFIG_HOME", str(tmp_path))
    monkeypatch.delenv("SO8T_DATA_ROOT", raising=False)
    (tmp_path / paths.SETTINGS).write_text(json.dumps({"data_root": str(tmp_path / "other")}), encoding="utf-8")
    made = list[Any]()
    monkeypatch.setattr(window_pages, "WindowPages", lambda *given: made.append(given))
    parent = QObject()
    preferences = Preferences(parent, tmp_path / paths.SETTINGS)
    runner = Runner(parent, engine=Engine())  # type: ignore[arg-type]
    Navigation(parent, preferences, runner, lambda pages: None)._make()

    [(_, root, default, *_)] = made
    assert (root, default) == (tmp_path / "other", str(paths.default_root())) and default != str(root)
