"""The first guess of a run's work, worked out by hand for a model and a job of round numbers."""

from __future__ import annotations

import math
from typing import Any

import pytest

from so8t_engine.config.run_config import RunConfig
from so8t_engine.run import workload

BUILD = {
    "hidden_size": 80, "intermediate_size": 160, "num_hidden_layers": 5, "num_attention_heads": 5,
    "vocab_size": 800, "max_steps": 7, "per_device_train_batch_size": 2,
}  # fmt: skip
WARMUP = {"max_steps": 30, "per_device_train_batch_size": 2, "gradient_accumulation_steps": 3, "max_length": 100}
PPO = {
    "total_episodes": 65, "batch_size": 16, "num_ppo_epochs": 2, "num_mini_batches": 4, "response_length": 60,
    "max_prompt_length": 40, "local_rollout_forward_batch_size": 8, "per_device_train_batch_size": 2,
}  # fmt: skip
EVALUATE = {"max_records": 21, "per_device_eval_batch_size": 5, "max_new_tokens": 50}
REAL = {"model_name_or_path": "microsoft/Phi-3.5-mini-instruct"}
SERVER = "http://localhost:8000/v1"
ROWS = [{"name": "a", "path": "a.jsonl"}, {"name": "b", "path": "b.jsonl", "max_rows": 20_000}]


def made(**sections: Any) -> RunConfig:
    parts = {"model": {"build": BUILD}, "warmup": WARMUP, "ppo": PPO, "evaluate": EVALUATE, "datasets": ROWS}
    return RunConfig.model_validate({**parts, "collect": {"rows_per_shard": 10_000}, **sections})


def files(parameters: float, speed: float) -> dict[str, float]:
    """What step 5 makes and checks; eight questions of 15 tokens at so many tokens a second."""
    return {
        "evaluate/model": 0.5 + 8e-8 * parameters, "evaluate/gguf": 0.05 + 4e-8 * parameters,
        "evaluate/reference": 0.2 + 1.5e-8 * parameters, "evaluate/llama": 1.5 + 2.5e-8 * parameters,
        "evaluate/gguf_answers": 0.4 + 2.5e-9 * parameters + 120 / speed, "evaluate/report": 1.2 + 1.5e-8 * parameters,
    }  # fmt: skip


def test_that_a_small_job_on_a_cpu_is_counted_and_timed_part_by_part() -> None:
    guess = workload.first_guess(made())
    parameters = 5 * (4 * 80**2 + 3 * 80 * 160) + 2 * 800 * 80  # 448,000
    token = 6 * parameters / 1.5e11

    assert guess.totals == {
        "collect/shard": 7, "integrate/shard": 7, "convert/shard": 7, "train/setup": 1, "train/warmup": 30,
        "train/rollout": 8, "train/update": 32, "evaluate/setup": 1, "evaluate/answers": 15, "train/pretrain": 7,
        "evaluate/model": 1, "evaluate/gguf": 3, "evaluate/reference": 1, "evaluate/llama": 3,
        "evaluate/gguf_answers": 9, "evaluate/report": 1,
    }  # fmt: skip
    assert guess.seconds == pytest.approx({
        "collect/shard": 0.5, "integrate/shard": 0.5, "convert/shard": 0.5, "train/setup": 10, "evaluate/setup": 5,
        "train/warmup": 0.08 + 240 * token, "train/rollout": 240 / 1500, "train/update": 0.08 + 160 * token,
        "evaluate/answers": 75 / 1500, "train/pretrain": 0.08 + 128 * token, **files(parameters, 600),
    })  # fmt: skip


def test_that_a_real_model_is_timed_by_the_card_and_by_how_many_rows_it_writes_at_once() -> None:
    ppo = {**PPO, "local_rollout_forward_batch_size": 16}
    real = made(model=REAL, ppo=ppo)
    small, large = workload.first_guess(real), workload.first_guess(real, workload.CARDS[1])
    token, speed = 6 * 3.8e9 / 1e13, 250 * 2**0.64

    expected = {
        "collect/shard": 20, "integrate/shard": 10, "convert/shard": 10, "train/setup": 90, "evaluate/setup": 60,
        "train/warmup": 240 * token, "train/update": 160 * token, "evaluate/answers": 75 / speed,
        **files(3.8e9, 10),
    }  # fmt: skip
    answers = real.ppo.answers_per_unit
    assert small.seconds == pytest.approx({**expected, "train/rollout": answers * 30 / speed})
    assert large.seconds["train/update"] == pytest.approx(80 * token)
    assert large.seconds["train/rollout"] == pytest.approx(answers * 30 / speed / 1.3)


def test_that_models_are_asked_twice_where_nothing_comes_between_warm_up_and_the_end() -> None:
    assert workload.first_guess(made(ppo={**PPO, "total_episodes": 0})).totals["evaluate/answers"] == 10
    assert workload.first_guess(made(warmup={**WARMUP, "max_steps": 0})).totals["evaluate/answers"] == 10


def test_that_a_source_has_fifty_thousand_rows_at_most_and_a_shard_of_its_own_at_least() -> None:
    many = [
        {"name": "a", "path": "a", "max_rows": 90_000},
        {"name": "b", "path": "b"},
        {"name": "c", "path": "c", "max_rows": 7},
    ]

    assert [workload.rows_of(each) for each in made(datasets=many).datasets] == [50_000, 50_000, 7]
    assert workload.rows(made(datasets=many)) == 100_007
    assert workload.first_guess(made(datasets=many[2:])).totals["collect/shard"] == 1


@pytest.mark.parametrize(
    ("memory", "speeds"), [(0, (1, 1)), (19.9e9, (1, 1)), (20e9, (1.3, 2)), (69e9, (1.3, 2)), (70e9, (2.66, 15))]
)
def test_that_a_card_is_as_fast_as_its_memory_says(memory: float, speeds: tuple[float, float]) -> None:
    assert (workload.card(memory).generating, workload.card(memory).training) == speeds


@pytest.mark.parametrize(
    ("teacher", "memory", "speed"),
    [("self", 0, 10), ("self", 1, 250), ("self", 24e9, 325), (SERVER, 0, 250), (SERVER, 24e9, 250)],
)  # fmt: skip
def test_that_a_teacher_writes_for_hours(teacher: str, memory: float, speed: float) -> None:
    teaching = {"samples": 3, "batch_size": 8, "max_new_tokens": 100, "model": None if teacher == "self" else "x"}
    convert = {"missing_sections": "teacher", "teacher": teacher, "teaching": teaching}
    cost = workload.teacher_cost(made(convert=convert, model=REAL), 1_000, memory)

    assert (cost.records, cost.speed) == (1_000, speed) and cost.tokens == pytest.approx(1_000 * 1.8 * 40)
    assert math.isclose(cost.hours, 72_000 / speed / 3_600)


def test_that_step_3_takes_as_long_as_its_teacher_writes() -> None:
    teaching = {"samples": 1, "batch_size": 8, "max_new_tokens": 100}
    guess = workload.first_guess(
        made(model=REAL, convert={"missing_sections": "teacher", "teacher": "self", "teaching": teaching})
    )

    assert guess.totals["convert/shard"] == 70_000 // 256
    assert guess.seconds["convert/shard"] == pytest.approx(70_000 * 40 / 250 / (70_000 // 256))


@pytest.mark.parametrize(
    ("records", "gguf", "expected"),
    [(400, ["F16", "Q8_0"], (15, 2, 1, 2, 6)), (7, ["F16"], (6, 1, 1, 1, 1)), (0, ["F16"], (0, 1, 1, 1, 0)),
     (400, [], (15, 0, 0, 0, 0))],
)  # fmt: skip
def test_that_what_is_asked_follows_from_what_was_held_out(records: int, gguf: list[str], expected: object) -> None:
    found = workload.of_heldout(made(evaluate={**EVALUATE, "gguf": gguf}), records)
    kinds = ("answers", "gguf", "reference", "llama", "gguf_answers")
    assert tuple(found[f"evaluate/{kind}"] for kind in kinds) == expected and len(found) == 5


def test_that_a_kind_is_akin_to_what_does_the_same_on_the_same_machine() -> None:
    small, real = workload.first_guess(made()).kin, workload.first_guess(made(model=REAL)).kin
    assert small["train/rollout"] == small["evaluate/answers"] == real["evaluate/answers"] == "model/writes"
    assert small["train/warmup"] == small["train/update"] == real["train/update"] == "model/learns"
    assert (small["evaluate/gguf_answers"], real["evaluate/gguf_answers"]) == ("model/writes", "processor/files")
    assert (small["evaluate/llama"], real["evaluate/llama"]) == ("model/files", "processor/files")
    assert {small[f"{step}/shard"].partition("/")[0] for step in ("collect", "integrate", "convert")} == {
        "collect", "integrate", "convert",
    }  # fmt: skip
    assert all(small.keys() == guess.seconds.keys() == guess.totals.keys() for guess in [workload.first_guess(made())])


@pytest.mark.parametrize(
    ("episodes", "warmup", "answering"), [(16, 30, 3), (15, 30, 2), (65, 30, 3), (16, 0, 2), (0, 30, 2)]
)
def test_as_many_models_answer_as_there_are_before_and_behind_each_phase(
    episodes: int, warmup: int, answering: int
) -> None:
    config = made(ppo={**PPO, "total_episodes": episodes}, warmup={**WARMUP, "max_steps": warmup})
    assert workload.models(config) == answering
