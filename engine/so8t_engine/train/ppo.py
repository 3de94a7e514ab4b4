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


class PpoBatch(NamedTuple):
    """An iteration's rollouts, masks, targets, mean KL and mean score; recomputed at a resume, never saved."""

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


def prepare(parts: list[Rollout], pad: int, settings: Ppo) -> PpoBatch:
    """Rewards, advantages and returns over the whole iteration (TRL 1.12, steps 4 to 6)."""
    whole = rollout.join(parts, settings.response_length, pad)
    mask = ppo_math.masks(whole.lengths, settings.response_length)
    kl = ppo_math.estimate_kl(whole.logprobs, whole.ref_logprobs, settings.kl_estimator)
    scores = ppo_math.penalised(whole.scores, whole.ended, settings.missing_eos_penalty)
    rewards = ppo_math.shaped_rewards(kl, scores, whole.lengths, settings.kl_coef)
    targets = ppo_math.make_targets(
        rewards,
        whole.values,
        mask,
        gamma=settings.gamma,
        lam=settings.lam,
        whiten_rewards=settings.whiten_rewards,
    )
    return PpoBatch(
        rollouts=whole,
        mask=mask,
        targets=targets,
        kl=float(kl.sum(1).mean()),
        score=float(whole.scores.mean()),
    )


def minibatch(index: int, settings: Ppo, *parts: object) -> Tensor:
    """The rows of update `index` of an iteration: a new permutation per epoch, seeded by `parts`."""
    epoch, number = divmod(index, settings.num_mini_batches)
    size = settings.batch_size // settings.num_mini_batches
    order = seeds.permutation(settings.batch_size, *parts, "epoch", epoch)
    return torch.tensor(order[number * size : (number + 1) * size].tolist())


def update(policy: Policy, optimizer: torch.optim.Optimizer, batch: PpoBatch, rows: Tensor, settings: Ppo) -> Update:
    """One optimizer step from these rows, accumulated over micro-batches of similar length; every token of the
    minibatch weighs the same. With a non-finite loss or gradient the parameters stay as they are.
    """
    policy.train(dropout=False)
    tokens = int((~batch.mask.padding[rows]).sum())
    positions = int((~batch.mask.value_padding[rows]).sum())
    sums = torch.zeros(5, dtype=torch.float64, device=policy.device)  # read once, after the last micro-batch
    whole, size = batch.rollouts, settings.per_device_train_batch_size
    for part in rollout.by_length(whole.query_lengths[rows], whole.lengths[rows], size):
        sums += _micro_batch(policy, batch, rows[part], tokens, positions, settings)
    parameters = list(policy.trainable().values())
    norm = optim.clip(parameters, settings.max_grad_norm)
    policy_loss, value_loss, clipped, kl, entropy = sums.tolist()
    loss = policy_loss + settings.vf_coef * value_loss
    finite = bool(torch.isfinite(torch.tensor([loss, norm])).all())
    if finite:
        optimizer.step()
    optimizer.zero_grad(set_to_none=True)
    return Update(
        loss=loss,
        policy_loss=policy_loss,
        value_loss=value_loss,
        clip_fraction=clipped,
        approx_kl=kl,
        entropy=entropy,
        grad_norm=norm,
        applied=finite,
    )


def _micro_batch(policy: Policy, batch: PpoBatch, rows: Tensor, tokens: int, positions: int, settings: Ppo) -> Tensor:
    """Adds this micro-batch's gradient; returns its share of (policy, value, clipped, kl, entropy)."""
    part = rollout.select(batch.rollouts, rows)
    width = min(int(part.lengths.max()) + 2, settings.response_length)
    forward_pass = rollout.score_sequences(
        policy,
        queries=part.queries,
        query_lengths=part.query_lengths,
        responses=part.responses[:, :width],
        lengths=part.lengths,
        temperature=settings.temperature,
    )
    device = forward_pass.values.device
    mask = Masks(*(field[rows, :width].to(device) for field in batch.mask))
    targets = Targets(*(field[rows, :width].to(device) for field in batch.targets))
    losses = ppo_math.losses(
        new_logprobs=forward_pass.logprobs,
        new_values=forward_pass.values,
        old_logprobs=part.logprobs[:, :width].to(device),
        targets=targets,
        mask=mask,
        cliprange=settings.cliprange,
        cliprange_value=settings.cliprange_value,
    )
    (losses.policy / tokens + settings.vf_coef * losses.value / positions).backward()
    shares = [losses.policy / tokens, losses.value / positions, losses.clipped / tokens, losses.kl / tokens]
    return torch.stack([*shares, forward_pass.entropy.sum() / tokens]).detach().double()
