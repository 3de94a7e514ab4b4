"""AdamW as TRL's defaults do not have it, and its moments written down and taken up again."""

from __future__ import annotations

import pytest
import torch
from torch import nn

from so8t_engine.train import optim
from so8t_engine.train.alpha_schedule import AdaptiveState
from so8t_engine.train.alpha_state import AlphaState
from so8t_engine.train.phase_transitions import DetectorState, Side


def parameters() -> dict[str, nn.Parameter]:
    return {name: nn.Parameter(torch.ones(2)) for name in ("lora.a", "gates.g", "never.used")}


def step(optimizer: torch.optim.Optimizer, own: dict[str, nn.Parameter]) -> None:
    optimizer.zero_grad()
    (own["lora.a"].square().sum() + 3 * own["gates.g"].sum()).backward()  # type: ignore[no-untyped-call]
    optimizer.step()


def test_its_settings_are_those_of_every_run() -> None:
    optimizer = optim.adamw(parameters(), 1e-3, {"gates": 1e-2}, decay=0.5)
    for group in optimizer.param_groups:
        assert (group["betas"], group["eps"], group["weight_decay"], group["fused"]) == ((0.9, 0.95), 1e-8, 0.5, False)
    assert [(group["lr"], len(group["params"])) for group in optimizer.param_groups] == [(1e-3, 2), (1e-2, 1)]
    assert optim.adamw(parameters(), 1e-3).param_groups[0]["weight_decay"] == 0.0


def test_taken_up_again_it_goes_on_to_the_bit() -> None:
    own, other = parameters(), parameters()
    first = optim.adamw(own, 0.1, {"gates": 0.01})
    step(first, own)
    saved = {name: tensor.clone() for name, tensor in optim.moments(first, own).items()}
    assert sorted(saved) == sorted(f"{name}/{key}" for name in ("lora.a", "gates.g") for key in optim.MOMENTS)
    assert saved["gates.g/exp_avg"].tolist() == pytest.approx([0.3, 0.3])
    for name, parameter in own.items():
        other[name].data.copy_(parameter.data)
    second = optim.adamw(other, 0.1, {"gates": 0.01})
    optim.load_moments(second, other, saved)
    for optimizer, mine in ((first, own), (second, other)):
        step(optimizer, mine)

    assert all(torch.equal(own[name], other[name]) for name in own)
    assert float(saved["lora.a/step"]) == 1.0, "what was saved is nobody's to write to"


def test_gradients_are_scaled_to_a_common_norm_and_the_norm_before_is_told() -> None:
    own = [nn.Parameter(torch.zeros(1)) for _ in range(2)]
    own[0].grad, own[1].grad = torch.tensor([3.0]), torch.tensor([4.0])
    assert optim.clip(iter(own), 10.0) == 5.0 and float(own[0].grad) == 3.0
    assert optim.clip(own, 1.0) == 5.0
    assert [float(each.grad) for each in own if each.grad is not None] == pytest.approx([0.6, 0.8], rel=1e-5)


def test_the_state_of_alpha_and_of_the_search_comes_back_from_a_checkpoint() -> None:
    state = AlphaState(
        AdaptiveState(moved=3, total=0.5, count=2, windows=4, fast=0.1, slow=0.2, spread=0.3, rising=True),
        DetectorState(windows=5, up=Side(1.0, 2, 3.0, 4.0, 5), down=Side(0.5, 1, 2.0, 3.0, 4)),
    )
    assert AlphaState.from_json(state.as_json()) == state
    assert AlphaState.from_json({}) == AlphaState()
    assert AlphaState.from_json({"phase": {"windows": 2}}) == AlphaState(phase=DetectorState(windows=2))
