"""Log-probabilities of chosen tokens from hidden states, without ever holding the logits of all of them.

Rows of hidden states go through the head in chunks of at most CHUNK_BYTES of float32 logits. Where there is more than
one chunk, nothing of a chunk's logits is kept for the backward pass: they are computed again there, chunk by chunk.
N: rows, V: vocabulary.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import torch
from torch import Tensor
from torch.utils.checkpoint import checkpoint

CHUNK_BYTES = 64 << 20  # 523 rows of Phi-3.5's 32,064 words: enough to keep a GPU busy, 4,096 rows of the demo's

TEMPERATURE_EPSILON = 1e-7  # as TRL adds to the temperature

Head = Callable[[Tensor], Tensor]


def of_tokens(
    head: Head, hidden: Tensor, chosen: Tensor, temperature: float = 1.0, entropy: bool = True
) -> tuple[Tensor, Tensor]:
    """(log-probability of `chosen`, entropy without gradient), float32 and (N,) each (float64 stays float64).

    hidden: (N, hidden size), chosen: (N,). `head` gives (n, V) from (n, hidden size) and must give the same again.
    Entropies are logarithms of the whole vocabulary; with `entropy` False they are zeros.
    """
    if not len(chosen):
        nothing = widened(hidden).sum(dim=-1)
        return nothing, nothing.detach()
    rows = _rows(head, hidden)
    parts = []
    for start in range(0, len(chosen), rows):
        inputs = (head, hidden[start : start + rows], chosen[start : start + rows], temperature, entropy)
        if len(chosen) > rows and torch.is_grad_enabled():
            parts.append(checkpoint(_chunk, *inputs, use_reentrant=False))
        else:
            parts.append(_chunk(*inputs))
    logprobs, entropies = zip(*parts, strict=True)
    return torch.cat(logprobs), torch.cat(entropies)


def widened(values: Tensor) -> Tensor:
    """Half precision as float32; float32 and float64 as they are."""
    return values.to(torch.promote_types(values.dtype, torch.float32))


def _rows(head: Head, hidden: Tensor) -> int:
    """How many rows are a chunk."""
    weight = getattr(head, "weight", None)
    vocabulary = len(weight) if weight is not None else head(hidden[:1].detach()).shape[-1]
    return max(1, int(CHUNK_BYTES // (4 * vocabulary)))


def _chunk(head: Head, hidden: Tensor, chosen: Tensor, temperature: float, entropy: bool) -> tuple[Tensor, Tensor]:
    result: tuple[Tensor, Tensor] = _ChosenLogprob.apply(head(hidden), chosen, temperature, entropy)
    return result


def _scaled(logits: Tensor, temperature: float) -> Tensor:
    """A new tensor, the only one of float32."""
    wide = widened(logits)
    return logits / temperature if wide is logits else wide.div_(temperature)


class _ChosenLogprob(torch.autograd.Function):
    """log_softmax(logits / temperature)[chosen] and the entropy, with one float32 copy of the logits at a time.

    Keeps the logits in their own type and each row's normaliser, not the softmax.
    """

    @staticmethod
    def forward(ctx: Any, logits: Tensor, chosen: Tensor, temperature: float, entropy: bool) -> tuple[Tensor, Tensor]:
        scaled = _scaled(logits, temperature)
        top = scaled.amax(dim=-1, keepdim=True)
        scaled -= top
        picked = scaled.gather(-1, chosen.unsqueeze(-1)).squeeze(-1)
        total = scaled.exp_().sum(dim=-1, keepdim=True)
        if entropy:
            scaled /= total
            entropies = torch.special.entr(scaled, out=scaled).sum(dim=-1)
        else:
            entropies = torch.zeros_like(picked)
        normaliser = top + total.log()
        ctx.save_for_backward(logits, chosen, normaliser)
        ctx.temperature = temperature
        ctx.mark_non_differentiable(entropies)
        return picked - total.log().squeeze(-1), entropies

    @staticmethod
    def backward(ctx: Any, *gradients: Tensor) -> tuple[Tensor, None, None, None]:
        logits, chosen, normaliser = ctx.saved_tensors
        outer = gradients[0].unsqueeze(-1) / ctx.temperature
        inner = _scaled(logits, ctx.temperature).sub_(normaliser).exp_().mul_(-outer)
        inner.scatter_add_(-1, chosen.unsqueeze(-1), outer)
        return inner.to(logits.dtype), None, None, None
