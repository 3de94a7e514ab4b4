"""Whether the training asked for is any: numbers that fit each other and yet would make a phase do nothing."""

from __future__ import annotations

from so8t_engine.config.run_config import RunConfig
from so8t_engine.doctor.findings import Finding
from so8t_engine.sentences import sentence

WORTH_A_WORD = 0.05  # of the episodes: fewer left over are as good as none


def check(config: RunConfig) -> list[Finding]:
    """`total_episodes: 0` or `max_steps: 0` leaves a phase out on purpose; all of them out is no training."""
    ppo = config.ppo
    units = ppo.total_episodes if config.group is None else config.group.max_steps
    if not units and not config.warmup.max_steps:
        what = sentence("doctor.nothing_trained", algorithm=config.algorithm)
        return [Finding("error", what, change=sentence("doctor.set_one_of_them"))]
    if not units:
        what = sentence("doctor.left_out", algorithm=config.algorithm.upper())
        why = sentence("doctor.alpha_stays", alpha=config.alpha.initial) if config.gate.enabled else None
        return [Finding("warning", what, why)]
    over = ppo.total_episodes % ppo.batch_size
    if config.group is not None or over <= WORTH_A_WORD * ppo.total_episodes:
        return []
    fitting = max(1, ppo.total_episodes // ppo.batch_size) * ppo.batch_size
    numbers = {"episodes": ppo.total_episodes, "batch": ppo.batch_size}
    change = sentence("doctor.set_total_episodes", episodes=fitting)
    if ppo.total_episodes < ppo.batch_size:
        why = sentence("doctor.ppo_would_do_nothing")
        return [Finding("error", sentence("doctor.fewer_episodes_than_a_batch", **numbers), why, change)]
    return [Finding("warning", sentence("doctor.episodes_left_over", **numbers, over=over), change=change)]
