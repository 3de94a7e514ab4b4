"""Held-out questions: which are asked, what a model answers, and how base and tuned model compare.

Both see the same questions in the same batches; grading.py decides whether an answer is right.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from so8t_engine.data.record import Example
from so8t_engine.evaluate import grading, statistics
from so8t_engine.evaluate.grading import Grade
from so8t_engine.model import generate
from so8t_engine.model import tokenizer as tokens


def choose(examples: Sequence[Example], count: int, seed: int) -> list[Example]:
    """At most `count`, the same share of each category; depends on the seed and the records alone, not on their order.

    Long prompts first, so that batches hold prompts of similar length, and running out of memory shows at once.
    """
    groups: dict[str, list[Example]] = defaultdict(list)
    for example in examples:
        groups[example.category].append(example)
    for group in groups.values():
        group.sort(key=lambda example: hashlib.sha256(f"{seed}/{example.id}".encode()).digest())
    shares = quotas({name: len(group) for name, group in groups.items()}, count)
    chosen = [example for name, group in groups.items() for example in group[: shares[name]]]
    return sorted(chosen, key=lambda example: (-len(example.prompt), example.id))


def quotas(sizes: Mapping[str, int], count: int) -> dict[str, int]:
    """How many of each group make `count` in the groups' proportions; the largest remainders are rounded up."""
    whole = sum(sizes.values())
    if whole <= count:
        return dict(sizes)
    shares = {name: divmod(size * count, whole) for name, size in sizes.items()}
    left = count - sum(share for share, _ in shares.values())
    rounded_up = sorted(shares, key=lambda name: (-shares[name][1], name))[:left]
    return {name: share + (name in rounded_up) for name, (share, _) in shares.items()}


def spread(examples: Sequence[Example], count: int) -> list[Example]:
    """At most `count` of them, evenly from first to last."""
    step = max(1, len(examples) // count)
    return list(examples[::step][:count])


def ask(
    model: Any, tokenizer: Any, examples: Sequence[Example], system: str | None, longest: int, limit: int
) -> list[str]:
    """The likeliest answer to each prompt, tags included. `longest`: new tokens; `limit`: the model's context.

    A prompt that leaves no room for an answer gets an empty one.
    """
    prompts = tokens.encode_prompts(tokenizer, [example.prompt for example in examples], system)
    fits = [place for place, prompt in enumerate(prompts) if len(prompt) < limit]
    answers = [""] * len(prompts)
    if fits:
        room = min(longest, limit - max(len(prompts[place]) for place in fits))
        stop, pad = tokens.stop_ids(tokenizer), tokens.pad_id(tokenizer)
        completions = generate.generate(model, [prompts[place] for place in fits], stop, pad, max(1, room))
        for place, completion in zip(fits, completions, strict=True):
            answers[place] = tokens.decode(tokenizer, completion)
    return answers


def compare(examples: Sequence[Example], base: Sequence[str], tuned: Sequence[str]) -> dict[str, Any]:
    """Accuracy and format of both, overall, by category and by language, with intervals and a paired test."""
    rows = [
        (example, grading.grade(example, before), grading.grade(example, after))
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
        "gained": better,
        "lost": worse,
        "p_value": statistics.mcnemar(worse, better),
    }


def _share(right: int, total: int) -> dict[str, Any]:
    low, high = statistics.wilson(right, total)
    return {"right": right, "total": total, "share": right / total if total else None, "low": low, "high": high}
