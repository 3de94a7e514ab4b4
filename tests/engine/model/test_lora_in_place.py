"""LoRA with fewer copies: outputs and gradients are PEFT's to the last bit, or PEFT's own code computes them."""

from __future__ import annotations

from typing import Any

import pytest
import torch
from peft import LoraConfig, get_peft_model
from torch import Tensor, nn
from torch.utils.checkpoint import checkpoint

from so8t_engine.model import lora_in_place


def made(rank: int, alpha: int, *, dropout: float = 0.0, bias: bool = False, dtype: torch.dtype = torch.float32) -> Any:
    """Two layers with an adapter that does something; a trained row of inputs before them."""
    torch.manual_seed(1)
    base = nn.Sequential(nn.Linear(48, 64, bias=bias), nn.SiLU(), nn.Linear(64, 24, bias=bias)).to(dtype)
    settings = LoraConfig(r=rank, lora_alpha=alpha, lora_dropout=dropout, target_modules=["0", "2"])
    model = get_peft_model(base, settings)
    for name, parameter in model.named_parameters():
        if "lora_B" in name:
            nn.init.normal_(parameter, std=0.2)
    return model


def own_forwards(model: nn.Module) -> int:
    return sum("forward" in vars(part) for part in model.modules())


def trained(model: Any, inputs: Tensor, *, recomputed: bool = False) -> dict[str, Tensor]:
    """The output and every gradient; two passes add up, as micro-batches do."""
    inputs = inputs.clone().requires_grad_()
    torch.manual_seed(3)
    for factor in (1.0, 0.3):
        output = checkpoint(model, inputs, use_reentrant=False) if recomputed else model(inputs)
        ((output * factor) ** 2).sum().backward()
    gradients = {name: value.grad for name, value in model.named_parameters() if value.grad is not None}
    assert inputs.grad is not None
    return {"output": output.detach(), "inputs": inputs.grad} | gradients


@pytest.mark.parametrize("dtype", [torch.float32, torch.float64])
@pytest.mark.parametrize("recomputed", [False, True])
@pytest.mark.parametrize(("rank", "alpha"), [(2, 4), (8, 8), (16, 32), (64, 16), (300, 600)])
@pytest.mark.parametrize("shape", [(1, 1), (1, 3), (2, 7), (8, 104)])
def test_where_the_scale_is_a_power_of_two_every_bit_is_pefts(
    rank: int, alpha: int, shape: tuple[int, int], recomputed: bool, dtype: torch.dtype
) -> None:
    inputs = torch.randn(*shape, 48, generator=torch.Generator().manual_seed(2)).to(dtype)
    plain, other = made(rank, alpha, dtype=dtype), made(rank, alpha, dtype=dtype)
    lora_in_place.install(other)
    expected, found = trained(plain, inputs, recomputed=recomputed), trained(other, inputs, recomputed=recomputed)

    assert own_forwards(other) == 2
    assert found.keys() == expected.keys() and len(found) == 6
    for name, tensor in found.items():
        assert torch.equal(tensor, expected[name]), name
    with torch.no_grad():
        assert torch.equal(other(inputs), plain(inputs))


@pytest.mark.parametrize("kind", ["scale", "bias", "half"])
def test_what_would_round_otherwise_is_left_to_peft(kind: str) -> None:
    model = made(
        8, 12 if kind == "scale" else 16, bias=kind == "bias", dtype=torch.bfloat16 if kind == "half" else torch.float32
    )
    lora_in_place.install(model)
    assert own_forwards(model) == 0


def test_with_dropout_disabled_or_merged_it_is_pefts_own_code() -> None:
    plain, other = made(8, 16, dropout=0.5), made(8, 16, dropout=0.5)
    lora_in_place.install(other)
    inputs = torch.randn(2, 5, 48, generator=torch.Generator().manual_seed(2))
    expected, found = trained(plain, inputs), trained(other, inputs)
    assert own_forwards(other) == 2
    assert all(torch.equal(found[name], expected[name]) for name in expected)
    plain.eval(), other.eval()
    assert torch.equal(plain(inputs), other(inputs))
    with plain.disable_adapter(), other.disable_adapter():
        assert torch.equal(plain(inputs), other(inputs))
    plain.merge_adapter(), other.merge_adapter()
    assert torch.equal(plain(inputs), other(inputs))
