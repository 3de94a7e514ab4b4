"""Builds the small base model of `model.build`: tokenizer and weights from the session's own training records.

All of its parameters learn to answer in plain text: whatever the record holds (a worked solution, say), then the
answer, without the thinking format. So "before" is a model that answers plainly, as a real base model does.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import torch
from tokenizers import Tokenizer
from torch import Tensor, nn

from so8t_engine.config.run_config import Build
from so8t_engine.data import shards
from so8t_engine.data.record import Example
from so8t_engine.data.thought import thinking
from so8t_engine.model import base_model, conversations, seeds
from so8t_engine.model import tokenizer as tokens
from so8t_engine.run.step_context import StepContext
from so8t_engine.train import checkpoint, hf_trainer, optim, sft
from so8t_engine.train.example_batches import Encoded, ExampleSampler
from so8t_engine.train.training_run import TrainingRun
from so8t_engine.train.units import Units

TOKENIZER = "tokenizer.json"
WARMUP_RATIO = 0.05
MAX_GRAD_NORM = 1.0
MICRO_BATCH = 16
TOKENIZER_EXAMPLES = 200_000


class BuiltModel:
    """A plain model, all of whose parameters are trained: the learner of this phase."""

    gates = None

    def __init__(self, model: Any, device: torch.device) -> None:
        self.model, self.device = model, device

    def trainable(self) -> dict[str, nn.Parameter]:
        return dict(sorted(self.model.named_parameters()))

    def tensors(self) -> dict[str, Tensor]:
        return {name: parameter.detach() for name, parameter in self.trainable().items()}

    def load_tensors(self, saved: Mapping[str, Tensor]) -> None:
        self.model.load_state_dict(saved)

    def hidden(self, input_ids: Tensor, attention_mask: Tensor) -> Tensor:
        return self.model.model(input_ids=input_ids, attention_mask=attention_mask, use_cache=False).last_hidden_state


def start(
    context: StepContext, units: Units, build: Build, examples: Sequence[Example], device: torch.device
) -> TrainingRun[BuiltModel]:
    """A training run with a new model, or with the one that this session was building when it was cut off."""
    folder = context.checkpoint()
    tokenizer = _tokenizer(folder, build, examples)
    learner = BuiltModel(base_model.new(build, tokenizer, context.config.seed, device), device)
    text = tokenizer.backend_tokenizer.to_str()
    training_run = TrainingRun(context, units, learner, tokenizer, examples, extra_files={TOKENIZER: text.encode()})
    if folder is not None:
        training_run.restore(checkpoint.unpack(folder), units.at(context.cursor.unit))
    return training_run


def run(training_run: TrainingRun[BuiltModel], build: Build, first: int) -> None:
    """From unit `first` to the end of pretraining; then `session/model/` is there, durable."""
    config, learner = training_run.config, training_run.learner
    micro_batches = -(-build.per_device_train_batch_size // MICRO_BATCH)

    def rate_factor(update: int) -> float:
        return optim.schedule("cosine", update, build.max_steps, WARMUP_RATIO)

    def begin(update: int) -> None:
        seeds.seed_everything(config.seed, "pretrain", update)

    def end(update: int, logs: dict[str, Any]) -> None:
        judged = training_run.judge("pretrain", update + 1, float(logs["loss"]), float(logs["grad_norm"]))
        metrics = training_run.point(
            phase="pretrain",
            alpha=config.alpha.initial,
            grad_norm=judged["grad_norm"],
            skipped=judged["skipped"],
            update=update + 1,
            loss=judged["loss"],
            learning_rate=build.learning_rate * rate_factor(update),
        )
        if update + 1 == build.max_steps:
            _publish(training_run)
        training_run.finish_unit(update, metrics)

    if build.max_steps == 0:
        _publish(training_run)
    sft.run(
        model=hf_trainer.TrainableModule(
            {"model": learner.model}, learner.model.config, learner.hidden, sft.score(learner.model.lm_head)
        ),
        tokenizer=training_run.tokenizer,
        optimizer=training_run.enter_phase("pretrain"),
        sampler=_sampler(training_run, build),
        settings=sft.SftSettings(
            updates=build.max_steps,
            micro_batch=-(-build.per_device_train_batch_size // micro_batches),
            accumulation=micro_batches,
            max_grad_norm=MAX_GRAD_NORM,
            rate_factor=rate_factor,
        ),
        first=first,
        session=training_run.context.session,
        device=learner.device,
        begin=begin,
        end=end,
    )


def _publish(training_run: TrainingRun[BuiltModel]) -> None:
    context = training_run.context
    about = {"built_from": context.session_id}
    base_model.write(
        publish=context.publish,
        session=context.session,
        model=training_run.learner.model,
        tokenizer=training_run.tokenizer,
        about=about,
    )


def _tokenizer(folder: Path | None, build: Build, examples: Sequence[Example]) -> Any:
    """From the checkpoint, else trained on the first examples."""
    if folder is not None:
        text = (folder / TOKENIZER).read_text(encoding="utf-8")
        return tokens.wrap(Tokenizer.from_str(text), build.max_position_embeddings)
    count = min(len(examples), TOKENIZER_EXAMPLES)
    texts = (text for i in range(count) for text in (examples[i].prompt, examples[i].completion))
    return tokens.train(texts, build.vocab_size, build.max_position_embeddings)


def _sampler(training_run: TrainingRun[BuiltModel], build: Build) -> ExampleSampler:
    """The examples of each update, as a function of its number."""
    config, tokenizer = training_run.config, training_run.tokenizer
    taught = shards.taught(training_run.examples)

    def encode(rows: Sequence[int]) -> list[Encoded]:
        examples = [taught[row] for row in rows]
        prompts = conversations.encode(tokenizer, examples, config.convert.system_prompt)
        answers = tokens.encode_completions(tokenizer, [_without_tags(example) for example in examples])
        return [Encoded(*pair) for pair in zip(prompts, answers, strict=True)]

    return ExampleSampler(
        count=len(taught),
        size=build.per_device_train_batch_size,
        max_length=build.max_position_embeddings,
        encode=encode,
        seed=config.seed,
        phase="pretrain",
    )


def _without_tags(example: Example) -> str:
    """The completion in plain text: its thoughts, then the final answer."""
    parsed = thinking.parse(example.completion)
    return example.plain if parsed is None else "\n".join([*parsed.thoughts.values(), parsed.final])
