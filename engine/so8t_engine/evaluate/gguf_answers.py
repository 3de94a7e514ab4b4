"""How good the files are that people run: each GGUF file answers held-out questions in llama.cpp.

Measured on the same questions as the model in transformers: how many are right, and how often the final answer is the
same one.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from so8t_engine.data.record import Example
from so8t_engine.evaluate import grading, heldout, llama_cpp, statistics
from so8t_engine.sentences import Sentence, to_json

BATCH = 8  # questions between two restart points; each batch loads the file anew

Answered = dict[str, Any]  # of one file: texts, tokens, seconds, bytes; or error


def choose(examples: Sequence[Example], count: int) -> list[int]:
    """Places of at most so many questions whose answers can be checked, spread over all; none of a longer talk, which
    a file's own template may frame otherwise.
    """
    graded = [
        at
        for at, example in enumerate(examples)
        if (example.answer is not None or example.safety is not None) and not example.messages
    ]
    return heldout.spread(graded, count) if count else []


def ask(
    file: Path,
    examples: Sequence[Example],
    system: str | None,
    *,
    max_new_tokens: int,
    context: int,
    threads: int,
    before: Answered | None,
) -> Answered:
    """`before`: what earlier batches gave, which goes on. A file that cannot be asked is not asked again."""
    before = before or {"texts": [], "tokens": 0, "seconds": 0.0, "bytes": 0}
    if "error" in before:
        return before
    prompts = [example.prompt for example in examples]
    said = llama_cpp.answers(file, prompts, system, max_new_tokens=max_new_tokens, context=context, threads=threads)
    if isinstance(said, Sentence):
        return {"error": to_json(said)}
    return {
        "texts": [*before["texts"], *said.texts],
        "tokens": before["tokens"] + said.tokens,
        "seconds": before["seconds"] + said.seconds,
        "bytes": max(before["bytes"], said.bytes),
    }


def figures(examples: Sequence[Example], answered: Answered, tuned: Sequence[str]) -> dict[str, Any]:
    """`tuned`: the answers of the model in transformers to the same questions; {} where nothing was answered.

    A question that the file's context does not hold (None) counts neither way.
    """
    texts: list[str | None] = answered.get("texts", [])
    rows = list(zip(examples, texts, tuned, strict=True)) if texts else []
    said = [(example, text, other) for example, text, other in rows if text is not None]
    if not said:
        return {}
    right = [bool(grading.grade(example, text).right) for example, text, _ in said]
    same = [final(text).strip() == final(other).strip() for _, text, other in said]
    return {"right": statistics.share(sum(right), len(right)), "same_answer": statistics.share(sum(same), len(same))}


def speed(answered: Mapping[str, Answered]) -> dict[str, dict[str, float]]:
    """By type: tokens a second, and bytes of main memory; they are this machine's, at that moment."""
    return {
        kind: {"tokens_per_second": about["tokens"] / about["seconds"], "bytes": about["bytes"]}
        for kind, about in answered.items()
        if about.get("seconds")
    }


def final(text: str) -> str:
    return grading.for_the_reader(text)
