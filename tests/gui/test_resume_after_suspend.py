"""A run that a suspend has paused goes on once the machine is back, if nothing else has become of it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from so8t_gui import resume_after_suspend
from so8t_gui.engine.process import resume_arguments
from so8t_gui.resume_after_suspend import ResumeAfterSuspend
from so8t_gui.view.state import View


class Run:
    """What is asked of the runner."""

    def __init__(self, path: str = "/s/a") -> None:
        self.running, self.view = True, View(phase="running", session="a", title="mine", path=path)
        self.done: list[object] = []

    def pause(self, why: str = "") -> None:
        self.done.append(why)

    def start(self, arguments: Sequence[str], session: str = "", title: str = "") -> None:
        self.done.append((list(arguments), session, title))

    def rest(self, phase: str) -> None:
        self.running, self.view = False, View(phase=phase, session="a", title="mine", path=self.view.path)  # type: ignore[arg-type]


GOES_ON = (resume_arguments(Path("/s/a")), "a", "mine")


@pytest.mark.parametrize("phase", ["paused", "finished", "failed"])
def test_what_was_paused_goes_on_as_soon_as_it_rests_and_what_has_ended_does_not(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, phase: str
) -> None:
    """The last save may take until after the machine woke. A second time nothing is left to go on."""
    monkeypatch.setattr(resume_after_suspend, "LOOK_MS", 5)
    run, parent = Run(), QObject()
    events = ResumeAfterSuspend(run, parent).events
    events.prepare(True)
    events.prepare(False)
    qtbot.wait(20)
    assert run.done == ["suspend"], "it still saves"
    run.rest(phase)
    if phase == "paused":
        qtbot.waitUntil(lambda: len(run.done) > 1)
    events.prepare(False)
    qtbot.wait(20)

    assert run.done[1:] == ([GOES_ON] if phase == "paused" else [])


def test_where_nothing_runs_or_no_session_is_known_yet_nothing_goes_on(qtbot: QtBot) -> None:
    for run, done in ((Run(path=""), ["suspend"]), (Run(), [])):
        parent = QObject()
        events = ResumeAfterSuspend(run, parent).events
        if not done:
            run.rest("paused")
        events.prepare(True)
        run.rest("paused")
        events.prepare(False)
        assert run.done == done
