"""The layout of a run: which piece of training a unit number stands for.

First pretraining and warm-up, an update a unit; then iterations, each of rollout batches and updates.

With GRPO and RLOO cycles follow the warm-up instead: a generation with all its updates is one unit.

A pure, invertible function, so that the cursor alone says where training stands.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from so8t_engine.config.run_config import RunConfig

Phase = Literal["pretrain", "warmup", "rollout", "update", "cycle"]


@dataclass(frozen=True)
class Unit:
    """`index` counts from 0 within the phase, or for rollouts and updates within their `iteration`."""

    phase: Phase
    index: int
    iteration: int = 0


@dataclass(frozen=True)
class Units:
    """How many units of each kind a run has."""

    pretrain: int
    warmup: int
    iterations: int
    rollouts: int
    updates: int
    cycles: int = 0
    cycle_updates: int = 0

    @property
    def total(self) -> int:
        return self.pretrain + self.warmup + self.iterations * (self.rollouts + self.updates) + self.cycles

    @property
    def ppo_start(self) -> int:
        """The unit at which PPO (or GRPO, RLOO) begins."""
        return self.pretrain + self.warmup

    @property
    def ppo_updates(self) -> int:
        return self.iterations * self.updates + self.cycles * self.cycle_updates

    def totals(self) -> dict[str, int]:
        """By kind, as `Context.begin` takes them."""
        kinds = {
            "pretrain": self.pretrain,
            "warmup": self.warmup,
            "rollout": self.iterations * self.rollouts,
            "update": self.iterations * self.updates,
            "cycle": self.cycles,
        }
        return {kind: total for kind, total in kinds.items() if total}

    def at(self, unit: int) -> Unit:
        """The piece that turns cursor `unit` into `unit + 1`. Raises IndexError outside the run."""
        if not 0 <= unit < self.total:
            raise IndexError(unit)
        if unit < self.pretrain:
            return Unit("pretrain", unit)
        unit -= self.pretrain
        if unit < self.warmup:
            return Unit("warmup", unit)
        if self.cycles:
            return Unit("cycle", unit - self.warmup)
        iteration, index = divmod(unit - self.warmup, self.rollouts + self.updates)
        if index < self.rollouts:
            return Unit("rollout", index, iteration)
        return Unit("update", index - self.rollouts, iteration)

    def number(self, unit: Unit) -> int:
        """The inverse of `at`."""
        if unit.phase == "pretrain":
            return unit.index
        if unit.phase == "warmup":
            return self.pretrain + unit.index
        if unit.phase == "cycle":
            return self.ppo_start + unit.index
        before = self.pretrain + self.warmup + unit.iteration * (self.rollouts + self.updates)
        return before + unit.index + (self.rollouts if unit.phase == "update" else 0)


def layout(config: RunConfig) -> Units:
    """The units of this configuration."""
    ppo, build, group = config.ppo, config.model.build, config.group
    pretrain, warmup = build.max_steps if build else 0, config.warmup.max_steps
    if group is not None:
        return Units(pretrain, warmup, 0, 0, 0, cycles=group.max_steps // group.updates, cycle_updates=group.updates)
    return Units(
        pretrain,
        warmup,
        iterations=ppo.total_episodes // ppo.batch_size,
        rollouts=ppo.batch_size // ppo.answers_per_unit,
        updates=ppo.num_ppo_epochs * ppo.num_mini_batches,
    )
