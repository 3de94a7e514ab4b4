"""A teacher on this machine: the run's base model itself, or another causal language model, by our one generator.

Loads torch. A prompt is put into the model's chat template, where it has one.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from transformers import AutoModelForCausalLM, AutoTokenizer

from so8t_engine.config.run_config import RunConfig
from so8t_engine.config.teaching import SELF, Teaching
from so8t_engine.errors import EngineError
from so8t_engine.model import base_model, generate, pretrained, runtime, seeds
from so8t_engine.run import failures
from so8t_engine.sentences import first_line, sentence
from so8t_engine.teacher.questions import Question
from so8t_engine.teacher.replies import Reply

CACHE = pretrained.CACHE
LONGEST_PROMPT = 4_096  # tokens: each row of keys and values is as long as the longest prompt and its answer


@dataclass(frozen=True)
class LocalModel:
    """`context`: tokens of prompt and answer together; `identity`: what its replies depend on besides the question;
    `memory`: of the card it computes on, in bytes, 0 on a CPU.
    """

    model: Any
    tokenizer: Any
    stop: tuple[int, ...]
    context: int
    identity: str
    seed: int
    graph_failed: Callable[[str], None]
    memory: float = 0.0

    def answer(self, questions: Sequence[Question], sample: int, settings: Teaching) -> list[Reply]:
        """Raises EngineError teacher."""
        try:
            return self._answer(questions, sample, settings)
        except Exception as error:
            if failures.classify(error) is not None:
                raise
            why = first_line(f"{type(error).__name__}: {error}")
            raise EngineError("teacher", sentence("teacher.failed", error=why)) from error

    def _answer(self, questions: Sequence[Question], sample: int, settings: Teaching) -> list[Reply]:
        prompts = _encode(self.tokenizer, [question.text for question in questions])
        most = min(LONGEST_PROMPT, self.context - settings.max_new_tokens)
        fits = [place for place, prompt in enumerate(prompts) if 0 < len(prompt) <= most]
        said = generate.generate(
            self.model,
            [prompts[place] for place in fits],
            stop=self.stop,
            max_new_tokens=settings.max_new_tokens,
            rows=settings.batch_size,
            temperature=settings.temperature if sample else 0.0,
            seeds=[seeds.seed_of(self.seed, "teacher", questions[place].digest, sample) for place in fits],
            graph_failed=self.graph_failed,
        )
        replies = [Reply("", "prompt_too_long")] * len(prompts)
        for place, answer in zip(fits, said, strict=True):
            ended = bool(answer.tokens) and answer.tokens[-1] in self.stop
            text = self.tokenizer.decode(answer.tokens[:-1] if ended else answer.tokens, skip_special_tokens=True)
            replies[place] = Reply(str(text), "" if ended else "truncated")
        return replies


def load(config: RunConfig, session: Path, graph_failed: Callable[[str], None]) -> LocalModel:
    """Raises EngineError teacher when the model cannot be opened, disk_full where there is no room to download it,
    environment where the device is not there; of the base model itself the codes of base_model.load.
    """
    name, device = str(config.convert.teacher), runtime.prepare(config)
    if name == SELF:
        model, tokenizer = base_model.load(session, config, device)
        fingerprint = base_model.fingerprint(session, config)
    else:
        model, tokenizer = _other(name, config, device)
        fingerprint = pretrained.fingerprint(name, None)
    packed = config.model.load_in_4bit and device.type == "cuda"
    context = getattr(model.config, "max_position_embeddings", None) or LONGEST_PROMPT
    return LocalModel(
        model=model.eval(),
        tokenizer=tokenizer,
        stop=_stop(model, tokenizer),
        context=int(context),
        identity=f"{fingerprint}/{'nf4' if packed else str(model.dtype)}/{config.seed}",
        seed=config.seed,
        graph_failed=graph_failed,
        memory=float(torch.cuda.get_device_properties(device).total_memory) if device.type == "cuda" else 0.0,
    )


def _other(name: str, config: RunConfig, device: Any) -> tuple[Any, Any]:
    source = pretrained.Source(
        where=name, revision=None, what=sentence("teacher.the_teacher"), missing="teacher", unfit="teacher"
    )
    pretrained.refuse_missing(source)
    tokenizer = pretrained.attempt(source, lambda: AutoTokenizer.from_pretrained(name, trust_remote_code=False))
    settings: dict[str, Any] = {"dtype": runtime.choose_dtype(config, device), "attn_implementation": "sdpa"}
    if device.type == "cuda":
        settings["device_map"] = {"": str(device)}
        if config.model.load_in_4bit:
            settings["quantization_config"] = pretrained.four_bit(settings["dtype"])
    return pretrained.weights(source, AutoModelForCausalLM, **settings), tokenizer


def _stop(model: Any, tokenizer: Any) -> tuple[int, ...]:
    ends = getattr(model.generation_config, "eos_token_id", None)
    found = {*(ends if isinstance(ends, list) else [ends]), tokenizer.eos_token_id}
    return tuple(sorted(int(token) for token in found if token is not None))


def _encode(tokenizer: Any, texts: Sequence[str]) -> list[list[int]]:
    framed = [f"{text}\n\n" for text in texts]
    if tokenizer.chat_template:
        framed = [
            tokenizer.apply_chat_template(
                [{"role": "user", "content": text}], tokenize=False, add_generation_prompt=True
            )
            for text in texts
        ]
    ids = tokenizer(framed, add_special_tokens=not tokenizer.chat_template)["input_ids"]
    return [list(each) for each in ids]
