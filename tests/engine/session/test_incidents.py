"""One line per interruption, once, with what it cost; whatever the heartbeat holds."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from so8t_engine.sentences import Sentence, sentence, to_json
from so8t_engine.session import incidents
from so8t_engine.session.state import Cursor, PipelineState

RUNNING = PipelineState("s", status="running", cursor=Cursor("train", 10), active_seconds=100.0, run=3)
BEAT = {"run": 3, "step": "train", "unit": 14, "active_seconds": 120.5}


def told(
    state: PipelineState = RUNNING, beat: dict[str, Any] = BEAT, notes: tuple[Sentence, ...] = ()
) -> dict[str, Any]:
    incident = incidents.describe(state, notes, beat, "killed", "now")
    assert incident is not None
    return incident


def test_what_was_lost_is_the_heartbeat_less_the_checkpoint() -> None:
    incident = told()

    assert (incident["lost_seconds"], incident["lost_units"], incident["kind"]) == (20.5, 4, "killed")
    assert (incident["step"], incident["unit"], incident["run"]) == ("train", 10, 3)


def test_a_heartbeat_older_than_the_last_steps_end_lost_nothing() -> None:
    assert told(state=RUNNING.changed(cursor=Cursor("evaluate")))["lost_units"] == 0


@pytest.mark.parametrize(
    ("cursor", "step", "unit", "lost"),
    [
        (Cursor("train", 10), "train", 10, 0),
        (Cursor("train", 10), "train", 11, 1),
        (Cursor("train", 10), "train", 9, 0),
        (Cursor("train", 0), "train", 3, 3),
        (Cursor("train", 10), "evaluate", 3, 3),  # the save at the step's end was still being made
        (Cursor("train", 10), "collect", 30, 0),
        (Cursor("collect", 0), "collect", 0, 0),
    ],
)
def test_lost_units_are_those_of_the_step_that_was_going_on(cursor: Cursor, step: str, unit: int, lost: int) -> None:
    assert told(RUNNING.changed(cursor=cursor), {**BEAT, "step": step, "unit": unit})["lost_units"] == lost


@pytest.mark.parametrize("status", ["new", "paused", "failed", "finished"])
def test_a_run_that_ended_by_itself_was_no_incident(status: str) -> None:
    assert incidents.describe(RUNNING.changed(status=status), (), BEAT, "killed", "now") is None


def test_damage_is_an_incident_even_after_a_pause() -> None:
    note = sentence("session.set_aside", checkpoint="000003", why="x")
    assert told(RUNNING.changed(status="paused"), notes=(note,))["kind"] == "damage"


def test_nobody_knows_what_was_lost_without_a_heartbeat_of_that_run() -> None:
    assert told(beat={})["lost_seconds"] is None
    assert told(beat={**BEAT, "active_seconds": 90.0})["lost_seconds"] == 0.0
    assert told(beat={**BEAT, "run": 2})["lost_units"] is None


@pytest.mark.parametrize("junk", [None, "x", [], {}, float("inf"), float("nan"), True, -5])
def test_whatever_a_heartbeat_holds_an_incident_can_be_told_and_recorded(tmp_path: Path, junk: object) -> None:
    incident = told(beat={"run": 3, "step": junk, "unit": junk, "active_seconds": junk})
    incidents.record(tmp_path, incident)

    assert incident["lost_seconds"] == 0 and incidents.read(tmp_path) == [incident]


def test_an_incident_is_recorded_once_however_often_recovery_is_cut_off(tmp_path: Path) -> None:
    incidents.record(tmp_path, told())
    incidents.record(tmp_path, {**told(), "when": "later"})
    incidents.record(tmp_path, {**told(), "run": 4})

    assert [(item["run"], item["when"]) for item in incidents.read(tmp_path)] == [(3, "now"), (4, "now")]


def test_a_torn_last_line_is_written_over(tmp_path: Path) -> None:
    incidents.record(tmp_path, told())
    with (tmp_path / incidents.NAME).open("ab") as file:
        file.write(b'{"run":4,"ki')
    incidents.record(tmp_path, {**told(), "run": 5})

    assert [item["run"] for item in incidents.read(tmp_path)] == [3, 5]


@pytest.mark.parametrize("text", ["", "{", "[]", "\0\0\0"])
def test_a_torn_heartbeat_is_none(tmp_path: Path, text: str) -> None:
    (tmp_path / "progress.json").write_text(text)

    assert incidents.heartbeat(tmp_path, "progress.json") == {}


@pytest.mark.parametrize(
    ("owner", "cause"),
    [({"boot": "a"}, "power"), ({"boot": "b"}, "killed"), ({}, "killed")],
)
def test_a_machine_that_was_started_again_means_a_power_cut(owner: dict[str, str], cause: str) -> None:
    assert incidents.cause(owner, boot_now="b") == cause


def test_an_incident_says_when_where_and_what_was_found() -> None:
    note = sentence("session.removed", name="000002.part")
    state = RUNNING.changed(checkpoint="000004", points=17)

    assert told(state, notes=(note,)) == {
        "run": 3, "kind": "killed", "when": "now", "lost_seconds": 20.5, "lost_units": 4, "resumed_from": "000004",
        "step": "train", "unit": 10, "points": 17, "notes": [to_json(note)],
    }  # fmt: skip


@pytest.mark.parametrize(
    ("status", "code", "note", "kind"),
    [
        ("running", None, None, "killed"),
        ("running", "stuck", None, "stuck"),
        ("failed", "stuck", None, "stuck"),
        ("failed", "stuck", "session.set_aside", "stuck"),
        ("failed", "config_invalid", None, None),
        ("failed", "config_invalid", "session.set_aside", "damage"),
        ("failed", "of a later version", None, None),
        ("running", "config_invalid", None, "killed"),
        ("running", None, "session.set_aside", "killed"),
        ("running", None, "session.removed", "killed"),
        ("running", None, incidents.UNKNOWN, "damage"),
        ("paused", None, incidents.UNKNOWN, "damage"),
        ("paused", None, "session.removed", None),
    ],
)
def test_the_cause_is_what_had_to_be_replaced_else_the_cut_else_the_damage(
    status: str, code: str | None, note: str | None, kind: str | None
) -> None:
    state = RUNNING.changed(status=status, error=None if code is None else {"code": code})
    found = incidents.describe(state, () if note is None else (Sentence(note),), BEAT, "killed", "now")

    assert (found and found["kind"]) == kind


@pytest.mark.parametrize(("seconds", "lost"), [(9.99e14, 9.99e14 - 100.0), (1e15, 0.0), (-1e15, 0.0), (100, 0.0)])
def test_more_seconds_than_any_run_has_are_none(seconds: float, lost: float) -> None:
    assert told(beat={**BEAT, "active_seconds": seconds})["lost_seconds"] == lost


def test_what_cannot_be_read_tells_of_no_incident(tmp_path: Path) -> None:
    (tmp_path / incidents.NAME).mkdir()

    assert incidents.read(tmp_path) == [] == incidents.read(tmp_path / "nowhere")


@pytest.mark.parametrize(
    ("owner", "kind"), [({"boot": "a"}, "killed"), ({"boot": "b"}, "power"), ({"boot": None}, "killed"), ({}, "killed")]
)
def test_the_power_was_cut_where_the_machine_was_started_again_since(owner: dict[str, Any], kind: str) -> None:
    assert incidents.cause(owner, "a") == kind
