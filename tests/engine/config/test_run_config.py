"""Which keys of a configuration fit each other, case by case: what is taken, and what is refused at which key."""

from __future__ import annotations

import re
from typing import Any

import pytest
from pydantic import ValidationError

from so8t_engine.config.run_config import Columns, Dataset, RunConfig
from so8t_engine.config.types import Misfit

ROWS = {"name": "rows", "source": "local", "path": "rows.jsonl"}
HUB = {"model_name_or_path": "owner/model"}


def made(**sections: Any) -> RunConfig:
    return RunConfig.model_validate({"datasets": [ROWS], "model": {"build": {}}} | sections)


def refused(**sections: Any) -> tuple[str, ...]:
    """Where: the section, and in it the key that a misfit names."""
    with pytest.raises(ValidationError) as caught:
        made(**sections)
    [error] = caught.value.errors()
    reason = error.get("ctx", {}).get("error")
    return tuple(str(part) for part in (*error["loc"], *(reason.at if isinstance(reason, Misfit) else ())))


@pytest.mark.parametrize(
    ("named", "fits"),
    [
        ("", False), ("prompt", False), ("response", False), ("answer", False), ("choices", False),
        ("prompt response", True), ("messages", True), ("chosen", True), ("messages response", True),
        ("prompt answer", False), ("prompt choices", False), ("prompt choices answer", True),
        ("choices answer", False), ("prompt reasoning", False), ("prompt rejected", False), ("prompt chosen", True),
        ("query response", False), ("system history prompt", False), ("system prompt response", True),
    ],
)  # fmt: skip
def test_columns_are_enough_where_one_asks_and_one_answers(named: str, fits: bool) -> None:
    columns = {name: "x" for name in named.split()}
    if fits:
        assert Columns.model_validate(columns).model_dump(exclude_none=True) == columns
    else:
        with pytest.raises(ValidationError, match="columns"):
            Columns.model_validate(columns)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [(None, None), (";", ";"), ("tab", "\t"), ("\\t", "\t"), ("\t", "\t"), ("、", "、"), (" ", " "), ("t", "t"),
     ("", "refused"), ("ab", "refused"), ("tabs", "refused"), ('"', "refused"), ("\n", "refused"), ("\r", "refused"),
     ('"\n', "refused")],
)  # fmt: skip
def test_fields_are_separated_by_one_character_that_is_no_end_of_a_line_and_no_quote(
    typed: str | None, kept: str | None
) -> None:
    if kept == "refused":
        assert refused(datasets=[ROWS | {"delimiter": typed}]) == ("datasets", "0", "delimiter")
    else:
        assert made(datasets=[ROWS | {"delimiter": typed}]).datasets[0].delimiter == kept


def test_an_encoding_is_one_that_python_knows() -> None:
    for name in (None, "utf-8", "Shift_JIS", "cp932"):
        assert Dataset.model_validate(ROWS | {"encoding": name}).encoding == name
    assert refused(datasets=[ROWS | {"encoding": "utf-99"}]) == ("datasets", "0", "encoding")


def test_labels_are_named_by_the_text_that_a_column_holds() -> None:
    labels = {2: "no", 1.5: "some", True: "yes", False: "never", "A": "first"}

    assert Dataset.model_validate(ROWS | {"labels": labels}).labels == {
        "2": "no", "1.5": "some", "true": "yes", "false": "never", "A": "first",
    }  # fmt: skip
    assert refused(datasets=[ROWS | {"labels": 5}]) == ("datasets", "0", "labels")


def test_the_adapter_of_columns_needs_them_and_no_other_does() -> None:
    columns = {"prompt": "q", "response": "a"}
    assert made(datasets=[ROWS | {"adapter": "columns", "columns": columns}]).datasets[0].columns is not None
    assert made(datasets=[ROWS | {"columns": columns}]).datasets[0].adapter == "auto"
    assert made(datasets=[ROWS]).datasets[0].columns is None
    assert refused(datasets=[ROWS | {"adapter": "columns"}]) == ("datasets", "0", "columns")


@pytest.mark.parametrize(
    ("convert", "model", "where"),
    [
        ({}, {"build": {}}, None),
        ({"missing_sections": "teacher"}, HUB, ("convert", "teacher")),
        ({"missing_sections": "teacher", "teacher": "self"}, HUB, None),
        ({"missing_sections": "teacher", "teacher": "self"}, {"build": {}}, ("convert", "teacher")),
        ({"missing_sections": "teacher", "teacher": "owner/other"}, {"build": {}}, None),
        ({"teacher": "http://a/v1"}, HUB, ("convert", "teaching", "model")),
        ({"teacher": "http://a/v1", "teaching": {"model": " "}}, HUB, ("convert", "teaching", "model")),
        ({"teacher": "http://a/v1", "teaching": {"model": "m"}}, HUB, None),
        ({"teacher": "http://u:p@a/v1", "teaching": {"model": "m"}}, HUB, ("convert", "teacher")),
        ({"teacher": "localhost:1/v1", "teaching": {"model": "m"}}, HUB, ("convert", "teacher")),
    ],
)
def test_a_teacher_is_named_where_it_is_asked_and_can_be(
    convert: dict[str, Any], model: dict[str, Any], where: tuple[str, ...] | None
) -> None:
    if where is None:
        assert made(convert=convert, model=model).convert.teacher == convert.get("teacher")
    else:
        assert refused(convert=convert, model=model) == where


@pytest.mark.parametrize(
    ("lora", "four_bits", "fits"), [(True, True, True), (True, False, True), (False, False, True), (False, True, False)]
)
def test_only_adapters_are_trained_on_four_bits(lora: bool, four_bits: bool, fits: bool) -> None:
    sections = {"lora": {"enabled": lora}, "model": HUB | {"load_in_4bit": four_bits}}
    if fits:
        assert made(**sections).lora.enabled is lora
    else:
        assert refused(**sections) == ("model", "load_in_4bit")


@pytest.mark.parametrize(
    ("batch", "minibatches", "asked", "unit", "answers"),
    [(64, 4, 16, None, 16), (64, 4, 16, 32, 32), (64, 64, 64, 64, 64), (12, 3, 6, 4, 4), (12, 4, 5, 6, 6),
     (12, 5, 6, None, None), (12, 4, 5, None, None), (12, 4, 6, 5, None), (6, 4, 6, None, None),
     (6, 3, 12, None, None)],
)  # fmt: skip
def test_a_batch_of_ppo_is_whole_minibatches_and_whole_restart_points(
    batch: int, minibatches: int, asked: int, unit: int | None, answers: int | None
) -> None:
    ppo = {
        "batch_size": batch, "num_mini_batches": minibatches, "local_rollout_forward_batch_size": asked,
        "generation_batch_size": unit,
    }  # fmt: skip
    if answers is None:
        assert refused(ppo=ppo) == ("ppo", "batch_size")
        key = "generation_batch_size" if unit else "local_rollout_forward_batch_size"
        whole = batch % minibatches == 0
        with pytest.raises(ValidationError, match=re.escape(f"multiple of {key if whole else 'num_mini_batches'}")):
            made(ppo=ppo)
    else:
        assert made(ppo=ppo).ppo.answers_per_unit == answers


@pytest.mark.parametrize(
    ("sections", "learns"),
    [
        ({"ppo": {"batch_size": 64, "total_episodes": 64}}, True),
        ({"ppo": {"batch_size": 64, "total_episodes": 63}}, False),
        ({"algorithm": "grpo", "grpo": {"max_steps": 0}, "ppo": {"total_episodes": 640}}, False),
        ({"algorithm": "grpo", "grpo": {"max_steps": 1}, "ppo": {"total_episodes": 0}}, True),
        ({"algorithm": "grpo", "grpo": {"max_steps": 100}, "ppo": {"total_episodes": 0}}, True),
        ({"algorithm": "rloo", "rloo": {"max_steps": 0}, "grpo": {"max_steps": 100}}, False),
    ],
)
def test_it_learns_where_its_own_algorithm_has_an_update(sections: dict[str, Any], learns: bool) -> None:
    assert made(**sections).learns is learns


@pytest.mark.parametrize(
    ("algorithm", "lengths", "keys"),
    [
        ("ppo", (11, 12), ("ppo.max_prompt_length", "ppo.response_length")),
        ("grpo", (21, 22), ("grpo.max_prompt_length", "grpo.max_completion_length")),
        ("rloo", (31, 32), ("rloo.max_prompt_length", "rloo.max_completion_length")),
    ],
)
def test_lengths_are_those_of_the_algorithm(algorithm: str, lengths: tuple[int, int], keys: tuple[str, str]) -> None:
    config = made(
        algorithm=algorithm,
        ppo={"max_prompt_length": 11, "response_length": 12},
        grpo={"max_prompt_length": 21, "max_completion_length": 22},
        rloo={"max_prompt_length": 31, "max_completion_length": 32},
    )

    assert (config.lengths, config.length_keys) == (lengths, keys)
    assert config.group == {"ppo": None, "grpo": config.grpo, "rloo": config.rloo}[algorithm]


@pytest.mark.parametrize(
    ("names", "twice"), [(["a", "b"], None), (["a", "b", "a"], ["a"]), (["b", "b", "a", "a"], ["a", "b"])]
)
def test_sources_have_names_of_their_own(names: list[str], twice: list[str] | None) -> None:
    datasets = [ROWS | {"name": name} for name in names]
    if twice is None:
        assert [dataset.name for dataset in made(datasets=datasets).datasets] == names
        return
    with pytest.raises(ValidationError) as caught:
        made(datasets=datasets)
    [error] = caught.value.errors()
    assert error["ctx"]["error"].at == ("datasets",) and error["ctx"]["error"].args[0].args == {"names": twice}


@pytest.mark.parametrize(
    ("typed", "kept"),
    [("  my run ", "my run"), ("夜", "夜"), ("", None), (" \n", None), ("x" * 80, "x" * 80), ("x" * 81, None)],
)
def test_a_run_has_a_name_that_can_be_shown(typed: str, kept: str | None) -> None:
    if kept is None:
        assert refused(name=typed) == ("name",)
    else:
        assert made(name=typed).name == kept


@pytest.mark.parametrize(("first", "last", "fits"), [(0.25, 0.75, True), (0.5, 0.5, True), (0.75, 0.25, False)])
def test_gates_lie_between_two_depths_that_may_be_one(first: float, last: float, fits: bool) -> None:
    if fits:
        assert made(gate={"first": first, "last": last}).gate.last == last
    else:
        assert refused(gate={"first": first, "last": last}) == ("gate", "first")


@pytest.mark.parametrize(("target", "fits"), [(10, True), (11, False), (12, False)])
def test_a_length_is_penalised_between_the_one_aimed_at_and_the_longest(target: int, fits: bool) -> None:
    length = {"target": target, "max": 11}
    if fits:
        assert made(reward={"length": length}).reward.length.target == target
    else:
        assert refused(reward={"length": length}) == ("reward", "length", "target")


@pytest.mark.parametrize(
    ("batch", "steps", "accumulation", "generations", "prompts"),
    [(4, None, 6, 8, 3), (4, 12, 6, 8, 6), (8, 1, 1, 2, 4)],
)
def test_a_cycle_of_groups_asks_so_many_prompts(
    batch: int, steps: int | None, accumulation: int, generations: int, prompts: int
) -> None:
    grpo = {
        "per_device_train_batch_size": batch, "steps_per_generation": steps,
        "gradient_accumulation_steps": accumulation, "num_generations": generations,
    }  # fmt: skip
    assert made(grpo=grpo).grpo.prompts == prompts
