"""The supervised warm-up: which update learns what, at which rate, and what the history says of it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from so8t_engine.config.run_config import RunConfig
from so8t_engine.data.record import Example
from so8t_engine.model import seeds
from so8t_engine.model import tokenizer as tokens
from so8t_engine.train import hf_trainer, optim, sft
from so8t_engine.train.desk import Desk
from so8t_engine.train.example_batches import Encoded, Stream


def run(desk: Desk, first: int) -> None:
    """From unit `first` to the end of the warm-up; a restart point after each update."""
    config, policy, start = desk.context.config, desk.policy, desk.units.pretrain
    warmup, strength = config.warmup, config.alpha.initial

    def factor(update: int) -> float:
        return optim.schedule(warmup.lr_scheduler_type, update, warmup.max_steps, warmup.warmup_ratio)

    def begin(update: int) -> None:
        seeds.seed_everything(config.seed, "train", start + update)

    def end(update: int, logs: dict[str, Any]) -> None:
        metrics = desk.point(
            phase="warmup",
            update=update + 1,
            alpha=strength,
            learning_rate=warmup.learning_rate * factor(update),
            **desk.judged("warmup", update, logs),
        )
        desk.tick(start + update, metrics)

    policy.set_alpha(strength)
    stream = _stream(config, desk.tokenizer, desk.examples)
    settings = sft.Settings(
        warmup.max_steps,
        warmup.per_device_train_batch_size,
        warmup.gradient_accumulation_steps,
        warmup.max_grad_norm,
        factor,
    )
    model = hf_trainer.Trained(policy.modules(), policy.base.config, policy.hidden, sft.score(policy.base.lm_head))
    sft.run(
        model, desk.tokenizer, desk.optimizer, stream, settings, first - start, desk.context.session, policy.device,
        begin, end,
    )  # fmt: skip


def _stream(config: RunConfig, tokenizer: Any, examples: Sequence[Example]) -> Stream:
    """What each update learns, as a function of its number."""
    settings = config.warmup

    def encode(rows: Sequence[int]) -> list[Encoded]:
        chosen = [examples[row] for row in rows]
        prompts = tokens.encode_prompts(tokenizer, [one.prompt for one in chosen], config.convert.system_prompt)
        completions = tokens.encode_completions(tokenizer, [one.completion for one in chosen])
        return [Encoded(*pair) for pair in zip(prompts, completions, strict=True)]

    size = settings.per_device_train_batch_size * settings.gradient_accumulation_steps
    return Stream(len(examples), size, settings.max_length, encode, config.seed, "warmup")
