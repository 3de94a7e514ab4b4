"""What a training checkpoint holds is what is read from it; what a file of an older version lacks begins anew."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import torch

from so8t_engine.config.run_config import Alpha
from so8t_engine.session import store
from so8t_engine.train import alpha_schedule, checkpoint, phase_transitions
from so8t_engine.train.alpha_state import AlphaSchedule, AlphaState
from so8t_engine.train.checkpoint import TrainingCheckpoint
from so8t_engine.train.rollout import Rollout


def rollout(first: int) -> Rollout:
    fields = {name: torch.arange(first + place, first + place + 3) for place, name in enumerate(Rollout._fields)}
    return Rollout(**fields)


def written(folder: Path, saved: TrainingCheckpoint) -> Path:
    for name, content in checkpoint.pack(saved).items():
        (folder / name).write_bytes(b"".join(map(bytes, store.chunks(content))))
    return folder


@pytest.mark.parametrize("rollouts", [0, 2])
def test_a_checkpoint_is_read_as_it_was_packed(tmp_path: Path, rollouts: int) -> None:
    saved = TrainingCheckpoint(
        {"a": torch.tensor([1.5, 2.5])}, {"m": torch.tensor([[3.0]])}, "ppo",
        [rollout(10 * n) for n in range(rollouts)],
        not_finite=2, seed=7, facts={"torch": "2.13"}, alpha_state={"alpha": {"best": 1.0}},
    )  # fmt: skip
    read = checkpoint.unpack(written(tmp_path, saved))

    assert (read.phase, read.not_finite, read.seed, read.facts) == ("ppo", 2, 7, {"torch": "2.13"})
    assert read.alpha_state == saved.alpha_state and checkpoint.unpack_facts(tmp_path) == {"torch": "2.13"}
    assert read.tensors["a"].tolist() == [1.5, 2.5] and read.moments["m"].tolist() == [[3.0]]
    assert [[part.tolist() for part in each] for each in read.rollouts] == [
        [part.tolist() for part in each] for each in saved.rollouts
    ]
    assert (tmp_path / checkpoint.BUFFER).exists() is bool(rollouts)
    assert (tmp_path / checkpoint.ABOUT).read_text(encoding="utf-8").endswith("}\n")


def test_one_of_a_version_that_knew_no_alpha_begins_its_search_anew(tmp_path: Path) -> None:
    written(tmp_path, TrainingCheckpoint({}, {}, "warmup"))
    about = json.loads((tmp_path / checkpoint.ABOUT).read_text(encoding="utf-8"))
    del about["annealing"]
    (tmp_path / checkpoint.ABOUT).write_text(json.dumps(about), encoding="utf-8")

    assert checkpoint.unpack(tmp_path).alpha_state == {} and AlphaState.from_json({}) == AlphaState()


def test_the_state_of_alpha_and_of_the_search_survives_its_file() -> None:
    schedule, state = AlphaSchedule(Alpha(schedule="adaptive"), updates=400, period=4), AlphaState()
    for update in range(1, 200):
        state, _ = schedule.observe(state, update, 3.0 - update / 100)

    saved: dict[str, Any] = json.loads(json.dumps(state.as_json()))
    assert AlphaState.from_json(saved) == state != AlphaState()
    assert AlphaState.from_json({"phase": saved["phase"]}).alpha == alpha_schedule.START
    assert AlphaState.from_json({"alpha": saved["alpha"]}).phase == phase_transitions.START
    del saved["phase"]["up"]
    assert AlphaState.from_json(saved).phase.down == state.phase.down
