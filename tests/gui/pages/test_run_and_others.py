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
from so8t_engine.sentences import sentence
from so8t_gui.desktop.background import Background
from so8t_gui.pages.run import RunPage
from so8t_gui.result.report_file import GgufFiles, RunResult
from so8t_gui.view.state import Problem, Step, View
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


def test_run_in_the_side_bar_leads_back_to_the_run_from_another_session(page: RunPage, qtbot: QtBot) -> None:
    back = list[bool]()
    page.back_wanted.connect(lambda: back.append(True))
    running = replace(REST, phase="running", session="b", title="B", path="/s/b")
    for aside, picked, led in ((REST, "sessions", 0), (REST, "run", 1), (None, "run", 1)):
        page.render_view(running, 0.0, aside)
        page.picked(picked)
        assert len(back) == led, (aside, picked)


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


def test_what_is_in_the_way_is_said_once_and_anew_after_it_was_gone(page: RunPage) -> None:
    page.tell_hindrance("Its disk is away.")
    assert page._hindrance.text == "Its disk is away." and page._hindrance._level == "warning"
    page._hindrance._act("close")
    page.tell_hindrance("Its disk is away.")
    assert page._hindrance.text == "", "it was read"
    page.tell_hindrance("Its own disk is away.")
    assert page._hindrance.text == "", "by another name it says the same"
    for said in ("", "Its disk is away."):
        page.tell_hindrance(said)
        assert page._hindrance.text == said


def test_what_others_do_reaches_the_part_that_it_is_about(page: RunPage) -> None:
    page.render_view(REST, 0.0)
    page.put_busy("A run goes on.")
    page.put_hindrance("Another runs.")
    page.put_others([("a", "A"), ("b", "B")])
    assert page.trial.hindrance.text == "A run goes on." and page._head._resume.toolTip() == "Another runs."
    assert [action.text() for action in page._head._others.actions()] == ["B"]
    shown = list[str]()
    page.shown_wanted.connect(shown.append)
    page.tell_elsewhere("B runs.", "b")
    page._other._act("show")
    page.tell_elsewhere("", "")
    assert shown == ["b"] and page._other.text == ""


def test_what_a_run_waits_for_is_said_until_it_goes_on_and_a_problem_until_it_is_solved(page: RunPage) -> None:
    full = sentence("disk.full", path="/x", error="28")
    waits = replace(REST, phase="waiting", waiting=full)
    for view, level, said in (
        (waits, "warning", "Waiting: The disk is full. /x: 28"), (replace(REST, phase="running"), "warning", ""),
        (replace(REST, phase="failed", problem=Problem("disk_full", full)), "error", "The disk is full. /x: 28"),
        (REST, "error", ""),
    ):  # fmt: skip
        page.render_view(view, 0.0)
        assert (page._message._level, page._message.text) == (level, said)


def test_the_result_that_was_read_is_shown_with_its_own_session_alone(page: RunPage, work: Work) -> None:
    finished = [replace(REST, phase="finished", session=name, path=f"/s/{name}") for name in "ab"]
    for view in finished:
        page.render_view(view, 0.0)
        assert page.result.texts[0] == "Reading the report ..." and page._tabs.currentIndex() == 0
    shown = [then for _, then in work if then.__qualname__.endswith("_show_result.<locals>.show")]
    results = [RunResult(problem=f"{name} is gone.", files=GgufFiles((name,), f"{name}.gguf")) for name in "ab"]
    shown[0](results[0])
    assert page.result.texts[0] == "Reading the report ..." and page.trial.files.count() == 0
    shown[1](results[1])
    assert page.result.texts[0] == "b is gone." and page.trial.files.itemData(0) == "b"
    assert not page._actions._again.isHidden()
    page.render_view(REST, 0.0)
    assert page._actions.isHidden() and page._tabs.isHidden() and page._actions._session is None


def test_folder_and_report_of_what_is_shown_are_opened(page: RunPage, monkeypatch: pytest.MonkeyPatch) -> None:
    opened = list[tuple[str, Path]]()
    for name in ("open", "open_report"):
        monkeypatch.setattr(page._opener, name, lambda path, name=name: opened.append((name, path)))
    page.render_view(replace(REST, phase="finished"), 0.0)
    page._head.open_wanted.emit()
    for what in ("report", "folder"):
        page._actions.open_wanted.emit(what)
    assert opened == [("open", Path("/s/a")), ("open_report", Path("/s/a")), ("open", Path("/s/a"))]


def test_the_way_to_the_question_leads_to_its_field(page: RunPage, qtbot: QtBot) -> None:
    page.render_view(replace(REST, phase="finished"), 0.0)
    page.show()
    page.activateWindow()
    page._actions.try_wanted.emit()
    assert page._views.currentWidget() is page.trial and page.focusWidget() is page.trial.question
