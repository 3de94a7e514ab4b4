"""What a user is told once of a run, and the rates that its phases train at."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
import torch
from torch import nn

from helpers.training import configured
from so8t_engine.sentences import sentence, verbatim
from so8t_engine.train import tensor_snapshot, training_run, units
from so8t_engine.train.training_run import TrainingRun


def test_a_card_that_runs_its_steps_one_by_one_is_told_of_once() -> None:
    told: list[tuple[str, Any]] = []
    run: Any = SimpleNamespace(_slow_said=False, context=SimpleNamespace(warn=lambda *said: told.append(said)))
    TrainingRun.graph_failed(run, "no graphs here")
    TrainingRun.graph_failed(run, "nor here")
    assert told == [("no_cuda_graph", sentence("train.no_cuda_graph", why=verbatim("no graphs here")))]


def test_what_ran_out_of_memory_is_done_in_parts_down_to_a_single_sequence() -> None:
    run: Any = TrainingRun.__new__(TrainingRun)
    run.context = SimpleNamespace(adjustments={"micro_batch_divisor": 4})
    assert [run.at_a_time(count) for count in (1, 3, 4, 9)] == [1, 1, 1, 2]
    assert run.batches(2) == [slice(0, 1), slice(1, 2)]


def test_memory_for_the_weights_and_both_moments_of_the_optimizer_is_taken_ahead_and_no_more(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tensor_snapshot, "BLOCK", 1 << 12)
    weights = {"a": torch.zeros(1 << 9), "b": torch.zeros(1 << 9)}  # of four bytes each
    learner: Any = SimpleNamespace(tensors=lambda: weights, device=torch.device("cpu"))
    context: Any = SimpleNamespace(config=configured(tmp_path))
    tokenizer = SimpleNamespace(pad_token_id=0, eos_token_id=0, convert_tokens_to_ids=lambda _: 1)
    run = TrainingRun(context, units.layout(context.config), learner, tokenizer, [])
    assert [block.nbytes for block in run._buffers._blocks] == [1 << 12] * 3


OWN = {"gate": {"learning_rate": 0.5}, "ppo": {"learning_rate": 0.25, "value_learning_rate": 0.125}}


@pytest.mark.parametrize(
    ("phase", "changes", "rates", "decay"),
    [
        ("pretrain", {}, [0.0625], 0.0),
        ("warmup", {}, [0.03125, 0.5, 0.125], 0.375),
        ("update", {}, [0.25, 0.5, 0.125], 0.0),
        ("update", {"ppo": {"learning_rate": 0.25, "value_learning_rate": None}}, [0.25, 0.5], 0.0),
        ("update", {"algorithm": "rloo", "rloo": {"learning_rate": 0.75, "max_steps": 0}}, [0.75, 0.5, 0.125], 0.0),
    ],
)
def test_each_phase_trains_at_its_own_rates_and_the_warm_up_alone_decays_weights(
    tmp_path: Path, phase: Any, changes: dict[str, Any], rates: list[float], decay: float
) -> None:
    """Of LoRA, of the gates, of the value head."""
    warmup = {"learning_rate": 0.03125, "weight_decay": 0.375}
    sections = {"model": {"build": {"learning_rate": 0.0625}}, "warmup": warmup, **OWN, **changes}
    parameters = {name: nn.Parameter(torch.ones(1)) for name in ("lora.a", "gates.g", "value_head.v")}
    groups = training_run._optimizer(configured(tmp_path, **sections), phase, parameters).param_groups

    assert [group["lr"] for group in groups] == rates
    assert {group["weight_decay"] for group in groups} == {decay}


def test_an_update_that_was_not_finite_is_told_as_skipped_without_a_number_that_is_none() -> None:
    run: Any = SimpleNamespace(_not_finite=0)
    said = [
        TrainingRun.judge(run, "warmup", number, loss, 0.5) for number, loss in enumerate((1.0, float("nan"), 2.0), 1)
    ]
    assert said == [
        {"loss": 1.0, "grad_norm": 0.5, "skipped": False}, {"loss": None, "grad_norm": 0.5, "skipped": True},
        {"loss": 2.0, "grad_norm": 0.5, "skipped": False},
    ]  # fmt: skip


GROUP = {
    "num_generations": 2, "per_device_train_batch_size": 2, "gradient_accumulation_steps": 2, "num_iterations": 2,
    "max_steps": 6,
}  # fmt: skip


@pytest.mark.parametrize(
    ("sections", "period"),
    [
        ({"ppo": {"num_ppo_epochs": 3, "num_mini_batches": 2}}, 6),
        ({"algorithm": "grpo", "grpo": GROUP}, 2),
    ],
)
def test_a_window_of_alpha_is_the_updates_of_one_iteration_and_rewards_are_those_that_were_given(
    tmp_path: Path, sections: dict[str, Any], period: int
) -> None:
    learner: Any = SimpleNamespace(tensors=dict, device=torch.device("cpu"))
    context: Any = SimpleNamespace(config=configured(tmp_path, **sections))
    tokenizer = SimpleNamespace(pad_token_id=0, eos_token_id=0, convert_tokens_to_ids=lambda _: 1)
    functions: Any = {"own": lambda **_: [1.0]}
    run = TrainingRun(context, units.layout(context.config), learner, tokenizer, [], functions)

    assert run._schedule.period == period and run.functions == functions
    assert (run._not_finite, run._slow_said) == (0, False)
