"""What a context tells of a run beside its saves: adjustments, the share that is done, moments for plots."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from engine.run.test_context import Run
from so8t_engine.run import adjustments, context
from so8t_engine.sentences import sentence, to_json, verbatim
from so8t_engine.session import config_seal, timeline
from so8t_engine.session.state import Cursor


def test_adjustments_are_told_to_the_user_and_the_history_once(tmp_path: Path) -> None:
    run = Run(tmp_path)
    run.context.note_adjustments()
    assert run.said("mark") == run.said("warning") == []
    changed = {"micro_batch_divisor": 2.0}
    run.context.state = run.context.state.changed(adjustments=changed)
    for _ in range(2):
        run.context.note_adjustments()
    why = adjustments.described(changed)

    assert run.said("mark") == [{"number": 1, "mark": "exactness_break", "why": to_json(why)}]
    assert [(each["code"], each["sentence"]) for each in run.said("warning")] == [
        ("exactness_break", to_json(sentence("run.adjusted", why=why)))
    ]
    assert run.context.state.noted == changed


def test_a_configuration_that_was_accepted_is_told_and_is_the_sessions_from_there(tmp_path: Path) -> None:
    run, why, seal = Run(tmp_path), verbatim("seed 1 -> 2"), config_seal.of(b"name: x\n")
    run.context.accept_config(seal, why)

    assert [(each["mark"], each["why"]) for each in run.said("mark")] == [("exactness_break", to_json(why))]
    assert [(each["code"], each["sentence"]) for each in run.said("warning")] == [("exactness_break", to_json(why))]
    assert run.context.state.config == seal


def test_what_is_left_for_others_has_the_share_that_is_done_and_a_moment_for_plots(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(context, "PROGRESS_SECONDS", 0.0)
    run = Run(tmp_path)
    run.context.begin({"shard": 4})
    run.context.point(loss=2.0)
    run.time = 2.0
    run.context.commit()
    run.context.point(loss=1.0)
    run.tick(1, 10)
    left = json.loads((run.session / context.PROGRESS).read_text())

    assert run.context.state.share_seconds == left["active_seconds"] == 12 and left["share"] > 0
    assert left["unsaved_seconds"] == 12 and left["metrics"] == {}
    assert (1, 0.0) in timeline.read(run.session) and timeline.read(run.session)[-1] == (2, 12.0)
    run.time += 0.5
    run.context.tick(Cursor("collect", 2), "shard", {"loss": 0.5})
    assert (timeline.read(run.session)[-1], run.context.state.share_seconds) == ((2, 12.0), 12)
    told: dict[str, Any] = run.said("progress")[-1]
    assert (told["metrics"], told["unit"], told["points"], told["unsaved_seconds"]) == ({"loss": 0.5}, 2, 2, 12.5)


def test_of_a_folder_that_is_away_nothing_is_left_for_others(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    run = Run(tmp_path)
    monkeypatch.setattr(run.context.place, "is_surely_there", lambda: False)
    run.tick(1, 10)

    assert timeline.lines(run.session) == [] and not (run.session / context.PROGRESS).exists()
    assert [each["unit"] for each in run.said("progress")] == [1]


def test_what_is_loaded_again_is_no_active_time_and_moves_no_share(tmp_path: Path) -> None:
    """The share leapt by it: 30 s of loading counted like 30 s of updates."""
    run = Run(tmp_path)
    run.time = 10.0
    run.context.begin({"shard": 4})
    run.tick(1, 10)
    run.context.commit()
    before = run.context.state

    again = Run(tmp_path)
    again.time = 100.0
    again.context.begin({"shard": 4})
    assert again.context.state.active_seconds == before.active_seconds == 20
    again.time = 103.0
    again.context.begin({"shard": 5})  # its units have begun: this is no loading
    again.tick(2, 2)
    assert again.context.state.active_seconds == 25
    again.time = 110.0
    again.context.go_to(Cursor("integrate"))
    again.time = 150.0
    again.context.begin({"record": 5})  # of this step it is the first time
    assert again.context.state.active_seconds == 70
