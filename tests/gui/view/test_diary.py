"""What happened to a session before this window looked: interruptions, what was said of them, and how it ended."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QObject

from helpers import sample_sessions
from so8t_engine.sentences import sentence, to_json, verbatim
from so8t_engine.session import incidents
from so8t_engine.session.state import Cursor, PipelineState
from so8t_gui.view import diary, messages

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
