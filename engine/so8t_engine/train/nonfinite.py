"""Updates that went wrong: a non-finite loss or gradient is left out; after three in a row the run goes back."""

from __future__ import annotations

import math

import torch
from torch import Tensor

from so8t_engine.errors import EngineError

LIMIT = 3


def count_bad(before: int, phase: str, update: int, loss: float, grad_norm: float) -> int:
    """The number of bad updates in a row after this one. Raises EngineError not_finite at the third."""
    if math.isfinite(loss) and math.isfinite(grad_norm):
        return 0
    if before + 1 >= LIMIT:
        raise EngineError(
            "not_finite",
            f"Loss or gradient was not a finite number in {LIMIT} updates in a row "
            f"(phase {phase}, update {update}, loss {loss}, gradient norm {grad_norm}).",
        )
    return before + 1


def check_rollout(logprobs: Tensor, iteration: int) -> None:
    """Answers drawn from probabilities that are no numbers are worth nothing. Raises EngineError not_finite."""
    if not bool(torch.isfinite(logprobs).all()):
        raise EngineError("not_finite", f"The model's probabilities are not finite numbers (iteration {iteration}).")


def finite(value: float) -> float | None:
    """For the history: JSON knows no NaN."""
    return value if math.isfinite(value) else None
