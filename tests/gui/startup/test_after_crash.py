"""A run that was wanted goes on after a crash of window or engine, until it has crashed too often."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from helpers import sample_sessions
from so8t_engine.session import catalog
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
