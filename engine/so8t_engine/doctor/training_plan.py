"""Whether the training asked for is any: settings that fit each other and yet leave nothing to do or to learn."""

from __future__ import annotations

from so8t_engine.config.run_config import RunConfig
from so8t_engine.doctor.findings import Finding
from so8t_engine.sentences import sentence
from so8t_engine.train import alpha_schedule, units

FRAME = 3  # tokens at least: <|user|>, <|end|>, <|assistant|>
WORTH_A_WORD = 0.05  # of the episodes: fewer left over are as good as none
A_LEAP = 0.05  # of alpha's whole way: what the model is given beyond the last update that was trained


def check(config: RunConfig) -> list[Finding]:
    return [*_phases(config), *_strength(config), *_data(config), *_lengths(config)]


def _phases(config: RunConfig) -> list[Finding]:
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


def _strength(config: RunConfig) -> list[Finding]:
    """Whether alpha comes to its end, and whether anything is trained near it.

    The first update is trained at `initial`, so the last one is a step before `final`, which the model is given.
    """
    alpha, updates = config.alpha, units.layout(config).ppo_updates
    way = abs(alpha.initial - alpha.final)
    if not (config.learns and config.gate.enabled and updates and way):
        return []
    last, given = (alpha_schedule.strength(alpha, done, updates) for done in (updates - 1, updates))
    if given != alpha.final:
        numbers = {"reached": f"{given:.3g}", "final": f"{alpha.final:.3g}"}
        what = sentence("doctor.alpha_not_reached", steps=alpha.annealing_steps, updates=updates, **numbers)
        return [Finding("warning", what, change=sentence("doctor.leave_annealing_out"))]
    if abs(last - given) <= A_LEAP * way or alpha.schedule == "adaptive":
        return []
    what = sentence("doctor.alpha_leaps", updates=updates, last=f"{last:.3g}", final=f"{given:.3g}")
    more = sentence("doctor.smoother_alpha") if alpha.schedule == "step" else sentence("doctor.more_updates")
    return [Finding("note", what, change=more)]


def _data(config: RunConfig) -> list[Finding]:
    """Settings that leave nothing to train on, whatever the rows are."""
    rules, found = config.integrate, []
    weights = {dataset.name: rules.weights.get(f"source:{dataset.name}", 1) for dataset in config.datasets}
    if not any(dataset.use == "train" and weights[dataset.name] for dataset in config.datasets):
        found.append(Finding("error", sentence("doctor.only_evaluation"), change=sentence("doctor.name_training_data")))
    for key, allowed in (("integrate.languages", rules.languages), ("integrate.licenses", rules.licenses)):
        if allowed == []:
            what = sentence("doctor.empty_list", key=key)
            found.append(Finding("error", what, change=sentence("doctor.leave_list_out", key=key)))
    if rules.heldout_fraction == 1:
        what, most = sentence("doctor.every_prompt_held_out"), rules.max_heldout
        if most is not None:  # of more prompts it holds out no more than so many
            what = sentence("doctor.all_held_out", most=most)
        found.append(Finding("error" if most is None else "warning", what, change=sentence("doctor.lower_heldout")))
    return found


def _lengths(config: RunConfig) -> list[Finding]:
    """Limits below what an empty turn takes."""
    units = config.ppo.total_episodes if config.group is None else config.group.max_steps
    limits = {"warmup.max_length": (config.warmup.max_length, config.warmup.max_steps, FRAME + 1)}
    limits[config.length_keys[0]] = (config.lengths[0], units, FRAME)
    found = []
    for key, (tokens, used, frame) in limits.items():
        if used and tokens <= frame:
            what = sentence("doctor.length_holds_nothing", key=key, tokens=tokens, frame=frame)
            found.append(Finding("error", what, change=sentence("doctor.raise_length", key=key)))
    return found
