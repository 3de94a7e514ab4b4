"""The gate before the final model is published lets rounding through and nothing else."""

from __future__ import annotations

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
