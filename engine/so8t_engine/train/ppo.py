"""PPO's optimizer update: one minibatch of an iteration's rollouts, in micro-batches."""

from __future__ import annotations

from typing import NamedTuple

import torch
from torch import Tensor

from so8t_engine.config.run_config import Ppo
from so8t_engine.model import seeds
from so8t_engine.model.policy import Policy
from so8t_engine.train import optim, ppo_math, rollout
from so8t_engine.train.ppo_math import Masks, Targets
from so8t_engine.train.rollout import Rollout


class Batch(NamedTuple):
    """An iteration's rollouts with what follows from them: recomputed at a resume, never saved."""

    rollouts: Rollout
    mask: Masks
    targets: Targets
    kl: float
    score: float


class Update(NamedTuple):
    """Means over real positions of the minibatch; `applied` tells whether the optimizer moved."""

    loss: float
    policy_loss: float
    value_loss: float
    clip_fraction: float
    approx_kl: float
    entropy: float
    grad_norm: float
    applied: bool


def prepare(parts: list[Rollout], pad: int, settings: Ppo) -> Batch:
    """Rewards, advantages and returns over the whole iteration (TRL 1.12, steps 4 to 6)."""
    whole = rollout.join(parts, settings.response_length, pad)
    mask = ppo_math.masks(whole.lengths, settings.response_length)
    kl = ppo_math.estimate_kl(whole.logprobs, whole.ref_logprobs, settings.kl_estimator)
    scores = ppo_math.penalised(whole.scores, whole.ended, settings.missing_eos_penalty)
    rewards = ppo_math.shaped_rewards(kl, scores, whole.lengths, settings.kl_coef)
    targets = ppo_math.targets(rewards, whole.values, mask, settings.gamma, settings.lam, settings.whiten_rewards)
    return Batch(whole, mask, targets, float(kl.sum(1).mean()), float(whole.scores.mean()))


def minibatch(index: int, settings: Ppo, *parts: object) -> Tensor:
    """The rows of update `index` of an iteration: a fresh permutation per epoch, named by `parts`."""
    epoch, place = divmod(index, settings.num_mini_batches)
    size = settings.batch_size // settings.num_mini_batches
    order = seeds.permutation(settings.batch_size, *parts, "epoch", epoch)
    return torch.tensor(order[place * size : (place + 1) * size])


def update(policy: Policy, optimizer: torch.optim.Optimizer, batch: Batch, rows: Tensor, settings: Ppo) -> Update:
    """Accumulates over micro-batches of similar length; every token of the minibatch weighs the same.

    A non-finite loss or gradient leaves the parameters alone.
    """
    policy.train(dropout=False)
    tokens = int((~batch.mask.tokens[rows]).sum())
    positions = int((~batch.mask.after[rows]).sum())
    sums = torch.zeros(5, dtype=torch.float64)
    size, seen = settings.per_device_train_batch_size, batch.rollouts
    for part in rollout.by_length(seen.query_lengths[rows], seen.lengths[rows], size):
        sums += _micro_batch(policy, batch, rows[part], tokens, positions, settings)
    parameters = list(policy.trainable().values())
    norm = optim.clip(parameters, settings.max_grad_norm)
    policy_loss, value_loss, clipped, kl, entropy = (float(value) for value in sums)
    loss = policy_loss + settings.vf_coef * value_loss
    good = bool(torch.isfinite(torch.tensor([loss, norm])).all())
    if good:
        optimizer.step()
    optimizer.zero_grad(set_to_none=True)
    return Update(loss, policy_loss, value_loss, clipped, kl, entropy, norm, good)


def _micro_batch(policy: Policy, batch: Batch, rows: Tensor, tokens: int, positions: int, settings: Ppo) -> Tensor:
    """Adds this micro-batch's gradient; returns its share of (policy, value, clipped, kl, entropy)."""
    part = rollout.pick(batch.rollouts, rows)
    width = min(int(part.lengths.max()) + 2, settings.response_length)
    seen = rollout.look(
        policy, part.queries, part.query_lengths, part.responses[:, :width], part.lengths, settings.temperature
    )
    device = seen.values.device
    mask = Masks(*(field[rows, :width].to(device) for field in batch.mask))
    targets = Targets(*(field[rows, :width].to(device) for field in batch.targets))
    losses = ppo_math.losses(
        seen.logprobs,
        seen.values,
        part.logprobs[:, :width].to(device),
        targets,
        mask,
        settings.cliprange,
        settings.cliprange_value,
    )
    (losses.policy / tokens + settings.vf_coef * losses.value / positions).backward()
    shares = [losses.policy / tokens, losses.value / positions, losses.clipped / tokens, losses.kl / tokens]
    return torch.stack([*shares, seen.entropy.sum() / tokens]).detach().double().cpu()
