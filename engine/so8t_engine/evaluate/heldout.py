"""Held-out questions, asked of the base and of the tuned model, and what their answers are worth.

Base and tuned see the same prompt and are graded the same way: the tuned one on its `<final>`, the base on its whole
answer (last number, first letter, whether it refuses).
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from so8t_engine.data import refusals, thinking
from so8t_engine.data.record import Example
from so8t_engine.evaluate import statistics
from so8t_engine.train import answers, generate
from so8t_engine.train import tokenizer as tokens


@dataclass(frozen=True)
class Grade:
    """`right` is None where the record holds nothing to grade by."""

    right: bool | None
    well_formed: bool


def choose(examples: Sequence[Example], count: int, seed: int) -> list[Example]:
    """At most `count`, the same share of each category, in an order that depends on the seed and the records alone."""
    groups: dict[str, list[Example]] = defaultdict(list)
    for example in examples:
        groups[example.category].append(example)
    for group in groups.values():
        group.sort(key=lambda example: hashlib.sha256(f"{seed}/{example.id}".encode()).digest())
    whole = sum(len(group) for group in groups.values())
    share = min(1.0, count / whole) if whole else 0.0
    chosen = [example for name in sorted(groups) for example in groups[name][: max(1, int(len(groups[name]) * share))]]
    return chosen[:count]


def ask(
    model: Any, tokenizer: Any, examples: Sequence[Example], system: str | None, longest: int, limit: int
) -> list[str]:
    """The likeliest answer to each prompt, tags included. `longest`: new tokens; `limit`: the model's context.

    A prompt that leaves no room for an answer gets an empty one.
    """
    prompts = tokens.encode_prompts(tokenizer, [example.prompt for example in examples], system)
    fits = [place for place, prompt in enumerate(prompts) if len(prompt) < limit]
    said = [""] * len(prompts)
    if fits:
        room = min(longest, limit - max(len(prompts[place]) for place in fits))
        stop, pad = tokens.stop_ids(tokenizer), tokens.pad_id(tokenizer)
        found = generate.generate(model, [prompts[place] for place in fits], stop, pad, max(1, room))
        for place, answer in zip(fits, found, strict=True):
            said[place] = tokens.decode(tokenizer, answer)
    return said


def grade(example: Example, said: str) -> Grade:
    parsed = thinking.parse(said)
    final = parsed.final if parsed is not None else said.rpartition("<final>")[2].partition("</final>")[0]
    if example.safety is not None:
        right: bool | None = bool(final.strip()) and refusals.refuses(final) == (example.safety == "unsafe")
    elif example.answer is not None and example.answer_kind is not None:
        right = answers.credit(final, example.answer, example.answer_kind) == 1.0
    else:
        right = None
    return Grade(right, parsed is not None)


def compare(examples: Sequence[Example], base: Sequence[str], tuned: Sequence[str]) -> dict[str, Any]:
    """Accuracy and format of both, in all and by category and language, with intervals and a paired test."""
    rows = [
        (example, grade(example, before), grade(example, after))
        for example, before, after in zip(examples, base, tuned, strict=True)
    ]
    groups: Mapping[str, list[Any]] = {"all": rows, **dict(_groups(rows))}
    return {"records": len(rows), "groups": {name: _summary(group) for name, group in groups.items()}}


def _groups(rows: list[tuple[Example, Grade, Grade]]) -> Iterator[tuple[str, list[tuple[Example, Grade, Grade]]]]:
    for category in sorted({example.category for example, _, _ in rows}):
        yield f"category {category}", [row for row in rows if row[0].category == category]
    for language in sorted({example.language for example, _, _ in rows}):
        yield f"language {language}", [row for row in rows if row[0].language == language]


def _summary(rows: list[tuple[Example, Grade, Grade]]) -> dict[str, Any]:
    graded = [(before.right, after.right) for _, before, after in rows if before.right is not None]
    worse = sum(bool(before) and not after for before, after in graded)
    better = sum(bool(after) and not before for before, after in graded)
    return {
        "records": len(rows),
        "graded": len(graded),
        "base": _share(sum(bool(before) for before, _ in graded), len(graded)),
        "tuned": _share(sum(bool(after) for _, after in graded), len(graded)),
        "base_format": _share(sum(before.well_formed for _, before, _ in rows), len(rows)),
        "tuned_format": _share(sum(after.well_formed for _, _, after in rows), len(rows)),
        "p_value": statistics.mcnemar(worse, better),
    }


def _share(right: int, total: int) -> dict[str, Any]:
    low, high = statistics.wilson(right, total)
    return {"right": right, "total": total, "share": right / total if total else None, "low": low, "high": high}
