"""Builds the small base model of `model.build`: tokenizer and weights from the session's own training records.

It learns to answer with all its parameters, in plain text: what the record holds (a worked solution, say), then the
answer, without the thinking format. So "before" is a model that answers plainly, as a real base model does.
"""

from __future__ import annotations

import functools
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import torch
from tokenizers import Tokenizer
from torch import Tensor

from so8t_engine.config.run_config import Build, RunConfig
from so8t_engine.data import thinking
from so8t_engine.data.record import Example
from so8t_engine.model import base_model, publish, runtime, seeds
from so8t_engine.model import tokenizer as tokens
from so8t_engine.run.context import Context
from so8t_engine.session.state import Cursor
from so8t_engine.session.store import Content
from so8t_engine.train import checkpoint, hf_trainer, nonfinite, optim, sft
from so8t_engine.train.example_batches import Encoded, Stream

TOKENIZER = "tokenizer.json"
WARMUP_RATIO = 0.05
MAX_GRAD_NORM = 1.0
MICRO_BATCH = 16
TOKENIZER_EXAMPLES = 200_000


def run(context: Context, first: int, build: Build, examples: Sequence[Example], device: torch.device) -> None:
    """From unit `first` to the end of pretraining; then `session/model/` is there, durable."""
    seed, folder = context.config.seed, context.checkpoint()
    tokenizer = _tokenizer(folder, build, examples)
    model = base_model.new(build, tokenizer, seed, device)
    parameters = dict(sorted(model.named_parameters()))
    optimizer = optim.adamw(parameters, build.learning_rate)
    bad = 0
    if folder is not None:
        saved = checkpoint.unpack(folder)
        model.load_state_dict(saved.trained)
        optim.load_moments(optimizer, parameters, saved.moments)
        bad = saved.bad if saved.seed == seed else 0
    if build.max_steps == 0:
        publish.model(context.session / base_model.MODEL, model, tokenizer, {"built_from": context.state.session})
    step = context.state.cursor.step

    def factor(update: int) -> float:
        return optim.schedule("cosine", update, build.max_steps, WARMUP_RATIO)

    def begin(update: int) -> None:
        seeds.seed_everything(seed, "pretrain", update)

    def end(update: int, logs: dict[str, Any]) -> None:
        nonlocal bad
        loss, norm = float(logs["loss"]), float(logs["grad_norm"])
        bad = nonfinite.count_bad(bad, "pretrain", update + 1, loss, norm)
        values = {
            "update": update + 1,
            "loss": nonfinite.finite(loss),
            "learning_rate": build.learning_rate * factor(update),
        }
        context.point(
            phase="pretrain",
            alpha=context.config.alpha.initial,
            grad_norm=nonfinite.finite(norm),
            skipped=bad > 0,
            **values,
        )
        if update + 1 == build.max_steps:
            publish.model(context.session / base_model.MODEL, model, tokenizer, {"built_from": context.state.session})
        state = functools.partial(_payload, model, optimizer, parameters, tokenizer, bad, context.config, device)
        context.tick(Cursor(step, update + 1), "pretrain", values, state)

    accumulation = -(-build.per_device_train_batch_size // MICRO_BATCH)
    micro_batch = -(-build.per_device_train_batch_size // accumulation)
    trained = hf_trainer.Trained(
        {"model": model}, model.config, functools.partial(_hidden, model), sft.score(model.lm_head)
    )
    stream = _stream(context, tokenizer, build, examples)
    settings = sft.Settings(build.max_steps, micro_batch, accumulation, MAX_GRAD_NORM, factor)
    sft.run(trained, tokenizer, optimizer, stream, settings, first, context.session, device, begin, end)


def _tokenizer(folder: Path | None, build: Build, examples: Sequence[Example]) -> Any:
    if folder is not None:
        text = (folder / TOKENIZER).read_text(encoding="utf-8")
        return tokens.wrap(Tokenizer.from_str(text), build.max_position_embeddings)
    count = min(len(examples), TOKENIZER_EXAMPLES)
    texts = (text for i in range(count) for text in (examples[i].prompt, examples[i].completion))
    return tokens.train(texts, build.vocab_size, build.max_position_embeddings)


def _stream(context: Context, tokenizer: Any, build: Build, examples: Sequence[Example]) -> Stream:
    def encode(rows: Sequence[int]) -> list[Encoded]:
        chosen = [examples[row] for row in rows]
        system = context.config.convert.system_prompt
        prompts = tokens.encode_prompts(tokenizer, [example.prompt for example in chosen], system)
        answers = tokens.encode_completions(tokenizer, [_worked(example) for example in chosen])
        return [Encoded(*pair) for pair in zip(prompts, answers, strict=True)]

    size, longest = build.per_device_train_batch_size, build.max_position_embeddings
    return Stream(len(examples), size, longest, encode, context.config.seed, "pretrain")


def _worked(example: Example) -> str:
    """The completion without its tags."""
    parsed = thinking.parse(example.completion)
    return example.plain if parsed is None else "\n".join([*parsed.thoughts.values(), parsed.final])


def _hidden(model: Any, input_ids: Tensor, attention_mask: Tensor) -> Tensor:
    return model.model(input_ids=input_ids, attention_mask=attention_mask, use_cache=False).last_hidden_state


def _payload(
    model: Any,
    optimizer: torch.optim.AdamW,
    parameters: Any,
    tokenizer: Any,
    bad: int,
    config: RunConfig,
    device: torch.device,
) -> dict[str, Content]:
    facts = runtime.facts(config, device)
    saved = checkpoint.Saved(
        dict(parameters), optim.moments(optimizer, parameters), "pretrain", [], bad, config.seed, facts
    )
    return checkpoint.pack(saved) | {TOKENIZER: tokenizer.backend_tokenizer.to_str().encode()}
