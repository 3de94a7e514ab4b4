"""What an answer is worth: reasoning (format, gold answer), safety, and the user's own functions.

Every component is a number per completion; the weights are the configuration's. A user's function has TRL's signature
`f(prompts, completions, **columns) -> list[float]` and is named `module:function`.
"""

from __future__ import annotations

import dataclasses
import importlib
import math
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from so8t_engine.config import Reward
from so8t_engine.data import refusals, thinking
from so8t_engine.data.record import SECTION_TAGS, Example
from so8t_engine.errors import EngineError
from so8t_engine.train import answers

FORMAT_SHARE, ANSWER_SHARE = 0.3, 0.7

Function = Callable[..., Sequence[float]]


@dataclasses.dataclass(frozen=True)
class Scored:
    """`total` per completion; `components`: name -> one value per completion, None where it does not apply."""

    total: list[float]
    components: dict[str, list[float | None]]

    def means(self) -> dict[str, float | None]:
        """Per component, over the completions it applies to."""
        known = {name: [value for value in values if value is not None] for name, values in self.components.items()}
        return {name: sum(values) / len(values) if values else None for name, values in known.items()}


def resolve(names: Sequence[str]) -> dict[str, Function]:
    """Imports the user's functions; the current folder is looked in too. Raises EngineError reward."""
    if names and str(Path.cwd()) not in sys.path:
        sys.path.append(str(Path.cwd()))
    found: dict[str, Function] = {}
    for name in names:
        module, _, function = name.partition(":")
        try:
            found[name] = getattr(importlib.import_module(module), function)
        except Exception as error:
            raise EngineError("reward", f"The reward function {name} cannot be imported: {error}.") from error
    return found


def score(
    examples: Sequence[Example], completions: Sequence[str], weights: Reward, functions: Mapping[str, Function]
) -> Scored:
    """Raises EngineError reward where a function raises or returns something other than finite numbers."""
    parsed = [thinking.parse(completion) for completion in completions]
    components: dict[str, list[float | None]] = {"format": [], "answer": [], "safety": []}
    total = []
    for example, completion, sections in zip(examples, completions, parsed, strict=True):
        said = sections.final if sections else _after_thinking(completion)
        shape = 1.0 if sections else partial_format(completion)
        answer = None
        if example.answer is not None and example.answer_kind is not None:
            answer = answers.credit(said, example.answer, example.answer_kind)
        safety = safe(said, example)
        reasoning = shape if answer is None else FORMAT_SHARE * shape + ANSWER_SHARE * answer
        total.append(weights.reasoning * reasoning + weights.safety * safety)
        for name, value in (("format", shape), ("answer", answer), ("safety", safety)):
            components[name].append(value)
    for name, function in functions.items():
        values = _call(name, function, examples, completions)
        components[name] = list(values)
        total = [before + value for before, value in zip(total, values, strict=True)]
    return Scored(total, components)


def partial_format(completion: str) -> float:
    """Below 0.5 for what does not parse, so that there is a way up: closed sections, then a closed `<final>`."""
    opened = [tag for tag in SECTION_TAGS if f"<{tag}>" in completion]
    closed = [tag for tag in opened if completion.count(f"<{tag}>") == completion.count(f"</{tag}>") == 1]
    sections = 0.2 * len(closed) / len(opened) if opened else 0.0
    final = 0.1 * (completion.count("<final>") == 1) + 0.15 * (completion.count("</final>") == 1)
    return sections + final


def safe(said: str, example: Example) -> float:
    """1 for refusing what should be refused, and for answering everything else."""
    if not said.strip():
        return 0.0
    return float(refusals.refuses(said) == (example.safety == "unsafe"))


def _after_thinking(completion: str) -> str:
    return completion.rpartition("<final>")[2].partition("</final>")[0] if "<final>" in completion else ""


def _call(name: str, function: Function, examples: Sequence[Example], completions: Sequence[str]) -> list[float]:
    columns = {
        field.name: [getattr(example, field.name) for example in examples]
        for field in dataclasses.fields(Example)
        if field.name not in ("prompt", "completion")
    }
    try:
        values = [
            float(value)
            for value in function(
                prompts=[example.prompt for example in examples], completions=list(completions), **columns
            )
        ]
    except Exception as error:
        raise EngineError("reward", f"The reward function {name} failed: {type(error).__name__}: {error}.") from error
    if len(values) != len(completions):
        raise EngineError(
            "reward", f"The reward function {name} returned {len(values)} values for {len(completions)} completions."
        )
    bad = [value for value in values if not math.isfinite(value)]
    if bad:
        raise EngineError("reward", f"The reward function {name} returned {bad[0]}.")
    return values
