"""Batched generation with a key/value cache: left-padded prompts, stops at the end token, drops finished rows."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import torch
from torch import Tensor
from transformers import DynamicCache

from so8t_engine.train.ppo_math import TEMPERATURE_EPSILON

SHRINK_BELOW = 0.75


@torch.no_grad()
def generate(
    model: Any,
    prompts: Sequence[Sequence[int]],
    stop: Sequence[int],
    pad: int,
    max_new_tokens: int,
    temperature: float = 0.0,
    generator: torch.Generator | None = None,
) -> list[list[int]]:
    """The new tokens of each prompt, the stop token included where one came. Temperature 0 takes the likeliest.

    `model` is any causal language model of transformers (PEFT or plain) in eval mode.
    """
    device = model.get_input_embeddings().weight.device
    width = max(len(prompt) for prompt in prompts)
    padded = [[pad] * (width - len(prompt)) + list(prompt) for prompt in prompts]
    mask = torch.tensor([[0] * (width - len(prompt)) + [1] * len(prompt) for prompt in prompts], device=device)
    tokens = torch.tensor(padded, device=device)
    positions = (mask.cumsum(1) - 1).clamp(min=0)
    cache = DynamicCache()
    stops = torch.tensor(list(stop), device=device)
    rows = list(range(len(prompts)))
    found: list[list[int]] = [[] for _ in prompts]
    for _ in range(max_new_tokens):
        output = model(
            input_ids=tokens,
            attention_mask=mask,
            position_ids=positions,
            past_key_values=cache,
            use_cache=True,
            logits_to_keep=1,
        )
        chosen = choose(output.logits[:, -1], temperature, generator)
        ended = torch.isin(chosen, stops).tolist()
        going = []
        for place, token in enumerate(chosen.tolist()):
            if rows[place] >= 0:
                found[rows[place]].append(token)
                if ended[place]:
                    rows[place] = -1
                else:
                    going.append(place)
        if not going:
            break
        if len(going) <= SHRINK_BELOW * len(rows):
            keep = torch.tensor(going, device=device)
            cache.batch_select_indices(keep)
            rows = [rows[place] for place in going]
            mask, positions, chosen = mask[keep], positions[keep], chosen[keep]
        tokens = chosen.unsqueeze(1)
        mask = torch.cat([mask, mask.new_ones(len(rows), 1)], dim=1)
        positions = positions[:, -1:] + 1
    return found


def choose(logits: Tensor, temperature: float, generator: torch.Generator | None) -> Tensor:
    """(B, vocabulary) to (B,): the likeliest at temperature 0, else drawn as torch.multinomial does.

    Without its check for NaN, which on a GPU would end the process: trouble.check_rollout looks at what was drawn.
    """
    if temperature <= 0:
        return logits.argmax(dim=-1)
    weights = (logits.float() / (temperature + TEMPERATURE_EPSILON)).softmax(dim=-1)
    race = torch.empty_like(weights).exponential_(1, generator=generator)
    return (weights / race).argmax(dim=-1)
