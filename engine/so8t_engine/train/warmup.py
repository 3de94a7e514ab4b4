"""The supervised warm-up: which update learns what, at which rate, and what the history says of it."""

from __future__ import annotations

from typing import Any

from so8t_engine.train import optim, seeds, sft, trainer
from so8t_engine.train.batches import Stream
from so8t_engine.train.desk import Desk


def run(desk: Desk, stream: Stream, first: int) -> None:
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
    settings = sft.Settings(
        warmup.max_steps,
        warmup.per_device_train_batch_size,
        warmup.gradient_accumulation_steps,
        warmup.max_grad_norm,
        factor,
    )
    model = trainer.Trained(policy.modules(), policy.base.config, policy.hidden, sft.score(policy.base.lm_head))
    sft.run(
        model, desk.tokenizer, desk.optimizer, stream, settings, first - start, desk.context.session, policy.device,
        begin, end,
    )  # fmt: skip
