"""One rollout batch: responses are generated, and scored by policy, reference and value head."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

import torch
from torch import Tensor

from so8t_engine.config.run_config import Ppo
from so8t_engine.model import generate
from so8t_engine.model.generate import Completion
from so8t_engine.model.logprobs import TEMPERATURE_EPSILON
from so8t_engine.model.policy import Policy
from so8t_engine.train import ppo_math


class Rollout(NamedTuple):
    """On the CPU. B sequences, P prompt tokens (left-padded), T response tokens (right-padded).

    `query_lengths` (B,): real tokens of the prompts; `lengths` (B,) as in ppo_math. Log-probabilities (B, T) at the
    rollout's temperature, INVALID_LOGPROB in the padding. `scores` (B,) before the penalty for a missing end token,
    `ended` (B,) where there was one.
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


class ForwardPass(NamedTuple):
    """What one pass over responses gives, each (B, T). Entropies are zeros where nobody asks for them."""

    logprobs: Tensor
    values: Tensor
    entropy: Tensor


def answer(
    policy: Policy,
    prompts: Sequence[Sequence[int]],
    *,
    stop: Sequence[int],
    settings: Ppo,
    rows: int,
    seeds: Sequence[int],
    graph_failed: Callable[[str], None],
) -> list[Completion]:
    """Sampled responses, one per prompt, each with its end token where one came; `rows` of them at a time."""
    with policy.generating():
        return generate.generate(
            policy.base,
            prompts,
            stop=stop,
            max_new_tokens=settings.response_length,
            rows=rows,
            temperature=settings.temperature,
            seeds=seeds,
            graph_failed=graph_failed,
        )


def logprob_differences(answers: Sequence[Completion], logprobs: Tensor) -> tuple[float, float]:
    """(mean, largest) distance between a token's log-probability as it was drawn and as the training pass sees it.

    logprobs: (B, T) of a `Rollout`. In 16 bits the two passes round differently; where they are far apart, what is
    learnt is not what was said. TRL logs the same of generation by vLLM (`sampling/sampling_logp_difference`).
    """
    pairs = zip(answers, logprobs, strict=True)
    apart = torch.cat([(torch.tensor(said.logprobs) - row[: len(said.logprobs)]).abs() for said, row in pairs])
    return float(apart.double().mean()), float(apart.max())


@torch.no_grad()
def make_experience(
    policy: Policy,
    *,
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
    width = min(int(lengths.max()) + 2, settings.response_length)  # one more: the position after the last token
    longest = max(len(prompt) for prompt in prompts)
    queries = torch.tensor([[pad] * (longest - len(prompt)) + list(prompt) for prompt in prompts])
    tokens = torch.tensor([list(response) + [pad] * (width - len(response)) for response in responses])
    query_lengths = torch.tensor([len(prompt) for prompt in prompts])

    def score() -> ForwardPass:
        return _score_in_micro_batches(
            policy,
            queries=queries,
            query_lengths=query_lengths,
            responses=tokens,
            lengths=lengths,
            temperature=settings.temperature,
            size=settings.per_device_train_batch_size,
        )

    own = score()
    with policy.reference():
        reference = score()
    padding = ppo_math.masks(lengths, width).padding
    return Rollout(
        queries=queries,
        query_lengths=query_lengths,
        responses=tokens,
        lengths=lengths,
        logprobs=own.logprobs.masked_fill(padding, ppo_math.INVALID_LOGPROB),
        ref_logprobs=reference.logprobs.masked_fill(padding, ppo_math.INVALID_LOGPROB),
        values=own.values,
        scores=torch.tensor(list(scores), dtype=torch.float32),
        ended=torch.tensor([response[-1] in stop for response in responses]),
    )


def by_length(query_lengths: Tensor, lengths: Tensor, size: int) -> tuple[Tensor, ...]:
    """Row numbers, shortest sequence first, cut into micro-batches: each is padded to its own longest only."""
    return torch.argsort(query_lengths + lengths, stable=True).split(size)


def _score_in_micro_batches(
    policy: Policy,
    *,
    queries: Tensor,
    query_lengths: Tensor,
    responses: Tensor,
    lengths: Tensor,
    temperature: float,
    size: int,
) -> ForwardPass:
    """`score_sequences` micro-batch by micro-batch, on the CPU, in the order of the rollout."""
    whole: ForwardPass | None = None
    for rows in by_length(query_lengths, lengths, size):
        width = min(int(lengths[rows].max()) + 2, responses.shape[1])
        part = score_sequences(
            policy,
            queries=queries[rows],
            query_lengths=query_lengths[rows],
            responses=responses[rows, :width],
            lengths=lengths[rows],
            temperature=temperature,
            entropy=False,
        )
        if whole is None:
            whole = ForwardPass(*(values.new_zeros(responses.shape, device="cpu") for values in part))
        for target, values in zip(whole, part, strict=True):
            target[rows, :width] = values.cpu()
    assert whole is not None
    return whole


def score_sequences(
    policy: Policy,
    *,
    queries: Tensor,
    query_lengths: Tensor,
    responses: Tensor,
    lengths: Tensor,
    temperature: float,
    entropy: bool = True,
) -> ForwardPass:
    """One pass over (queries, responses): logits only for real response tokens; padding holds zeros.

    queries: (B, P) left-padded, responses: (B, T) right-padded. Prompt and response are moved together, all padding to
    the right: the model sees sequences as long as the longest sum, and needs no attention mask.
    """
    device, longest, width = policy.device, queries.shape[1], responses.shape[1]
    mask = ppo_math.masks(lengths, width)
    whole = torch.cat([queries, responses], dim=1)
    positions = torch.arange(int((query_lengths + lengths).max()) + 1) + (longest - query_lengths).unsqueeze(1)
    input_ids = whole.gather(1, positions.clamp(max=whole.shape[1] - 1))
    states = policy.hidden(input_ids.to(device))
    # The index of the hidden state that predicts each response token.
    predicting = query_lengths.unsqueeze(1) - 1 + torch.arange(width)
    rows = torch.arange(len(predicting)).unsqueeze(1).expand_as(predicting)
    real, real_values = ~mask.padding, ~mask.value_padding
    logprobs, entropies = policy.logprobs(
        states[rows[real].to(device), predicting[real].to(device)],
        responses[real].to(device),
        temperature + TEMPERATURE_EPSILON,
        entropy,
    )
    values = policy.values(states[rows[real_values].to(device), predicting[real_values].to(device)])

    def spread(numbers: Tensor, where: Tensor) -> Tensor:
        return numbers.new_zeros(where.shape).masked_scatter(where.to(device), numbers)

    return ForwardPass(spread(logprobs, real), spread(values, real_values), spread(entropies, real))


def join(parts: Sequence[Rollout], width: int, pad: int) -> Rollout:
    """Several rollouts as one: prompts padded to the longest, responses to `width`."""
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
        queries=torch.cat([left(part) for part in parts]),
        query_lengths=plain("query_lengths"),
        responses=right("responses", pad),
        lengths=plain("lengths"),
        logprobs=right("logprobs", ppo_math.INVALID_LOGPROB),
        ref_logprobs=right("ref_logprobs", ppo_math.INVALID_LOGPROB),
        values=right("values", 0.0),
        scores=plain("scores"),
        ended=plain("ended"),
    )


def select(rollout: Rollout, rows: Tensor) -> Rollout:
    """These sequences only, without the prompt padding that none of them needs."""
    chosen = Rollout(*(field[rows] for field in rollout))
    longest = int(chosen.query_lengths.max())
    return chosen._replace(queries=chosen.queries[:, -longest:])
