"""Values in refusals as their writer knows them."""

from __future__ import annotations

import pytest

from so8t_engine.config import file as config_file
from so8t_engine.config import messages
from so8t_engine.config.model import Build, Lora
from so8t_engine.config.run_config import Dataset, RunConfig
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


@pytest.mark.parametrize(
    ("override", "code", "args"),
    [
        ("seed=x", "no_whole_number", {"value": "'x'"}),
        ("seed=1.5", "no_whole_number", {"value": "1.5"}),
        ("seed=null", "no_whole_number", {"value": messages.shown(None)}),
        ("seed=[1]", "no_whole_number", {"value": messages.shown([])}),
        ("ppo.kl_coef=x", "no_number", {"value": "'x'"}),
        ("lora.enabled=5", "no_boolean", {"value": "5"}),
        ("description=5", "text_needs_quotes", {"value": "5"}),
        ("description=yes", "text_needs_quotes", {"value": "true"}),
        ("description=[a]", "no_text", {"value": messages.shown([])}),
        ("evaluate.gguf=F16", "no_list", {"value": "'F16'"}),
        ("alpha.final=2", "too_large", {"limit": 1, "value": "2"}),
        ("alpha.final=-0.5", "too_small", {"limit": 0, "value": "-0.5"}),
        ("checkpoint.save_total_limit=1", "too_small", {"limit": 2, "value": "1"}),
        ("checkpoint.interval_seconds=0", "not_greater", {"limit": 0, "value": "0"}),
        ("alpha.schedule=sigmod", "none_of_but_near", {"near": "sigmoid", "value": "'sigmod'"}),
        ("alpha.schedule=zzz", "none_of", {"value": "'zzz'"}),
        ("evaluate.gguf=[Q8]", "none_of_but_near", {"near": "Q8_0", "value": "'Q8'"}),
        ("datasets.0.source=hubb", "none_of_but_near", {"allowed": ["hub", "local"], "near": "hub"}),
        ("ppo.kl_coeff=1", "unknown_key_near", {"near": "kl_coef"}),
        ("ppo.load_in_4bit=1", "unknown_key_here", {"sections": ["model"]}),
        ("lora.zzz=1", "unknown_key", {"keys": list(Lora.model_fields)}),
        ("model.build.zzz=1", "unknown_key", {"keys": list(Build.model_fields)}),
        ("datasets.0.zzz=1", "unknown_key", {"keys": list(Dataset.model_fields)}),
        ("zzz=1", "unknown_key", {"keys": list(RunConfig.model_fields)}),
        ("lora=5", "no_section", {"keys": list(Lora.model_fields), "value": "5"}),
        ("datasets.0=x", "no_section", {"keys": list(Dataset.model_fields), "value": "'x'"}),
        ("integrate.max_records=5", "no_pairs", {"value": "5"}),
        ("integrate.max_records={x: 5}", "no_records", {"value": "'x'"}),
        ("runtime.device=gpu", "no_device", {"value": "'gpu'"}),
        ("datasets=[]", "no_datasets", {}),
        ("datasets.0.roles.2=boss", "none_of", {"allowed": ["user", "assistant", "system", "tool", "call"]}),
        ("datasets.0.labels=[a]", "no_pairs", {"value": messages.shown([])}),
        ("datasets.0={source: local, path: x}", "missing_in", {"section": "datasets.0"}),
    ],
)
def test_a_wrong_value_is_told_with_what_would_be_right(override: str, code: str, args: dict[str, object]) -> None:
    with pytest.raises(config_file.ConfigInvalid) as refused:
        config_file.load_preset("demo", [override])
    said = {what.code.removeprefix("config."): what.args for _, what in refused.value.problems}

    assert code in said and {name: said[code][name] for name in args} == args


def test_a_limit_is_shown_as_a_whole_number_where_it_is_one() -> None:
    assert [repr(messages._number(value)) for value in (2.0, 2, 0.5, "3")] == ["2", "2", "0.5", "3"]


@pytest.mark.parametrize(
    ("path", "found"),
    [
        ((), True), (("lora",), True), (("datasets", 3), True), (("datasets", 3, "columns"), True),
        (("model", "build"), True), (("reward", "model"), True), (("seed",), False), (("zzz",), False),
        (("lora", "r"), False), (("lora", "r", "x"), False),
    ],
)  # fmt: skip
def test_a_path_leads_to_a_section_or_to_none(path: tuple[str | int, ...], found: bool) -> None:
    assert bool(messages._model_at(path)) is found and bool(messages._fields(path)) is found


@pytest.mark.parametrize(
    ("key", "value", "code"),
    [
        ("datasets.0.header", "{a: 1}", "no_header"),
        ("datasets.0.header", "-1", "no_header"),
        ("datasets.0.sheet", "{a: 1}", "no_sheet"),
        ("convert.teaching.sections", "[zzz]", "no_sections"),
        ("convert.teaching.sections", "5", "no_sections"),
    ],
)
def test_a_value_of_two_kinds_is_told_once_at_its_key(key: str, value: str, code: str) -> None:
    with pytest.raises(config_file.ConfigInvalid) as refused:
        config_file.load_preset("demo", [f"{key}={value}"])

    assert [(where, what.code) for where, what in refused.value.problems] == [(key, f"config.{code}")]
