"""Draws tokens from logits by numbers that were drawn before: nothing is read on the host, no random state is used.

B: rows, V: vocabulary.
"""

from __future__ import annotations

import torch
from torch import Tensor

from so8t_engine.model.logprobs import TEMPERATURE_EPSILON

BLOCK = 64  # probabilities are summed in blocks: a running sum of V numbers would be one long chain


class Sampler:
    """The likeliest token at temperature 0, else the one whose piece of the running sum holds a given number.

    One number in [0, 1) a token: torch.multinomial draws one a word, which was a tenth of the time of generation at
    4,096 words. Running sums are products with a triangle of ones, since `cumsum` on a GPU need not repeat itself.
    """

    def __init__(self, vocabulary: int, temperature: float, device: torch.device) -> None:
        self._temperature = temperature
        self._blocks = -(-vocabulary // BLOCK)
        self._padding = self._blocks * BLOCK - vocabulary
        size = max(BLOCK, self._blocks)
        self._triangle = torch.ones(size, size, dtype=torch.float64, device=device).triu()

    def __call__(self, logits: Tensor, numbers: Tensor) -> tuple[Tensor, Tensor]:
        """(B, V) and (B,) in float64 to the tokens (B,) and their log-probabilities at the temperature (B,) float32."""
        if self._temperature <= 0:
            chosen = logits.argmax(dim=-1)
            return chosen, _at(logits.float().log_softmax(dim=-1), chosen).float()
        scaled = logits.double() / (self._temperature + TEMPERATURE_EPSILON)
        scaled = scaled - scaled.amax(dim=-1, keepdim=True)
        blocks = torch.nn.functional.pad(scaled.exp(), (0, self._padding)).unflatten(-1, (self._blocks, BLOCK))
        edges = self._running_sums(blocks.sum(dim=-1))
        wanted = numbers * edges[:, -1]
        block = (edges <= wanted.unsqueeze(1)).sum(dim=-1).clamp(max=self._blocks - 1)
        before = torch.where(block > 0, _at(edges, (block - 1).clamp(min=0)), 0.0)
        inner = self._running_sums(_at(blocks, block))
        # The two sums round differently: what is wanted stays within the block, before its last likely word's end.
        rest = torch.minimum(wanted - before, inner[:, -1] * (1 - 1e-12))
        place = (inner <= rest.unsqueeze(1)).sum(dim=-1).clamp(max=BLOCK - 1)
        chosen = (block * BLOCK + place).clamp(max=logits.shape[-1] - 1)
        return chosen, (_at(scaled, chosen) - edges[:, -1].log()).float()

    def _running_sums(self, values: Tensor) -> Tensor:
        count = values.shape[-1]
        return values @ self._triangle[:count, :count]


def numbers(seed: int, count: int) -> Tensor:
    """(count,) in [0, 1), float64, on the CPU: the same on every machine. The first ones do not depend on `count`."""
    return torch.rand(count, dtype=torch.float64, generator=torch.Generator().manual_seed(seed))


def _at(values: Tensor, index: Tensor) -> Tensor:
    """values[b, index[b]] of each row: (B, n) gives (B,), (B, n, m) gives (B, m)."""
    wide = index.view(-1, *[1] * (values.dim() - 1)).expand(-1, 1, *values.shape[2:])
    return values.gather(1, wide).squeeze(1)
