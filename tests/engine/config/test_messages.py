"""Values in refusals as their writer knows them."""

from __future__ import annotations

import pytest

from so8t_engine.config import file as config_file
from so8t_engine.config import messages
from so8t_engine.sentences import Sentence


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (None, "config.value_nothing"), ({"a": 1}, "config.value_section"), ([1], "config.value_list"),
        (True, "true"), (False, "false"), (1, "1"), (0.5, "0.5"), ("yes", "'yes'"),
        ("x" * 58, "'" + "x" * 58 + "'"), ("x" * 59, "'" + "x" * 56 + "..."),
        ("x" * 500, "'" + "x" * (messages.LONGEST_VALUE - 4) + "..."),
    ],
)  # fmt: skip
def test_a_value_is_shown_as_it_was_written(value: object, shown: str) -> None:
    said = messages.shown(value)

    assert (said.code if isinstance(said, Sentence) else said) == shown


@pytest.mark.parametrize(
    ("overrides", "key"),
    [
        (["convert.missing_sections=teacher", "convert.teacher=self"], "convert.teacher"),
        (["convert.missing_sections=teacher"], "convert.teacher"),
        (["convert.teacher=http://x/v1"], "convert.teaching.model"),
        (["convert.teacher=http://x/v1?key=a", "convert.teaching.model=m"], "convert.teacher"),
        (["convert.teacher=localhost:8080/v1"], "convert.teacher"),
        (["lora.enabled=false", "model.load_in_4bit=true"], "model.load_in_4bit"),
        (["model.model_name_or_path=a/b"], "model.model_name_or_path"),
        (["gate.first=0.9", "gate.last=0.1"], "gate.first"),
        (["gate.target_modules=[]"], "gate.target_modules"),
        (["ppo.batch_size=7", "ppo.num_mini_batches=2"], "ppo.batch_size"),
        (["ppo.generation_batch_size=5"], "ppo.batch_size"),
        (["grpo.num_generations=7"], "grpo.per_device_train_batch_size"),
        (["rloo.steps_per_generation=3"], "rloo.steps_per_generation"),
        (["grpo.num_iterations=3", "grpo.max_steps=500"], "grpo.max_steps"),
        (["reward.functions=[a:b, a:b]"], "reward.functions"),
        (["reward.functions=[a:b]", "reward.function_weights=[1, 2]"], "reward.function_weights"),
        (["reward.length.target=9", "reward.length.max=9"], "reward.length.target"),
        (["datasets.0.adapter=columns"], "datasets.0.columns"),
    ],
)
def test_keys_that_do_not_fit_each_other_are_told_at_one_that_can_be_mended(overrides: list[str], key: str) -> None:
    """A form shows it beside the key; it named a section, or nothing at all."""
    with pytest.raises(config_file.ConfigInvalid) as refused:
        config_file.load_preset("demo", overrides)
    assert [where for where, _ in refused.value.problems] == [key]
