"""What one event changes of a view and what it leaves: phases, shares, rates, saves, names, ends."""

from __future__ import annotations

from dataclasses import replace
from functools import reduce as fold

import pytest

from gui.view.test_reduce import BY_WINDOW, KNOWN, OPENED, TRAINING, after, opened, progress, said
from so8t_engine.sentences import verbatim
from so8t_gui.engine.events import Chosen, Exited, FolderRenamed, Garbage, Pausing, Renamed, Silent, Started
from so8t_gui.view.reduce import reduce
from so8t_gui.view.state import Problem, RunPhase, Step, View


@pytest.mark.parametrize(
    ("phase", "before", "after_it"),
    [
        ("starting", "progress", "running"), ("waiting", "progress", "running"), ("restarting", "progress", "running"),
        ("pausing", "progress", "pausing"), ("running", "progress", "running"),
        ("pausing", "waiting", "pausing"), ("running", "waiting", "waiting"),
    ],
)  # fmt: skip
def test_a_pause_that_was_asked_for_stays_asked_for(phase: RunPhase, before: str, after_it: RunPhase) -> None:
    event = progress() if before == "progress" else said("waiting", code="x", sentence="The disk is full.")
    view = reduce(View(phase=phase), event, 5.0)
    assert view.phase == after_it and (view.waiting is None) is (before == "progress")
    assert view.heard == 5.0


def test_what_an_engine_does_not_say_of_its_progress_stays_as_it_was() -> None:
    before = replace(View(phase="running"), points=4, saved=2.0, share=0.3, metrics={"loss": 1.0, "kl": 2.0})
    bare = reduce(before, progress(metrics=None, points=None, unsaved_seconds=None, share=0.2), 9.0)
    assert (bare.points, bare.saved, bare.unsaved, bare.share) == (4, 2.0, None, 0.3)
    assert bare.metrics == {"loss": 1.0, "kl": 2.0}
    full = reduce(before, progress(share=7.0, eta_low_seconds=20.0, eta_high_seconds=40.0), 9.0)
    assert (full.points, full.saved, full.share) == (7, 6.0, 1.0)
    assert (full.eta_total, full.eta_low, full.eta_high, full.unit, full.total) == (30.0, 20.0, 40.0, 5, 50)
    assert full.metrics == {"loss": 0.5, "alpha": 0.9, "kl": 2.0} and full.ends == (39.0,)
    for unknown in (progress(rate=None), progress(eta_total_seconds=None)):
        assert reduce(before, unknown, 9.0).ends == ()
    many = fold(lambda view, now: reduce(view, progress(), float(now)), range(60), View())
    assert len(many.ends) == 40 and many.ends[-1] == 59.0 + 30.0


@pytest.mark.parametrize(
    ("rate", "paces"),
    [
        (None, {}), (0.0, {}), (1.0, {"update": "second"}), (0.999, {"update": "minute"}),
        (1 / 60, {"update": "minute"}), (0.01, {"update": "hour"}), (1 / 9_000, {"update": "hour"}),
    ],
)  # fmt: skip
def test_a_rate_is_said_for_the_time_in_which_at_least_one_is_done_and_stays_so(
    rate: float | None, paces: dict[str, str]
) -> None:
    view = reduce(View(), progress(rate=rate), 1.0)
    assert view.paces == paces
    later = reduce(view, progress(rate=5.0), 2.0)
    assert later.paces == (paces or {"update": "second"})
    assert reduce(later, progress(kind="rollout", rate=0.5), 3.0).paces == {**later.paces, "rollout": "minute"}


def test_a_save_is_as_far_as_it_says_and_no_run_falls_behind_what_it_was() -> None:
    for share, found in ((0.71, 0.71), (0.2, 0.3), (None, 0.3), (9.0, 1.0)):
        view = reduce(View(phase="running", share=0.3), said("saved", share=share), 5.0)
        assert (view.saved, view.heard, view.share) == (5.0, 5.0, found)


def test_a_save_and_what_a_power_cut_would_cost_are_told_from_the_same_moment() -> None:
    """It was saved 0 s ago, and a cut would cost three minutes: until the next unit was over."""
    view = reduce(View(phase="running", unsaved=189.0, heard=4.0), said("saved", seconds=1.5), 5.0)
    assert (view.saved, view.would_lose(5.0), view.would_lose(7.0)) == (3.5, 1.5, 3.5)


def test_who_made_a_session_and_what_is_done_to_it_by_others() -> None:
    made = reduce(View(phase="starting"), said("made", session="s-1", title="demo", path="/s/s-1"), 5.0)
    assert (made.session, made.title, made.path, made.heard) == ("s-1", "demo", "/s/s-1", 5.0)
    for session, title in (("s-1", "mine"), ("s-2", "demo")):
        assert reduce(made, Renamed(session, "mine"), 6.0).title == title
    moved = FolderRenamed("s-1", "s-9", "/s/s-9", verbatim("It lies elsewhere."))
    gone = replace(made, problem=Problem("session_gone", verbatim("It is gone.")))
    for view, told in ((made, "It lies elsewhere."), (gone, "It is gone.")):
        after_it = reduce(view, moved, 7.0)
        assert (after_it.session, after_it.path) == ("s-9", "/s/s-9") and after_it.problem is not None
        assert (after_it.problem.code, str(after_it.problem.sentence)) == ("session_foreign", told)
    other = replace(gone, problem=Problem("disk_full", verbatim("It is full.")))
    told_of = reduce(other, moved, 7.0).problem
    assert told_of is not None and str(told_of.sentence) == "It lies elsewhere."
    assert reduce(replace(made, session="s-2"), moved, 7.0).session == "s-2"


def test_at_rest_nothing_moves_and_what_ran_has_its_time() -> None:
    view = after(Started("s-1"), OPENED, TRAINING, progress())
    rest = reduce(replace(view, retry_at=9.0), said("paused", reason=BY_WINDOW, step="train", unit=6), 13.0)
    assert (rest.rate, rest.eta, rest.unsaved, rest.retry_at, rest.waiting, rest.ends) == (None,) * 5 + ((),)
    assert rest.steps[3] == Step("train", "stopped", None, 10.0) and rest.steps[4] == view.steps[4]
    assert rest.notes[-1].at == 13.0
    kept = reduce(replace(view, steps=KNOWN.steps), said("finished"), 13.0)
    assert [(step.state, step.seconds) for step in kept.steps] == [("done", 30.0)] * 5 and kept.share == 1.0
    assert kept.results == {}


def test_an_engine_that_goes_without_a_word_ends_as_what_it_said_before() -> None:
    refused = reduce(View(phase="starting"), said("hello", protocol=1), 1.0)
    ended = reduce(refused, Exited(1, error_line="boom"), 2.0)
    assert (ended.phase, ended.problem) == ("failed", refused.problem) and not ended.cut
    at_rest = View(phase="paused")
    assert reduce(at_rest, Exited(1), 2.0) is at_rest and reduce(at_rest, Pausing(), 2.0) is at_rest
    crashed = reduce(View(phase="running"), Exited(1, error_line="boom"), 2.0)
    assert crashed.notes[-1].data["what"] == "ended" and crashed.problem is not None
    assert crashed.problem.sentence == crashed.notes[-1].data["sentence"] and "boom" in str(crashed.problem.sentence)


def test_the_number_of_notes_has_its_limit_and_the_newest_stay() -> None:
    view = fold(lambda view, n: reduce(view, Silent(n), 1.0), range(1, 211), View())
    assert len(view.notes) == 200 and view.notes[-1].data["seconds"] == 210
    line = reduce(View(), Garbage("x" * 200), 1.0).notes[0].data["line"]
    assert line == "x" * 120


@pytest.mark.parametrize(
    ("status", "share", "states"),
    [
        ("finished", 1.0, ["done"] * 5), ("cut", 0.4, ["done", "done", "done", "stopped", "todo"]),
        ("running", 0.4, ["done", "done", "done", "running", "todo"]),
    ],
)  # fmt: skip
def test_a_session_of_the_disk_has_its_steps_and_their_times(status: str, share: float, states: list[str]) -> None:
    chosen = Chosen("s", "x", "/x", status, "train", 0.4, step_seconds={"collect": 4.0}, results={"base": 0.5})
    view = reduce(View(), chosen, 1.0)
    assert (view.share, [step.state for step in view.steps]) == (share, states)
    assert view.steps[0].seconds == 4.0 and view.steps[1].seconds is None
    assert view.cut is (status == "cut") and view.results == {"base": 0.5}


def test_a_session_that_begins_at_a_step_that_is_none_has_done_all() -> None:
    view = opened(View(), step="tomorrow")
    assert [step.state for step in view.steps] == ["done"] * 5
    untitled = opened(View(), title=None)
    assert untitled.title == "s-1"
