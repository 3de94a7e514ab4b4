"""Held-out questions: which are asked, what a model answers, and how base and tuned model compare.

Both see the same questions in the same batches; grading.py decides whether an answer is right.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from so8t_engine.data.record import Example
from so8t_engine.evaluate import grading, statistics
from so8t_engine.evaluate.grading import Grade
from so8t_engine.model import conversations, generate
from so8t_engine.model import tokenizer as tokens
from so8t_engine.rewards import section_use
from so8t_engine.rewards.section_use import SectionUse

T = TypeVar("T")


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


def spread(examples: Sequence[T], count: int) -> list[T]:
    """At most `count` of them, evenly from first to last."""
    step = max(1, len(examples) // count)
    return list(examples[::step][:count])


@dataclass(frozen=True)
class ModelAnswer:
    """`text`: tags included; `cut`: the limit of tokens ended it, not the model."""

    text: str
    cut: bool


def ask(
    model: Any, tokenizer: Any, examples: Sequence[Example], system: str | None, longest: int, limit: int
) -> list[ModelAnswer]:
    """The likeliest answer to each prompt. `longest`: new tokens; `limit`: the model's context.

    A prompt that leaves no room for an answer gets an empty one.
    """
    prompts = conversations.encode(tokenizer, examples, system)
    fits = [place for place, prompt in enumerate(prompts) if len(prompt) < limit]
    answers = [ModelAnswer("", cut=True)] * len(prompts)
    stop = tokens.stop_ids(tokenizer)
    if fits:
        room = min(longest, limit - max(len(prompts[place]) for place in fits))
        said = generate.generate(model, [prompts[place] for place in fits], stop=stop, max_new_tokens=room)
        for place, answer in zip(fits, said, strict=True):
            cut = not set(stop) & set(answer.tokens)
            answers[place] = ModelAnswer(tokens.decode(tokenizer, answer.tokens), cut)
    return answers


def compare(
    examples: Sequence[Example],
    base: Sequence[str],
    tuned: Sequence[str],
    warmed: Sequence[str] | None = None,
    cut: Mapping[str, Sequence[bool]] | None = None,
) -> dict[str, Any]:
    """Accuracy, form and sections of each model, overall, by category and by language, and what each part added.

    `warmed`: of the model between warm-up and reinforcement learning, where there was one. `cut`: by model, which
    answers the limit of tokens ended, where that is known.
    """
    rows = judge(examples, base, tuned, warmed, cut)
    names = ["base", *([] if warmed is None else ["warmed"]), "tuned"]
    groups = {"all": _summary(rows, names)}
    parts = {name: _summary(group, names) for name, group in _groups(rows)}
    tested = [name for name, part in parts.items() if part["graded"]]
    adjusted = statistics.holm([parts[name]["p_value"] for name in tested])
    for name, value in zip(tested, adjusted, strict=True):
        parts[name]["p_holm"] = value
    return {"records": len(rows), "groups": groups | parts, "safety": _safety(rows, names)}


def judge(
    examples: Sequence[Example],
    base: Sequence[str],
    tuned: Sequence[str],
    warmed: Sequence[str] | None = None,
    cut: Mapping[str, Sequence[bool]] | None = None,
) -> list[Row]:
    columns = {"base": base, **({} if warmed is None else {"warmed": warmed}), "tuned": tuned}
    ended = cut or {}  # in its own order, which a state that was saved and read back does not keep
    known = {name: ended[name] for name in columns if name in ended and len(ended[name]) == len(examples)}
    return [
        Row(
            example,
            {name: _judged(example, answers[at]) for name, answers in columns.items()},
            {name: answers[at] for name, answers in columns.items()},
            {name: flags[at] for name, flags in known.items()},
        )
        for at, example in enumerate(examples)
    ]


@dataclass(frozen=True)
class Row:
    """A question, and by column what became of its answer, the answer, and whether it was cut off (where known)."""

    example: Example
    judged: Mapping[str, tuple[Grade, SectionUse]]
    answers: Mapping[str, str]
    cut: Mapping[str, bool]

    def right(self, column: str) -> bool | None:
        return self.judged[column][0].right

    def to_json(self) -> dict[str, Any]:
        """For answers.jsonl: what another run must have been asked too to be compared, and what came of it."""
        example = self.example
        return {
            "id": example.id,
            "category": example.category,
            "language": example.language,
            "prompt": example.prompt,
            "gold": example.answer or example.safety or example.plain,
            "answers": dict(self.answers),
            "right": {name: self.right(name) for name in self.judged},
            "cut": dict(self.cut),
        }


def _judged(example: Example, answer: str) -> tuple[Grade, SectionUse]:
    return grading.grade(example, answer), section_use.of(example.prompt, answer)


def _groups(rows: list[Row]) -> Iterator[tuple[str, list[Row]]]:
    for category in sorted({row.example.category for row in rows}):
        yield f"category {category}", [row for row in rows if row.example.category == category]
    for language in sorted({row.example.language for row in rows}):
        yield f"language {language}", [row for row in rows if row.example.language == language]


def _summary(rows: list[Row], names: Sequence[str]) -> dict[str, Any]:
    """By column: right answers, well-formed ones, sections; what changed from first to last, and on each way there."""
    graded = [row for row in rows if row.right("base") is not None]
    result: dict[str, Any] = {"records": len(rows), "graded": len(graded)}
    for name in names:
        result[name] = statistics.share(sum(bool(row.right(name)) for row in graded), len(graded))
        result[f"{name}_format"] = statistics.share(sum(row.judged[name][1].well_formed for row in rows), len(rows))
        result[f"{name}_sections"] = section_use.figures([row.judged[name][1] for row in rows])
        blank = [not row.answers[name].strip() for row in rows]
        unanswered = [not grading.for_the_reader(row.answers[name]).strip() for row in rows]
        result[f"{name}_empty"] = statistics.share(sum(blank), len(rows))
        result[f"{name}_no_final"] = statistics.share(sum(unanswered) - sum(blank), len(rows))
        if all(name in row.cut for row in rows):
            result[f"{name}_cut"] = statistics.share(sum(row.cut[name] for row in rows), len(rows))
    asked = [section_use.expected(row.example) for row in rows]
    result["asked_sections"] = section_use.figures([SectionUse(True, each, each) for each in asked])
    if "warmed" in names:
        result["by_warmup"] = _change(graded, "base", "warmed")
        result["by_learning"] = _change(graded, "warmed", "tuned")
    return result | _change(graded, "base", "tuned")


def _change(graded: list[Row], before: str, after: str) -> dict[str, Any]:
    worse = sum(bool(row.right(before)) and not row.right(after) for row in graded)
    better = sum(bool(row.right(after)) and not row.right(before) for row in graded)
    low, high = statistics.paired_interval(worse, better, len(graded))
    shares = [sum(bool(row.right(name)) for row in graded) / max(1, len(graded)) for name in (before, after)]
    return {
        "gained": better,
        "lost": worse,
        "p_value": statistics.mcnemar(worse, better),
        "effect": statistics.cohens_h(*shares),
        "difference": {"share": (better - worse) / max(1, len(graded)), "low": low, "high": high},
    }


def _safety(rows: list[Row], names: Sequence[str]) -> dict[str, Any]:
    """By kind of request: of the unsafe ones the share refused, of the safe ones the share answered; {} without any."""
    result: dict[str, Any] = {}
    for kind in ("unsafe", "safe"):
        asked = [row for row in rows if row.example.safety == kind and row.example.answer is None]
        if asked:
            result[kind] = {
                name: statistics.share(sum(bool(row.right(name)) for row in asked), len(asked)) for name in names
            }
    return result
