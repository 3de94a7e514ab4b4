"""Updates with a non-finite loss or gradient are skipped; after three in a row the run goes back to a checkpoint."""

from __future__ import annotations

import math

import torch
from torch import Tensor

from so8t_engine.errors import EngineError
from so8t_engine.sentences import sentence

LIMIT = 3


def count_in_a_row(before: int, phase: str, update: int, loss: float, grad_norm: float) -> int:
    """The number of non-finite updates in a row after this one. Raises EngineError not_finite at the third."""
    if math.isfinite(loss) and math.isfinite(grad_norm):
        return 0
    if before + 1 >= LIMIT:
        raise EngineError(
            "not_finite",
            sentence(
                "train.updates_not_finite",
                count=LIMIT,
                phase=phase,
                update=update,
                loss=str(loss),  # JSON has no NaN
                grad_norm=str(grad_norm),
            ),
        )
    return before + 1


def check_rollout(logprobs: Tensor, iteration: int) -> None:
    """Raises EngineError not_finite: responses drawn from such probabilities are worthless."""
    if not bool(torch.isfinite(logprobs).all()):
        raise EngineError("not_finite", sentence("train.rollout_not_finite", iteration=iteration))


def finite(value: float) -> float | None:
    """For the history: JSON has no NaN."""
    return value if math.isfinite(value) else None
