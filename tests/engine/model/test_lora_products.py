"""LoRA in 16 bits: close to PEFT's own in float32, gradients for the float32 masters, rounded once for generation."""

from __future__ import annotations

from typing import Any

import pytest
import torch
from peft import LoraConfig, get_peft_model
from torch import Tensor, nn

from so8t_engine.model import lora_products
from so8t_engine.model.fused_norms import fused_norms


class SpelledOutRMSNorm(nn.Module):
    """As transformers has it."""

    def __init__(self) -> None:
        super().__init__()
        self.weight, self.variance_epsilon = nn.Parameter(torch.rand(64) + 0.5), 1e-5

    def forward(self, states: Tensor) -> Tensor:
        wide = states.float()
        wide = wide * torch.rsqrt(wide.pow(2).mean(-1, keepdim=True) + self.variance_epsilon)
        return self.weight * wide.to(states.dtype)


def made(dtype: torch.dtype) -> Any:
    """Two layers with an adapter that does something, the second behind a norm."""
    torch.manual_seed(1)
    base = nn.Sequential(nn.Linear(48, 64, bias=False), SpelledOutRMSNorm(), nn.Linear(64, 32, bias=False)).to(dtype)
    model = get_peft_model(base, LoraConfig(r=8, lora_alpha=16, target_modules=["0", "2"]))
    for name, parameter in model.named_parameters():
        if "lora_B" in name:
            nn.init.normal_(parameter, std=0.2)
    return model


def test_in_16_bits_outputs_and_gradients_are_those_of_float32_but_for_rounding() -> None:
    inputs = torch.randn(2, 5, 48, generator=torch.Generator().manual_seed(2)).bfloat16()
    found = {}
    for installed in (False, True):
        model = made(torch.bfloat16)
        if installed:
            lora_products.install(model, torch.bfloat16)
        output = model(inputs)
        assert output.dtype == torch.bfloat16
        (output.float() ** 2).sum().backward()
        own = {name: value.grad for name, value in model.named_parameters() if value.grad is not None}
        found[installed] = (output.float(), own)

    torch.testing.assert_close(found[True][0], found[False][0], rtol=0.03, atol=0.03)
    assert found[True][1].keys() == found[False][1].keys() and len(found[True][1]) == 4
    for name, gradient in found[True][1].items():
        assert gradient.dtype == torch.float32, "what is trained stays float32"
        expected = found[False][1][name]
        assert float((gradient - expected).norm() / expected.norm()) < 0.02, name


def test_a_float32_model_is_left_to_peft() -> None:
    plain, other = made(torch.float32), made(torch.float32)
    lora_products.install(other, torch.float32)
    inputs = torch.randn(3, 48)
    with torch.no_grad(), lora_products.prepared(other), fused_norms(other):
        assert torch.equal(plain(inputs), other(inputs))


def test_prepared_for_generation_it_gives_the_same_and_is_put_back() -> None:
    model = made(torch.bfloat16)
    lora_products.install(model, torch.bfloat16)
    inputs = torch.randn(2, 1, 48).bfloat16()
    with torch.no_grad():
        before = model(inputs)
        with lora_products.prepared(model):
            assert torch.equal(model(inputs), before)
            with model.disable_adapter():
                bare = model(inputs)
        assert torch.equal(model(inputs), before) and not torch.equal(bare, before)
        with model.disable_adapter():
            assert torch.equal(model(inputs), bare)
    assert not any("forward" in vars(part) for part in model.modules())


def test_fused_norms_round_once_and_are_put_back_even_after_an_error() -> None:
    model = made(torch.bfloat16)
    norm: Any = model.base_model.model[1]
    states = torch.randn(4, 64).bfloat16()
    plain = norm(states)
    exact = norm.weight.double() * nn.functional.rms_norm(states.double(), (64,), eps=1e-5)
    with pytest.raises(ZeroDivisionError), fused_norms(model):
        fused = norm(states)
        raise ZeroDivisionError
    with fused_norms(single := made(torch.float32)):
        assert not any("forward" in vars(part) for part in single.modules())
    assert torch.equal(norm(states), plain) and not torch.equal(fused, plain)
    assert (fused.double() - exact).abs().mean() <= (plain.double() - exact).abs().mean()
