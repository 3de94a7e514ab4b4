"""What happened to a session, by its own record, by what an older version left, and with what this window has seen."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QObject

from helpers import sample_sessions
from so8t_engine.errors import EngineError, as_json, warning
from so8t_engine.protocol import Message
from so8t_engine.sentences import sentence, to_json, verbatim
from so8t_engine.session import incidents, store, timeline, told
from so8t_engine.session.state import Cursor, PipelineState
from so8t_gui.view import diary, messages
from so8t_gui.view.reduce import reduce
from so8t_gui.view.state import Note, View

NAME = "20260101-000000-x"
WHEN = "2026-01-01T10:00:00+00:00"
SECONDS = datetime.fromisoformat(WHEN).timestamp()
CUT: dict[str, Any] = {"run": 1, "kind": "power", "when": WHEN, "lost_seconds": 70.0, "step": "train", "unit": 20}


def session(tmp_path: Path, status: str, *cuts: dict[str, Any]) -> Path:
    reason = to_json(sentence("run.pause_by_window")) if status == "paused" else None
    state = PipelineState(NAME, status, Cursor("train", 4), updated=WHEN, reason=reason)  # type: ignore[arg-type]
    folder = sample_sessions.make(tmp_path, NAME, state)
    for cut in cuts:
        incidents.record(folder, cut)
    return folder


@pytest.mark.parametrize("status", ["paused", "finished", "new"])
def test_the_last_is_how_it_ended_if_it_rests(tmp_path: Path, qapp: QObject, status: str) -> None:
    past = diary.read(session(tmp_path, status, CUT))
    ends = [] if status == "new" else [(SECONDS, status, SECONDS)]
    assert [(at, note.kind, note.at) for at, note in past] == [(SECONDS, "incident", SECONDS), *ends]
    assert past[0][1].data["run"] == 1 and messages.note(past[0][1]).startswith("The last run was cut off")
    if status == "paused":
        assert messages.note(past[1][1]) == "Paused (by you)."


@pytest.mark.parametrize(
    ("lost", "kept"), [(70.0, 70.0), (3, 3), (None, None), ("70", None), (1e9, None), (-1e9, None), (-5.0, -5.0)]
)
def test_what_was_lost_is_a_number_that_can_be_told_or_unknown(tmp_path: Path, lost: object, kept: object) -> None:
    ((_, note),) = diary.read(session(tmp_path, "new", {**CUT, "lost_seconds": lost}))
    assert note.data["lost_seconds"] == kept


def test_what_was_noted_of_an_interruption_follows_it_and_a_time_that_is_none_is_none(tmp_path: Path) -> None:
    torn = {**CUT, "when": "then", "notes": [to_json(verbatim("Set aside.")), "Slow."]}
    past = diary.read(session(tmp_path, "new", torn, {**CUT, "run": 2, "notes": "none"}))
    assert [(at, note.kind, note.at) for at, note in past] == [
        (None, "incident", 0.0), (None, "warning", 0.0), (None, "warning", 0.0), (SECONDS, "incident", SECONDS),
    ]  # fmt: skip
    assert [str(note.data["sentence"]) for _, note in past[1:3]] == ["Set aside.", "Slow."]


def test_what_cannot_be_told_is_no_reason_to_tell_nothing(tmp_path: Path) -> None:
    odd = {key: value for key, value in CUT.items() if key in ("run", "when")}
    ((at, note),) = diary.read(session(tmp_path, "new", odd))
    assert at == SECONDS and (note.data["kind"], note.data["step"], note.data["unit"]) == ("None", "None", None)


def tell(folder: Path, *events: Message) -> None:
    for minute, event in enumerate(events):
        told.add(folder, event, f"2026-01-01T10:{minute:02}:00+00:00")


def opened(share: float) -> Message:
    return Message("session", {"session": NAME, "title": "x", "step": "train", "unit": 0, "share": share})


def step_done(step: str, seconds: float) -> Message:
    return Message("step", {"step": step, "state": "done", "seconds": seconds})


INCIDENT = Message("incident", {**CUT, "notes": [to_json(verbatim("Set aside."))]})
JUMP = Message("mark", {"number": 40, "mark": "phase_transition", "direction": "up", "size": 0.25, "since": 31})
PAUSED = Message("paused", {"reason": to_json(sentence("run.pause_quit"))})
KILLED = Message("restarting", {"code": "crashed", "sentence": to_json(verbatim("Ended.")), "in_seconds": 5})


@pytest.mark.parametrize(
    ("events", "lines"),
    [
        ([opened(0.0), step_done("collect", 70.0), PAUSED, opened(0.25)],
         ["Collect: done in 1 min 10 s.", "Paused (SO8T was quit).", "Goes on from 25 %."]),
        ([opened(0.25), opened(0.25), INCIDENT],
         ["Goes on from 25 %.", "Goes on from 25 %.",
          "The last run was cut off: power cut or restart; resumed at Train, part 20, 1 min 10 s of work is done "
          "again.",
          "Set aside."]),
        ([opened(0.25), KILLED, opened(0.25), INCIDENT],
         ["Goes on from 25 %.", "Ended.",
          "The run goes on: resumed at Train, part 20, 1 min 10 s of work is done again.", "Set aside."]),
        ([opened(0.25), JUMP, opened(0.2), JUMP, Message("finished", {})],
         ["Goes on from 25 %.", "Phase transition: the loss rose by 0.25 after update 31.", "Goes on from 25 %.",
          "Finished."]),
        ([opened(0.25), JUMP, Message("session", {**opened(0).data, "step": "collect"}), JUMP],
         ["Goes on from 25 %.", *["Phase transition: the loss rose by 0.25 after update 31."] * 2]),
        ([Message("incident", {"kind": "odd"}), Message("step", {"step": "odd", "state": "done"}),
          warning("slow", verbatim("Slow."))], ["Slow."]),
    ],
    ids=["pause", "cut", "replaced", "mark of work done twice", "begun again", "nonsense"],
)  # fmt: skip
def test_what_was_told_is_told_again(tmp_path: Path, qapp: QObject, events: list[Message], lines: list[str]) -> None:
    folder = session(tmp_path, "new")
    tell(folder, *events)
    assert [messages.note(note) for _, note in diary.read(folder)] == lines
    assert diary.read(folder)[0][0] in (SECONDS, SECONDS + 60, SECONDS + 120)


def test_a_window_that_has_seen_it_all_says_the_same_as_one_that_has_seen_nothing(
    tmp_path: Path, qapp: QObject
) -> None:
    """A second later by its own clock; what is not recorded stands where its time puts it."""
    folder, events = session(tmp_path, "new"), [opened(0.25), step_done("train", 70.0), KILLED, opened(0.25), INCIDENT]
    tell(folder, *events)
    past, seen = diary.read(folder), View(phase="starting")
    for minute, event in enumerate(events):
        seen = reduce(seen, replace(event, data={"path": "/s", **event.data}), 60.0 * minute + 1)
    assert diary.with_seen(past, seen.notes, SECONDS) == list(past) and len(past) == len(seen.notes) == 5
    assert diary.with_seen((), seen.notes, SECONDS) == [(SECONDS + note.at, note) for note in seen.notes]
    odd = Note("process", {"what": "silent", "seconds": 9.0}, 90.0)
    assert diary.with_seen(past, (*seen.notes, odd), SECONDS)[2] == (SECONDS + 90.0, odd)
    again = diary.with_seen(past, (seen.notes[0], seen.notes[0]), SECONDS)
    assert len(again) == 6, "said twice, recorded once"
    assert len(diary.with_seen(past, seen.notes, SECONDS + 3_600)) == 10, "another time, another event"


def test_what_is_recorded_meanwhile_is_read_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = session(tmp_path, "new")
    tell(folder, *[warning("slow", verbatim(str(number))) for number in range(30)])
    reader, starts, read = diary.Diary(folder), list[int](), told.read

    def watched(session: Path, start: int = 0) -> told.Stretch:
        starts.append(start)
        return read(session, start)

    monkeypatch.setattr(told, "read", watched)
    first = reader.read()
    assert reader.read() is first, "nothing new"
    told.add(folder, warning("slow", verbatim("30")), WHEN)
    second = reader.read()
    assert second[:-1] == first and str(second[-1][1].data["sentence"]) == "30"
    size = (folder / told.NAME).stat().st_size
    assert starts[0] == 0 and starts[1] == starts[2] > 0 and starts[2] < size
    (folder / told.NAME).write_bytes(b"")
    assert reader.read() == ()
    tell(folder, PAUSED)
    assert len(reader.read()) == 1


def test_before_the_first_record_an_older_version_is_asked_and_at_the_end_the_state(tmp_path: Path) -> None:
    """A session that was begun by one goes on with this one; on a full disk the end could not be recorded."""
    folder = session(tmp_path, "paused", {**CUT, "when": "2026-01-01T09:00:00+00:00"}, {**CUT, "run": 2})
    timeline.mark(folder, "began", {"when": "2026-01-01T08:00:00+00:00"})
    timeline.mark(folder, "paused", {"when": "2026-01-01T08:30:00+00:00", "why": PAUSED.data["reason"]})
    timeline.mark(folder, "paused", {"when": WHEN, "why": PAUSED.data["reason"]})
    assert [note.kind for _, note in diary.read(folder)] == ["paused", "incident", "incident", "paused"], "no end twice"
    tell(folder, opened(0.25))
    assert [note.kind for _, note in diary.read(folder)] == ["paused", "incident", "resumed", "paused"]
    told.add(folder, Message("paused", {"reason": to_json(sentence("run.pause_by_window"))}), WHEN)
    assert [note.kind for _, note in diary.read(folder)] == ["paused", "incident", "resumed", "paused"]
    state = store.read_state(folder)
    failure = as_json(EngineError("crashed", verbatim("Ended.")))
    store.write_state(folder, state.changed(status="failed", error=failure, reason=None))
    told.add(folder, opened(0.25), WHEN)
    told.add(folder, KILLED, WHEN)
    assert [note.kind for _, note in diary.read(folder)][-1] == "restarting", "the state says nothing else"
