"""Checks model, tokenizer, examples and rewards before training, so that no misfit shows up hours later."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import torch

from so8t_engine.config.run_config import RunConfig
from so8t_engine.data.record import Example
from so8t_engine.errors import EngineError
from so8t_engine.model import conversations
from so8t_engine.model import tokenizer as tokens
from so8t_engine.rewards import scoring, user_functions
from so8t_engine.sentences import Sentence, sentence

TRIED = 2  # examples that the rewards are tried with
ENCODED = 512  # examples at a time


class TooLong(NamedTuple):
    """How many of the examples are too long for the warm-up, and how many of their prompts for what follows it."""

    warmup: int
    prompts: int
    examples: int


def model(base_model: Any, tokenizer: Any, config: RunConfig) -> None:
    """Every module to adapt exists, and a first prompt gives finite logits. Raises EngineError model_unfit."""
    names = {name.rpartition(".")[2] for name, _ in base_model.named_modules()}
    wanted = config.lora.target_modules if config.lora.enabled else []
    absent = [target for target in wanted if target.rpartition(".")[2] not in names]
    if absent:
        available = sorted(name for name in names if name.endswith("_proj"))
        raise EngineError(
            "model_unfit",
            sentence("model.no_lora_target", targets=absent, available=available),
        )
    [ids] = tokens.encode_prompts(tokenizer, ["1 + 1?"], config.convert.system_prompt)
    with torch.no_grad():
        logits = base_model(
            input_ids=torch.tensor([ids], device=base_model.lm_head.weight.device), use_cache=False
        ).logits
    if not bool(torch.isfinite(logits).all()):
        raise EngineError(
            "model_unfit",
            sentence("model.logits_not_finite", dtype=config.model.dtype),
        )


def lengths(examples: Sequence[Example], tokenizer: Any, config: RunConfig) -> TooLong:
    """Counts what is too long to be used. Raises EngineError dataset_empty where nothing is left.

    No token is shorter than a byte, so most texts fit without having to be encoded.
    """
    longest, max_length = config.lengths[0], config.warmup.max_length
    system = config.convert.system_prompt
    [frame] = tokens.encode_prompts(tokenizer, [""], system)
    around = len(frame) + 2  # the end token, and one where template and text meet, which may be split differently
    unsure = [
        example
        for example in examples
        if example.messages
        or around + _bytes(example.prompt) > longest
        or around + _bytes(example.prompt) + _bytes(example.completion) > max_length
    ]
    prompts_over = whole_over = 0
    for start in range(0, len(unsure), ENCODED):
        part = unsure[start : start + ENCODED]
        prompts = conversations.encode(tokenizer, part, system)
        completions = tokens.encode_completions(tokenizer, [example.completion for example in part])
        prompts_over += sum(len(ids) > longest for ids in prompts)
        pairs = zip(part, prompts, completions, strict=True)
        whole_over += sum(len(a) + len(b) > max_length for example, a, b in pairs if example.completion)
    units = config.ppo.total_episodes if config.group is None else config.group.max_steps
    result = TooLong(bool(config.warmup.max_steps) * whole_over, bool(units) * prompts_over, len(examples))
    count, prompt_key = len(examples), f"{config.algorithm}.max_prompt_length"
    if count and result.warmup and result.warmup == sum(bool(example.completion) for example in examples):
        what = sentence("train.no_example_fits", count=count, key="warmup.max_length", limit=max_length)
        raise EngineError("dataset_empty", what)
    if count and result.prompts == count:
        raise EngineError("dataset_empty", sentence("train.no_prompt_fits", count=count, key=prompt_key, limit=longest))
    return result


def warnings(too_long: TooLong, config: RunConfig) -> list[Sentence]:
    """One sentence about examples that are left out, one about prompts; none where all fit."""
    result = []
    if too_long.warmup:
        result.append(
            sentence(
                "train.examples_too_long",
                count=too_long.warmup,
                total=too_long.examples,
                key="warmup.max_length",
                limit=config.warmup.max_length,
            )
        )
    if too_long.prompts:
        result.append(
            sentence(
                "train.prompts_too_long",
                count=too_long.prompts,
                total=too_long.examples,
                key=f"{config.algorithm}.max_prompt_length",
                limit=config.lengths[0],
                algorithm=config.algorithm.upper(),
            )
        )
    return result


def reward_functions(
    examples: Sequence[Example], config: RunConfig, functions: Mapping[str, user_functions.Function]
) -> None:
    """Calls each reward once with good responses, so that a broken one fails now. Raises EngineError reward.

    There may be no tokenizer yet; the texts' bytes stand for tokens.
    """
    part = list(examples[:TRIED])
    texts = [example.completion for example in part]
    scoring.score(part, texts, config.reward, functions, [list(text.encode()) for text in texts])


def _bytes(text: str) -> int:
    return len(text.encode("utf-8", "surrogatepass"))
