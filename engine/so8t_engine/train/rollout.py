"""One rollout batch: answers are generated, scored, and seen by policy, reference and value head."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import torch
from torch import Tensor

from so8t_engine.config import Ppo
from so8t_engine.train import generate, ppo_math
from so8t_engine.train.policy import Policy


class Rollout(NamedTuple):
    """On the CPU. B sequences, P prompt tokens (left-padded), T response tokens (right-padded).

    `query_lengths`, `lengths` as in ppo_math; log-probabilities at the rollout's temperature, padding holding
    INVALID_LOGPROB; `scores` before the penalty for a missing end, `ended` where one came.
    """

    queries: Tensor
    query_lengths: Tensor
    responses: Tensor
    lengths: Tensor
    logprobs: Tensor
    ref_logprobs: Tensor
    values: Tensor
    scores: Tensor
    ended: Tensor


class View(NamedTuple):
    """What a forward pass over responses gives, each (B, T)."""

    logprobs: Tensor
    values: Tensor
    entropy: Tensor


def answer(
    policy: Policy,
    prompts: Sequence[Sequence[int]],
    stop: Sequence[int],
    pad: int,
    settings: Ppo,
    generator: torch.Generator,
) -> list[list[int]]:
    """Sampled responses, one per prompt, each with its end token where one came."""
    policy.eval()
    length, temperature = settings.response_length, settings.temperature
    return generate.generate(policy.model, prompts, stop, pad, length, temperature, generator)


@torch.no_grad()
def observe(
    policy: Policy,
    prompts: Sequence[Sequence[int]],
    responses: Sequence[Sequence[int]],
    scores: Sequence[float],
    stop: Sequence[int],
    pad: int,
    settings: Ppo,
) -> Rollout:
    """Log-probabilities of policy and reference, and values, of responses that were generated and scored."""
    policy.eval()
    lengths = torch.tensor([len(response) - 1 for response in responses])
    width = min(int(lengths.max()) + 2, settings.response_length)  # one more: the position behind the last token
    longest = max(len(prompt) for prompt in prompts)
    queries = torch.tensor([[pad] * (longest - len(prompt)) + list(prompt) for prompt in prompts])
    tokens = torch.tensor([list(response) + [pad] * (width - len(response)) for response in responses])
    query_lengths = torch.tensor([len(prompt) for prompt in prompts])
    own = look(policy, queries, query_lengths, tokens, lengths, settings.temperature)
    with policy.reference():
        reference = look(policy, queries, query_lengths, tokens, lengths, settings.temperature)
    hidden = ppo_math.masks(lengths, width).tokens
    return Rollout(
        queries,
        query_lengths,
        tokens,
        lengths,
        own.logprobs.cpu().masked_fill(hidden, ppo_math.INVALID_LOGPROB),
        reference.logprobs.cpu().masked_fill(hidden, ppo_math.INVALID_LOGPROB),
        own.values.cpu(),
        torch.tensor(list(scores), dtype=torch.float32),
        torch.tensor([response[-1] in stop for response in responses]),
    )


def look(
    policy: Policy, queries: Tensor, query_lengths: Tensor, responses: Tensor, lengths: Tensor, temperature: float
) -> View:
    """One pass over (queries, responses); logits only for real response tokens. Padding holds zeros."""
    device = policy.device
    prompt_width, width = queries.shape[1], responses.shape[1]
    input_ids = torch.cat([queries, responses], dim=1).to(device)
    places = torch.arange(prompt_width + width)
    real = (places >= prompt_width - query_lengths.unsqueeze(1)) & (places <= prompt_width + lengths.unsqueeze(1))
    states = policy.hidden(input_ids, real.long().to(device))[:, prompt_width - 1 : -1]
    shown = ~ppo_math.masks(lengths, width).tokens.to(device)
    chosen, entropies = policy.logprobs(
        states[shown], responses.to(device)[shown], temperature + ppo_math.TEMPERATURE_EPSILON
    )
    empty = chosen.new_zeros(shown.shape)
    return View(
        empty.masked_scatter(shown, chosen), policy.values(states), empty.masked_scatter(shown, entropies)
    )  # fmt: skip


def join(parts: Sequence[Rollout], width: int, pad: int) -> Rollout:
    """All batches of an iteration as one: prompts padded to the longest, responses to `width` (response_length)."""
    longest = max(part.queries.shape[1] for part in parts)

    def left(part: Rollout) -> Tensor:
        return torch.nn.functional.pad(part.queries, (longest - part.queries.shape[1], 0), value=pad)

    def right(name: str, filler: float) -> Tensor:
        values = [getattr(part, name) for part in parts]
        padded = [torch.nn.functional.pad(value, (0, width - value.shape[1]), value=filler) for value in values]
        return torch.cat(padded)

    def plain(name: str) -> Tensor:
        return torch.cat([getattr(part, name) for part in parts])

    return Rollout(
        torch.cat([left(part) for part in parts]),
        plain("query_lengths"),
        right("responses", pad),
        plain("lengths"),
        right("logprobs", ppo_math.INVALID_LOGPROB),
        right("ref_logprobs", ppo_math.INVALID_LOGPROB),
        right("values", 0.0),
        plain("scores"),
        plain("ended"),
    )


def pick(rollout: Rollout, rows: Tensor) -> Rollout:
    """Some sequences, the padding that none of them needs cut off."""
    chosen = Rollout(*(field[rows] for field in rollout))
    longest = int(chosen.query_lengths.max())
    return chosen._replace(queries=chosen.queries[:, -longest:])
