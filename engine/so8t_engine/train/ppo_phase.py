"""PPO unit by unit: the rollout batches of an iteration, then the updates made from them."""

from __future__ import annotations

from so8t_engine.model import seeds
from so8t_engine.model.policy import Policy
from so8t_engine.sentences import sentence
from so8t_engine.train import nonfinite, optim, ppo, rollout
from so8t_engine.train.prompt_sampler import PromptSampler
from so8t_engine.train.training_run import Metrics, TrainingRun
from so8t_engine.train.units import Unit

FAR_APART = 0.2  # nats a token; with random weights in NF4 and bfloat16 it is 0.07 (tests/bench/RESULTS.md)


def run(training_run: TrainingRun[Policy], first: int) -> None:
    """From unit `first` to the last; a restart point after each."""
    units = training_run.units
    prompts = PromptSampler.of(training_run.config, training_run.examples, training_run.tokenizer)
    batch: ppo.PpoBatch | None = None  # of the running iteration: follows from its rollouts, never saved
    for number in range(first, units.total):
        unit = units.at(number)
        seeds.seed_everything(training_run.config.seed, "train", number)
        if unit.phase == "rollout":
            if unit.index == 0:
                training_run.rollouts = []
            metrics = _roll_out(training_run, unit, prompts)
        else:
            if batch is None:
                batch = ppo.prepare(training_run.rollouts, training_run.pad, training_run.config.ppo)
            metrics = _update(training_run, unit, batch)
            if unit.index + 1 == units.updates:
                training_run.rollouts, batch = [], None
        training_run.finish_unit(number, metrics)


def _roll_out(training_run: TrainingRun[Policy], unit: Unit, prompts: PromptSampler) -> Metrics:
    """Adds one rollout batch: prompts answered, scored and seen by policy, reference and value head."""
    config, policy, stop, pad = training_run.config, training_run.learner, training_run.stop, training_run.pad
    alpha = training_run.alpha_at(unit.iteration * training_run.units.updates)
    policy.set_alpha(alpha)
    rows, queries = map(list, zip(*prompts.batch(unit.iteration, unit.index, config.ppo), strict=True))
    first = unit.index * len(queries)
    answers = rollout.answer(
        policy,
        queries,
        stop=stop,
        settings=config.ppo,
        rows=training_run.at_a_time(config.ppo.local_rollout_forward_batch_size),
        seeds=[seeds.seed_of(config.seed, "rollout", unit.iteration, first + place) for place in range(len(queries))],
        graph_failed=training_run.graph_failed,
    )
    responses = [answer.tokens for answer in answers]
    scored = training_run.score(rows, responses)
    pieces = [
        rollout.make_experience(
            policy,
            prompts=queries[part],
            responses=responses[part],
            scores=scored.total[part],
            stop=stop,
            pad=pad,
            settings=config.ppo,
        )
        for part in training_run.batches(len(queries))
    ]
    joined = rollout.join(pieces, max(piece.responses.shape[1] for piece in pieces), pad)
    nonfinite.check_rollout(joined.logprobs, unit.iteration + 1)
    training_run.rollouts = [*training_run.rollouts, joined]
    mean, largest = rollout.logprob_differences(answers, joined.logprobs)
    if mean > FAR_APART:
        apart = sentence("train.logprobs_far_apart", mean=mean, limit=FAR_APART)
        training_run.context.warn("logprob_difference", apart)
    return training_run.point(
        phase="rollout",
        iteration=unit.iteration + 1,
        alpha=alpha,
        reward=float(joined.scores.mean()),
        **{f"reward_{name.replace(':', '.')}": mean for name, mean in scored.means().items()},
        response_length=float(joined.lengths.double().mean()) + 1,
        ended=float(joined.ended.double().mean()),
        sampling_logp_difference_mean=mean,
        sampling_logp_difference_max=largest,
    )


def _update(training_run: TrainingRun[Policy], unit: Unit, batch: ppo.PpoBatch) -> Metrics:
    """One optimizer update from a minibatch of the iteration."""
    config, policy, units = training_run.config, training_run.learner, training_run.units
    optimizer, settings = training_run.enter_phase("update"), config.ppo
    before = unit.iteration * units.updates + unit.index
    alpha = training_run.alpha_at(before)
    policy.set_alpha(alpha)
    factor = optim.schedule(settings.lr_scheduler_type, before, units.ppo_updates, settings.warmup_ratio)
    rate = optim.set_rate(optimizer, factor)
    rows = ppo.minibatch(unit.index, settings, config.seed, "ppo", unit.iteration)
    result = ppo.update(policy, optimizer, batch, rows, settings)
    training_run.judge("ppo", before + 1, result.loss, result.grad_norm)
    values = {name: nonfinite.finite(value) for name, value in result._asdict().items() if name != "applied"}
    metrics = training_run.point(
        phase="ppo",
        update=before + 1,
        iteration=unit.iteration + 1,
        alpha=alpha,
        reward=batch.score,
        kl=batch.kl,
        learning_rate=rate,
        **values,
        skipped=not result.applied,
    )
    training_run.observe(before + 1, values["loss"])
    return metrics
