"""What a run was set to is said of what it does: parts that are left out are said to be none."""

from __future__ import annotations

from typing import Any

import pytest

from helpers.sessions import make_config
from so8t_engine.config import in_words
from so8t_engine.config.run_config import RunConfig
from so8t_engine.sentences import say

DATASETS = [{"name": "a", "source": "local", "path": "a.jsonl"}]
GRPO = {"num_generations": 2, "per_device_train_batch_size": 2, "gradient_accumulation_steps": 2, "max_steps": 6}


def said(config: RunConfig) -> dict[str, str]:
    return {name: say(what, "en") for name, what in in_words.settings(config)}


@pytest.mark.parametrize(
    ("changes", "name", "parts"),
    [
        ({"lora": {"r": 5, "lora_alpha": 7}}, "trained", ["5", "7"]),
        ({"lora": {"enabled": False}}, "trained", ["all parameters"]),
        ({"gate": {"mode": "residual", "first": 0.25, "last": 0.75}}, "gates", ["residual", "0.25", "0.75"]),
        ({"gate": {"enabled": False}}, "gates", ["none"]),
        ({"alpha": {"schedule": "cosine", "initial": 0.875, "final": 0.125}}, "strength", ["0.875", "0.125"]),
        ({"alpha": {"initial": 0.875, "final": 0.125}, "ppo": {"total_episodes": 0}}, "strength", ["0.875 throughout"]),
        ({"alpha": {"initial": 0.875}, "ppo": {"total_episodes": 63, "batch_size": 64}}, "strength", ["0.875 through"]),
        ({"algorithm": "rloo", "rloo": {"max_steps": 0}, "alpha": {"initial": 0.5}}, "strength", ["0.5 throughout"]),
        (
            {"alpha": {"initial": 1.0, "final": 0.5, "annealing_steps": 9_000}},
            "strength",
            ["1 to 0.5 over 9000"],
        ),
        (
            {"model": {"build": {"num_hidden_layers": 3, "hidden_size": 96, "max_steps": 6, "vocab_size": 512}}},
            "built",
            ["3 layers", "width 96", "vocabulary 512", "6 updates", "0.002"],
        ),
        ({"warmup": {"max_steps": 37, "learning_rate": 3e-4}}, "warmup", ["37", "0.0003"]),
        ({"ppo": {"total_episodes": 32, "batch_size": 32, "kl_coef": 0.07}}, "learning", ["PPO", "32", "0.07"]),
        ({"ppo": {"total_episodes": 0, "batch_size": 32}}, "learning", ["none"]),
        ({"algorithm": "grpo", "grpo": GRPO | {"learning_rate": 3e-6}}, "learning", ["GRPO", "6", "3e-06"]),
        ({"seed": 19}, "seed", ["19"]),
    ],
)
def test_each_setting_has_its_figures(changes: dict[str, Any], name: str, parts: list[str]) -> None:
    words = said(make_config(DATASETS, **changes))

    assert all(part in words[name] for part in parts), words[name]
    assert ("strength" in words) == (changes.get("gate", {}).get("enabled", True))
