"""PPO's formulas against plain loops over single numbers."""

from __future__ import annotations

import math
from typing import Any

import pytest
import torch

from so8t_engine.train import ppo_math
from so8t_engine.train.ppo_math import Targets

ROWS, WIDTH = 5, 9
LENGTHS = torch.tensor([8, 0, 3, 7, 5])
INSIDE = [(row, t) for row in range(ROWS) for t in range(WIDTH) if t <= LENGTHS[row]]
AFTER = [(row, t) for row in range(ROWS) for t in range(WIDTH) if t <= LENGTHS[row] + 1]


def noise(seed: int, *shape: int) -> torch.Tensor:
    return torch.randn(*(shape or (ROWS, WIDTH)), dtype=torch.float64, generator=torch.Generator().manual_seed(seed))


def whitened(values: dict[Any, float], shift: bool = True) -> dict[Any, float]:
    mean = sum(values.values()) / len(values)
    variance = sum((value - mean) ** 2 for value in values.values()) / (len(values) - 1)
    return {key: (value - mean) / math.sqrt(variance + 1e-8) + (0 if shift else mean) for key, value in values.items()}


def test_masks_leave_the_last_token_and_the_position_behind_it() -> None:
    mask = ppo_math.masks(LENGTHS, WIDTH)

    assert {(r, t) for r in range(ROWS) for t in range(WIDTH) if not mask.padding[r, t]} == set(INSIDE)
    assert {(r, t) for r in range(ROWS) for t in range(WIDTH) if not mask.value_padding[r, t]} == set(AFTER)


@pytest.mark.parametrize("estimator", ["k1", "k3"])
def test_kl_estimates(estimator: Any) -> None:
    own, reference = noise(1), noise(2)
    kl = ppo_math.estimate_kl(own, reference, estimator)

    for row, t in INSIDE:
        ratio = float(reference[row, t] - own[row, t])
        wanted = -ratio if estimator == "k1" else math.exp(ratio) - 1 - ratio
        assert float(kl[row, t]) == pytest.approx(wanted)


@pytest.mark.parametrize("whiten_rewards", [False, True])
def test_rewards_advantages_and_returns_against_a_loop(whiten_rewards: bool) -> None:
    mask = ppo_math.masks(LENGTHS, WIDTH)
    kl = noise(3).masked_fill(mask.padding, 0)
    values, scores = noise(4), noise(5, ROWS)
    gamma, lam = 0.98, 0.9
    rewards = ppo_math.shaped_rewards(kl, scores, LENGTHS, 0.05)
    found = ppo_math.make_targets(rewards, values, mask, gamma=gamma, lam=lam, whiten_rewards=whiten_rewards)

    paid = {(row, t): -0.05 * float(kl[row, t]) for row in range(ROWS) for t in range(WIDTH)}
    for row in range(ROWS):
        end = int(LENGTHS[row])
        paid[row, min(end + 1, WIDTH - 1)] += float(scores[row])
    if whiten_rewards:
        paid = dict.fromkeys(paid, 0.0) | whitened({key: paid[key] for key in AFTER}, shift=False)
    value = {(row, t): float(values[row, t]) if (row, t) in AFTER else 0.0 for row, t in paid}
    advantage: dict[tuple[int, int], float] = {}
    for row in range(ROWS):
        last = 0.0
        for t in reversed(range(WIDTH)):
            following = value.get((row, t + 1), 0.0)
            last = paid[row, t] + gamma * following - value[row, t] + gamma * lam * last
            advantage[row, t] = last
    white = whitened({key: advantage[key] for key in INSIDE})
    for row, t in paid:
        assert float(found.returns[row, t]) == pytest.approx(advantage[row, t] + value[row, t])
        assert float(found.advantages[row, t]) == pytest.approx(white.get((row, t), 0.0))


def test_a_missing_end_costs_the_penalty() -> None:
    scores, ended = torch.tensor([1.0, 1.0]), torch.tensor([True, False])

    assert ppo_math.penalised(scores, ended, 0.4).tolist() == pytest.approx([1.0, 0.6])
    assert torch.equal(ppo_math.penalised(scores, ended, None), scores)


def test_clipped_losses_against_a_loop() -> None:
    mask = ppo_math.masks(LENGTHS, WIDTH)
    new, old = 0.3 * noise(6), 0.3 * noise(7)
    old = old.masked_fill(mask.padding, ppo_math.INVALID_LOGPROB)
    new_values, old_values = noise(8), noise(9).masked_fill(mask.value_padding, 0)
    target = Targets(noise(10).masked_fill(mask.padding, 0), noise(11), old_values)
    found = ppo_math.losses(
        new_logprobs=new,
        new_values=new_values,
        old_logprobs=old,
        targets=target,
        mask=mask,
        cliprange=0.2,
        cliprange_value=0.3,
    )

    policy = clipped = kl = value = 0.0
    for key in INSIDE:
        difference = float(new[key] - old[key])
        ratio, advantage = math.exp(difference), float(target.advantages[key])
        plain, near = -advantage * ratio, -advantage * min(max(ratio, 0.8), 1.2)
        policy += max(plain, near)
        clipped += near > plain
        kl += 0.5 * difference**2
    for key in AFTER:
        before, wanted, now = float(old_values[key]), float(target.returns[key]), float(new_values[key])
        near = min(max(now, before - 0.3), before + 0.3)
        value += 0.5 * max((now - wanted) ** 2, (near - wanted) ** 2)
    assert float(found.policy) == pytest.approx(policy)
    assert float(found.value) == pytest.approx(value)
    assert int(found.clipped) == clipped > 0
    assert float(found.kl) == pytest.approx(kl)


def test_one_real_value_does_not_whiten_to_nan() -> None:
    mask = torch.tensor([[True, False]])

    assert torch.isfinite(ppo_math.masked_whiten(torch.tensor([[2.0, 5.0]]), mask)).all()


def test_two_values_are_whitened_by_their_unbiased_variance() -> None:
    values, mask = torch.tensor([[1.0, 3.0, 99.0]]), torch.tensor([[True, True, False]])
    whitened = ppo_math.masked_whiten(values, mask)[0, :2].tolist()

    assert whitened == pytest.approx([-1 / math.sqrt(2), 1 / math.sqrt(2)])
    assert ppo_math.masked_whiten(values, mask, shift_mean=False)[0, 0].item() == pytest.approx(2 - 1 / math.sqrt(2))
