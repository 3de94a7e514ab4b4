"""A base model that would be built for minutes and then be refused, or not compute at all, is refused by the check."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from helpers import program
from helpers.sessions import make_config
from so8t_engine.doctor import build_plan, checkup
from so8t_engine.sentences import say

DATA = [{"name": "none", "source": "local", "path": "none"}]


def said(build: dict[str, Any], language: str = "en", **sections: Any) -> list[str]:
    found = build_plan.check(make_config(DATA, model={"build": build}, **sections))
    assert all(finding.level == "error" for finding in found)
    return [say(finding.whole, language) for finding in found]


def test_what_is_built_by_the_defaults_holds_what_the_defaults_ask_of_it() -> None:
    assert said({}) == []


def test_a_context_that_is_too_short_is_said_with_the_keys_and_the_number_that_fits() -> None:
    [text] = said({"max_position_embeddings": 512}, ppo={"response_length": 128})
    [japanese] = said({"max_position_embeddings": 512}, "ja", ppo={"response_length": 128})

    assert text == (
        "The model to be built has a context of 512 tokens (model.build.max_position_embeddings). That is too short: "
        "warmup.max_length is 1024, ppo.max_prompt_length and ppo.response_length are 640 together. "
        "Set model.build.max_position_embeddings to 1024, or lower this to 512."
    )
    assert "warmup.max_length が 1024" in japanese and " の" not in japanese.replace("response_length の", "")


@pytest.mark.parametrize(
    ("sections", "keys"),
    [
        ({"warmup": {"max_length": 257}, "ppo": {"total_episodes": 0, "max_prompt_length": 9, "response_length": 9}},
         "warmup.max_length is 257"),
        ({"algorithm": "grpo", "grpo": {"max_prompt_length": 128, "max_completion_length": 129},
          "warmup": {"max_length": 256}}, "grpo.max_prompt_length and grpo.max_completion_length are 257 together"),
        ({"algorithm": "rloo", "rloo": {"max_prompt_length": 128, "max_completion_length": 129},
          "warmup": {"max_length": 256}}, "rloo.max_prompt_length and rloo.max_completion_length are 257 together"),
    ],
)  # fmt: skip
def test_each_algorithm_has_its_own_lengths(sections: dict[str, Any], keys: str) -> None:
    [text] = said({"max_position_embeddings": 256}, **sections)

    assert f"too short: {keys}." in text
    assert said({"max_position_embeddings": 257}, **sections) == []


@pytest.mark.parametrize(
    ("size", "heads", "fitting"), [(64, 3, 2), (64, 64, 32), (64, 6, 4), (64, 128, 32), (24, 5, 4)]
)
def test_heads_that_do_not_share_the_width_are_refused_with_a_number_that_does(
    size: int, heads: int, fitting: int
) -> None:
    [text] = said({"hidden_size": size, "num_attention_heads": heads})

    assert f"model.build.hidden_size {size} cannot be shared out among {heads} heads" in text
    assert f"num_attention_heads to {fitting}," in text
    assert said({"hidden_size": size, "num_attention_heads": fitting}) == []


def test_the_check_of_the_window_and_of_the_command_line_both_say_it(tmp_path: Path) -> None:
    config = make_config(DATA, model={"build": {"max_position_embeddings": 512}})
    done = program.so8t("config", "check", "--preset", "demo", "--set", "warmup.max_length=1024")

    assert any("max_position_embeddings" in str(finding.whole) for finding in checkup.inputs(config))
    assert done.returncode == 2 and "warmup.max_length is 1024" in done.stdout + done.stderr


def test_lora_without_a_module_is_refused() -> None:
    found = [str(each.whole) for each in checkup.inputs(make_config(DATA, lora={"target_modules": []}))]
    full = checkup.inputs(make_config(DATA, lora={"target_modules": [], "enabled": False}))

    assert any(text.startswith("lora.target_modules is empty") and "qkv_proj" in text for text in found)
    assert not any("lora" in str(finding.whole) for finding in full)
