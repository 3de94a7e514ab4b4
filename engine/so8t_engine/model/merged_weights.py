"""Generates with adapter and gates merged into the weights: one matrix where training needs three and a rotation.

At hidden size 256 on a CPU this generates 1.3 times as many tokens. Only for float32 weights: a merge in a 16-bit type
would round the small update away, and responses would come from another policy than the trained one. Afterwards the
original tensors are put back rather than recomputed, so not a bit changes. Costs a second copy of the merged weights.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import torch
from peft.tuners.lora import Linear
from torch import Tensor, nn

from so8t_engine.model import so8_gate


def possible(base: nn.Module, rotations: Mapping[str, Tensor]) -> bool:
    """True if every layer with LoRA or a gate is a float32 `nn.Linear` without bias."""
    adapted = [part for part in base.modules() if hasattr(part, "lora_A")]
    if not all(isinstance(part, Linear) and not part.merged for part in adapted):
        return False
    plain = [_plain(part) for part in [*adapted, *(base.get_submodule(name) for name in rotations)]]
    return all(type(part) is nn.Linear and part.weight.dtype == torch.float32 and part.bias is None for part in plain)


@contextmanager
def merged(base: nn.Module, rotations: Mapping[str, Tensor]) -> Iterator[None]:
    """Inside the context LoRA is merged and disabled, and `rotations` (module name -> R) are folded into the weights.

    Disabling the gates' hooks is up to the caller.
    """
    adapted: list[Any] = [part for part in base.modules() if hasattr(part, "lora_A")]
    kept: list[tuple[nn.Parameter, Tensor]] = []
    try:
        with torch.no_grad():
            for part in adapted:
                weight: nn.Parameter = part.base_layer.weight
                kept.append((weight, weight.data))
                for name in part.active_adapters:
                    weight.data = weight.data + part.get_delta_weight(name)
            for name, rotation in rotations.items():
                weight = _plain(base.get_submodule(name)).weight
                kept.append((weight, weight.data))
                weight.data = so8_gate.fold(weight.data, rotation)
        for part in adapted:
            part.enable_adapters(False)
        yield
    finally:
        for part in adapted:
            part.enable_adapters(True)
        for weight, data in reversed(kept):
            weight.data = data


def _plain(part: Any) -> Any:
    return part.base_layer if hasattr(part, "base_layer") else part
