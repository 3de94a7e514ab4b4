"""How long a text the base must hold: what the warm-up learns, and a prompt with its answer."""

from __future__ import annotations

import pytest

from so8t_engine.config import file as config_file
from so8t_engine.config import needed_context

PPO = ("warmup.max_length={}", "ppo.max_prompt_length={}", "ppo.response_length={}")
GRPO = ("algorithm=grpo", "warmup.max_length={}", "grpo.max_prompt_length={}", "grpo.max_completion_length={}")


@pytest.mark.parametrize("keys", [PPO, GRPO])
@pytest.mark.parametrize(
    ("lengths", "context", "needed", "over"),
    [
        ((100, 40, 50), 100, 100, []),
        ((100, 40, 50), 99, 100, ["warmup"]),
        ((80, 40, 50), 90, 90, []),
        ((80, 40, 50), 89, 90, ["lengths"]),
        ((90, 40, 50), 89, 90, ["warmup", "lengths"]),
    ],
)
def test_a_context_is_long_enough_to_the_token(
    keys: tuple[str, ...], lengths: tuple[int, int, int], context: int, needed: int, over: list[str]
) -> None:
    words = [*keys[: len(keys) - 3], *(key.format(length) for key, length in zip(keys[-3:], lengths, strict=True))]
    config = config_file.load_preset("phi35-so8t", words)
    found = needed_context.over(config, context)

    assert needed_context.tokens(config) == needed
    assert [each.code for each in found] == [
        {"warmup": "config.length_over", "lengths": "config.lengths_over"}[name] for name in over
    ]
    section = config.algorithm
    for each in found:
        if each.code == "config.length_over":
            assert each.args == {"key": "warmup.max_length", "tokens": lengths[0]}
        else:
            assert each.args["tokens"] == 90 and each.args["prompt"] == f"{section}.max_prompt_length"
            assert each.args["answer"].startswith(f"{section}.")
