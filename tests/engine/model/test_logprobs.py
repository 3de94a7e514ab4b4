"""Log-probabilities in chunks: the plain formula's numbers and gradients, without the plain formula's memory."""

from __future__ import annotations

from typing import Any

import pytest
import torch
from torch import Tensor, nn
from torch.utils._python_dispatch import TorchDispatchMode
from torch.utils._pytree import tree_leaves

from so8t_engine.model import logprobs

WORDS, SIZE, ROWS = 211, 16, 40


class Largest(TorchDispatchMode):
    """The most values any tensor had that was made meanwhile."""

    def __init__(self) -> None:
        super().__init__()
        self.most = 0

    def __torch_dispatch__(self, func: Any, types: Any, args: Any = (), kwargs: Any = None) -> Any:
        made = func(*args, **(kwargs or {}))
        for leaf in tree_leaves(made):
            if isinstance(leaf, Tensor):
                self.most = max(self.most, leaf.numel())
        return made


def inputs(dtype: torch.dtype = torch.float64) -> tuple[nn.Linear, Tensor, Tensor]:
    torch.manual_seed(1)
    head = nn.Linear(SIZE, WORDS, bias=False).to(dtype)
    hidden = (2 * torch.randn(ROWS, SIZE, dtype=torch.float64)).to(dtype).requires_grad_()
    return head, hidden, torch.randint(0, WORDS, (ROWS,))


def plain(head: nn.Linear, hidden: Tensor, chosen: Tensor, temperature: float) -> tuple[Tensor, Tensor]:
    spread = (head(hidden) / temperature).log_softmax(dim=-1)
    return spread.gather(-1, chosen.unsqueeze(-1)).squeeze(-1), -(spread.exp() * spread).sum(dim=-1)


def in_chunks_of(rows: int, monkeypatch: pytest.MonkeyPatch, words: int = WORDS) -> None:
    monkeypatch.setattr(logprobs, "CHUNK_BYTES", rows * words * 4)


@pytest.mark.parametrize("rows", [ROWS, 7, 1])
def test_numbers_and_gradients_are_those_of_the_plain_formula(rows: int, monkeypatch: pytest.MonkeyPatch) -> None:
    in_chunks_of(rows, monkeypatch)
    head, hidden, chosen = inputs()
    weights = torch.randn(ROWS, dtype=torch.float64)

    found, entropies = logprobs.of_tokens(head, hidden, chosen, 0.7)
    expected, spread = plain(head, hidden, chosen, 0.7)
    gradients = torch.autograd.grad((found * weights).sum(), [hidden, head.weight])
    wanted = torch.autograd.grad((expected * weights).sum(), [hidden, head.weight])

    torch.testing.assert_close(found, expected, rtol=0, atol=1e-12)
    torch.testing.assert_close(entropies, spread, rtol=0, atol=1e-12)
    assert not entropies.requires_grad
    without, zeros = logprobs.of_tokens(head, hidden, chosen, 0.7, entropy=False)
    assert torch.equal(without, found) and zeros.tolist() == [0.0] * ROWS, "asked for or not, the same bits"
    for own, other in zip(gradients, wanted, strict=True):
        torch.testing.assert_close(own, other, rtol=0, atol=1e-12)


@pytest.mark.parametrize("rows", [ROWS, 7])
def test_gradients_agree_with_finite_differences(rows: int, monkeypatch: pytest.MonkeyPatch) -> None:
    words = 31  # each number is moved by itself
    in_chunks_of(rows, monkeypatch, words)
    head, hidden, chosen = inputs()
    hidden, chosen = hidden.detach()[:16].requires_grad_(), chosen[:16] % words
    few = head.weight.detach()[:words].requires_grad_()

    def found(states: Tensor, weight: Tensor) -> Tensor:
        def own(part: Tensor) -> Tensor:
            return part @ weight.T

        return logprobs.of_tokens(own, states, chosen, 1.3)[0]

    assert torch.autograd.gradcheck(found, (hidden, few))


def test_one_chunk_and_many_give_the_same_to_float32_rounding(monkeypatch: pytest.MonkeyPatch) -> None:
    found = []
    for rows in (ROWS, 3):
        in_chunks_of(rows, monkeypatch)
        head, hidden, chosen = inputs(torch.float32)
        values, entropies = logprobs.of_tokens(head, hidden, chosen)
        values.sum().backward()
        found.append((values, entropies, hidden.grad))
    for whole, parts in zip(*found, strict=True):
        assert whole is not None
        torch.testing.assert_close(whole, parts, rtol=1e-5, atol=1e-6)


def test_nothing_as_large_as_all_logits_is_made_and_no_logits_are_kept_for_the_backward_pass(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    in_chunks_of(4, monkeypatch)
    head, hidden, chosen = inputs(torch.float32)
    kept: list[Tensor] = []

    def keep(tensor: Tensor) -> Tensor:
        kept.append(tensor)
        return tensor

    with Largest() as largest:
        with torch.autograd.graph.saved_tensors_hooks(keep, lambda tensor: tensor):
            found, _ = logprobs.of_tokens(head, hidden, chosen)
        assert all(tensor.shape[-1] != WORDS for tensor in kept if tensor.dim())
        found.sum().backward()

    # head.weight's own gradient is as large as it must be; of logits never more than a chunk
    assert largest.most == max(4 * WORDS, head.weight.numel()) < ROWS * WORDS
    with Largest() as largest:  # of a head that does not say how many words it has
        logprobs.of_tokens(lambda rows: head(rows), hidden, chosen)
    assert largest.most < ROWS * WORDS


def test_the_plain_formula_does_make_and_keep_them() -> None:
    head, hidden, chosen = inputs(torch.float32)
    kept: list[Tensor] = []

    def keep(tensor: Tensor) -> Tensor:
        kept.append(tensor)
        return tensor

    with Largest() as largest, torch.autograd.graph.saved_tensors_hooks(keep, lambda tensor: tensor):
        plain(head, hidden, chosen, 1.0)

    assert largest.most == ROWS * WORDS
    assert any(tensor.shape == (ROWS, WORDS) for tensor in kept)


def test_16_bit_logits_are_kept_as_such_where_one_chunk_holds_all() -> None:
    head, hidden, chosen = inputs(torch.bfloat16)
    kept: list[Tensor] = []

    def keep(tensor: Tensor) -> Tensor:
        kept.append(tensor)
        return tensor

    with torch.autograd.graph.saved_tensors_hooks(keep, lambda tensor: tensor):
        found, entropies = logprobs.of_tokens(head, hidden, chosen)

    assert found.dtype == entropies.dtype == torch.float32
    assert {tensor.dtype for tensor in kept if tensor.shape == (ROWS, WORDS)} == {torch.bfloat16}


def test_certainty_has_no_entropy_and_no_nan() -> None:
    head = nn.Linear(1, 3, bias=False)
    with torch.no_grad():
        head.weight.copy_(torch.tensor([[0.0], [500.0], [-500.0]]))
    hidden = torch.ones(2, 1, requires_grad=True)

    found, entropies = logprobs.of_tokens(head, hidden, torch.tensor([1, 0]))
    found.sum().backward()

    assert found.tolist() == [0.0, -500.0] and entropies.tolist() == [0.0, 0.0]
    assert hidden.grad is not None and bool(torch.isfinite(hidden.grad).all())


def test_no_rows_give_no_numbers() -> None:
    head, hidden, chosen = inputs()
    found, entropies = logprobs.of_tokens(head, hidden[:0], chosen[:0])
    assert found.shape == entropies.shape == (0,)
