"""What the clock says of a run: energy between readings, and a timeline in which each rest has its length."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from so8t_engine.evaluate import run_facts
from so8t_engine.sentences import named, to_json, verbatim
from so8t_engine.session import store, timeline
from so8t_engine.session.state import Work


@pytest.mark.parametrize(
    ("readings", "joules"),
    [
        ([], None),
        ([None, 5], None),
        ([5, 7.5, 10], 5.0),
        ([5, 8, "began", 100, 101], 4.0),  # what others used in between is not the run's
        ([5, 8, 2, 3], 4.0),  # the driver was loaded anew
        ([5, 5], 0.0),
        ([1, "x", 3], 2.0),
    ],
)
def test_energy_is_added_up_between_the_readings_of_a_run(readings: list[Any], joules: float | None) -> None:
    lines = [{"event": "began"} if reading == "began" else {"joules": reading} for reading in readings]
    assert run_facts.joules(lines) == joules


def test_each_rest_lasts_until_the_next_beginning_and_each_cut_cost_its_work() -> None:
    why = to_json(verbatim("no disk"))
    lines = [
        {"event": "began", "when": "2026-01-01T10:00:00", "step": "collect", "unit": 0},
        {"event": "sample", "joules": 1},
        {"event": "paused", "when": "2026-01-01T11:00:00", "step": "train", "unit": 7, "why": why},
        {"event": "began", "when": "2026-01-01T11:30:00"},
        {"event": "failed", "when": "2026-01-01T12:00:00", "step": "train"},
        {"event": "failed", "when": "later", "step": "train"},
        {"event": "began", "when": "2026-01-01T11:00:00"},  # a clock that was put back
        {"event": "paused", "when": "2026-01-01T13:00:00"},
    ]
    cuts = [
        {"when": "x", "kind": "killed", "step": "train", "unit": 3, "lost_units": 2, "lost_seconds": 9},
        {"kind": "power"},
    ]
    found = list(run_facts.rows(lines, cuts))
    none = {"step": "", "unit": None, "lost_units": None, "why": None, "seconds": None}
    assert found == [
        none | {"when": "2026-01-01T10:00:00", "kind": "began", "step": "collect", "unit": 0},
        none | {"when": "2026-01-01T11:00:00", "kind": "paused", "step": "train", "unit": 7, "why": why,
                "seconds": 1800.0},
        none | {"when": "2026-01-01T12:00:00", "kind": "failed", "step": "train", "seconds": 0.0},
        none | {"when": "later", "kind": "failed", "step": "train"},
        none | {"when": "2026-01-01T13:00:00", "kind": "paused"},
        {"when": "x", "kind": "cut", "step": "train", "unit": 3, "lost_units": 2, "seconds": 9.0,
         "why": to_json(named("incident", "killed"))},
        none | {"when": "", "kind": "cut", "why": to_json(named("incident", "power"))},
    ]  # fmt: skip
    assert run_facts.WATT_SECONDS_PER_KWH == 3_600_000


def test_a_run_that_goes_on_after_a_cut_is_no_new_beginning() -> None:
    lines = [{"event": "began", "when": "a"}, {"event": "began", "when": "b"}, {"event": "began", "when": "c"}]

    assert [row["when"] for row in run_facts.rows(lines, [])] == ["a"]


def test_a_session_whose_state_cannot_be_read_has_its_timeline_all_the_same(tmp_path: Path) -> None:
    session = store.create(tmp_path, "s", "", "then")
    work = {"train/update": Work(2, 30.0)}
    store.write_state(session, store.read_state(session).changed(active_seconds=40.0, work=work))
    timeline.mark(session, "began", {"when": "2026-01-01T10:00:00", "joules": 5})
    timeline.mark(session, "paused", {"when": "2026-01-01T09:00:00", "joules": 9})
    whole = run_facts.read(session)
    assert (whole["active_seconds"], whole["created"], whole["joules"]) == (40.0, "then", 4.0)
    assert whole["step_seconds"]["train"] > 0
    assert [row["kind"] for row in whole["timeline"]] == ["paused", "began"], "by the clock"
    (session / store.STATE).write_text("[", encoding="utf-8")
    torn = run_facts.read(session)
    assert (torn["active_seconds"], torn["step_seconds"], torn["created"]) == (None, {}, "")
    assert torn["timeline"] == whole["timeline"]
