"""The gate before `final_model/` is published: it must say the next tokens that the trained model says.

Held against each other are the trained policy (base, LoRA, gates at their alpha, tag rows) and the folded model, both
opened as training opens the base, at places in held-out conversations. The bound is what rounding the merged weights
to their type can do; a fold without LoRA or with a wrong rotation is nats away.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import torch
from torch import Tensor

from so8t_engine.errors import EngineError
from so8t_engine.sentences import sentence

BOUNDS = {"float32": 1e-3, "float16": 0.05, "bfloat16": 0.05}  # mean KL in nats


@torch.no_grad()
def logprobs(model: Any, places: Sequence[Sequence[int]]) -> list[Tensor]:
    """Log-probabilities of all next tokens, (vocabulary,) in float32 in main memory, for each sequence of tokens."""
    device = model.get_input_embeddings().weight.device
    return [
        model(input_ids=torch.tensor([list(tokens)], device=device), logits_to_keep=1)
        .logits[0, -1]
        .double()
        .log_softmax(-1)
        .float()
        .cpu()
        for tokens in places
    ]


def divergence(trained: Sequence[Tensor], folded: Sequence[Tensor]) -> float:
    """The mean KL(trained || folded) in nats; NaN where one of them is no number."""
    each = [(p.double().exp() * (p.double() - q.double())).sum() for p, q in zip(trained, folded, strict=True)]
    return float(torch.stack(each).mean()) if each else 0.0


def check(trained: Sequence[Tensor], folded: Sequence[Tensor], dtype: str) -> None:
    """Raises EngineError export where they differ by more than `dtype` explains."""
    found = divergence(trained, folded)
    if not found <= BOUNDS[dtype]:  # NaN is not
        raise EngineError("export", sentence("export.fold_differs", kl=found, bound=BOUNDS[dtype]))
