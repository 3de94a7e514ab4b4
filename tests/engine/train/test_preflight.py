"""What is told of examples that are too long to be trained on."""

from __future__ import annotations

from typing import Any

import pytest

from so8t_engine.config import file as config_file
from so8t_engine.train import preflight
from so8t_engine.train.preflight import TooLong

WARMUP = {"key": "warmup.max_length", "limit": 300, "total": 9}


def prompts(algorithm: str, limit: int, count: int) -> dict[str, Any]:
    return {
        "key": f"{algorithm}.max_prompt_length", "limit": limit, "total": 9, "count": count,
        "algorithm": algorithm.upper(),
    }  # fmt: skip


@pytest.mark.parametrize(
    ("too_long", "algorithm", "told"),
    [
        (TooLong(0, 0, 9), "ppo", {}),
        (TooLong(3, 0, 9), "ppo", {"train.examples_too_long": {**WARMUP, "count": 3}}),
        (TooLong(0, 2, 9), "ppo", {"train.prompts_too_long": prompts("ppo", 200, 2)}),
        (TooLong(0, 2, 9), "grpo", {"train.prompts_too_long": prompts("grpo", 100, 2)}),
        (TooLong(4, 1, 9), "ppo", {"train.examples_too_long": {**WARMUP, "count": 4},
                                   "train.prompts_too_long": prompts("ppo", 200, 1)}),
    ],
)  # fmt: skip
def test_each_use_tells_how_many_are_too_long_and_which_key_says_so(
    too_long: TooLong, algorithm: str, told: dict[str, Any]
) -> None:
    words = ["warmup.max_length=300", "ppo.max_prompt_length=200"]
    if algorithm == "grpo":
        words = ["warmup.max_length=300", "algorithm=grpo", "grpo.max_prompt_length=100"]
    config = config_file.load_preset("phi35-so8t", words)

    assert {said.code: dict(said.args) for said in preflight.warnings(too_long, config)} == told
