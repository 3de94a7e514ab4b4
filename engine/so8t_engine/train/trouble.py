"""Updates that went wrong: a step with a non-finite loss or gradient is left out; three in a row end the run."""

from __future__ import annotations

import math

from so8t_engine.errors import EngineError

LIMIT = 3


def count_bad(before: int, phase: str, update: int, loss: float, grad_norm: float) -> int:
    """The number of bad updates in a row after this one. Raises EngineError training at the third."""
    if math.isfinite(loss) and math.isfinite(grad_norm):
        return 0
    if before + 1 >= LIMIT:
        raise EngineError(
            "training",
            f"Loss or gradient was not a finite number in {LIMIT} updates in a row "
            f"(phase {phase}, update {update}, loss {loss}, gradient norm {grad_norm}).",
        )
    return before + 1


def finite(value: float) -> float | None:
    """For the history: JSON knows no NaN."""
    return value if math.isfinite(value) else None
