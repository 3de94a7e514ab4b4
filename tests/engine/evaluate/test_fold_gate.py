"""The gate before the final model is published lets rounding through and nothing else."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest
import torch

from helpers.sessions import refused
from so8t_engine.evaluate import fold_gate


def rows(shift: float = 0.0) -> list[torch.Tensor]:
    generator = torch.Generator().manual_seed(4)
    logits = torch.randn(6, 50, generator=generator)
    other = logits + shift * torch.randn(6, 50, generator=generator)
    return list(other.log_softmax(-1))


def test_the_divergence_is_that_of_torch() -> None:
    expected = torch.nn.functional.kl_div(
        torch.stack(rows(0.5)), torch.stack(rows()), log_target=True, reduction="batchmean"
    )

    assert fold_gate.divergence(rows(), rows(0.5)) == pytest.approx(float(expected), rel=1e-5)
    assert fold_gate.divergence([], []) == 0.0


@pytest.mark.parametrize("dtype", list(fold_gate.BOUNDS))
def test_rounding_passes_and_another_model_does_not(dtype: str) -> None:
    fold_gate.check(rows(), rows(0.01), dtype)
    error = refused(lambda: fold_gate.check(rows(), rows(1.0), dtype))

    assert error.code == "export" and "is not published" in error.detail
    nothing = [torch.full((50,), float("nan"))] * 6
    assert refused(lambda: fold_gate.check(rows(), nothing, dtype)).code == "export"


def test_the_next_token_is_compared_behind_each_sequence() -> None:
    class Model:
        def get_input_embeddings(self) -> Any:
            return SimpleNamespace(weight=torch.zeros(1))

        def __call__(self, input_ids: torch.Tensor, logits_to_keep: int) -> Any:
            assert logits_to_keep == 1 and input_ids.shape[0] == 1
            return SimpleNamespace(logits=torch.stack([input_ids.new_zeros(3), input_ids[0, -3:]])[None].double())

    found = fold_gate.logprobs(Model(), [[9, 1, 2, 3], [4, 4, 4]])
    assert [each.dtype for each in found] == [torch.float32] * 2
    assert torch.allclose(found[0], torch.tensor([1.0, 2.0, 3.0]).log_softmax(-1))
    assert torch.allclose(found[1].exp(), torch.full((3,), 1 / 3))
