"""Supervised training through TRL's SFTTrainer, completion tokens only: the warm-up, and pretraining a built model."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from datasets import Dataset
from torch import Tensor, nn
from trl import SFTConfig, SFTTrainer

from so8t_engine.model import logprobs
from so8t_engine.model import tokenizer as tokens
from so8t_engine.train import example_batches, hf_trainer
from so8t_engine.train.example_batches import Encoded, ExampleSampler


@dataclass(frozen=True)
class SftSettings:
    """An update is `accumulation` micro-batches of `micro_batch` examples; `rate_factor` scales the learning rate."""

    updates: int
    micro_batch: int
    accumulation: int
    max_grad_norm: float
    rate_factor: Callable[[int], float]


class Sft(hf_trainer.Guarded, SFTTrainer):
    """SFTTrainer's loss alone, without the accuracy that it would compute and log as well."""

    def compute_loss(
        self, model: Any, inputs: Any, return_outputs: bool = False, num_items_in_batch: Tensor | None = None
    ) -> Tensor:
        return -model(**inputs).log_probs.sum() / num_items_in_batch


def run(
    *,
    model: hf_trainer.TrainableModule,
    tokenizer: Any,
    optimizer: torch.optim.Optimizer,
    sampler: ExampleSampler,
    settings: SftSettings,
    first: int,
    session: Path,
    device: torch.device,
    begin: hf_trainer.Begin,
    end: hf_trainer.End,
) -> None:
    """Updates `first` to the last. `begin` and `end` are called with the update's number, from 0."""
    if first >= settings.updates:
        return
    size = settings.micro_batch * settings.accumulation
    pad = tokens.pad_id(tokenizer)

    def collate(rows: list[dict[str, int]]) -> dict[str, Tensor]:
        examples = ordered(sampler.batch(rows[0]["update"]), size)
        return example_batches.collate([examples[row["place"]] for row in rows], pad, device)._asdict()

    numbers = range(first, settings.updates)
    rows = {"update": [n for n in numbers for _ in range(size)], "place": list(range(size)) * len(numbers)}
    trainer = Sft(
        model=model,
        args=hf_trainer.arguments(
            SFTConfig,
            session,
            device,
            max_steps=len(numbers),
            per_device_train_batch_size=settings.micro_batch,
            gradient_accumulation_steps=settings.accumulation,
            max_grad_norm=settings.max_grad_norm,
            train_sampling_strategy="sequential",
            dataset_kwargs={"skip_prepare_dataset": True},
        ),
        data_collator=collate,
        train_dataset=Dataset.from_dict(rows),
        processing_class=tokenizer,
        optimizers=(optimizer, hf_trainer.scheduler(optimizer, lambda done: settings.rate_factor(first + done))),
        callbacks=[hf_trainer.Recorder(lambda done: begin(first + done), lambda done, logs: end(first + done, logs))],
    )
    hf_trainer.run(trainer)


def ordered(examples: list[Encoded], size: int) -> list[Encoded]:
    """Shortest first, so that micro-batches hold little padding; where some were left out, others are used twice."""
    filled = [examples[place % len(examples)] for place in range(size)]
    return sorted(filled, key=lambda example: example.length)


def score(head: nn.Module) -> hf_trainer.Score:
    """Log-probabilities of the labels, from chunks of logits."""
    return lambda states, labels: logprobs.of_tokens(head, states, labels)
