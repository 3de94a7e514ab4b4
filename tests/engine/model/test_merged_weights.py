"""While LoRA is merged a layer gives the same numbers without its adapter; afterwards all is as it was."""

from __future__ import annotations

from typing import Any

import torch
from peft import LoraConfig, get_peft_model
from torch import nn

from so8t_engine.model import merged_weights


def test_inside_the_adapter_is_in_the_weights_and_afterwards_beside_them_again() -> None:
    torch.manual_seed(1)
    model: Any = get_peft_model(
        nn.Sequential(nn.Linear(8, 8, bias=False)), LoraConfig(target_modules=["0"], init_lora_weights=False)
    )
    base = model.base_model.model
    layer, x = base[0], torch.randn(3, 8)
    before, weight = base(x), layer.base_layer.weight.detach().clone()
    turned = torch.linalg.qr(torch.randn(1, 8, 8))[0]
    with merged_weights.merged(base, {"0": turned}):
        assert layer.disable_adapters
        assert torch.allclose(base(x), before @ turned[0].T, atol=1e-5)

    assert not layer.disable_adapters
    assert torch.equal(base(x), before) and torch.equal(layer.base_layer.weight, weight)
    assert not torch.equal(before, x @ weight.T)


def test_a_layer_that_is_no_plain_linear_one_is_not_merged() -> None:
    """As those in four bits, whose weights would be rounded anew each time."""
    odd = nn.Linear(8, 8)
    odd.lora_A = nn.Linear(8, 2)
    assert not merged_weights.possible(nn.Sequential(odd), {})
    assert merged_weights.possible(nn.Sequential(nn.Linear(8, 8, bias=False)), {"0": torch.eye(8)})
    for other in (nn.Linear(8, 8), nn.Linear(8, 8, bias=False).bfloat16(), nn.Identity()):
        assert not merged_weights.possible(nn.Sequential(other), {"0": torch.eye(8)})
