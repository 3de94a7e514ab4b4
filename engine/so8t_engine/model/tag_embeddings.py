"""New embedding rows for the section tags: the only part of the two big matrices that is trained.

As hooks, not as PEFT's trainable tokens, which rebuild the whole matrix at every forward (200 MB twice per decoded
token for Phi-3.5).
"""

from __future__ import annotations

from typing import Any

import torch
from torch import Tensor, nn


class TagRows(nn.Module):
    """Whole rows, initialised with the base model's own and used in place of them while `enabled`."""

    ids: Tensor
    lookup: Tensor

    def __init__(self, ids: list[int], embedding: Any, head: Any) -> None:
        super().__init__()
        self.enabled = True
        weight: Tensor = embedding.weight
        numbers = torch.tensor(ids, device=weight.device)
        lookup = torch.full((weight.shape[0],), -1, device=weight.device)
        lookup[numbers] = torch.arange(len(ids), device=weight.device)
        self.register_buffer("ids", numbers)
        self.register_buffer("lookup", lookup)
        self.embed_tokens = nn.Parameter(weight.detach()[numbers].float())
        self.lm_head = nn.Parameter(head.weight.detach()[numbers].float())

    def attach(self, embedding: Any, head: Any) -> None:
        embedding.register_forward_hook(self._embed)
        head.register_forward_hook(self._head)

    def _embed(self, _: nn.Module, inputs: tuple[Tensor], output: Tensor) -> Tensor | None:
        if not self.enabled:
            return None
        hit = self.lookup[inputs[0]]
        rows = nn.functional.embedding(hit.clamp(min=0), self.embed_tokens).to(output.dtype)
        return torch.where((hit >= 0).unsqueeze(-1), rows, output)

    def _head(self, _: nn.Module, inputs: tuple[Tensor], output: Tensor) -> Tensor | None:
        if not self.enabled:
            return None
        return output.index_copy_(-1, self.ids, inputs[0] @ self.lm_head.to(inputs[0].dtype).T)
