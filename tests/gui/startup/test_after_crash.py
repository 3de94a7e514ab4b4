"""A run that was wanted goes on after a crash of window or engine, until it has crashed too often."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from helpers import sample_sessions
from so8t_engine.session import catalog
from so8t_engine.session.state import Cursor, PipelineState
from so8t_gui.i18n.translate import tr
from so8t_gui.startup import after_crash, wanted_run
from so8t_gui.startup.after_crash import AfterCrash
from so8t_gui.startup.unfinished_session import UnfinishedSession
from so8t_gui.startup.wanted_run import MOST_TRIES, WantedRun
from so8t_gui.view.notifications import Notice
from so8t_gui.view.state import View

PAUSED, CUT, FINISHED, *_ = (name for name, *_ in sample_sessions.SAMPLES)
WAIT = 60_000  # ms


class Told:
    """An AfterCrash, and what it has said."""

    def __init__(self, file: Path, owner: QObject) -> None:
        self.file, self.it = file, AfterCrash(file, owner)
        self.ready, self.notices = list[UnfinishedSession](), list[Notice]()
        self.it.ready.connect(self.ready.append)
        self.it.notice.connect(self.notices.append)

    @property
    def kept(self) -> dict[str, object] | None:
        return json.loads(self.file.read_text()) if self.file.exists() else None


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("sessions")
    sample_sessions.make_all(made)
    return made


@pytest.fixture
def told(qtbot: QtBot, tmp_path: Path) -> Iterator[Told]:
    owner = QObject()
    yield Told(tmp_path / wanted_run.NAME, owner)
    owner.deleteLater()


def test_after_a_crash_of_the_window_the_wanted_run_goes_on_and_the_try_is_counted(
    told: Told, root: Path, qtbot: QtBot
) -> None:
    wanted_run.keep(told.file, WantedRun(str(root / CUT)))
    assert told.it.window_crashed()
    qtbot.waitUntil(lambda: bool(told.ready), timeout=WAIT)
    assert [session.session for session in told.ready] == [CUT] and told.kept is not None
    assert told.kept["tries"] == 1 and not told.notices and told.it.hindrance == ""


@pytest.mark.parametrize("session", [PAUSED, FINISHED])
def test_what_was_paused_by_hand_or_has_ended_is_no_longer_wanted(
    told: Told, root: Path, qtbot: QtBot, session: str
) -> None:
    wanted_run.keep(told.file, WantedRun(str(root / session)))
    assert told.it.window_crashed()
    qtbot.waitUntil(lambda: told.kept is None, timeout=WAIT)
    assert not told.ready and not told.notices and told.it.hindrance == ""


def test_without_a_wanted_run_nothing_goes_on(told: Told) -> None:
    assert not told.it.window_crashed()
    told.it.forget()
    assert told.kept is None


def test_a_run_that_crashed_too_often_is_given_up_and_said_until_it_runs_again(
    told: Told, root: Path, qtbot: QtBot
) -> None:
    entry = catalog.entry(root / CUT)
    wanted_run.keep(told.file, WantedRun(str(root / CUT), MOST_TRIES, 3, entry.unit))
    assert told.it.window_crashed()
    qtbot.waitUntil(lambda: bool(told.notices), timeout=WAIT)
    name = tr("{name}: stopped", name="phi35-so8t-24gb")
    why = tr("It crashed again and again without getting further. Its log may say why; Resume tries again.")
    assert told.notices == [Notice(name, why, "critical")] and not told.ready and told.kept is None
    assert told.it.hindrance == f"{name}\n{why}"
    for session, title in ((PAUSED, "another"), (CUT, "mine")):
        told.it.rename(session, title)
    assert told.it.hindrance == f"{tr('{name}: stopped', name='mine')}\n{why}"
    told.it.follow(View(), View(phase="running", path=str(root / CUT)))
    assert told.it.hindrance == ""


def test_an_engine_that_still_saves_is_waited_for(
    told: Told, root: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(after_crash, "LOOK_MS", 1)
    told.it.follow(View(), View(phase="running", path=str(root / CUT)))
    wanted = told.it._wanted
    assert wanted is not None
    told.it._looked(wanted, replace(catalog.entry(root / CUT), status="running"))
    assert not told.ready
    qtbot.waitUntil(lambda: bool(told.ready), timeout=WAIT)


def test_a_run_is_wanted_from_its_start_until_it_is_paused(told: Told, root: Path) -> None:
    idle, running = View(), View(phase="running", path=str(root / CUT))
    told.it.follow(idle, replace(running, path=""))
    assert told.kept is None
    told.it.follow(idle, running)
    assert told.kept is not None and told.kept["path"] == str(root / CUT)
    told.it.follow(running, replace(running, path=str(root / PAUSED)))
    assert told.kept is not None and told.kept["path"] == str(root / PAUSED)
    told.it.follow(running, replace(running, phase="pausing"))
    assert told.kept is None


def test_a_crash_of_the_engine_is_followed_by_another_try_unless_the_user_decides_otherwise(
    told: Told, root: Path, qtbot: QtBot
) -> None:
    running = View(phase="running", path=str(root / CUT))
    told.it.follow(View(), running)
    told.it.follow(running, replace(running, phase="paused", cut=True))
    qtbot.waitUntil(lambda: bool(told.ready), timeout=WAIT)
    wanted = told.it._wanted
    assert wanted is not None and wanted.tries == 1
    told.it.forget()
    told.it._looked(wanted, catalog.entry(root / CUT))
    assert len(told.ready) == 1 and told.kept is None


def test_a_wish_that_an_earlier_window_has_left_is_forgotten_too(told: Told) -> None:
    """As at a start by hand: a crash much later must not bring it back."""
    wanted_run.keep(told.file, WantedRun("/s/of-last-week"))
    told.it.forget()
    assert told.kept is None


def test_of_a_run_that_was_begun_anew_the_folder_is_believed_once_its_engine_has_opened_it(told: Told) -> None:
    starting = View(phase="starting", path="/s/a")
    running, opened = replace(starting, phase="running"), list[object]()
    for before, after in ((View(), starting), (starting, running), (running, replace(running, phase="waiting"))):
        told.it.follow(before, after)
        assert told.kept is not None
        opened.append(told.kept["opened"])
    assert opened == [False, True, True]


def test_a_new_run_that_dies_before_it_has_a_session_is_begun_again_three_times_and_then_given_up(told: Told) -> None:
    """A session that came in between begins the count anew."""
    begun: list[str] = []
    told.it.unmade.connect(lambda: begun.append("again"))
    starting = View(phase="starting")
    died = View(phase="failed", cut=True)
    for _ in range(MOST_TRIES):
        told.it.follow(starting, died)
    told.it.follow(starting, replace(starting, path="/s/a"))
    for _ in range(MOST_TRIES):
        told.it.follow(starting, died)
    assert len(begun) == 2 * MOST_TRIES and not told.notices
    told.it.follow(starting, died)
    assert len(begun) == 2 * MOST_TRIES
    assert [notice.title for notice in told.notices] == [tr("{name}: stopped", name=tr("New session"))]


def test_a_new_run_that_is_being_paused_when_its_engine_dies_is_not_begun_again(told: Told) -> None:
    begun: list[str] = []
    told.it.unmade.connect(lambda: begun.append("again"))
    told.it.follow(View(phase="pausing"), View(phase="failed", cut=True))
    assert not begun and not told.notices


def test_a_folder_of_sessions_that_cannot_be_listed_keeps_no_run_from_going_on(
    told: Told, root: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(_: Path) -> list[catalog.Entry]:
        raise PermissionError

    monkeypatch.setattr(catalog, "sessions", refused)
    wanted_run.keep(told.file, WantedRun(str(root / CUT)))
    assert told.it.window_crashed()
    qtbot.waitUntil(lambda: bool(told.ready), timeout=WAIT)
    assert told.ready[0].begun is None


def test_a_run_that_goes_on_has_the_time_it_was_begun_where_another_has_its_name(
    told: Told, tmp_path: Path, qtbot: QtBot
) -> None:
    for name in ("20260101-000000-x", "20260102-000000-x"):
        state = PipelineState(name, "running", Cursor("train", 4), created=f"{name[:4]}-01-{name[6:8]}T00:00:00Z")
        sample_sessions.make(tmp_path / "s", name, state)
    wanted_run.keep(told.file, WantedRun(str(tmp_path / "s" / name)))
    assert told.it.window_crashed()
    qtbot.waitUntil(lambda: bool(told.ready), timeout=WAIT)
    assert told.ready[0].begun == datetime(2026, 1, 2, tzinfo=UTC).timestamp()


def test_a_new_run_of_which_no_session_came_is_begun_again_some_times_and_anew_after_it_was_given_up(
    told: Told,
) -> None:
    begun: list[None] = []
    told.it.unmade.connect(lambda: begun.append(None))
    running, died = View(phase="starting"), View(phase="stopped", cut=True)
    for round_of in (1, 2):
        for _ in range(MOST_TRIES + 1):
            told.it.follow(running, died)
        assert (len(begun), len(told.notices)) == (round_of * MOST_TRIES, round_of)
