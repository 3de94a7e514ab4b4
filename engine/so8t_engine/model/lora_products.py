"""LoRA's two products in the model's own 16-bit type, with float32 master weights (as QLoRA trains).

PEFT keeps A and B in float32 and computes in float32 too: the input is widened, two products run at a quarter of the
speed or less, and six small launches stand where two would do. Here A and B are rounded for the products; what is
trained, its gradients and moments stay float32.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import torch
from peft.tuners.lora.layer import LoraVariant
from torch import Tensor, nn

ADAPTER = "default"
HALF = (torch.bfloat16, torch.float16)


class HalfProducts(LoraVariant):
    """y + s B A x in the model's type: one product for A x, one that adds B (A x) to y.

    A subclass because that is PEFT's way to compute an adapter otherwise.
    """

    def __init__(self, dtype: torch.dtype) -> None:
        self.dtype = dtype

    def forward(self, module: Any, active_adapter: str, x: Tensor, result: Tensor, **_: Any) -> Tensor:
        """PEFT declares it static, and calls it on this object."""
        inputs = module.lora_dropout[active_adapter](x).to(self.dtype)
        return add(result, inputs, *rounded(module, self.dtype))


def add(result: Tensor, inputs: Tensor, down: Tensor, up: Tensor) -> Tensor:
    """result (..., out) + inputs (..., in) through A (r, in) and s B (out, r)."""
    return torch.addmm(result.flatten(0, -2), inputs.flatten(0, -2) @ down.T, up.T).view_as(result)


def rounded(module: Any, dtype: torch.dtype) -> tuple[Tensor, Tensor]:
    """(A, s B) in `dtype`."""
    down, up = module.lora_A[ADAPTER].weight, module.lora_B[ADAPTER].weight
    return down.to(dtype), (up * module.scaling[ADAPTER]).to(dtype)


def install(model: nn.Module, dtype: torch.dtype) -> None:
    """Layers of a PEFT model compute so from now on, where the model's type is a 16-bit one; others as PEFT does."""
    if dtype not in HALF:
        return
    for layer in _layers(model):
        layer.cast_input_dtype_enabled = False  # else PEFT widens the input first
        layer.lora_variant[ADAPTER] = HalfProducts(dtype)


@contextmanager
def prepared(model: nn.Module) -> Iterator[None]:
    """Inside, A and s B are rounded once and not at every pass. For generation: they must not change meanwhile."""
    own = [(layer, layer.lora_variant.get(ADAPTER)) for layer in _layers(model)]
    half = [(layer, variant.dtype) for layer, variant in own if isinstance(variant, HalfProducts)]
    try:
        with torch.no_grad():
            for layer, dtype in half:
                layer.forward = _ready(layer, *rounded(layer, dtype))
        yield
    finally:
        for layer, _ in half:
            layer.__dict__.pop("forward", None)


def _ready(layer: Any, down: Tensor, up: Tensor) -> Callable[[Tensor], Tensor]:
    def forward(x: Tensor) -> Tensor:
        result = layer.base_layer(x)
        return result if layer.disable_adapters else add(result, x, down, up)

    return forward


def _layers(model: nn.Module) -> list[Any]:
    parts: list[Any] = list(model.modules())
    return [part for part in parts if hasattr(part, "lora_variant") and ADAPTER in part.lora_A]
