"""The view event by event: what the window shows of every message and of the ways a process ends."""

from __future__ import annotations

from dataclasses import replace
from functools import reduce as fold
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from so8t_engine.errors import EngineError, failed
from so8t_engine.protocol import EVENTS, PROTOCOL_VERSION, STEPS, Message
from so8t_engine.sentences import Sentence, to_json, verbatim
from so8t_gui.engine.events import Chosen, Event, Exited, Garbage, NotStarted, Pausing, Silent, Started
from so8t_gui.view import messages as texts
from so8t_gui.view.eta_uncertainty import eta_uncertainty
from so8t_gui.view.reduce import reduce
from so8t_gui.view.state import RunPhase, Step, View
from so8t_gui.view.tray_icon import tray_icon


def after(*events: Event, start: View | None = None) -> View:
    """One second passes before each event."""
    return fold(lambda view, pair: reduce(view, pair[1], float(pair[0])), enumerate(events, 1), start or View())


def said(name: str, **data: Any) -> Message:
    return Message(name, data)


BY_WINDOW, NO_READER = to_json(Sentence("run.pause_by_window")), to_json(Sentence("run.pause_no_reader"))
OPENED = said("session", session="s-1", title="demo", path="/s/s-1", step="train", unit=4, status="running")
TRAINING = said("step", step="train", index=4, steps=5, state="running")


def progress(unit: int = 5, **more: Any) -> Message:
    found = dict(
        step="train", kind="update", unit=unit, total=50, rate=2.0, eta_seconds=20.0, eta_total_seconds=30.0,
        active_seconds=10.0, unsaved_seconds=3.0, points=7, metrics={"loss": 0.5, "alpha": 0.9, "kl": None},
    )  # fmt: skip
    return said("progress", **{**found, **more})


def test_a_run_from_start_to_finish() -> None:
    view = after(Started("s-1"))
    assert (view.phase, tray_icon(view)) == ("starting", "running")
    view = after(said("hello", protocol=PROTOCOL_VERSION, version="0", pid=1), OPENED, TRAINING, progress(), start=view)
    assert (view.phase, view.step, view.step_number, view.title) == ("running", "train", 4, "demo")
    assert [step.state for step in view.steps] == ["done", "done", "done", "running", "todo"]
    assert view.share == pytest.approx(0.25) and view.metrics == {"loss": 0.5, "alpha": 0.9}
    assert view.would_lose(now=6.0) == pytest.approx(3 + 2) and view.saved == pytest.approx(4 - 3)
    ended = after(
        said("step", step="train", index=4, steps=5, state="done"),
        said("finished", path="/s/s-1", report="report/report.html", final_model="m", gguf="g", results={"base": 0.1}),
        Exited(0),
        start=view,
    )
    assert (ended.phase, tray_icon(ended), ended.share) == ("finished", "finished", 1.0)
    assert all(step.state == "done" for step in ended.steps) and ended.would_lose(99) is None
    assert ended.results == {"base": 0.1}


def test_a_pause_by_hand_and_one_that_came_by_itself() -> None:
    running = after(Started(), OPENED, TRAINING, progress())
    asked = after(Pausing(), progress(6), start=running)
    assert asked.phase == "pausing"  # progress goes on until the restart point
    by_hand = after(said("paused", reason=BY_WINDOW, step="train", unit=6), Exited(75), start=asked)
    assert (by_hand.phase, tray_icon(by_hand), by_hand.step, by_hand.step_number) == ("paused", "paused", "train", 4)
    by_itself = after(said("paused", reason=NO_READER, step="train", unit=6), Exited(75), start=running)
    assert (tray_icon(by_itself), by_itself.reason) == ("attention", Sentence("run.pause_no_reader"))
    of_an_old_session = after(Chosen("s", "x", "/x", "paused", "train", 0.5, verbatim("asked by the window")))
    assert tray_icon(of_an_old_session) == "paused"


def test_steps_keep_the_time_they_took_over_a_restart() -> None:
    view = after(Started(), OPENED, TRAINING, progress())  # the step began at 3
    view = reduce(view, said("paused", reason=BY_WINDOW, step="train", unit=6), 13.0)
    assert view.steps[3].seconds == pytest.approx(10) and view.steps[3].state == "stopped"


@pytest.mark.parametrize(
    ("events", "code", "phase"),
    [
        ([Exited(9, crashed=True)], "engine_crashed", "failed"),
        ([Exited(1, error_line="boom")], "engine_crashed", "failed"),
        ([NotStarted(verbatim("There is no python here."))], "engine_missing", "failed"),
        ([failed(EngineError("disk_full", verbatim("Full."))), Exited(6)], "disk_full", "failed"),
        ([said("hello", protocol=99, version="9", pid=1), Exited(0)], "engine_version", "failed"),
        ([said("hello"), Exited(0)], "engine_version", "failed"),
    ],
)
def test_every_bad_end_is_a_sentence_with_a_next_action(events: list[Event], code: str, phase: str) -> None:
    view = after(Started("s-1"), *events)
    assert view.phase == phase and tray_icon(view) == "attention"
    assert view.problem is not None and view.problem.code == code
    assert str(view.problem.sentence).endswith((".", "boom")) and str(view.problem.action)


def test_a_replaced_process_is_waited_for_and_goes_on() -> None:
    view = after(Started(), OPENED, TRAINING, progress())
    view = reduce(
        view,
        said("restarting", code="crashed", sentence=to_json(verbatim("It crashed.")), attempt=1, in_seconds=10),
        5.0,
    )
    assert (view.phase, view.retry_at, view.would_lose(6.0)) == ("restarting", 15.0, None)
    cut = said("incident", run=1, kind="crashed", lost_seconds=130.0, lost_units=3, step="train", unit=4, notes=[])
    view = after(OPENED, cut, TRAINING, progress(), start=view)
    assert view.phase == "running" and view.incident is not None and view.incident["lost_seconds"] == 130.0
    assert [note.kind for note in view.notes] == ["restarting", "incident"]


def test_a_run_that_was_cut_off_is_that_no_more_once_it_is_open_again() -> None:
    assert not after(Started("s-1"), OPENED, start=View(session="s-1", cut=True)).cut


def test_waiting_ends_with_the_next_progress() -> None:
    waiting = after(Started(), OPENED, said("waiting", code="disk_full", sentence="The disk is full."))
    assert (waiting.phase, tray_icon(waiting)) == ("waiting", "attention")
    assert after(progress(), start=waiting).phase == "running"


def test_silence_and_garbage_are_noted_and_change_nothing_else() -> None:
    running = after(Started(), OPENED, TRAINING, progress())
    view = after(Silent(90), Garbage("Traceback ..."), start=running)
    assert view.phase == "running" and [note.data["what"] for note in view.notes] == ["silent", "garbage"]


def test_the_uncertainty_is_how_far_the_guesses_lay_apart() -> None:
    steady, jumping = View(), View()
    for i in range(20):
        steady = reduce(steady, progress(eta_total_seconds=100.0 - i), float(i))
        jumping = reduce(jumping, progress(eta_total_seconds=100.0 - i + (i % 2) * 20), float(i))
    assert eta_uncertainty(steady.ends) == pytest.approx(0) and eta_uncertainty(jumping.ends) == pytest.approx(20)
    assert eta_uncertainty(reduce(View(), progress(), 0.0).ends) is None


def test_a_time_left_that_was_said_stays_a_range_where_a_kind_begins_that_was_never_measured() -> None:
    """It went back to "still measuring" with every new kind of work."""
    measured = progress(eta_total_seconds=240.0, eta_low_seconds=200.0, eta_high_seconds=300.0)
    unknown = progress(step="evaluate", rate=None, eta_total_seconds=60.0, eta_low_seconds=6.0, eta_high_seconds=600.0)
    evaluating = Message("step", {"step": "evaluate", "state": "running"})
    assert (
        texts.remaining(after(Started(), OPENED, TRAINING, unknown)) == "time left: still measuring (at a guess 1 min)"
    )
    running = after(Started(), OPENED, TRAINING, measured)
    assert texts.remaining(running) == "4 min 0 s left (give or take 50 s)"
    for events in ((evaluating,), (evaluating, unknown)):
        assert "measuring" not in texts.remaining(after(*events, start=running))
    assert texts.remaining(after(evaluating, unknown, start=running)) == "between 5 s and 10 min left"
    beside = progress(kind="rollout", rate=None, eta_total_seconds=60.0, eta_low_seconds=20.0, eta_high_seconds=180.0)
    assert texts.remaining(after(Started(), OPENED, TRAINING, beside)) == "between 20 s and 3 min left"


def test_before_the_first_unit_of_a_step_nothing_is_said_of_the_time_left_that_was_guessed() -> None:
    converted = [progress(step="convert", kind="shard", eta_total_seconds=34.0) for _ in range(20)]
    loading = after(Started(), OPENED, *converted, TRAINING)
    guessed = after(*[progress(rate=None, eta_total_seconds=34.0) for _ in range(20)], start=loading)
    first = after(progress(eta_total_seconds=240.0), start=guessed)
    known = after(*[progress(eta_total_seconds=240.0) for _ in range(5)], start=guessed)

    for view, about in ((loading, "35 s"), (guessed, "35 s"), (first, "4 min")):
        assert texts.remaining(view) == f"time left: still measuring (at a guess {about})"
    assert texts.status(loading, 0.0).startswith("Loading the model, step 4 of 5")
    assert texts.status(guessed, 0.0).startswith("Running, step 4 of 5")
    assert texts.remaining(known) == "4 min 0 s left"


@pytest.mark.parametrize(
    ("status", "phase", "icon"),
    [("paused", "paused", "paused"), ("cut", "paused", "paused"), ("finished", "finished", "finished"),
     ("failed", "failed", "attention"), ("new", "idle", "idle")],
)  # fmt: skip
def test_a_session_from_the_disk(status: str, phase: str, icon: str) -> None:
    view = after(
        Chosen("s-1", "demo", "/s/s-1", status, "train", 0.62, verbatim("Full.") if status == "failed" else None)
    )
    assert (view.phase, tray_icon(view)) == (phase, icon) and not view.alive
    if status != "finished":
        assert (view.step, view.share) == ("train", pytest.approx(0.62))


def opened(view: View, **more: Any) -> View:
    data = dict(session="s-1", title="demo", path="/s/s-1", step="train", unit=4, share=0.4)
    return reduce(view, said("session", **{**data, **more}), 9.0)


KNOWN = replace(View(session="s-1", share=0.5), steps=tuple(Step(name, seconds=30.0) for name in STEPS))


def test_what_is_known_of_a_session_stays_when_it_is_opened_again_and_nothing_of_another() -> None:
    same, other = opened(KNOWN), opened(replace(KNOWN, session="s-2"))
    assert [step.state for step in same.steps] == ["done", "done", "done", "stopped", "todo"]
    assert (same.share, other.share) == (0.5, 0.4), "it never falls"
    assert [step.seconds for step in same.steps] == [30.0] * 5 and not any(step.seconds for step in other.steps)
    counted = opened(KNOWN, step_seconds={"collect": 4.0, "train": "long"}).steps
    assert [step.seconds for step in counted] == [4.0, 30.0, 30.0, 30.0, 30.0]


@pytest.mark.parametrize(
    ("said_by_engine", "share"),
    [
        ({"step": "collect", "unit": 0, "share": 0.0}, 0.0),  # its results are made again from the first
        ({"step": "collect", "unit": 0, "share": None}, 0.5),
        ({"step": "collect", "unit": 1, "share": 0.0}, 0.5),
        ({"step": "train", "unit": 0, "share": 0.0}, 0.5),
        ({"share": 7.0}, 1.0),
    ],
)
def test_the_share_of_a_session_begins_anew_only_with_its_first_unit(
    said_by_engine: dict[str, Any], share: float
) -> None:
    assert opened(KNOWN, **said_by_engine).share == share


def test_a_session_that_opens_while_it_is_being_paused_is_still_being_paused() -> None:
    assert opened(View(phase="pausing")).phase == "pausing" and opened(View(phase="starting")).phase == "running"


@pytest.mark.parametrize(
    ("phase", "share", "kinds"),
    [("starting", 0.4, ["resumed"]), ("idle", 0.4, ["resumed"]), ("starting", 0.0, []), ("restarting", 0.4, [])],
)
def test_that_a_session_was_resumed_is_noted_where_it_begins_after_its_start(
    phase: RunPhase, share: float, kinds: list[str]
) -> None:
    assert [note.kind for note in opened(View(phase=phase), share=share).notes] == kinds


def test_a_step_begins_with_no_units_and_its_time_is_added_to_what_it_took_before() -> None:
    view = after(OPENED, TRAINING, progress())
    assert (view.kind, view.unit, view.total, view.rate, view.eta) == ("update", 5, 50, 2.0, 20.0)
    begun = reduce(replace(view, steps=KNOWN.steps), TRAINING, 10.0)
    assert (begun.kind, begun.unit, begun.total, begun.rate, begun.eta) == ("", 0, 0, None, None)
    assert begun.steps[3] == Step("train", "running", None, 30.0), "it loads once more, which is no work"
    working = reduce(begun, progress(active_seconds=None), 10.0)
    assert working.steps[3] == Step("train", "running", 10.0, 30.0)
    done = reduce(working, said("step", step="train", state="done"), 17.0)
    assert done.steps[3] == replace(working.steps[3], state="done", seconds=37.0)
    assert done.notes[-1].data == {"step": "train", "seconds": 37.0}
    first = reduce(reduce(View(), TRAINING, 10.0), said("step", step="train", state="done"), 17.0)
    assert first.steps[3].seconds == 7.0
    unseen = reduce(View(), said("step", step="train", state="done"), 17.0)
    assert (unseen.steps[3].state, unseen.steps[3].seconds) == ("done", None), "nobody saw it begin"


def test_the_clock_of_a_step_goes_by_the_work_that_the_engine_counts() -> None:
    """It counted the time that a resumed run loads, and fell from 37 s to 23 s when the engine was killed."""
    spent = {"collect": 2.0, "integrate": 1.0, "convert": 1.0, "train": 23.0}
    resumed = said("session", **{**OPENED.data, "step_seconds": spent})
    loading = reduce(after(resumed, TRAINING), progress(kind="setup", active_seconds=27.0), 12.0)
    assert (loading.steps[3].seconds, loading.steps[3].began) == (23.0, None)
    assert (loading.kind, loading.unit, loading.total, loading.eta_total) == ("", 5, 50, 30.0)
    assert loading.would_lose(20.0) == 3.0, "no work is done meanwhile"
    assert texts.status(loading, 12.0).startswith("Loading the model") and texts.remaining(loading)
    working = reduce(loading, progress(active_seconds=29.0), 14.0)
    assert working.would_lose(15.0) == 4.0
    assert (working.steps[3].seconds, working.steps[3].began) == (25.0, 14.0)
    cut = reduce(working, Exited(9, crashed=True), 14.5)
    assert (cut.steps[3].state, cut.steps[3].seconds) == ("stopped", 25.5)
    assert reduce(cut, resumed, 20.0).steps[3].seconds == 23.0, "less by what is done again: 2 s"
    paused = reduce(loading, said("paused", reason=BY_WINDOW, step="train", unit=4), 13.0)
    assert (paused.steps[3].state, paused.steps[3].seconds) == ("stopped", 23.0)


@pytest.mark.parametrize(
    ("active", "left", "share"), [(0.0, 0.0, 0.0), (0.2, 0.3, 0.4), (0.2, None, 0.0), (None, 3.0, 0.0)]
)
def test_without_a_share_of_its_own_an_engine_is_as_far_as_its_times_say(
    active: float | None, left: float | None, share: float
) -> None:
    assert after(progress(active_seconds=active, eta_total_seconds=left)).share == pytest.approx(share)


def test_marks_are_noted_with_numbers_where_they_have_any() -> None:
    rise = said("mark", mark="phase_transition", direction="up", size="0.5", since="7", number=9)
    shift, broken, torn = after(
        rise, said("mark", mark="exactness_break", number=9), said("mark", mark="phase_transition")
    ).notes
    assert (shift.kind, shift.data["size"], shift.data["since"]) == ("mark", 0.5, 7) and broken.kind == "mark"
    assert (torn.kind, torn.data["what"]) == ("process", "broken")


def test_a_finished_run_lies_where_its_engine_says_or_where_it_lay() -> None:
    view = View(phase="running", path="/s/s-1")
    assert reduce(view, said("finished", path="/t/s-1"), 1.0).path == "/t/s-1"
    assert reduce(view, said("finished"), 1.0).path == "/s/s-1"


@pytest.mark.parametrize(
    ("end", "phase", "code"),
    [
        (Exited(75), "paused", ""),
        (Exited(75, crashed=True), "failed", "window.ended_by_signal"),
        (Exited(9, crashed=True), "failed", "window.ended_by_signal"),
        (Exited(9), "failed", "window.ended_with_code"),
    ],
)
def test_an_engine_without_a_last_word_ended_as_its_code_says(end: Exited, phase: str, code: str) -> None:
    view = reduce(View(phase="running"), end, 1.0)
    assert (view.phase, view.problem.sentence.code if view.problem else "") == (phase, code)
    assert view.cut is (phase == "failed")


def test_why_a_session_from_the_disk_stands_still_is_its_problem_or_its_reason() -> None:
    why = verbatim("Full.")

    def chosen(status: str, detail: Sentence | None) -> tuple[Sentence | None, Sentence | None]:
        view = after(Chosen("s", "x", "/x", status, "train", 0.5, detail))
        return view.problem.sentence if view.problem else None, view.reason

    assert [chosen("failed", why), chosen("failed", None)] == [(why, None), (None, None)]
    assert [chosen("paused", why), chosen("finished", why), chosen("new", why)] == [
        (None, why),
        (None, None),
        (None, None),
    ]


def test_what_this_window_has_seen_stays_with_the_session_it_happened_to() -> None:
    seen = after(OPENED, Silent(90))
    assert reduce(seen, Chosen("s-1", "demo", "/s/s-1", "paused", "train"), 9.0).notes == seen.notes
    assert reduce(seen, Chosen("s-2", "demo", "/s/s-2", "paused", "train"), 9.0).notes == ()


values = (
    st.just({"code": "disk.full", "args": {}})
    | st.none()
    | st.booleans()
    | st.integers(-5, 5)
    | st.floats()
    | st.sampled_from([*STEPS, "x", "", "running"])
)
fields = ["step", "state", "unit", "total", "kind", "rate", "metrics", "eta_total_seconds", "session", "path"]
fields += ["sentence", "reason", "why", "action", "code", "in_seconds"]
messages = st.builds(
    Message, st.sampled_from([*EVENTS, "news"]), st.dictionaries(st.sampled_from([*fields, "mark", "number"]), values)
)


@settings(suppress_health_check=[HealthCheck.too_slow])  # a busy machine is no fault of the view
@example([Message("mark", {"mark": ""})])
@given(st.lists(messages | st.just(Pausing()) | st.builds(Exited, st.integers(0, 255)), max_size=12))
def test_no_sequence_of_broken_messages_breaks_the_view(events: list[Event]) -> None:
    view = after(Started(), *events)
    assert 0 <= view.share <= 1 and 0 <= view.step_number <= len(STEPS) and tray_icon(view)
    assert texts.status(view, 100.0) and all(texts.note(note) for note in view.notes)


def test_a_session_that_another_program_runs_moves_and_offers_nothing() -> None:
    live = {"step": "train", "kind": "update", "unit": 61, "total": 200, "rate": 0.5, "eta_seconds": 30.0,
            "eta_total_seconds": 60.0, "active_seconds": 60.0, "unsaved_seconds": 40.0, "points": 61}  # fmt: skip
    view = reduce(View(), Chosen("s", "x", "/x", "running", "train", 0.4, None, live), 10.0)
    assert (view.phase, view.alive, view.moving, tray_icon(view), view.share) == (
        "elsewhere",
        False,
        True,
        "running",
        0.5,
    )
    assert view.steps[3].state == "running" and view.would_lose(12.0) == 42.0
    assert texts.status(view, 10.0) == "Another program runs it, step 4 of 5: Train, 50 %"
    assert "1 min 0 s left" in texts.remaining(view)

    for torn in (
        {},
        {"kind": "update"},
        {"kind": "update", "unit": 61},
        {"kind": "update", "total": 200},
        {"kind": 3, "unit": 61, "total": 200},
        {"kind": 3, "unit": "x", "total": None},
    ):
        assert reduce(View(), Chosen("s", "x", "/x", "running", "train", 0.4, None, torn), 10.0).phase == "elsewhere"
