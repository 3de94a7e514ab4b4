"""What the runner takes from whom: a start, a session at rest, another name, a folder that is gone."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from PySide6.QtCore import QObject, QTimer, Signal

from so8t_engine.protocol import Message
from so8t_engine.sentences import verbatim
from so8t_gui.engine.events import Chosen, Event, Exited, NotStarted, Started
from so8t_gui.runner import Runner
from so8t_gui.view.state import View


class Engine(QObject):
    """In the place of the process: what it was told."""

    happened = Signal(list)

    def __init__(self) -> None:
        super().__init__()
        self.running, self.told = False, list[tuple[Any, ...]]()

    def start(self, *given: Any) -> None:
        self.running = True
        self.told.append(("start", *given))

    def pause(self, why: str = "") -> None:
        self.told.append(("pause", why))

    def save(self) -> None:
        self.told.append(("save",))

    def leave(self, wait_ms: int) -> None:
        self.told.append(("leave", wait_ms))

    def kill(self) -> None:
        self.told.append(("kill",))


class Run:
    def __init__(self) -> None:
        self.parent, self.engine = QObject(), Engine()
        self.it = Runner(self.parent, self.engine, clock=lambda: 5.0)  # type: ignore[arg-type]
        self.it.keep_awake = False
        self.changes, self.rests = list[tuple[View, list[Event]]](), list[bool]()
        self.it.changed.connect(lambda before, events: self.changes.append((before, events)))
        self.it.rested.connect(lambda: self.rests.append(True))


@pytest.fixture
def run(qapp: QObject) -> Iterator[Run]:
    made = Run()
    yield made
    made.parent.deleteLater()


def chosen(session: str, status: str = "paused", share: float = 0.5) -> Chosen:
    return Chosen(session, session.upper(), f"/s/{session}", status, "train", share)


def test_a_start_shows_where_the_session_goes_on_from_until_the_engine_says_so(run: Run) -> None:
    run.it.start(["resume"], "a", "A", chosen("a"))
    assert run.engine.told == [("start", ["resume"], "a", "A")] and run.it.arguments == ("resume",)
    assert (run.it.view.session, run.it.view.share) == ("a", 0.5)
    run.it.start(["run"])
    assert len(run.engine.told) == 1 and run.it.arguments == ("resume",), "one runs"
    run.engine.running = False
    run.it.start(["resume"], "a", "A", chosen("a", share=0.25))
    assert run.it.view.share == 0.5, "it is shown already"
    run.engine.running = False
    run.it.start(["run", "--preset", "demo"])
    assert run.it.view.session == "a" and run.engine.told[-1] == ("start", ["run", "--preset", "demo"], "", "")


def test_before_the_first_start_nothing_is_started_again(run: Run) -> None:
    run.it.start_again("--force")
    assert run.engine.told == []
    run.it.start(["run", "--force", "x"])
    run.engine.running = False
    run.it.start_again("--force --allow-code")
    assert run.engine.told[-1][1] == ["run", "x", "--force", "--allow-code"]


def test_a_start_waits_for_the_process_of_a_run_that_has_ended_alone(run: Run) -> None:
    run.engine.running = True
    run.it.view = View(phase="paused", session="a")
    run.it.start_once_rested(["resume"], "a", "A")
    assert run.engine.told == []
    run.engine.running = False
    for _ in range(2):
        run.it.rested.emit()
        run.engine.running = False
    assert run.engine.told == [("start", ["resume"], "a", "A")], "once"
    run.it.start_once_rested(["run"])
    assert run.engine.told[-1][1] == ["run"]


@pytest.mark.parametrize(
    ("view", "running", "status", "taken"),
    [
        (View(), False, "paused", True), (View(phase="running", session="b"), True, "paused", False),
        (View(phase="finished", session="a"), False, "finished", False),
        (View(phase="finished", session="a"), False, "paused", True),
        (View(phase="paused", session="a"), False, "finished", True),
        (View(phase="finished", session="b"), False, "finished", True),
    ],
)  # fmt: skip
def test_a_session_at_rest_is_shown_unless_something_runs_or_this_window_has_seen_it_finish(
    run: Run, view: View, running: bool, status: str, taken: bool
) -> None:
    run.it.view, run.engine.running = view, running
    run.it.show(chosen("a", status))
    assert bool(run.changes) is taken and (run.it.view.title == "A") is taken


@pytest.mark.parametrize(("session", "running", "gone"), [("a", False, True), ("b", False, False), ("a", True, False)])
def test_of_a_folder_that_is_gone_nothing_is_shown(run: Run, session: str, running: bool, gone: bool) -> None:
    run.it.view = before = View(phase="paused", session="a")
    run.engine.running = running
    run.it.forget(session)
    assert (run.it.view == View()) is gone and run.changes == ([(before, [])] if gone else [])


def test_two_of_a_name_are_told_apart_by_when_they_were_begun_as_soon_as_that_is_known(run: Run) -> None:
    run.it.show(chosen("a"))
    run.changes.clear()
    for begun, told in (({"a": 3.0}, 3.0), ({"a": 3.0}, 3.0), ({"b": 4.0}, None)):
        run.it.tell_apart(begun)
        assert run.it.view.begun == told
    assert len(run.changes) == 2
    assert run.it.told_apart(View(session="b")).begun == 4.0
    run.it.rename("a", "mine")
    run.it.rename("b", "no")
    assert run.it.view.title == "mine"


def test_the_end_of_the_process_is_told_and_its_disk_is_watched_meanwhile(run: Run) -> None:
    clock = run.it._low_disk._clock
    run.it._low_disk._warned = True
    run.it.start(["run"])
    assert not run.it._low_disk._warned, "another run is warned of anew"
    for events, watched, rests in (
        ([Started("a", "A")], True, 0), ([Message("saved", {})], True, 0), ([Exited(75)], False, 1),
        ([NotStarted(verbatim("No."))], False, 2),
    ):  # fmt: skip
        run.engine.happened.emit(events)
        assert clock.isActive() is watched and len(run.rests) == rests


def test_what_is_asked_of_a_run_reaches_its_engine(run: Run) -> None:
    run.it.pause()
    run.it.pause("suspend")
    run.it.save()
    run.it.leave_now(40)
    assert run.engine.told == [("pause", ""), ("pause", "suspend"), ("save",), ("leave", 40)]
    run.it.leave()
    assert run.rests == [True] and len(run.engine.told) == 4, "there is none to wait for"
    run.it.save_now(60_000)
    assert len(run.engine.told) == 4
    run.engine.running = True
    run.it.leave()
    assert run.rests == [True] and run.engine.told[-1] == ("pause", "quit")


def test_a_save_before_a_shutdown_is_waited_for_until_it_is_made_or_the_run_is_gone(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    run.engine.running = True
    run.it.view = View(phase="running", session="a")

    said = [Message("saved", {"seconds": 0.0}), Message("point", {"number": 1})]

    def say() -> None:
        run.engine.happened.emit([said.pop()])
        if said:
            QTimer.singleShot(0, say)

    monkeypatch.setattr(run.engine, "save", lambda: QTimer.singleShot(0, say))
    run.it.save_now(60_000)
    assert said == [] and run.it.view.saved == 5.0
    gone = [Exited(0)]
    monkeypatch.setattr(run.engine, "save", lambda: QTimer.singleShot(0, lambda: run.engine.happened.emit(gone)))
    run.it.save_now(60_000)
    assert run.rests == [True]
