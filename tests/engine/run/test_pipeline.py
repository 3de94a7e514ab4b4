"""Every way in which the five steps may end: what is said, what is left on the disk, and the exit code."""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType

import pytest

from helpers.sessions import Cut
from so8t_engine.config import file as config_file
from so8t_engine.errors import CODES, EXIT_FINISHED, EXIT_PAUSED, EngineError
from so8t_engine.protocol import STEPS, Message
from so8t_engine.run import pipeline
from so8t_engine.run.context import Context
from so8t_engine.run.control import Control
from so8t_engine.run.resumption import GOES_ON, Resumption
from so8t_engine.sentences import to_json, verbatim
from so8t_engine.session import incidents, store, timeline, told
from so8t_engine.session.state import Cursor, PipelineState, Work

TEXT = config_file.dump(config_file.load_preset("demo"))
Step = Callable[[Context, Cursor], None]


class Steps:
    """A session whose steps do nothing but what the test gives them."""

    def __init__(self, root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self._monkeypatch = monkeypatch
        self.session = store.create(root, "s", TEXT, "now")
        self.control, self.events = Control(), list[Message]()

    def run(self, asked: Resumption = GOES_ON, **own: Step) -> int:
        for name in STEPS:
            module = ModuleType(f"so8t_engine.steps.{name}")
            module.run = own.get(name, lambda context, cursor: None)  # type: ignore[attr-defined]
            self._monkeypatch.setitem(sys.modules, module.__name__, module)
        self.events.clear()
        return pipeline.run_session(self.session, self.events.append, self.control, asked)

    def said(self, name: str) -> list[dict[str, object]]:
        return [event.data for event in self.events if event.name == name]

    def marks(self) -> list[object]:
        return [line["event"] for line in timeline.lines(self.session) if "event" in line]


@pytest.fixture
def steps(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Steps:
    return Steps(tmp_path, monkeypatch)


def raising(error: BaseException) -> Step:
    def run(context: Context, cursor: Cursor) -> None:
        raise error

    return run


def test_a_cut_between_the_last_checkpoint_and_the_word_that_all_is_done_runs_no_step_again(steps: Steps) -> None:
    """Its payload is empty, as nothing is left to do: step 5 looked for its own in it, at every resume."""

    def evaluate(context: Context, cursor: Cursor) -> None:
        assert cursor.unit == 0
        for unit in (1, 2):
            context.tick(Cursor(cursor.step, unit), "unit", payload=lambda: {"state.json": b"{}"})
        context.result("right", 0.5)

    assert steps.run(evaluate=evaluate) == EXIT_FINISHED
    done = store.read_state(steps.session)
    store.write_state(steps.session, done.changed(status="running", checkpoint=None))

    assert steps.run(evaluate=raising(AssertionError("step 5 is over"))) == EXIT_FINISHED
    assert steps.said("step") == [] and [event.name for event in steps.events][-1] == "finished"
    again = store.read_state(steps.session)
    assert (again.status, again.cursor, again.results) == ("finished", done.cursor, done.results)
    assert len(incidents.read(steps.session)) == 1


def test_the_steps_run_in_their_order_and_a_finished_session_is_not_run_again(steps: Steps) -> None:
    assert steps.run() == EXIT_FINISHED
    of = {"steps": len(STEPS)}
    both = [{"step": name, "index": STEPS.index(name) + 1, **of} for name in STEPS for _ in range(2)]
    assert [{name: value for name, value in each.items() if name != "seconds"} for each in steps.said("step")] == [
        {**each, "state": ("running", "done")[n % 2]} for n, each in enumerate(both)
    ]
    (opened,) = steps.said("session")
    assert (opened["path"], opened["status"], opened["step"]) == (str(steps.session), "running", "collect")
    assert [event.name for event in steps.events][:: len(steps.events) - 1] == ["session", "finished"]
    state = store.read_state(steps.session)
    assert (state.status, state.cursor.step, state.run, state.reason) == ("finished", "evaluate", 1, None)
    assert steps.marks() == ["began"] and not incidents.read(steps.session)
    with pytest.raises(EngineError) as refused:
        steps.run()
    assert refused.value.code == "session_finished" and store.read_state(steps.session) == state


@pytest.mark.parametrize(
    ("error", "code", "status"),
    [
        (EngineError("disk_full", verbatim("x")), "disk_full", "paused"),
        (EngineError("reward", verbatim("x")), "reward", "paused"),
        (EngineError("session_gone", verbatim("x")), "session_gone", "paused"),
        (EngineError("training", verbatim("x")), "training", "failed"),
        (EngineError("not_finite", verbatim("x")), "not_finite", "failed"),
        (MemoryError(), "out_of_memory", "failed"),
        (RuntimeError("CUDA error: x"), "device_error", "failed"),
        (RuntimeError("odd"), "unexpected", "failed"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_goes_wrong_is_an_event_a_state_and_an_exit_code(
    steps: Steps, error: Exception, code: str, status: str
) -> None:
    """What is mended outside of the program pauses it; a folder that is gone has no timeline to write on."""
    assert steps.run(convert=raising(error)) == CODES[code]
    (failed,) = steps.said("failed")
    state = store.read_state(steps.session)
    assert (failed["code"], state.status, state.cursor) == (code, status, Cursor("convert"))
    assert state.error is not None and state.error["code"] == code
    assert (state.reason is not None) == (status == "paused")
    assert steps.marks() == ["began"] + ["failed"] * (code != "session_gone")
    assert bool(state.adjustments) == (code in ("not_finite", "out_of_memory"))


def test_a_pause_on_a_full_disk_is_a_pause_and_says_what_is_not_saved(steps: Steps) -> None:
    def full(context: Context, cursor: Cursor) -> None:
        steps.control.pause(verbatim("asked"))
        raise EngineError("disk_full", verbatim("no room"))

    assert steps.run(train=full) == EXIT_PAUSED
    (paused,) = steps.said("paused")
    assert paused == {"reason": to_json(verbatim("asked")), "step": "train", "unit": 0}
    assert [each["code"] for each in steps.said("warning")][-1:] == ["disk_full"] and not steps.said("failed")
    state = store.read_state(steps.session)
    assert (state.status, state.reason, state.error) == ("paused", to_json(verbatim("asked")), None)
    rest = timeline.lines(steps.session)[-1]
    assert (rest["event"], rest["why"], rest["step"]) == ("paused", to_json(verbatim("asked")), "train")
    steps.control = Control()
    assert steps.run() == EXIT_FINISHED
    assert not steps.said("incident") and next(each["step"] for each in steps.said("step")) == "train"


def test_a_session_keeps_what_was_told_of_it_over_all_its_runs(steps: Steps) -> None:
    """And of each step how long it took in all of them."""

    def busy(context: Context, cursor: Cursor) -> None:
        context.warn("slow", verbatim("slow"))
        context.state = context.state.changed(step_seconds={"integrate": 70.0})

    def paused(context: Context, cursor: Cursor) -> None:
        steps.control.pause(verbatim("asked"))
        context.tick(Cursor(cursor.step, 1), "unit")

    assert steps.run(integrate=busy, train=paused) == EXIT_PAUSED
    first = [told.placeless(event) for event in steps.events if told.is_kept(event)]
    steps.control = Control()
    with pytest.raises(Cut):
        steps.run(train=raising(Cut()))
    assert steps.run(evaluate=raising(EngineError("not_finite", verbatim("another process goes on")))) == 76
    steps.run()
    lines = told.read(steps.session).lines
    assert [line.event for line in lines[: len(first)]] == first
    assert [line.event.name for line in lines] == [
        "session", "step", "warning", "step", "step", "paused", "session", "session", "incident", "step", "session",
        "incident", "mark", "warning", "step", "finished",
    ]  # fmt: skip
    assert str(steps.session).encode() not in (steps.session / told.NAME).read_bytes(), "it may be moved"
    assert round(float(lines[3].event.data["seconds"])) == 70
    assert all(line.when.startswith("20") for line in lines)


def test_a_run_that_was_cut_off_is_told_of_once_with_where_it_goes_on(steps: Steps) -> None:
    with pytest.raises(Cut):
        steps.run(train=raising(Cut()))
    assert store.read_state(steps.session).status == "running"
    (steps.session / "reference").write_bytes(b"a file of the user's")
    assert steps.run() == EXIT_FINISHED

    (incident,) = steps.said("incident")
    assert (incident["step"], incident["unit"], incident["run"]) == ("train", 0, 1)
    assert [each["kind"] for each in incidents.read(steps.session)] == [incident["kind"]]
    assert [each["code"] for each in steps.said("warning")].count("set_aside") == 1
    assert not (steps.session / "reference").exists() and store.read_state(steps.session).run == 2


def test_a_save_that_is_due_is_written_while_the_step_goes_on_and_the_end_of_a_step_at_once(steps: Steps) -> None:
    by: list[str] = []

    def chunks() -> Iterator[bytes]:
        by.append(threading.current_thread().name)
        yield b"x"

    def train(context: Context, cursor: Cursor) -> None:
        steps.control.save()
        context.tick(Cursor("train", 1), "update", payload=lambda: {"state.json": chunks})

    assert steps.run(train=train) == EXIT_FINISHED and by == ["save"]
    assert [(each["step"], each["unit"]) for each in steps.said("saved")][3:5] == [("train", 1), ("evaluate", 0)]


def test_from_its_start_a_finished_session_runs_every_step_again(steps: Steps) -> None:
    assert steps.run() == 0
    ran = list[str]()

    def collect(context: Context, cursor: Cursor) -> None:
        ran.append(f"{cursor.step} {cursor.unit}")

    assert steps.run(Resumption(from_start=True), collect=collect) == 0 and ran == ["collect 0"]
    assert store.read_state(steps.session).status == "finished"


def test_what_another_session_of_the_folder_has_measured_is_in_the_first_time_left_that_is_told(steps: Steps) -> None:
    """Without it the range is ten times wide either way."""

    def first_told() -> tuple[float, float]:
        steps.run(collect=raising(EngineError("disk_full", verbatim("full"))))
        told = steps.said("progress")[0]
        return float(str(told["eta_low_seconds"])), float(str(told["eta_total_seconds"]))

    low, guessed = first_told()
    past = store.create(steps.session.parent, "20260101-000000-past", TEXT, "now")
    work = {"evaluate/report": Work(1, 90_000.0)}
    store.write_state(past, PipelineState(past.name, status="finished", work=work))
    low_then, measured = first_told()

    assert measured > 90_000 > guessed and low_then > 10 * low
