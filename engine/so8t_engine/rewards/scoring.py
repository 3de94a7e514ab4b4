"""The reward of an answer: reasoning (format, gold answer), safety, length, a reward model, the user's own functions.

    total = reasoning * (format_share * format + (1 - format_share) * answer)     format alone where no answer is known
          + safety * (refused what should be refused, answered the rest)
          + length.weight * (0 down to -1)
          + model.weight * (the reward model's raw score)
          + the sum over functions of weight * value

    format = 1 - section_share + section_share * (expected sections that think)     below 0.5 where malformed

with the weights of the configuration's `reward` section. Each part is a number per completion; the history has them.
"""

from __future__ import annotations

import dataclasses
import hashlib
from collections.abc import Mapping, Sequence

import torch

from so8t_engine.config.reward import Reward
from so8t_engine.data.record import SECTION_TAGS, Example
from so8t_engine.data.texts import refusals
from so8t_engine.data.thought import thinking
from so8t_engine.rewards import (
    answer_matching,
    code_consent,
    degenerate_text,
    length_penalty,
    own_modules,
    reward_model,
    section_use,
    user_functions,
)
from so8t_engine.rewards.user_functions import Function as Function

LENGTH, MODEL = "length", user_functions.MODEL

Components = dict[str, list[float | None]]


@dataclasses.dataclass(frozen=True)
class Scored:
    """`total` per completion; `components`: name -> one value per completion, None where it does not apply."""

    total: list[float]
    components: Components

    def means(self) -> dict[str, float | None]:
        """Per component, over the completions it applies to."""
        applied = {name: [value for value in values if value is not None] for name, values in self.components.items()}
        return {name: sum(values) / len(values) if values else None for name, values in applied.items()}


def resolve(settings: Reward, device: torch.device) -> dict[str, Function]:
    """The user's functions by `module:function`, and the reward model as MODEL, where there is one.

    Raises EngineError code_not_allowed, reward, reward_model: before any training.
    """
    folders = code_consent.folders_of(settings)
    own_modules.OwnModules(code_consent.allowed(settings)).install()
    functions = {name: user_functions.find(name, folders) for name in settings.functions}
    if settings.model is not None:
        functions[MODEL] = reward_model.load(settings.model, device)
    return functions


def digest(functions: Mapping[str, Function]) -> str:
    """Changes with any byte of the files that the user's functions stand in (not with modules these import)."""
    paths = user_functions.files([function for name, function in functions.items() if name != MODEL])
    return hashlib.sha256(b"".join(hashlib.sha256(path.read_bytes()).digest() for path in paths)).hexdigest()


def score(
    examples: Sequence[Example],
    completions: Sequence[str],
    settings: Reward,
    functions: Mapping[str, Function],
    completion_ids: Sequence[Sequence[int]] | None = None,
) -> Scored:
    """`completion_ids` are the completions' tokens, for what counts them (reward.length, a user's function).

    Raises EngineError reward where a function raises or returns something other than finite numbers.
    """
    components: Components = {"format": [], "answer": [], "safety": []}
    total = []
    for example, completion in zip(examples, completions, strict=True):
        text = thinking.final_answer(completion, without_tag="nothing")
        shape = _form(example, completion, settings.section_share)
        answer = None
        if example.answer is not None and example.answer_kind is not None:
            answer = answer_matching.credit(text, example.answer, example.answer_kind)
        safety = safe(text, example)
        share = settings.format_share
        reasoning = shape if answer is None else share * shape + (1 - share) * answer
        total.append(settings.reasoning * reasoning + settings.safety * safety)
        for name, value in (("format", shape), ("answer", answer), ("safety", safety)):
            components[name].append(value)
    more = {
        name: user_functions.call(name, function, examples, completions, completion_ids)
        for name, function in functions.items()
    }
    if settings.length.weight:
        more[LENGTH] = length_penalty.penalties(completions, completion_ids, settings.length)
    for name, values in more.items():
        weight = weight_of(name, settings)
        total = [before + weight * value for before, value in zip(total, values, strict=True)]
        components[name] = list(values)
    return Scored(total, components)


def _form(example: Example, completion: str, section_share: float) -> float:
    if thinking.parse(completion) is None:
        return partial_format(completion)
    return 1.0 - section_share * (1.0 - section_use.credit(example, completion)) if section_share else 1.0


def weight_of(name: str, settings: Reward) -> float:
    """What one of the added parts (LENGTH, MODEL, a function) is multiplied with."""
    if name == LENGTH:
        return settings.length.weight
    if name == MODEL and settings.model is not None:
        return settings.model.weight
    if settings.function_weights is None or name not in settings.functions:
        return 1.0
    return settings.function_weights[settings.functions.index(name)]


def partial_format(completion: str) -> float:
    """Below 0.5 for what does not parse, so that there is a way up: closed sections, then a closed `<final>`."""
    opened = [tag for tag in SECTION_TAGS if f"<{tag}>" in completion]
    closed = [tag for tag in opened if completion.count(f"<{tag}>") == completion.count(f"</{tag}>") == 1]
    sections = 0.2 * len(closed) / len(opened) if opened else 0.0
    final = 0.1 * (completion.count("<final>") == 1) + 0.15 * (completion.count("</final>") == 1)
    return sections + final


def safe(answer: str, example: Example) -> float:
    """1.0 for refusing what should be refused and for answering everything else; what is no answer is neither, 0.0."""
    if not degenerate_text.is_answer(answer):
        return 0.0
    return float(refusals.refuses(answer) == (example.safety == "unsafe"))
