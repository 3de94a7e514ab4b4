"""A number draws the token whose piece of the running sum holds it, up to the last one of the last block."""

from __future__ import annotations

import pytest
import torch

from so8t_engine.model.logprobs import TEMPERATURE_EPSILON
from so8t_engine.model.sampling import BLOCK, Sampler


@pytest.mark.parametrize("vocabulary", [1, BLOCK, BLOCK + 1, 2 * BLOCK + 3, BLOCK * BLOCK + 1])
def test_each_token_is_drawn_by_the_numbers_of_its_piece_and_by_no_others(vocabulary: int) -> None:
    torch.manual_seed(vocabulary)
    logits = 2 * torch.randn(vocabulary, dtype=torch.float64)
    shares = (logits / (0.7 + TEMPERATURE_EPSILON)).softmax(dim=0)
    ends = shares.cumsum(dim=0)
    places = torch.stack([ends - 0.999 * shares, ends - shares / 2, ends - 0.001 * shares])
    for numbers in places:
        tokens, logs = Sampler(vocabulary, 0.7, torch.device("cpu"))(logits.expand(vocabulary, -1), numbers)
        assert tokens.tolist() == list(range(vocabulary))
        torch.testing.assert_close(logs, shares.log().float(), rtol=1e-4, atol=1e-4)


def test_a_word_without_a_chance_is_never_drawn_at_either_end() -> None:
    logits = torch.full((2, 2 * BLOCK), -torch.inf)
    logits[:, 70] = 0.0
    tokens, logs = Sampler(2 * BLOCK, 1.0, torch.device("cpu"))(logits, torch.tensor([0.0, 1 - 2**-53]).double())

    assert tokens.tolist() == [70, 70] and logs.tolist() == [0.0, 0.0]


def test_large_logits_are_as_likely_as_their_differences_say() -> None:
    drawn, logprobs = Sampler(2, 1.0, torch.device("cpu"))(
        torch.tensor([[1000.0, 1000.0], [-1000.0, -1000.0]]), torch.tensor([0.75, 0.25], dtype=torch.float64)
    )

    assert drawn.tolist() == [1, 0] and logprobs.exp().tolist() == pytest.approx([0.5, 0.5])
