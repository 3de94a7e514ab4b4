"""PPO's formulas as pure functions of tensors, term by term those of TRL 1.12 (`trl.experimental.ppo`).

Shapes: B sequences, T response tokens, right-padded. `lengths` (B,) is the index of a response's last real token
(its end token included). A score is paid one position behind it where there is room, as TRL does; `after` marks that
position as real.
"""

from __future__ import annotations

from typing import Literal, NamedTuple

import torch
from torch import Tensor

INVALID_LOGPROB = 1.0


class Masks(NamedTuple):
    """True where padding. `tokens`: behind the last token; `after`: behind the position after it (values)."""

    tokens: Tensor
    after: Tensor


class Targets(NamedTuple):
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
    positions = torch.arange(width, device=lengths.device).expand(len(lengths), width)
    return Masks(positions > lengths.unsqueeze(1), positions > lengths.unsqueeze(1) + 1)


def selective_log_softmax(logits: Tensor, index: Tensor) -> Tensor:
    """log_softmax(logits)[index] without a copy of the whole. logits: (..., vocabulary), index: (...)."""
    chosen = logits.gather(-1, index.unsqueeze(-1)).squeeze(-1)
    return chosen - torch.logsumexp(logits, dim=-1)


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
    """GAE (arXiv:1506.02438), backwards in time."""
    last = torch.zeros_like(rewards[:, 0])
    found = []
    for t in reversed(range(rewards.shape[1])):
        following = values[:, t + 1] if t + 1 < rewards.shape[1] else torch.zeros_like(last)
        last = rewards[:, t] + gamma * following - values[:, t] + gamma * lam * last
        found.append(last)
    return torch.stack(found[::-1], dim=1)


def targets(rewards: Tensor, values: Tensor, mask: Masks, gamma: float, lam: float, whiten_rewards: bool) -> Targets:
    """Advantages (whitened) and returns over the whole batch, steps 5 and 6 of TRL's loop."""
    values = values.masked_fill(mask.after, 0)
    if whiten_rewards:
        rewards = masked_whiten(rewards, ~mask.after, shift_mean=False).masked_fill(mask.after, 0)
    advantages = generalised_advantages(rewards, values, gamma, lam)
    returns = advantages + values
    return Targets(masked_whiten(advantages, ~mask.tokens).masked_fill(mask.tokens, 0), returns, values)


def losses(
    new_logprobs: Tensor,
    new_values: Tensor,
    old_logprobs: Tensor,
    target: Targets,
    mask: Masks,
    cliprange: float,
    cliprange_value: float,
) -> Losses:
    """Clipped policy and value losses (the value's factor 0.5 included), summed over real positions."""
    new_logprobs = new_logprobs.masked_fill(mask.tokens, INVALID_LOGPROB)
    new_values = new_values.masked_fill(mask.after, 0)
    near = torch.clamp(new_values, target.values - cliprange_value, target.values + cliprange_value)
    value = torch.max((new_values - target.returns) ** 2, (near - target.returns) ** 2)
    difference = new_logprobs - old_logprobs
    ratio = difference.exp()
    plain = -target.advantages * ratio
    clipped = -target.advantages * torch.clamp(ratio, 1.0 - cliprange, 1.0 + cliprange)
    real, real_after = ~mask.tokens, ~mask.after
    return Losses(
        (torch.max(plain, clipped) * real).sum(),
        0.5 * (value * real_after).sum(),
        ((clipped > plain) & real).sum(),
        (0.5 * difference.detach() ** 2 * real).sum(),
    )
