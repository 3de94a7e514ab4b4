"""What the window keeps of its run without a process: what is shown, told apart, renamed, and no news."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

import pytest
from PySide6.QtCore import QObject, QTimer

from so8t_engine.sentences import verbatim
from so8t_gui.engine.events import Chosen, Exited, NotStarted, Started
from so8t_gui.runner import Runner
from so8t_gui.view.notifications import Notice
from so8t_gui.view.state import View


@pytest.fixture
def runner(qapp: QObject, monkeypatch: pytest.MonkeyPatch) -> Iterator[Runner]:
    """Nothing is started: `calls` of its engine."""
    parent = QObject()
    made = Runner(parent, clock=lambda: 5.0)
    made.keep_awake = False
    calls = list[Any]()
    made.calls = calls  # type: ignore[attr-defined]
    monkeypatch.setattr(type(made._engine), "running", property(lambda _: bool(calls) and calls[-1] != "gone"))

    def start(arguments: Sequence[str], session: str, title: str) -> None:
        calls.append((list(arguments), session, title))

    monkeypatch.setattr(made._engine, "start", start)
    for name in ("pause", "save"):
        monkeypatch.setattr(made._engine, name, lambda *why, name=name: calls.append(":".join([name, *why])))
    yield made
    del made
    parent.deleteLater()


def chosen(session: str, status: str, **more: Any) -> Chosen:
    return Chosen(session, session.upper(), f"/s/{session}", status, "train", **more)


def test_a_run_that_goes_on_is_not_started_again_and_another_session_not_shown(runner: Runner) -> None:
    runner.start(["run"], "a", "A")
    runner.start(["run"], "b", "B")
    runner.show(chosen("b", "paused"))
    assert runner.calls == [(["run"], "a", "A")] and runner.view == View()  # type: ignore[attr-defined]


def test_a_start_waits_until_the_process_before_is_gone_and_comes_once(runner: Runner) -> None:
    calls = runner.calls  # type: ignore[attr-defined]
    runner.start(["run"])
    runner.view = View(phase="paused")
    runner.start_once_rested(["resume"], "a", "A")
    assert len(calls) == 1
    calls.append("gone")
    runner.rested.emit()
    assert calls[2:] == [(["resume"], "a", "A")]
    calls.append("gone")
    runner.rested.emit()
    assert len(calls) == 4
    runner.start_again("--allow-code --x")
    calls.append("gone")
    runner.start_again("--allow-code")
    assert calls[4][0] == ["resume", "--allow-code", "--x"] and calls[6][0] == ["resume", "--x", "--allow-code"]


def test_what_was_never_started_is_not_started_again(runner: Runner) -> None:
    runner.start_again("--allow-code")
    assert runner.calls == []  # type: ignore[attr-defined]


def test_looking_at_another_session_is_no_news_and_what_became_of_the_same_one_is(runner: Runner) -> None:
    told = list[Notice]()
    runner.notice.connect(told.append)
    runner.show(chosen("a", "failed", detail=verbatim("It is full.")))
    assert runner.view.phase == "failed" and not told
    runner.show(chosen("a", "finished"))
    assert [notice.title for notice in told] == ["A: finished"]
    known = runner.view
    runner.show(chosen("a", "finished"))
    assert runner.view is known, "this window knows more of it"
    runner.show(chosen("a", "paused"))
    assert runner.view.phase == "paused"


def test_sessions_of_one_name_are_told_apart_by_when_they_were_begun(runner: Runner) -> None:
    changes = list[object]()
    runner.changed.connect(lambda before, events: changes.append(events))
    runner.show(chosen("a", "paused"))
    runner.tell_apart({"a": 3.0})
    runner.tell_apart({"a": 3.0})
    assert runner.view.begun == 3.0 and len(changes) == 2
    runner.show(chosen("b", "paused"))
    assert runner.view.begun is None
    runner.tell_apart({})
    assert len(changes) == 4


def test_what_is_gone_is_not_shown_any_more_unless_it_runs(runner: Runner) -> None:
    changes = list[View]()
    runner.show(chosen("a", "paused"))
    runner.changed.connect(lambda before, _: changes.append(before))
    for session in ("b", "a"):
        runner.forget(session)
        assert (runner.view == View()) is (session == "a")
    assert [view.session for view in changes] == ["a"]
    runner.start(["run"])
    runner.view = View(session="a")
    runner.forget("a")
    assert runner.view.session == "a"
    runner.rename("a", "mine")
    assert runner.view.title == "mine"


def test_a_session_that_begins_is_shown_as_far_as_it_is_known(runner: Runner) -> None:
    """Another one than that which was shown: its bar was empty, its steps not begun, until its engine spoke."""
    known = chosen("b", "paused", share=0.52)
    runner.start(["resume"], "b", "B", known)
    assert (runner.view.session, runner.view.share, runner.view.steps[3].state) == ("b", 0.52, "stopped")
    runner._happened([Started("b", "B")])
    assert (runner.view.phase, runner.view.share, runner.view.steps[0].state) == ("starting", 0.52, "done")
    runner.calls.append("gone")  # type: ignore[attr-defined]
    runner.view = replace(runner.view, share=0.7, phase="paused")
    runner.start(["resume"], "b", "B", known)
    assert runner.view.share == 0.7, "what this window has seen itself is newer"


def test_leaving_pauses_and_says_when_the_process_is_gone(runner: Runner, monkeypatch: pytest.MonkeyPatch) -> None:
    rested, kills = list[bool](), list[object]()
    runner.rested.connect(lambda: rested.append(True))
    monkeypatch.setattr(QTimer, "singleShot", lambda ms, *_: kills.append(ms))
    runner.leave()
    assert rested == [True] and runner.calls == [] and not kills  # type: ignore[attr-defined]
    runner.start(["run"])
    runner.leave()
    assert rested == [True] and runner.calls[-1] == "pause:quit" and kills == [90_000]  # type: ignore[attr-defined]
    for events, more in (([Started()], 0), ([Exited(0)], 1), ([NotStarted(verbatim("No."))], 1)):
        before = len(rested)
        runner._happened(events)
        assert len(rested) - before == more


def test_a_save_is_waited_for_until_it_is_there_or_the_run_is_gone(runner: Runner) -> None:
    runner.save_now(60_000)
    assert runner.calls == []  # type: ignore[attr-defined]
    runner.start(["run"])
    ends = (lambda: runner.changed.emit(View(), []), lambda: setattr(runner, "view", View(saved=3.0)))
    for number, end in enumerate((ends, (lambda: runner.rested.emit(),), ())):
        runner.view = View(saved=1.0)
        for place, act in enumerate(reversed(end)):
            QTimer.singleShot(place, act)
        runner.save_now(60_000 if end else 1)
        assert runner.calls.count("save") == number + 1  # type: ignore[attr-defined]
