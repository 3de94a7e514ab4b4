"""What a view says: in Japanese in every state, soon enough for the window's thread, and anew in another language."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import reduce as fold
from itertools import pairwise
from typing import Any

import pytest
from PySide6.QtCore import QObject

from helpers.calls import counted
from helpers.japanese import english_in, is_japanese
from so8t_engine.errors import CODES, EngineError, failed, warning
from so8t_engine.protocol import STEPS, Message, decode, encode
from so8t_engine.sentences import Sentence, in_turn, listed, sentence, to_json
from so8t_gui.engine.events import Chosen, Event, Exited, Garbage, NotStarted, Pausing, Silent, Started
from so8t_gui.i18n.language import Language
from so8t_gui.view import messages, notifications
from so8t_gui.view.eta_uncertainty import eta_uncertainty
from so8t_gui.view.reduce import reduce
from so8t_gui.view.state import Note, Problem, View
from so8t_gui.view.tray_icon import tray_icon

PAUSES = (
    "run.pause_by_window", "run.pause_window_closed", "run.pause_ctrl_c", "run.pause_by_system",
    "run.pause_supervisor_gone", "run.pause_no_reader", "run.pause_suspend", "run.pause_logoff",
)  # fmt: skip
DISK_FULL = sentence("disk.full", path="/data/x", error="28")
DIVIDED = sentence("run.micro_batches_divided", divisor=2)
STUCK = sentence("process.stuck", seconds=9)
OPENED = Message("session", {"session": "s-1", "title": "demo", "path": "/s/s-1", "step": "train"})


@pytest.fixture
def language(qapp: QObject) -> Iterator[Language]:
    made = Language()
    made.use("ja")
    yield made
    made.use("en")


def after(*events: Event) -> View:
    """As they come from the engine's process: through a line of the protocol. One second passes before each."""
    view = View()
    for now, event in enumerate(events, 1):
        crossed = decode(encode(event)) if isinstance(event, Message) else event
        assert crossed is not None
        view = reduce(view, crossed, float(now))
    return view


def texts(before: View, view: View, now: float = 100.0) -> list[str]:
    """All that tray, window and notifications say of it."""
    notice = notifications.between(before, view)
    said = [messages.status(view, now), messages.headline(view, now), messages.problem(view)]
    said += [messages.saved(view, now), messages.pace(view), messages.remaining(view)]
    said += [*map(messages.note, view.notes), *messages.tooltip(view, now).splitlines()[1:]]
    said += [notice.text, notice.title.partition(": ")[2]] if notice else []
    return [text for text in said if text]


def incident(kind: str) -> Message:
    note = sentence("session.set_aside", checkpoint="000041", why=sentence("session.file_changed"))
    return Message("incident", {"run": 1, "kind": kind, "lost_seconds": 130.0, "lost_units": 3, "step": "train",
                                "unit": 4, "resumed_from": "000041", "notes": [to_json(note)]})  # fmt: skip


def ends() -> Iterator[tuple[str, Event]]:
    for code in CODES:
        yield f"failed-{code}", failed(EngineError(code, DISK_FULL))
    for reason in PAUSES:
        yield reason, Message("paused", {"reason": to_json(Sentence(reason)), "step": "train", "unit": 4})
    for kind in ("power", "killed", "damage", "stuck", "crashed", "out_of_memory", "device_error", "not_finite"):
        yield f"incident-{kind}", incident(kind)
    yield "finished", Message("finished", {"path": "/s", "results": {"base": 0.1, "tuned": 0.2}})
    yield "waiting", Message("waiting", {"code": "disk_full", "sentence": to_json(DISK_FULL)})
    yield "warning", warning("exactness_break", sentence("run.adjusted", why=DIVIDED))
    restart = {"code": "stuck", "sentence": to_json(STUCK), "attempt": 1, "in_seconds": 10.0}
    yield "restarting", Message("restarting", restart)
    yield "mark", Message("mark", {"number": 3, "mark": "exactness_break", "why": to_json(DIVIDED)})
    rise = {"number": 3, "mark": "phase_transition", "direction": "up", "size": 0.5, "since": 7}
    yield "transition", Message("mark", rise)
    yield "step", Message("step", {"step": "train", "state": "done"})
    yield "broken", Message("progress", {})
    yield "killed", Exited(9, crashed=True)
    yield "ended", Exited(1)
    yield "not-started", NotStarted(sentence("window.not_started", why="-"))
    yield "silent", Silent(130.0)
    yield "garbage", Garbage("--")
    yield "pausing", Pausing()
    yield "old-version", Message("hello", {"protocol": 1})
    for status in ("new", "running", "paused", "failed", "finished", "cut"):
        yield f"chosen-{status}", Chosen("s", "demo", "/s", status, "train", 0.4, DISK_FULL)


ENDS = dict(ends())


@pytest.mark.parametrize("name", ENDS)
def test_a_japanese_window_says_every_state_in_japanese(language: Language, name: str) -> None:
    before = after(Started("s-1"), OPENED, Message("step", {"step": "train", "state": "running"}))
    view = reduce(before, ENDS[name], 9.0)
    if name == "old-version":
        view = reduce(view, Exited(9, crashed=True), 10.0)

    said = texts(before, view)
    wrong = [text for text in said if not is_japanese(text)]
    assert said and not wrong, [(text, english_in(text)) for text in wrong]


def test_steps_kinds_and_durations_are_named_in_japanese(language: Language) -> None:
    kinds = ("shard", "pretrain", "warmup", "rollout", "update", "cycle", "model", "reference", "answers", "report")
    named = [*map(messages.step_name, STEPS), *map(messages.duration, (5, 100, 2_000, 9_000, 200_000))]
    named += [*map(messages.unit_name, kinds), *map(messages.mark_name, ("phase_transition", "exactness_break"))]
    assert all(map(is_japanese, named))


def test_what_a_mark_is_called_is_not_said_twice(language: Language) -> None:
    for spoken, again in (("en", "again"), ("ja", "やり直")):
        language.use(spoken)
        said = messages.note(Note("mark", {"mark": "evaluated_again", "why": sentence("run.evaluated_again")}, 1.0))
        assert said.count(again) == 1 and "GGUF" in said


def test_another_language_says_the_same_view_anew(language: Language) -> None:
    view = after(Started("s-1"), OPENED, failed(EngineError("disk_full", DISK_FULL)))
    japanese = messages.problem(view)
    language.use("en")

    assert is_japanese(japanese)
    assert messages.problem(view).startswith("The disk is full. /data/x: 28")
    assert messages.note(view.notes[-1]) == "The disk is full. /data/x: 28"


def test_a_cause_stands_in_its_sentence(qapp: QObject) -> None:
    cut: dict[str, Any] = {"kind": "not_finite", "step": "train", "unit": 412, "lost_seconds": None}
    assert messages.cut_off(cut) == (
        "The last run was cut off: non-finite values (NaN or Inf); resumed at Train, part 412."
    )
    told = messages.cut_off({**cut, "kind": "stuck", "lost_seconds": 130})
    assert told.endswith("it stopped responding; resumed at Train, part 412, 2 min 10 s of work is done again.")
    assert messages.cut_off({**cut, "lost_seconds": 0.4}).endswith("; resumed at Train, part 412, nothing was lost.")


def test_a_state_of_an_older_version_is_shown_as_it_was_written(language: Language) -> None:
    view = after(Message("paused", {"reason": "asked by the window", "step": "train", "unit": 1}))
    assert "asked by the window" in messages.status(view, 1.0) and tray_icon(view) == "paused"


def test_nothing_is_said_of_what_is_null(qapp: QObject) -> None:
    view = after(OPENED, Message("failed", {"code": "x", "sentence": None, "action": None}))
    assert messages.status(view, 1.0) == "Failed." and messages.problem(view) == ""


def test_a_warning_of_nine_nested_sentences_does_not_hold_the_window(language: Language) -> None:
    """Nine sources, each with the reason of a reason and a long list, as the real preset's data step has them."""
    reasons = [sentence("session.problem_at", place=f"rows/{n}", what=sentence("session.file_size", size=n, written=9))
               for n in range(12)]  # fmt: skip
    sources = [
        in_turn(
            sentence("session.set_aside", checkpoint=f"{n:06d}", why=sentence("plain.clauses", parts=reasons)),
            listed(sentence("run.old_checkpoints_left", error=DISK_FULL), reasons[:3]),
        )
        for n in range(9)
    ]
    line = encode(warning("dataset_bad", listed(DISK_FULL, sources)))
    before = after(Started("s-1"), OPENED)

    def heard() -> tuple[View, str]:
        event = decode(line)
        assert event is not None
        view = reduce(before, event, 3.0)
        text = messages.note(view.notes[-1])
        notifications.between(before, view)
        return view, text

    heard()  # templates are read once
    (view, text), calls = counted(heard)

    assert text.count("バイト書き込んだのに") == 9 * 15 and not english_in(text)
    assert calls < 50_000  # about 10 ms
    assert messages.note(view.notes[-1]) is text  # the list of what happened is drawn again and again


def test_a_change_that_is_no_news_is_not_notified(qapp: QObject) -> None:
    events: list[Event] = [Started("s-1"), OPENED, Message("step", {"step": "train", "state": "running"}), Silent(130)]
    views = [fold(lambda view, event: reduce(view, event, 1.0), events[:n], View()) for n in range(len(events) + 1)]
    assert all(notifications.between(*pair) is None for pair in pairwise(views))


def test_nothing_else_is_started_beside_a_run_unless_it_is_the_same_or_begins_just_now(qapp: QObject) -> None:
    run = View(phase="running", session="a", title="A")
    said = '"A" is running. One run at a time: wait until it is done, or pause it first.'
    assert [messages.why_not_beside(run), messages.why_not_beside(run, "b")] == [said, said]
    starting = replace(run, phase="starting")
    assert [messages.why_not_beside(run, "a"), messages.why_not_beside(starting, "b")] == ["", ""]


def test_the_numbers_of_what_is_shown(qapp: QObject) -> None:
    assert [messages.figure(value) for value in (0.1234, 9.999, 99.94, 99.96, 100.0, 12_345.6)] == [
        "0.123", "10", "99.9", "100", "100", "12346",
    ]  # fmt: skip
    assert [messages.percent(share) for share in (0.0, 0.456, 1.0)] == ["0 %", "46 %", "100 %"]
    assert messages.told_apart("x", None) == "x" and messages.told_apart("", 5.0) == ""
    assert messages.told_apart("x", 5.0).startswith("x (") and messages.name(View(title="x", begun=5.0)).startswith(
        "x ("
    )
    assert [messages.unit_name(kind) for kind in ("update", "of_tomorrow", "", "_")] == [
        "updates",
        "of tomorrow",
        "?",
        "?",
    ]
    assert [messages.mark_name(kind) for kind in ("of_tomorrow", "")] == ["of tomorrow", "?"]


def test_a_finding_is_said_as_far_as_it_goes(qapp: QObject) -> None:
    full = to_json(DISK_FULL)
    for parts, said in (((full, None, None), 1), ((full, full, ""), 2), ((full, full, full), 3)):
        found = messages.whole(dict(zip(("what", "why", "change"), parts, strict=True)))
        assert found.count("/data/x") == said


@pytest.mark.parametrize(
    ("results", "said"),
    [
        ({"base": 0.1, "tuned": 0.2}, True),
        ({"base": 0.1}, False),
        ({"tuned": 0.2}, False),
        ({"base": 1, "tuned": 0.2}, False),
    ],
)
def test_the_right_answers_of_a_run_are_said_where_both_are_known(
    qapp: QObject, results: dict[str, Any], said: bool
) -> None:
    view = View(phase="finished", results=results)
    assert bool(messages.results(view)) is said
    assert messages.status(view, 0.0) == f"Finished. {messages.results(view)}".strip()


def test_what_ends_a_run_is_no_news_where_it_was_there_before(qapp: QObject) -> None:
    done, held = View(phase="finished"), View(phase="elsewhere", share=1.0)
    assert notifications.between(held, done) is None
    told = notifications.between(replace(held, share=0.9), done)
    assert told is not None and (told.title, told.text) == ("SO8T: finished", "The report is ready.")
    assert notifications.between(View(phase="running"), View(phase="failed")) is None, "of which nothing is known"
    itself = View(phase="paused", reason=sentence("run.pause_no_reader"))
    assert notifications.between(View(phase="failed"), itself) is None
    assert notifications.between(View(phase="running"), replace(itself, reason=None)) is None
    told = notifications.between(View(phase="running"), itself)
    assert told is not None and told.kind == "warning" and told.title == "SO8T: paused by itself"


def test_what_can_be_said_of_a_view_that_rests_or_moves() -> None:
    rest = View(phase="paused", session="a", unsaved=3.0, heard=5.0)
    assert rest.resumable and not rest.moving and rest.would_lose(9.0) is None
    for changed in ({"session": ""}, {"phase": "finished"}, {"phase": "elsewhere"}, {"phase": "running"},
                    {"problem": Problem("session_newer", DISK_FULL)}):  # fmt: skip
        assert not replace(rest, **changed).resumable
    assert replace(rest, problem=Problem("disk_full", DISK_FULL)).resumable
    moving = replace(rest, phase="elsewhere")
    assert moving.would_lose(9.0) == 7.0 and moving.would_lose(4.0) == 3.0
    assert replace(moving, unsaved=None).would_lose(9.0) is None
    assert View().step_number == 0 and View().step == ""
    assert not rest.paused_by_itself and replace(rest, reason=sentence("run.pause_no_reader")).paused_by_itself


def test_five_guesses_of_the_end_say_how_sure_it_is() -> None:
    assert eta_uncertainty((1.0,) * 4) is None and eta_uncertainty((1.0,) * 5) == 0.0
    assert eta_uncertainty((1.0, 1.0, 1.0, 1.0, 6.0)) == pytest.approx(4.0)


def test_the_head_says_the_status_wherever_no_problem_of_a_step_stands_beside_it(qapp: QObject) -> None:
    here = after(OPENED, Message("step", {"step": "train", "state": "running"}))
    for view in (here, replace(here, phase="paused"), View(phase="failed"), View()):
        assert messages.headline(view, 5.0) == messages.status(view, 5.0)
    failed_here = replace(here, phase="failed")
    assert messages.headline(failed_here, 5.0) == "Stopped by a problem, step 4 of 5: Train, 0 %"
    assert messages.headline(replace(failed_here, cut=True), 5.0) == "Cut off, step 4 of 5: Train, 0 %"
    gone = replace(failed_here, problem=Problem("session_newer", DISK_FULL))
    assert messages.headline(gone, 5.0) == "Cannot go on as it is, step 4 of 5: Train, 0 %"


def test_how_long_ago_it_was_saved_is_said_while_it_moves_and_never_less_than_nothing(qapp: QObject) -> None:
    run = View(phase="running", saved=5.0)
    assert [messages.saved(run, now) for now in (65.0, 1.0)] == ["Saved 1 min 0 s ago.", "Saved 0 s ago."]
    told = messages.saved(replace(run, unsaved=2.0, heard=60.0), 65.0)
    assert told == "Saved 1 min 0 s ago. A power cut now would cost 7 s."
    assert messages.saved(replace(run, phase="paused"), 65.0) == messages.saved(View(phase="running"), 65.0) == ""
