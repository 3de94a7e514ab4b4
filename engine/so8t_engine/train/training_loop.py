"""From any unit to the end of training: warm-up, then PPO (or GRPO, RLOO), then the adapter is published."""

from __future__ import annotations

from so8t_engine.model.policy import Policy
from so8t_engine.train import group_cycles, ppo_phase, warmup
from so8t_engine.train.training_run import TrainingRun


def run(training_run: TrainingRun[Policy], first: int) -> None:
    """All units from `first` on, a restart point after each; `session/adapter/` afterwards."""
    units = training_run.units
    if first < units.ppo_start:
        warmup.run(training_run, first)
    first = max(first, units.ppo_start)
    if first < units.total:
        training_run.enter_phase("update")
        if first == units.ppo_start:
            training_run.publish_reference()
        else:
            training_run.load_reference()
        phase = ppo_phase if training_run.config.group is None else group_cycles
        phase.run(training_run, first)
    training_run.publish()
