"""How well a GGUF file in llama.cpp agrees with the same model in transformers: probabilities of the next token."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import torch

from so8t_engine.evaluate import llama_cpp
from so8t_engine.sentences import Sentence

TOP = 128  # tokens compared at each place
SPARE = llama_cpp.SPARE_TOKENS
CUTS = (0.0, 0.34, 0.67)  # where in the answer the next token is asked for


def places(prompts: Sequence[Sequence[int]], completions: Sequence[Sequence[int]], longest: int) -> list[list[int]]:
    """Token sequences to ask at: each prompt, and some way into its gold answer; at most `longest` tokens.

    Below the original context on purpose: llama.cpp picks long rope factors by the configured context, transformers
    by the actual length.
    """
    sequences: list[list[int]] = []
    for prompt, completion in zip(prompts, completions, strict=True):
        whole = [*prompt, *completion]
        for cut in CUTS:
            tokens = whole[: len(prompt) + round(cut * len(completion))][:longest]
            if tokens and tokens not in sequences:
                sequences.append(tokens)
    return sequences


@torch.no_grad()
def reference(model: Any, sequences: Sequence[Sequence[int]]) -> list[dict[str, list[Any]]]:
    """For each sequence the TOP likeliest next tokens and their log-probabilities, by transformers."""
    device = model.get_input_embeddings().weight.device
    rows = []
    for tokens in sequences:
        logits = model(input_ids=torch.tensor([list(tokens)], device=device), logits_to_keep=1).logits[0, -1]
        logprobs, ids = logits.double().log_softmax(-1).topk(min(TOP, logits.shape[-1]))
        rows.append({"ids": ids.tolist(), "logprobs": logprobs.tolist()})
    return rows


def compare(
    gguf: Path,
    sequences: Sequence[Sequence[int]],
    expected: Sequence[Mapping[str, Sequence[Any]]],
    texts: Mapping[str, Sequence[int]],
    threads: int,
) -> dict[str, Any] | Sentence:
    """Figures for one file, or why llama.cpp could not be asked.

    `texts`: text -> the tokens transformers makes of it.
    """
    answer = llama_cpp.ask(gguf, sequences, [item["ids"] for item in expected], list(texts), threads=threads)
    if isinstance(answer, Sentence):
        return answer
    errors, divergences, agreed = [], [], 0
    for item, logprobs, best in zip(expected, answer.logprobs, answer.best, strict=True):
        errors.append(max(abs(a - b) for a, b in zip(item["logprobs"], logprobs, strict=True)))
        divergences.append(divergence(item["logprobs"], logprobs))
        agreed += best == item["ids"][0]
    same = sum(list(own) == theirs for own, theirs in zip(texts.values(), answer.tokens, strict=True))
    return {
        "prompts": len(errors),
        "max_error": _rounded(max(errors)),
        "kl": _rounded(sum(divergences) / len(divergences)),
        "argmax_agreement": agreed / len(errors),
        "same_tokens": same,
        "texts": len(texts),
    }


def divergence(p: Sequence[float], q: Sequence[float]) -> float:
    """KL(p || q) in nats, from log-probabilities of the same tokens; all other tokens count as one."""
    total = sum(math.exp(a) * (a - b) for a, b in zip(p, q, strict=True))
    rest_p, rest_q = (max(0.0, 1.0 - sum(math.exp(value) for value in values)) for values in (p, q))
    if rest_p > 1e-6 and rest_q > 1e-6:
        total += rest_p * math.log(rest_p / rest_q)
    return max(0.0, total)


def _rounded(value: float) -> float:
    """Such an error means three significant digits, not more; infinity (a token without probability) becomes 1e9."""
    return float(f"{min(value, 1e9):.3g}")
