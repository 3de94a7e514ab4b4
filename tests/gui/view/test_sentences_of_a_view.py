"""Every phase and every kind of note with its whole sentence, and which changes are notified: tables, in English."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from PySide6.QtCore import QObject

from so8t_engine.protocol import STEPS, Message
from so8t_engine.sentences import Sentence, sentence, to_json, verbatim
from so8t_gui.engine.events import Chosen, Exited, Started
from so8t_gui.view import messages, notifications
from so8t_gui.view.reduce import reduce
from so8t_gui.view.state import ALIVE, Note, Problem, RunPhase, Step, View

STOPPED = tuple(Step(name, "done" if n < 3 else "stopped" if n == 3 else "todo") for n, name in enumerate(STEPS))
FULL = sentence("disk.full", path="/x", error="28")
BASE = View(session="s", title="demo", steps=STOPPED, share=0.24, heard=90.0, kind="update")
WHERE = "step 4 of 5: Train, 24 %"


@pytest.fixture(autouse=True)
def words(qapp: QObject) -> None:
    """Texts need Qt's translators."""


STATUS: list[tuple[RunPhase, dict[str, Any], str]] = [
    ("idle", {}, "Nothing is running."),
    ("starting", {}, "Starting the engine; it goes on from 24 % ..."),
    ("starting", {"share": 0.0}, "Starting the engine ..."),
    ("running", {}, f"Running, {WHERE}"),
    ("running", {"kind": ""}, f"Loading the model, {WHERE}"),
    ("pausing", {}, "Pausing: saving at the next restart point ..."),
    ("waiting", {"waiting": FULL}, "Waiting: The disk is full. /x: 28"),
    ("restarting", {"retry_at": 105.0}, "The engine is replaced; it goes on from the last save in 5 s."),
    ("restarting", {}, "The engine is replaced; it goes on from the last save in 0 s."),
    ("elsewhere", {}, f"Another program runs it, {WHERE}"),
    ("paused", {}, f"Paused, {WHERE}"),
    ("paused", {"reason": Sentence("run.pause_by_window")}, f"Paused (by you), {WHERE}"),
    ("paused", {"reason": Sentence("run.pause_window_closed")}, f"Paused (the window ended), {WHERE}"),
    ("paused", {"cut": True}, f"Cut off, {WHERE}"),
    ("finished", {}, "Finished."),
    ("finished", {"results": {"base": 0.376, "tuned": 0.574}},
     "Finished. Right held-out answers: 37.6\N{NO-BREAK SPACE}% before, 57.4\N{NO-BREAK SPACE}% after."),
    ("finished", {"results": {"base": 0.376}}, "Finished."),
    ("finished", {"results": {"tuned": 0.376, "base": None}}, "Finished."),
    ("failed", {"problem": Problem("x", FULL)}, "The disk is full. /x: 28"),
    ("failed", {"problem": Problem("x", verbatim(""))}, "Failed."),
    ("failed", {}, "Failed."),
]  # fmt: skip


@pytest.mark.parametrize(("phase", "more", "said"), STATUS)
def test_the_status_of_every_phase(phase: RunPhase, more: dict[str, Any], said: str) -> None:
    assert messages.status(replace(BASE, phase=phase, **more), 100.0) == said


def test_the_head_of_a_run_that_failed_and_of_one_that_was_cut_off() -> None:
    failed = replace(BASE, phase="failed", problem=Problem("x", FULL))
    assert messages.headline(failed, 0.0) == f"Stopped by a problem, {WHERE}"
    assert messages.headline(replace(failed, cut=True), 0.0) == f"Cut off, {WHERE}"
    assert messages.headline(replace(BASE, phase="paused"), 0.0) == f"Paused, {WHERE}"
    crashed = reduce(replace(BASE, phase="running"), Exited(9, crashed=True), 1.0)
    on_disk = reduce(View(), Chosen("s", "demo", "/s", "cut", "train", 0.24), 1.0)
    assert messages.headline(crashed, 1.0) == messages.headline(on_disk, 1.0) == f"Cut off, {WHERE}"


def note(kind: str, **data: Any) -> str:
    return messages.note(Note(kind, data, 0.0))


def test_the_notes_of_every_kind() -> None:
    shift = {"mark": "phase_transition", "size": -0.5, "since": 7}
    assert note("mark", **shift, direction="up") == "Phase transition: the loss rose by 0.5 after update 7."
    assert note("mark", **shift, direction="down") == "Phase transition: the loss fell by 0.5 after update 7."
    assert note("mark", mark="exactness_break", why=None) == "not bit-identical from here on"
    assert note("mark", mark="exactness_break", why=FULL) == "not bit-identical from here on: The disk is full. /x: 28"
    assert note("paused", reason=Sentence("run.pause_ctrl_c")) == "Paused (by you)."
    assert note("paused", reason=Sentence("run.pause_suspend")) == "Paused (the system went to sleep)."
    assert note("resumed", share=0.24) == "Goes on from 24 %."
    assert note("step", step="train", seconds=130.0) == "Train: done in 2 min 10 s."
    assert note("step", step="train", seconds=None) == "Train: done."
    assert note("process", what="broken", name="x") == "The engine sent a message that cannot be read (x)."
    assert note("process", what="silent", seconds=130) == "No sign of life from the engine for 2 min 10 s."
    assert note("process", what="garbage", line="x") == "The engine printed a line that is not a message: x"
    assert note("process", what="ended", sentence=FULL) == note("warning", sentence=FULL) == "The disk is full. /x: 28"
    assert note("strange") == "strange"


def test_durations_and_their_limits() -> None:
    said = {0.4: "0 s", 59.4: "59 s", 59.6: "1 min 0 s", 599: "9 min 59 s", 600: "10 min", 3_599: "60 min",
            3_600: "1 h 0 min", 86_399: "23 h 59 min", 86_400: "1 d 0 h", -3: "0 s"}  # fmt: skip
    assert {seconds: messages.duration(seconds) for seconds in said} == said


@pytest.mark.parametrize(
    ("ends", "said"),
    [
        ((), "time left: still measuring (at a guess 2 min)"),
        ((1.0,) * 4, "time left: still measuring (at a guess 2 min)"),
        ((100.0,) * 5, "1 min 40 s left"),
        ((100.0, 104.0) * 5, "1 min 40 s left"),
        ((97.5, 102.5) * 5, "1 min 40 s left (give or take 5 s)"),
        ((97.6, 102.5) * 5, "1 min 40 s left"),
        ((100.0, 110.0) * 5, "1 min 40 s left (give or take 10 s)"),
        ((100.0, 133.0) * 5, "1 min 40 s left (give or take 33 s)"),
        ((100.0, 134.0) * 5, "time left: still measuring (at a guess 2 min)"),
    ],
)
def test_the_time_left_is_said_once_it_is_known_well_enough(ends: tuple[float, ...], said: str) -> None:
    view = replace(BASE, phase="running", estimated=True, eta_total=100.0, rate=2.0, ends=ends)
    assert messages.remaining(view) == said
    assert messages.tray_line(view, 0.0) == f"demo: Running, {WHERE}; {said}"
    assert messages.remaining(replace(view, phase="elsewhere")) == "1 min 40 s left"
    assert messages.remaining(replace(view, phase="paused")) == messages.remaining(replace(view, eta_total=None)) == ""
    assert messages.tray_line(replace(view, phase="paused"), 0.0) == f"demo: Paused, {WHERE}"
    assert messages.tray_line(replace(view, title="Our shop"), 0.0).startswith("Our shop: Running")


@pytest.mark.parametrize(
    ("total", "low", "high", "ends", "said"),
    [
        (100.0, 96.0, 106.0, (), "1 min 40 s left"),
        (100.0, 95.0, 106.0, (), "1 min 40 s left (give or take 6 s)"),
        (300.0, 200.0, 400.0, (), "5 min 0 s left (give or take 1 min 40 s)"),
        (300.0, 199.0, 400.0, (), "between 3 min and 7 min left"),
        (200.0, 66.7, 601.0, (), "between 1 min and 11 min left"),
        (40.0, 13.3, 121.0, (), "between 10 s and 3 min left"),
        (9_000.0, 3_000.0, 27_000.0, (), "between 50 min and 7 h 30 min left"),
        (90_000.0, 30_000.0, 270_000.0, (), "between 8 h 20 min and 3 d 3 h left"),
        (300.0, 25.0, 3_001.0, (), "between 25 s and 51 min left"),
        (3.0, 0.0, 9.0, (), "3 s left"),
        (100.0, 96.0, 106.0, (100.0, 120.0) * 5, "1 min 40 s left (give or take 20 s)"),
        (100.0, 96.0, 106.0, (100.0, 280.0) * 5, "up to 5 min left"),
        (100.0, 96.0, 106.0, (100.0, 500.0) * 5, "up to 9 min left"),
        (300.0, 250.0, 350.0, (100.0, 300.0) * 5, "between 1 min and 9 min left"),
    ],
)
def test_the_time_left_is_a_range_while_the_engine_has_measured_little(
    total: float, low: float, high: float, ends: tuple[float, ...], said: str
) -> None:
    view = replace(BASE, phase="running", estimated=True, eta_total=total, eta_low=low, eta_high=high, ends=ends)
    assert messages.remaining(view) == messages.remaining(replace(view, phase="elsewhere")) == said
    assert messages.remaining(replace(view, estimated=False, eta_total=0.0)) == "time left: still measuring"
    guessed = {100.0: "2 min", 1.0: "5 s", 34.0: "35 s", 9_000.0: "2 h 30 min", 200_000.0: "2 d 8 h"}
    for seconds, about in guessed.items():
        first = messages.remaining(replace(view, estimated=False, eta_total=seconds))
        assert first == f"time left: still measuring (at a guess {about})"


def test_a_spread_of_a_third_of_the_time_left_is_said() -> None:
    view = replace(BASE, phase="running", estimated=True, eta_total=99.0, rate=2.0, ends=(100.0, 133.0) * 5)
    assert messages.remaining(view) == "1 min 39 s left (give or take 33 s)"


def test_how_much_of_a_source_has_arrived_is_said_instead_of_the_rate_until_it_is_there() -> None:
    def told(view: View, **metrics: object) -> View:
        data = {"step": "collect", "kind": "shard", "unit": 1, "total": 9, "rate": 1.0, "metrics": metrics}
        return reduce(view, Message("progress", data), 1.0)

    view = told(replace(BASE, phase="running"), source="maths", fetched=12 << 20, to_fetch=48 << 20, fetch_seconds=90.0)
    assert messages.pace(view) == "maths: 12 MiB of 48 MiB fetched, 1 min 30 s left"
    assert messages.pace(told(view, source="maths", fetched=48 << 20, to_fetch=48 << 20)) == "1 shards a second"
    assert messages.pace(told(view, source="maths", fetched=0, to_fetch=0)) == "1 shards a second"


def test_a_rate_keeps_its_unit_whatever_becomes_of_it() -> None:
    def told(view: View, rate: float) -> View:
        data = {"step": "train", "kind": "update", "unit": 1, "total": 9, "rate": rate}
        return reduce(view, Message("progress", data), 1.0)

    view = told(replace(BASE, phase="running"), 0.995)
    said = [messages.pace(view := told(view, rate)) for rate in (0.995, 1.01, 20.0, 0.01)]
    assert said == ["59.7 updates a minute", "60.6 updates a minute", "1200 updates a minute", "0.6 updates a minute"]
    assert messages.pace(told(replace(BASE, phase="running"), 1.0)) == "1 updates a second"
    assert messages.pace(told(replace(BASE, phase="running"), 1 / 61)) == "59 updates an hour"
    few = replace(view, kind="gguf", rate=4.8)
    assert messages.pace(few) == "" and messages.pace(replace(few, kind="answers")) != "", "three files have no pace"
    assert messages.pace(replace(view, phase="paused")) == messages.pace(replace(view, rate=None)) == ""


def test_the_tool_tip_says_what_a_power_cut_would_cost() -> None:
    view = replace(BASE, phase="running", unsaved=5.0, metrics={"alpha": 0.5, "loss": 0.25})
    assert messages.tooltip(view, 100.0).splitlines() == [
        "demo", f"Running, {WHERE}", "alpha 0.500, loss 0.250", "A power cut now would cost 15 s.",
    ]  # fmt: skip
    assert messages.tooltip(replace(view, phase="paused"), 100.0).splitlines() == ["demo", f"Paused, {WHERE}"]
    assert messages.tooltip(View(), 0.0).splitlines() == ["SO8T", "Nothing is running."]
    one = replace(view, metrics={"alpha": 0.5}, unsaved=None)
    assert messages.tooltip(one, 100.0).splitlines() == ["demo", f"Running, {WHERE}"]


def told(before: View, after: View) -> tuple[str, str, str] | None:
    notice = notifications.between(before, after)
    return None if notice is None else (notice.title, notice.text, notice.kind)


RUNNING = replace(BASE, phase="running")
CASES = {
    "finished": (replace(BASE, phase="finished"), ("demo: finished", "The report is ready.", "information")),
    "failed": (replace(BASE, phase="failed", problem=Problem("x", FULL)),
               ("demo: stopped", "The disk is full. /x: 28", "critical")),
    "failed without a word": (replace(BASE, phase="failed"), None),
    "paused by itself": (replace(BASE, phase="paused", reason=Sentence("run.pause_no_reader")),
                         ("demo: paused by itself", "Reason: nobody reads the output any more.", "warning")),
    "paused by hand": (replace(BASE, phase="paused", reason=Sentence("run.pause_by_window")), None),
    "waiting": (replace(BASE, phase="waiting", waiting=FULL), ("demo: waiting", "The disk is full. /x: 28", "warning")),
    "pausing": (replace(BASE, phase="pausing"), None),
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_a_change_is_notified_once(name: str) -> None:
    after, expected = CASES[name]
    assert told(RUNNING, after) == expected
    assert told(after, after) is None


def test_a_pause_that_was_there_before_the_window_is_no_news() -> None:
    after = CASES["paused by itself"][0]
    assert all((told(replace(BASE, phase=phase), after) is not None) == (phase in ALIVE)
               for phase in ("idle", "failed", "running", "starting", "waiting"))  # fmt: skip


def test_an_interruption_is_told_once_and_not_with_every_event_after_it() -> None:
    cut = {"kind": "power", "step": "train", "unit": 4, "lost_seconds": 12.0}
    after = replace(RUNNING, incident=cut)
    expected = ("demo: resumed", "The last run was cut off: power cut or restart; resumed at Train, part 4, 12 s of "
                "work is done again.", "information")  # fmt: skip
    assert told(RUNNING, after) == expected
    assert told(after, replace(after, share=0.3)) is None and told(after, RUNNING) is None


def test_a_point_keeps_the_metrics_it_does_not_name_and_drops_what_is_null() -> None:
    view = replace(RUNNING, metrics={"alpha": 0.5, "loss": 2.0})
    after = reduce(view, Message("point", {"number": 9, "loss": 1.0, "kl": None}), 1.0)
    assert after.metrics == {"alpha": 0.5, "loss": 1.0} and after.points == 9


def test_the_steps_keep_their_times_over_starting_resuming_and_crashing() -> None:
    chosen = Chosen("s", "demo", "/s", "cut", "train", 0.24, step_seconds={"collect": 3.0, "train": 40.0})
    view = reduce(View(), chosen, 1.0)
    opened = {"session": "s", "title": "demo", "path": "/s", "step": "train", "unit": 4, "share": 0.2,
              "step_seconds": {"collect": 3.0, "train": 38.0}}  # fmt: skip
    starting = reduce(view, Started("s", "demo"), 2.0)
    running = reduce(starting, Message("session", opened), 3.0)
    anew = reduce(running, Message("session", opened | {"step": "collect", "unit": 0, "share": 0.0}), 4.0)

    assert [step.seconds for step in starting.steps] == [3.0, None, None, 40.0, None] and starting.path == "/s"
    assert [step.seconds for step in running.steps] == [3.0, None, None, 38.0, None] and running.share == 0.24
    assert anew.share == 0.0 and reduce(running, Started("other"), 4.0).share == 0.0


def test_a_sentence_of_the_engine_comes_back_as_it_was_sent() -> None:
    after = reduce(RUNNING, Message("paused", {"reason": to_json(FULL), "step": "train", "unit": 4}), 1.0)
    assert after.reason == FULL and messages.status(after, 1.0) == f"Paused (The disk is full. /x: 28), {WHERE}"


def test_of_a_source_that_arrives_it_is_said_how_much_is_there_and_how_long_the_rest_takes() -> None:
    going = replace(BASE, phase="running", kind="shard", rate=2.0)
    source = {"source": "owner/a", "fetched": 1 << 30, "to_fetch": 4 << 30}
    fetched, left = (
        messages.pace(replace(going, metrics={**source, **more})) for more in ({}, {"fetch_seconds": 90.0})
    )
    assert "owner/a" in fetched and "4.0" in fetched and left.startswith(fetched.rstrip(".")) and left != fetched
    for done in ({**source, "fetched": 4 << 30}, {"fetched": 1}, {"to_fetch": 1}):
        assert messages.pace(replace(going, metrics=done)) == "2 shards a second"
    assert messages.pace(replace(going, phase="paused", metrics=source)) == ""


def test_the_tip_of_the_icon_tells_of_the_gates_once_there_are_any() -> None:
    def last(kind: str, **metrics: float) -> str:
        view = replace(BASE, phase="running", kind=kind, metrics=metrics)
        return messages.tooltip(view, 100.0).splitlines()[-1]

    assert last("pretrain", loss=0.5, alpha=1.0) == "loss 0.500"
    assert last("update", loss=0.5, alpha=1.0) == "alpha 1.000, loss 0.500"
    assert last("update", loss=0.5) == last("pretrain") == f"Running, {WHERE}"
