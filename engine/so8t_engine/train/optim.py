"""AdamW, its moments as plain tensors, clipping, and learning rates as functions of the update number."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from typing import Literal

import torch
from torch import Tensor, nn

BETAS = (0.9, 0.95)
EPSILON = 1e-8
MOMENTS = ("exp_avg", "exp_avg_sq", "step")


def adamw(
    parameters: Mapping[str, nn.Parameter], rate: float, rates: Mapping[str, float] | None = None, decay: float = 0.0
) -> torch.optim.AdamW:
    """One group per learning rate; `rates` gives other rates by the first part of a name (`gates`, `value_head`)."""
    groups: dict[float, list[nn.Parameter]] = {}
    for name, parameter in parameters.items():
        groups.setdefault((rates or {}).get(name.split(".")[0], rate), []).append(parameter)
    listed = [{"params": members, "lr": each, "base": each} for each, members in groups.items()]
    fused = all(parameter.is_cuda for parameter in parameters.values())  # one launch for hundreds; the same bytes twice
    return torch.optim.AdamW(listed, lr=rate, betas=BETAS, eps=EPSILON, weight_decay=decay, fused=fused)


def schedule(
    kind: Literal["constant", "linear", "cosine"], update: int, updates: int, warmup_ratio: float = 0.0
) -> float:
    """The factor on the learning rate for update number `update` (from 0): rises linearly, then falls to zero."""
    rising = math.ceil(updates * warmup_ratio)
    if update < rising:
        return (update + 1) / (rising + 1)
    progress = (update - rising) / max(1, updates - rising)
    return {"constant": 1.0, "linear": 1.0 - progress, "cosine": 0.5 * (1 + math.cos(math.pi * progress))}[kind]


def set_rate(optimizer: torch.optim.Optimizer, factor: float) -> float:
    """Returns the main learning rate (of LoRA, or of everything)."""
    for group in optimizer.param_groups:
        group["lr"] = group["base"] * factor
    return float(optimizer.defaults["lr"]) * factor


def clip(parameters: Iterable[nn.Parameter], limit: float) -> float:
    """Scales gradients to a common norm of at most `limit`; returns the norm before (inf or nan pass through)."""
    return float(torch.nn.utils.clip_grad_norm_(list(parameters), limit))


def moments(optimizer: torch.optim.Optimizer, parameters: Mapping[str, nn.Parameter]) -> dict[str, Tensor]:
    """`NAME/exp_avg`, `NAME/exp_avg_sq`, `NAME/step` of every parameter that has been updated."""
    tensors = {}
    for name, parameter in parameters.items():
        for key, value in optimizer.state.get(parameter, {}).items():
            tensors[f"{name}/{key}"] = value.detach()
    return tensors


def load_moments(
    optimizer: torch.optim.Optimizer, parameters: Mapping[str, nn.Parameter], saved: Mapping[str, Tensor]
) -> None:
    """The inverse of `moments`. Step counts lie where torch keeps them: with the parameters if it is fused."""
    fused = bool(optimizer.defaults.get("fused"))
    for name, parameter in parameters.items():
        if f"{name}/step" in saved:
            state = {key: saved[f"{name}/{key}"].clone() for key in MOMENTS}
            state["exp_avg"] = state["exp_avg"].to(parameter.device)
            state["exp_avg_sq"] = state["exp_avg_sq"].to(parameter.device)
            state["step"] = state["step"].to(parameter.device if fused else "cpu")
            optimizer.state[parameter] = state
