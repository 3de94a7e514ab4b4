"""How far llama.cpp's answer to a GGUF file is from Hugging Face's to the model it was made of."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import torch

TOP = 64


@torch.no_grad()
def next_logprobs(model: Any, prompts: Sequence[Sequence[int]]) -> list[torch.Tensor]:
    """Log-probabilities of the next token after each prompt, (vocabulary,) float32 on the CPU."""
    device = model.get_input_embeddings().weight.device
    found = []
    for prompt in prompts:
        logits = model(torch.tensor([list(prompt)], device=device), logits_to_keep=1).logits[0, -1]
        found.append(torch.log_softmax(logits.float(), dim=-1).cpu())
    return found


def compare(
    wanted: Sequence[torch.Tensor], top: Sequence[Sequence[tuple[int, float]]], best: Sequence[int]
) -> dict[str, Any]:
    """Over the named tokens: largest and mean error of log-probabilities, KL from Hugging Face, same likeliest token.

    The KL divergence is exact on the named tokens and takes all others as one.
    """
    errors, divergences, same = [], [], 0
    for reference, named, likeliest in zip(wanted, top, best, strict=True):
        errors += [abs(value - float(reference[token])) for token, value in named]
        divergences.append(_divergence(reference, named))
        same += likeliest == int(reference.argmax())
    return {
        "prompts": len(wanted),
        "max_error": round(max(errors), 6),
        "mean_error": round(sum(errors) / len(errors), 6),
        "kl": round(sum(divergences) / len(divergences), 8),
        "argmax_agreement": same / len(wanted),
    }


def _divergence(reference: torch.Tensor, named: Sequence[tuple[int, float]]) -> float:
    ours = [float(reference[token]) for token, _ in named]
    theirs = [value for _, value in named]
    inside = sum(math.exp(p) * (p - q) for p, q in zip(ours, theirs, strict=True))
    rest_p, rest_q = 1 - sum(map(math.exp, ours)), 1 - sum(map(math.exp, theirs))
    outside = rest_p * math.log(rest_p / rest_q) if rest_p > 1e-9 and rest_q > 1e-9 else 0.0
    return max(0.0, inside + outside)
