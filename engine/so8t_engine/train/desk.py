"""What the parts of step 4 that TRL's trainers do share with the rest of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Any

import torch

from so8t_engine.data.record import Example
from so8t_engine.model.policy import Policy
from so8t_engine.rewards import scoring
from so8t_engine.run.context import Context
from so8t_engine.train.units import Units

Metrics = dict[str, Any]


@dataclass(frozen=True)
class Desk:
    """`point` writes a history entry, `tick` ends unit `number`, `judged` counts bad updates and gives what the
    history says of one (phase, update, Trainer's log), `watch` learns from the loss after an update (from 1), `kept`
    saves what a failing reward finds done, `alpha_at` is the strength after so many updates.
    """

    context: Context
    units: Units
    policy: Policy
    tokenizer: Any
    examples: Sequence[Example]
    functions: Mapping[str, scoring.Function]
    optimizer: torch.optim.Optimizer
    point: Callable[..., Metrics]
    tick: Callable[[int, Metrics], None]
    judged: Callable[[str, int, Mapping[str, Any]], Metrics]
    watch: Callable[[int, float | None], None]
    kept: Callable[[], AbstractContextManager[None]]
    alpha_at: Callable[[int], float]
