"""The supervised warm-up: the policy learns the thinking format from the examples, gates at alpha's initial value."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from so8t_engine.data import shards
from so8t_engine.model import conversations, seeds
from so8t_engine.model import tokenizer as tokens
from so8t_engine.model.policy import Policy
from so8t_engine.train import hf_trainer, optim, sft
from so8t_engine.train.example_batches import Encoded, ExampleSampler
from so8t_engine.train.training_run import TrainingRun


def run(training_run: TrainingRun[Policy], first: int) -> None:
    """From unit `first` to the end of the warm-up; a restart point after each update."""
    config, policy, start = training_run.config, training_run.learner, training_run.units.pretrain
    warmup, alpha = config.warmup, config.alpha.initial

    def rate_factor(update: int) -> float:
        return optim.schedule(warmup.lr_scheduler_type, update, warmup.max_steps, warmup.warmup_ratio)

    def begin(update: int) -> None:
        seeds.seed_everything(config.seed, "train", start + update)

    def end(update: int, logs: dict[str, Any]) -> None:
        metrics = training_run.point(
            phase="warmup",
            update=update + 1,
            alpha=alpha,
            learning_rate=warmup.learning_rate * rate_factor(update),
            **training_run.judge("warmup", update + 1, float(logs["loss"]), float(logs["grad_norm"])),
        )
        training_run.finish_unit(start + update, metrics)

    optimizer = training_run.enter_phase("warmup")
    policy.set_alpha(alpha)
    sft.run(
        model=hf_trainer.TrainableModule(
            policy.modules(), policy.base.config, policy.hidden, sft.score(policy.base.lm_head)
        ),
        tokenizer=training_run.tokenizer,
        optimizer=optimizer,
        sampler=_sampler(training_run),
        settings=sft.SftSettings(
            updates=warmup.max_steps,
            micro_batch=warmup.per_device_train_batch_size,
            accumulation=warmup.gradient_accumulation_steps,
            max_grad_norm=warmup.max_grad_norm,
            rate_factor=rate_factor,
        ),
        first=first - start,
        session=training_run.context.session,
        device=policy.device,
        begin=begin,
        end=end,
    )


def _sampler(training_run: TrainingRun[Policy]) -> ExampleSampler:
    """The examples of each update, as a function of its number."""
    config, tokenizer = training_run.config, training_run.tokenizer
    taught = shards.taught(training_run.examples)

    def encode(rows: Sequence[int]) -> list[Encoded]:
        examples = [taught[row] for row in rows]
        prompts = conversations.encode(tokenizer, examples, config.convert.system_prompt)
        completions = tokens.encode_completions(tokenizer, [example.completion for example in examples])
        return [Encoded(*pair) for pair in zip(prompts, completions, strict=True)]

    return ExampleSampler(
        count=len(taught),
        size=config.warmup.per_device_train_batch_size * config.warmup.gradient_accumulation_steps,
        max_length=config.warmup.max_length,
        encode=encode,
        seed=config.seed,
        phase="warmup",
    )
