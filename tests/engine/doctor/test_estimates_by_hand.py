"""What a run is estimated to take of memory and disk, worked out by hand for a model and a job of round numbers."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

import so8t_resources
from so8t_engine.config.run_config import RunConfig
from so8t_engine.doctor import disk_estimate, gpu_memory_estimate, main_memory_estimate
from so8t_engine.doctor.gpu_memory_estimate import GIB, Shape

SHAPE = Shape(hidden=64, intermediate=96, layers=4, vocabulary=512, key_values=32)
LAYER, WORDS = 64 * (64 + 2 * 32) + 64 * 64 + 3 * 64 * 96, 2 * 512 * 64  # 30,720 and 65,536
PARAMETERS = 4 * LAYER + WORDS
LORA = (192 + 128 + 256 + 160) * 8 * 4  # r times in and out of each of four maps
TRAINED = LORA + 28 * 64 + 64 // 8 * 28 * 2 * 2 + 64 + 1  # tags' rows, gates of two layers' two maps, value head
MODEL = {"model_name_or_path": "owner/model", "load_in_4bit": True, "dtype": "bfloat16", "gradient_checkpointing": True}
LORA_OF = {"r": 8, "target_modules": ["qkv_proj", "o_proj", "gate_up_proj", "down_proj"]}
GATE = {"first": 0.25, "last": 0.75, "target_modules": ["o_proj", "down_proj"]}
WARMUP = {"max_steps": 30, "per_device_train_batch_size": 2, "gradient_accumulation_steps": 3, "max_length": 100}
PPO = {
    "total_episodes": 64, "batch_size": 16, "num_ppo_epochs": 2, "num_mini_batches": 4, "response_length": 60,
    "max_prompt_length": 40, "local_rollout_forward_batch_size": 8, "per_device_train_batch_size": 2,
}  # fmt: skip
EVALUATE = {"per_device_eval_batch_size": 5, "max_new_tokens": 50, "gguf": ["F16", "Q8_0"]}


def made(model: dict[str, Any] | None = None, **sections: Any) -> RunConfig:
    parts: dict[str, Any] = {
        "model": MODEL | (model or {}), "lora": LORA_OF, "gate": GATE, "warmup": WARMUP, "ppo": PPO,
        "evaluate": EVALUATE, "checkpoint": {"save_total_limit": 4},
        "datasets": [{"name": "a", "path": "b/c", "max_rows": 1_000}],
    }  # fmt: skip
    return RunConfig.model_validate(parts | sections)


def test_the_parts_of_a_model_are_counted() -> None:
    assert (SHAPE.layer_parameters, SHAPE.parameters) == (LAYER, PARAMETERS) == (30_720, 188_416)
    assert gpu_memory_estimate.lora_parameters(SHAPE, made()) == LORA == 23_552
    assert gpu_memory_estimate.trained_parameters(SHAPE, made()) == TRAINED
    without = TRAINED - 8 * 28 * 4
    assert gpu_memory_estimate.trained_parameters(SHAPE, made(gate=GATE | {"shared": True})) == without + 28 * 4
    assert gpu_memory_estimate.trained_parameters(SHAPE, made(gate=GATE | {"enabled": False})) == without
    assert gpu_memory_estimate.trained_parameters(SHAPE, made(gate=GATE | {"first": 0.7})) == without + 8 * 28 * 2
    assert (
        gpu_memory_estimate.trained_parameters(SHAPE, made(lora=LORA_OF | {"train_tag_rows": False}))
        == TRAINED - 28 * 64
    )
    one = made(lora=LORA_OF | {"target_modules": ["o_proj"]})
    assert gpu_memory_estimate.lora_parameters(SHAPE, one) == 128 * 8 * 4


NF4 = 0.5 + 1 / 64 + 4 / 16_384
UNPACKED = 2 * 64 * 96 * 2  # the largest map, in 16 bits
PASSING = 12 * 64 + 6 * 32 + 8 * 96
ROLLOUTS = 8 * 100 * 4 * 2 * 32 * 2 + 8 * 40 * PASSING + UNPACKED + LORA * 2
EVALUATION = 5 * 90 * 4 * 2 * 32 * 2 + 5 * 40 * PASSING + UNPACKED + LORA * 2
SCORING = 200 * 64 * 12
UPDATES = TRAINED * 4 + 200 * 4 * 64 * 2 + 120 * 512 * 8 + SCORING + UNPACKED
WARMING = TRAINED * 4 + 200 * 4 * 64 * 2 + 200 * 512 * 8 + SCORING + UNPACKED


def test_what_a_gpu_holds_in_four_bits() -> None:
    config = made()
    always = {
        "memory.base_model": 4 * LAYER * NF4 + WORDS * 2, "memory.trained_parameters": TRAINED * 4,
        "memory.optimizer_moments": TRAINED * 8,
    }  # fmt: skip
    phases = {
        "memory.rollouts": ROLLOUTS, "memory.updates": UPDATES, "memory.warmup": WARMING,
        "memory.evaluation": EVALUATION,
    }  # fmt: skip
    assert gpu_memory_estimate.always(SHAPE, config) == pytest.approx(always)
    assert gpu_memory_estimate.phases(SHAPE, config) == phases
    used = {**always, "memory.warmup": WARMING}
    assert max(phases.values()) == WARMING
    assert gpu_memory_estimate.gpu_memory(SHAPE, config) == pytest.approx(
        {**used, "memory.allocator_reserve": 0.1 * sum(used.values()), "memory.cuda": GIB / 2}
    )


@pytest.mark.parametrize(
    ("words", "kept", "work"),
    [
        ({}, 4 * 64 * 2, 26 * 64 + 8 * 32 + 12 * 96),
        ({"lora": LORA_OF | {"compute_dtype": "float32"}}, 4 * 64 * 2, 40 * 64 + 6 * 32 + 20 * 96),
        ({"model": {"gradient_checkpointing": False}}, 4 * (28 * 64 + 6 * 32 + 7 * 96), -2 * 64 + 2 * 32 + 5 * 96),
        (
            {"model": {"gradient_checkpointing": False}, "lora": LORA_OF | {"compute_dtype": "float32"}},
            4 * (28 * 64 + 6 * 32 + 10 * 96),
            12 * 64 + 0 * 32 + 10 * 96,
        ),
        (
            {"model": {"dtype": "float32", "load_in_4bit": False, "gradient_checkpointing": False}},
            4 * (36 * 64 + 12 * 32 + 16 * 96),
            4 * 64 + 0 * 32 + 8 * 96,
        ),
        (
            {"model": {"dtype": "float32", "load_in_4bit": False}},
            4 * 64 * 4,
            40 * 64 + 12 * 32 + 24 * 96,
        ),
    ],
)
def test_an_update_keeps_what_its_layers_need_and_works_on_one_of_them(
    words: dict[str, Any], kept: int, work: int
) -> None:
    """Of so many tokens that what one layer takes is more than the logits."""
    config = made(**words)
    unpacked = UNPACKED if config.model.load_in_4bit else 0
    scored = gpu_memory_estimate.updating(SHAPE, config, 1_000, 0)
    assert scored == TRAINED * 4 + 1_000 * kept + 1_000 * max(work, 64 * 12) + unpacked
    assert gpu_memory_estimate.updating(SHAPE, config, 0, 10**6) == TRAINED * 4 + (16 << 20) * 8 + unpacked


def test_what_is_generated_in_float32_takes_a_second_copy_of_the_layers() -> None:
    wide = {"dtype": "float32", "load_in_4bit": False}
    passing, keys = 19 * 64 + 0 * 32 + 24 * 96, 8 * 100 * 4 * 2 * 32 * 4
    generated = keys + 8 * 40 * passing
    assert gpu_memory_estimate.generating(SHAPE, made(wide), 8, 40, 60) == generated + 4 * LAYER * 4
    plain = made(wide, lora={"enabled": False})
    assert gpu_memory_estimate.generating(SHAPE, plain, 8, 40, 60) == generated
    passing = 14 * 64 + 0 * 32 + 20 * 96
    lora_wide = made(lora=LORA_OF | {"compute_dtype": "float32"})
    assert gpu_memory_estimate.generating(SHAPE, lora_wide, 8, 40, 60) == keys / 2 + 8 * 40 * passing + UNPACKED
    assert gpu_memory_estimate.generating(SHAPE, made(), 8, 1, 0) == (
        8 * 1 * 4 * 2 * 32 * 2 + 8 * 512 * 24 + UNPACKED + LORA * 2
    )
    for sequences, piece in ((8, 256), (32, 64), (64, 64)):  # tokens of each prompt that are read at once
        long = gpu_memory_estimate.generating(SHAPE, made(), sequences, 5_000, 0)
        assert long == sequences * 5_000 * 4 * 2 * 32 * 2 + sequences * piece * PASSING + UNPACKED + LORA * 2


def test_a_group_asks_and_learns_by_its_own_sizes() -> None:
    group = {
        "max_prompt_length": 30, "max_completion_length": 50, "per_device_train_batch_size": 4, "num_generations": 4,
        "gradient_accumulation_steps": 2,
    }  # fmt: skip
    config = made(algorithm="grpo", grpo=group)
    assert config.group is not None
    asked = 4 * config.group.steps
    found = gpu_memory_estimate.phases(SHAPE, config)
    assert found["memory.rollouts"] == gpu_memory_estimate.generating(SHAPE, config, asked, 30, 50)
    assert found["memory.updates"] == gpu_memory_estimate.updating(SHAPE, config, 4 * 80, 4 * 50)
    assert found["memory.evaluation"] == gpu_memory_estimate.generating(SHAPE, config, 5, 30, 50)


def test_main_memory_beside_a_gpu_is_what_the_merge_takes_and_without_one_everything_in_float32() -> None:
    copies = {"memory.copies_for_saves": TRAINED * 12, "memory.ppo_reference": TRAINED * 4}
    assert main_memory_estimate.main_memory(SHAPE, made(), cuda=True) == {
        "memory.program_libraries": 2.5 * GIB, "memory.merged_model": PARAMETERS * 2,
        "memory.trained_parameters": TRAINED * 4, **copies,
    }  # fmt: skip
    items = gpu_memory_estimate.gpu_memory(SHAPE, made({"dtype": "float32", "load_in_4bit": False}))
    del items["memory.cuda"]
    assert main_memory_estimate.main_memory(SHAPE, made(), cuda=False) == {
        "memory.program_libraries": 1.25 * GIB, **copies, **items,
    }  # fmt: skip
    without = main_memory_estimate.main_memory(SHAPE, made(ppo=PPO | {"total_episodes": 15}), cuda=True)
    assert "memory.ppo_reference" not in without and without["memory.copies_for_saves"] == TRAINED * 12
    [said] = main_memory_estimate.itemised({"memory.download": 5.0})
    assert said.args["size"] == 5.0 and said.args["item"].code == "memory.download"


TOKENIZER, HISTORY = 512 * 60, (30 + 4 * (2 * 4 + 1)) * 400 + 30_000
ADAPTER = TRAINED * 4 + TOKENIZER
CHECKPOINT = TRAINED * 4 * 3 + 16 * (100 * 8 + 60 * 12)
DATA = {"memory.collected_data": 1_000 * 3_000, "memory.history": HISTORY}
RESULTS = {
    "memory.final_model": PARAMETERS * 2 + TOKENIZER, "memory.gguf": PARAMETERS * (2 + 34 / 32) + 2 * 512 * 35,
}  # fmt: skip


ASKS_FEW = EVALUATE | {"max_records": 5}
ASKED_AT_ONCE = 3 + 2 + 2  # a batch of each model, each file compared, and the answers of each: saved at once


def test_what_a_session_holds_at_each_moment() -> None:
    moments = disk_estimate.by_moment(SHAPE, made())
    trained = {"memory.reference": ADAPTER, "memory.adapter": ADAPTER}
    assert moments["integrating"] == {"memory.collected_data": pytest.approx(3_000_000 * 1.3)}
    assert moments["training"] == {"memory.kept_checkpoints": CHECKPOINT * 5, **DATA, **trained}
    assert moments["evaluating"] == pytest.approx(
        {"memory.kept_checkpoints": CHECKPOINT * 4, **DATA, **trained, **RESULTS}
    )
    assert "building" not in moments
    assert {**moments["end"], "memory.kept_checkpoints": 0} == pytest.approx(
        {**moments["evaluating"], "memory.kept_checkpoints": 0}
    )
    hasty = made(checkpoint={"save_total_limit": 4, "interval_seconds": 1e-9})
    assert disk_estimate.by_moment(SHAPE, hasty)["end"]["memory.kept_checkpoints"] == 0
    roomy = {"save_total_limit": 4 + ASKED_AT_ONCE, "interval_seconds": 1e-9}
    hasty = made(checkpoint=roomy, evaluate=ASKS_FEW)
    assert disk_estimate.by_moment(SHAPE, hasty)["end"]["memory.kept_checkpoints"] == CHECKPOINT * 2
    never = made(checkpoint=roomy | {"interval_seconds": 1e9}, evaluate=ASKS_FEW)
    assert disk_estimate.by_moment(SHAPE, never)["end"]["memory.kept_checkpoints"] == 0
    need = disk_estimate.disk(SHAPE, made())
    assert need.peak == pytest.approx(moments["evaluating"]) and need.most == sum(need.peak.values())
    assert need.largest_file == max(PARAMETERS * 2 + 512 * 35, TRAINED * 4 * 2)
    assert need.kept == {code: size for code, size in moments["end"].items() if size}


def test_without_ppo_no_reference_is_kept_and_no_rollouts() -> None:
    for episodes, holds in ((16, True), (15, False)):
        moments = disk_estimate.by_moment(SHAPE, made(ppo=PPO | {"total_episodes": episodes}))
        assert ("memory.reference" in moments["training"]) is holds
        each = CHECKPOINT if holds else TRAINED * 12
        assert moments["training"]["memory.kept_checkpoints"] == each * 5
    idle = disk_estimate.by_moment(SHAPE, made(algorithm="grpo", grpo={"max_steps": 0}))
    assert "memory.reference" not in idle["training"]
    group = made(algorithm="grpo", grpo={"max_steps": 7})
    moments = disk_estimate.by_moment(SHAPE, group)
    assert moments["training"]["memory.kept_checkpoints"] == TRAINED * 12 * 5
    assert moments["training"]["memory.history"] == (30 + 7) * 400 + 30_000


def test_a_base_that_is_built_here_is_kept_whole_and_saved_with_its_moments() -> None:
    build = {
        "hidden_size": 64, "intermediate_size": 96, "num_hidden_layers": 4, "num_attention_heads": 4,
        "vocab_size": 512, "max_steps": 7,
    }  # fmt: skip
    shape = Shape(64, 96, 4, 512, 64)
    for steps, saves in ((7, 5), (3, 3), (0, 0)):
        config = made().model_copy(update={"model": made().model.model_copy(update={
            "model_name_or_path": None, "load_in_4bit": False, "build": RunConfig.model_validate(
                {"datasets": [{"name": "a", "path": "b/c"}], "model": {"build": build | {"max_steps": steps}}}
            ).model.build,
        })})  # fmt: skip
        moments = disk_estimate.by_moment(shape, config)
        base = shape.parameters * 4 + TOKENIZER
        assert moments["training"]["memory.built_model"] == base
        history = HISTORY + steps * 400
        if steps:
            assert moments["building"] == {
                "memory.kept_checkpoints": shape.parameters * 12 * saves, "memory.built_model": base,
                **DATA, "memory.history": history,
            }  # fmt: skip
        else:
            assert "building" not in moments
        assert moments["evaluating"]["memory.final_model"] == shape.parameters * 4 + TOKENIZER
        kept = {interval: disk_estimate.by_moment(shape, config.model_copy(update={
            "checkpoint": config.checkpoint.model_copy(update={
                "interval_seconds": interval, "save_total_limit": 4 + ASKED_AT_ONCE,
            }),
            "evaluate": config.evaluate.model_copy(update={"max_records": 5}),
        }))["end"]["memory.kept_checkpoints"] for interval in (1e-9, 1e9)}  # fmt: skip
        assert kept == {
            1e-9: 2 * moments["training"]["memory.kept_checkpoints"] / 5,
            1e9: 2 * shape.parameters * 12 if steps else 0,
        }
        largest = max(shape.parameters * 8 if steps else 0, shape.parameters * 4)
        assert disk_estimate.disk(shape, config).largest_file == largest


@pytest.mark.parametrize(("billions", "files"), [(1.0, [2e9]), (2.5, [5e9]), (3.0, [5e9, 1e9]), (6.0, [5e9, 5e9, 2e9])])
def test_a_merged_model_lies_in_files_of_five_gigabytes(billions: float, files: list[float]) -> None:
    layers = Shape(hidden=1, intermediate=0, layers=int(billions * 1e9) // 2, vocabulary=0, key_values=0)
    assert layers.parameters == billions * 1e9
    assert disk_estimate._weight_files(layers, made()) == files


@pytest.mark.parametrize(
    ("name", "text", "rows", "taken"),
    [
        ("a.jsonl", "x" * 99 + "\n", {}, 1.8 * 100 + 250),
        ("a.jsonl", ("x" * 99 + "\n") * 10, {"max_rows": 3}, 1.8 * 300 + 250 * 3),
        ("a.jsonl", ("x" * 99 + "\n") * 10, {"max_rows": 30}, 1.8 * 1_000 + 250 * 10),
        ("a.csv", ("x" * 49 + "\n") * 2, {}, 1.8 * 100 + 250 * 2),
        ("a.txt", "x" * 100, {"max_rows": 1}, 1.8 * 100),
        ("a.jsonl.gz", "x" * 100, {}, 1.8 * 300),
        ("a.parquet", "x" * 100, {}, 1.8 * 300),
        ("a.jsonl", "no end", {}, 1.8 * 6 + 250),
    ],
)
def test_a_file_takes_its_size_in_copies_and_something_for_each_row(
    tmp_path: Path, name: str, text: str, rows: dict[str, int], taken: float
) -> None:
    (tmp_path / name).write_text(text, encoding="utf-8")
    for path in (str(tmp_path / name), str(tmp_path), f"{tmp_path}/a.*"):
        [dataset] = made(datasets=[{"name": "a", "path": path, "source": "local", **rows}]).datasets
        assert disk_estimate._data(dataset) == pytest.approx(taken)


def test_a_source_of_the_hub_takes_three_kilobytes_a_row_and_one_that_is_not_there_nothing(tmp_path: Path) -> None:
    sources: list[dict[str, Any]] = [
        {"name": "a", "path": "b/c"}, {"name": "b", "path": "b/c", "max_rows": 7},
        {"name": "c", "path": str(tmp_path / "none"), "source": "local"},
    ]  # fmt: skip
    assert [disk_estimate._data(each) for each in made(datasets=sources).datasets] == [100_000 * 3_000, 21_000, 0.0]
    assert disk_estimate.download(SHAPE) == PARAMETERS * 2


def test_the_data_that_is_shipped_takes_what_its_file_takes_and_a_file_that_hides_nothing(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    [demo] = made(datasets=[{"name": "a", "path": "demo:maths", "source": "local"}]).datasets
    file = so8t_resources.path("demo", "maths.jsonl")
    rows = len(file.read_bytes()[: 1 << 16].splitlines()) / min(1 << 16, file.stat().st_size) * file.stat().st_size
    assert disk_estimate._data(demo) == pytest.approx(1.8 * file.stat().st_size + 250 * rows, rel=0.01)

    def hidden(path: Path, **_: Any) -> Any:
        raise PermissionError(13, "not yours")

    monkeypatch.setattr(disk_estimate, "_files", lambda path: [tmp_path])
    monkeypatch.setattr(Path, "stat", hidden)
    assert disk_estimate._data(demo) == 0.0


def test_the_largest_file_may_be_the_moments_of_everything() -> None:
    whole = made({"load_in_4bit": False, "dtype": "float32"}, lora={"enabled": False}, evaluate=EVALUATE | {"gguf": []})
    trained = gpu_memory_estimate.trained_parameters(SHAPE, whole)

    assert disk_estimate.disk(SHAPE, whole).largest_file == trained * 4 * 2
    assert disk_estimate._checkpoint_files(SHAPE, whole) == [trained * 4 * 2, 0]
