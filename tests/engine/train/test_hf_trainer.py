"""What Hugging Face's Trainer is given to train: everything that learns, under its names, and nothing else."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import torch
from torch import nn

from so8t_engine.train.hf_trainer import TrainableModule


def never(*_: Any) -> Any:
    raise AssertionError("nothing is computed here")


def test_all_parts_are_trained_and_one_that_is_not_there_is_none() -> None:
    parts: dict[str, nn.Module | None] = {"lora": nn.Linear(2, 3), "gates": None, "head": nn.Linear(3, 1, bias=False)}
    config = SimpleNamespace(use_cache=True)
    module = TrainableModule(parts, config, never, never)
    module.config.use_cache = False

    assert [name for name, _ in module.named_parameters()] == ["lora.weight", "lora.bias", "head.weight"]
    assert config.use_cache, "Trainer writes into a copy"
    torch.nn.utils.clip_grad_norm_(module.parameters(), 1.0)
