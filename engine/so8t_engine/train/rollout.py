"""One rollout batch: answers are generated, scored, and seen by policy, reference and value head."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import torch
from torch import Tensor

from so8t_engine.config.run_config import Ppo
from so8t_engine.model import generate
from so8t_engine.model.logprobs import TEMPERATURE_EPSILON
from so8t_engine.model.policy import Policy
from so8t_engine.train import ppo_math


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
    with policy.merged():
        return generate.generate(policy.base, prompts, stop, pad, length, temperature, generator)


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
    rows = by_length(query_lengths, lengths, settings.per_device_train_batch_size)
    own = _look_in_parts(policy, queries, query_lengths, tokens, lengths, settings.temperature, rows)
    with policy.reference():
        reference = _look_in_parts(policy, queries, query_lengths, tokens, lengths, settings.temperature, rows)
    hidden = ppo_math.masks(lengths, width).tokens
    return Rollout(
        queries,
        query_lengths,
        tokens,
        lengths,
        own.logprobs.masked_fill(hidden, ppo_math.INVALID_LOGPROB),
        reference.logprobs.masked_fill(hidden, ppo_math.INVALID_LOGPROB),
        own.values,
        torch.tensor(list(scores), dtype=torch.float32),
        torch.tensor([response[-1] in stop for response in responses]),
    )


def by_length(query_lengths: Tensor, lengths: Tensor, size: int) -> tuple[Tensor, ...]:
    """Row numbers, shortest sequence first, cut into micro-batches: each is padded to its own longest only."""
    return torch.argsort(query_lengths + lengths, stable=True).split(size)


def _look_in_parts(
    policy: Policy,
    queries: Tensor,
    query_lengths: Tensor,
    responses: Tensor,
    lengths: Tensor,
    temperature: float,
    rows: Sequence[Tensor],
) -> View:
    """`look` micro-batch by micro-batch, on the CPU, in the order of the rollout."""
    found: View | None = None
    for part in rows:
        width = min(int(lengths[part].max()) + 2, responses.shape[1])
        seen = look(policy, queries[part], query_lengths[part], responses[part, :width], lengths[part], temperature)
        if found is None:
            found = View(*(piece.new_zeros(responses.shape, device="cpu") for piece in seen))
        for whole, piece in zip(found, seen, strict=True):
            whole[part, :width] = piece.cpu()
    assert found is not None
    return found


def look(
    policy: Policy, queries: Tensor, query_lengths: Tensor, responses: Tensor, lengths: Tensor, temperature: float
) -> View:
    """One pass over (queries, responses); logits only for real response tokens. Padding holds zeros.

    Prompt and response are moved together, all padding to the right: the model sees sequences as long as the longest
    sum, and needs no attention mask.
    """
    device, longest, width = policy.device, queries.shape[1], responses.shape[1]
    mask = ppo_math.masks(lengths, width)
    whole = torch.cat([queries, responses], dim=1)
    places = torch.arange(int((query_lengths + lengths).max()) + 1) + (longest - query_lengths).unsqueeze(1)
    input_ids = whole.gather(1, places.clamp(max=whole.shape[1] - 1))
    states = policy.hidden(input_ids.to(device))
    before = query_lengths.unsqueeze(1) - 1 + torch.arange(width)  # the state a response token is foretold from
    rows = torch.arange(len(before)).unsqueeze(1).expand_as(before)
    shown, valued = ~mask.tokens, ~mask.after
    chosen, entropies = policy.logprobs(
        states[rows[shown].to(device), before[shown].to(device)],
        responses[shown].to(device),
        temperature + TEMPERATURE_EPSILON,
    )
    values = policy.values(states[rows[valued].to(device), before[valued].to(device)])

    def spread(numbers: Tensor, where: Tensor) -> Tensor:
        return numbers.new_zeros(where.shape).masked_scatter(where.to(device), numbers)

    return View(spread(chosen, shown), spread(values, valued), spread(entropies, shown))


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
