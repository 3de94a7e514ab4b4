"""The page Run beside what others do: another program, curves that are laid over, a window that comes back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QEvent
from pytestqt.qtbot import QtBot

from so8t_engine.protocol import STEPS
from so8t_gui.desktop.background import Background
from so8t_gui.pages.run import RunPage
from so8t_gui.view.state import Step, View
from so8t_gui.widgets.visible_timer import AT_REST_MS, RUNNING_MS

Work = list[tuple[Callable[[], Any], Callable[[Any], None]]]
REST = View(phase="paused", session="a", title="A", path="/s/a")


@pytest.fixture
def work(monkeypatch: pytest.MonkeyPatch) -> Work:
    """What waits for a thread."""
    waiting = Work()
    monkeypatch.setattr(Background, "run", lambda _, read, then, *rest: waiting.append((read, then)))
    return waiting


@pytest.fixture
def page(qtbot: QtBot, work: Work) -> RunPage:
    made = RunPage()
    qtbot.addWidget(made)
    return made


@pytest.fixture
def told(page: RunPage) -> list[str]:
    names = list[str]()
    for name in ("stale", "seen"):
        getattr(page, name).connect(lambda name=name: names.append(name))
    return names


def test_what_is_looked_for_follows_what_is_shown(
    page: RunPage, work: Work, told: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """At rest whether another program has begun it, else how far that is; of a run of this window nothing."""
    for curves in (page._own, page._aside):
        monkeypatch.setattr(curves, "look_again", lambda: None)
    for view, other, says, asks in (
        (REST, "", [], True), (REST, "Another runs.", ["seen"], False),
        (replace(REST, phase="elsewhere"), "Another runs.", ["stale"], False),
        (replace(REST, phase="running"), "", [], False), (View(), "", [], False),
    ):  # fmt: skip
        page.render_view(view, 0.0)
        page.tell_elsewhere(other, "b")
        work.clear()
        told.clear()
        page.look_again()
        assert (told, bool(work)) == (says, asks), view.phase


@pytest.mark.parametrize(
    ("phase", "held", "seen"),
    [("paused", True, True), ("paused", False, False), ("running", True, False), ("elsewhere", True, False)],
)
def test_a_session_at_rest_that_another_program_has_begun_is_told_of(
    page: RunPage, told: list[str], phase: Any, held: bool, seen: bool
) -> None:
    page.render_view(replace(REST, phase=phase), 0.0)
    page._look_if_held(held)
    assert told == (["seen"] if seen else [])


@pytest.mark.parametrize(
    ("view", "rhythm"),
    [
        (REST, RUNNING_MS), (replace(REST, phase="elsewhere"), RUNNING_MS),
        (replace(REST, phase="running"), AT_REST_MS), (replace(REST, phase="finished"), AT_REST_MS),
    ],
)  # fmt: skip
def test_what_another_program_may_begin_or_change_is_looked_at_more_often(
    page: RunPage, view: View, rhythm: int
) -> None:
    assert page._clock._clock.interval() == AT_REST_MS
    page.render_view(view, 0.0)
    assert page._clock._clock.interval() == rhythm
    assert page._strip._clock._clock.interval() == (RUNNING_MS if view.alive else AT_REST_MS)


def test_it_is_looked_at_anew_when_it_is_shown_and_when_its_window_is_the_active_one(
    page: RunPage, told: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    active = [True]
    monkeypatch.setattr(page, "isActiveWindow", lambda: active[0])
    page.changeEvent(QEvent(QEvent.Type.ActivationChange))
    assert told == [], "it is not in sight"
    page.show()
    assert told.pop() == "seen"
    told.clear()
    page.changeEvent(QEvent(QEvent.Type.ActivationChange))
    assert told.pop() == "seen" and not told
    page.changeEvent(QEvent(QEvent.Type.FontChange))
    active[0] = False
    page.changeEvent(QEvent(QEvent.Type.ActivationChange))
    assert told == []


def test_curves_that_are_laid_over_stay_while_those_of_the_run_behind_them_grow_or_are_read(
    page: RunPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    put, changed = list[object](), list[bool]()
    monkeypatch.setattr(page.panel, "put", put.append)
    monkeypatch.setattr(page.panel, "changed", lambda: changed.append(True))
    page._own.replaced.emit()
    page._own.grown.emit()
    assert (len(put), len(changed)) == (1, 1)
    page._aside.replaced.emit()
    assert len(put) == 1, "it is not shown"
    page.overlay([Path("/s/b"), Path("/s/c")])
    put.clear()
    page._own.replaced.emit()
    page._own.grown.emit()
    assert put == [] and len(changed) == 1
    page.picked("sessions")
    assert page._overlay and put == []
    page.picked("run")
    assert not page._overlay and put[-1] == page._own.curves


def test_how_long_it_took_is_said_where_each_step_has_its_time(page: RunPage) -> None:
    done = tuple(Step(name, "done", seconds=60.0) for name in STEPS)
    finished = replace(REST, phase="finished", steps=done)
    page.render_view(finished, 0.0)
    assert page.result.texts[2].startswith("5 min 0 s of work.")
    page.render_view(replace(finished, steps=(replace(done[0], seconds=None), *done[1:])), 0.0)
    assert "of work" not in page.result.texts[2]


def test_what_was_said_of_opening_one_session_is_not_said_of_another(
    page: RunPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    forgotten = list[bool]()
    monkeypatch.setattr(page._opener, "forget", lambda: forgotten.append(True))
    for view, count in ((REST, 0), (replace(REST, path="/t/a"), 0), (replace(REST, session="b", path="/s/b"), 1)):
        page.render_view(view, 0.0)
        assert len(forgotten) == count
