"""One supervised optimizer update, completion tokens only: the warm-up, and the pretraining of a built model."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

import torch
from torch import Tensor, nn

from so8t_engine.train import batches, optim
from so8t_engine.train.batches import Batch
from so8t_engine.train.ppo_math import selective_log_softmax

Hidden = Callable[[Tensor, Tensor], Tensor]


class Update(NamedTuple):
    """`loss` is the mean over completion tokens; `applied` tells whether the optimizer moved."""

    loss: float
    grad_norm: float
    tokens: int
    applied: bool


def update(
    hidden: Hidden,
    head: nn.Module,
    optimizer: torch.optim.Optimizer,
    parameters: Sequence[nn.Parameter],
    micro_batches: Iterable[Batch],
    max_grad_norm: float,
) -> Update:
    """Accumulates over the micro-batches; each token weighs the same, whichever micro-batch holds it.

    A non-finite loss or gradient leaves the parameters alone.
    """
    listed = list(micro_batches)
    count = sum(int((batch.labels[:, 1:] != batches.IGNORED).sum()) for batch in listed)
    total = 0.0
    for batch in listed:
        loss = summed_loss(hidden, head, batch) / count
        loss.backward()
        total += float(loss.detach())
    norm = optim.clip(parameters, max_grad_norm)
    good = bool(torch.isfinite(torch.tensor([total, norm])).all())
    if good:
        optimizer.step()
    optimizer.zero_grad(set_to_none=True)
    return Update(total, norm, count, good)


def summed_loss(hidden: Hidden, head: nn.Module, batch: Batch) -> Tensor:
    """Negative log-likelihood summed over completion tokens; only their logits are ever computed."""
    states = hidden(batch.input_ids, batch.attention_mask)[:, :-1]
    labels = batch.labels[:, 1:]
    real = labels != batches.IGNORED
    logits = head(states[real]).float()
    return -selective_log_softmax(logits, labels[real]).sum()
