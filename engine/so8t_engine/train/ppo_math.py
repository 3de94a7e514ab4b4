"""PPO's formulas as pure functions of tensors, term by term those of TRL 1.12 (`trl.experimental.ppo`).

Shapes: B sequences, T response tokens, right-padded. `lengths` (B,) is the index of a response's last real token
(its end token included). As in TRL the score is paid one position after it, where the width allows; `value_padding`
counts that position as real.
"""

from __future__ import annotations

from typing import Literal, NamedTuple

import torch
from torch import Tensor

INVALID_LOGPROB = 1.0


class Masks(NamedTuple):
    """(B, T), True where padding.

    `padding`: True after the last token. `value_padding`: True from two positions after the last token; the value head
    has one position more.
    """

    padding: Tensor
    value_padding: Tensor


class Targets(NamedTuple):
    """(B, T) each: what the policy and the value head are trained towards, and the values of the rollout."""

    advantages: Tensor
    returns: Tensor
    values: Tensor


class Losses(NamedTuple):
    """Sums over real positions, so that micro-batches add up; divide by the counts of the whole minibatch."""

    policy: Tensor
    value: Tensor
    clipped: Tensor
    kl: Tensor


def masks(lengths: Tensor, width: int) -> Masks:
    """(B, width) each, from the index of the last token of each response."""
    positions = torch.arange(width, device=lengths.device).expand(len(lengths), width)
    return Masks(positions > lengths.unsqueeze(1), positions > lengths.unsqueeze(1) + 1)


def masked_mean(values: Tensor, mask: Tensor) -> Tensor:
    return (values * mask).sum() / mask.sum()


def masked_whiten(values: Tensor, mask: Tensor, shift_mean: bool = True) -> Tensor:
    """Zero mean, unit (unbiased) variance over the mask; with one real value the variance is taken as zero."""
    mean = masked_mean(values, mask)
    count = mask.sum()
    variance = masked_mean((values - mean) ** 2, mask) * (count / (count - 1).clamp(min=1))
    whitened = (values - mean) * torch.rsqrt(variance + 1e-8)
    return whitened if shift_mean else whitened + mean


def estimate_kl(logprobs: Tensor, ref_logprobs: Tensor, estimator: Literal["k1", "k3"]) -> Tensor:
    """Per token, http://joschu.net/blog/kl-approx.html. Padding holds INVALID_LOGPROB on both sides, hence zero."""
    ratio = ref_logprobs - logprobs
    return -ratio if estimator == "k1" else (ratio.exp() - 1) - ratio


def penalised(scores: Tensor, ended: Tensor, missing_eos_penalty: float | None) -> Tensor:
    return scores if missing_eos_penalty is None else scores - (~ended).to(scores.dtype) * missing_eos_penalty


def shaped_rewards(kl: Tensor, scores: Tensor, lengths: Tensor, kl_coef: float) -> Tensor:
    """-kl_coef * kl at every token, and the score once. Source: TRL 1.12 ppo_trainer.py, step 4."""
    rewards = -kl_coef * kl
    end = torch.where(lengths + 1 < rewards.shape[1], lengths + 1, lengths)
    return rewards.scatter_add(1, end.unsqueeze(1), scores.to(rewards.dtype).unsqueeze(1))


def generalised_advantages(rewards: Tensor, values: Tensor, gamma: float, lam: float) -> Tensor:
    """GAE (arXiv:1506.02438), backwards in time. All (B, T).

    delta_t = r_t + gamma * V(s_{t+1}) - V(s_t);  A_t = delta_t + gamma * lam * A_{t+1}
    """
    last_gae_lam = torch.zeros_like(rewards[:, 0])
    advantages = []
    for t in reversed(range(rewards.shape[1])):
        next_values = values[:, t + 1] if t + 1 < rewards.shape[1] else torch.zeros_like(last_gae_lam)
        last_gae_lam = rewards[:, t] + gamma * next_values - values[:, t] + gamma * lam * last_gae_lam
        advantages.append(last_gae_lam)
    return torch.stack(advantages[::-1], dim=1)


def make_targets(
    rewards: Tensor, values: Tensor, mask: Masks, *, gamma: float, lam: float, whiten_rewards: bool
) -> Targets:
    """Advantages (whitened) and returns over the whole batch, steps 5 and 6 of TRL's loop."""
    values = values.masked_fill(mask.value_padding, 0)
    if whiten_rewards:
        rewards = masked_whiten(rewards, ~mask.value_padding, shift_mean=False).masked_fill(mask.value_padding, 0)
    advantages = generalised_advantages(rewards, values, gamma, lam)
    returns = advantages + values
    return Targets(masked_whiten(advantages, ~mask.padding).masked_fill(mask.padding, 0), returns, values)


def losses(
    *,
    new_logprobs: Tensor,
    new_values: Tensor,
    old_logprobs: Tensor,
    targets: Targets,
    mask: Masks,
    cliprange: float,
    cliprange_value: float,
) -> Losses:
    """Clipped policy and value losses (the value's factor 0.5 included), summed over real positions. All (B, T)."""
    new_logprobs = new_logprobs.masked_fill(mask.padding, INVALID_LOGPROB)
    new_values = new_values.masked_fill(mask.value_padding, 0)
    clipped_values = torch.clamp(new_values, targets.values - cliprange_value, targets.values + cliprange_value)
    value = torch.max((new_values - targets.returns) ** 2, (clipped_values - targets.returns) ** 2)
    difference = new_logprobs - old_logprobs
    ratio = difference.exp()
    plain = -targets.advantages * ratio
    clipped = -targets.advantages * torch.clamp(ratio, 1.0 - cliprange, 1.0 + cliprange)
    real, real_values = ~mask.padding, ~mask.value_padding
    return Losses(
        policy=(torch.max(plain, clipped) * real).sum(),
        value=0.5 * (value * real_values).sum(),
        clipped=((clipped > plain) & real).sum(),
        kl=(0.5 * difference.detach() ** 2 * real).sum(),
    )
