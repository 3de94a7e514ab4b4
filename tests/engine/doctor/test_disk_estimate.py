"""What a session takes on the disk, by arithmetic for the shipped presets; held against real runs in engine/steps."""

from __future__ import annotations

import json
from pathlib import Path
from types import SimpleNamespace

import pytest

from so8t_engine.config import file as config_file
from so8t_engine.config.run_config import Dataset
from so8t_engine.doctor import disk_estimate, gpu_memory_estimate
from so8t_engine.doctor.disk_estimate import ANSWER_TOKEN_BYTES, ROLLOUT_TOKEN_BYTES, DiskNeed

MIB, GB = 1 << 20, 1e9
PHI, LORA = 3.82e9, 100.7e6  # parameters, as the preset's own comment counts them


def need(preset: str, *words: str) -> DiskNeed:
    config = config_file.load_preset(preset, words)
    shape = gpu_memory_estimate.shape_of(config)
    assert shape is not None
    return disk_estimate.disk(shape, config)


def test_the_real_job_takes_its_results_and_six_checkpoints_of_the_adapter() -> None:
    wanted = need("phi35-so8t", "evaluate.gguf=[F16,Q8_0]")

    assert wanted.peak["memory.final_model"] == pytest.approx(2 * PHI, rel=0.01)
    assert wanted.peak["memory.gguf"] == pytest.approx((2 + 34 / 32) * PHI, rel=0.01)
    assert wanted.peak["memory.kept_checkpoints"] == pytest.approx(5 * 12 * LORA, rel=0.05)
    assert wanted.peak["memory.adapter"] == wanted.peak["memory.reference"] == pytest.approx(4 * LORA, rel=0.05)
    assert "memory.built_model" not in wanted.peak
    assert "memory.kept_checkpoints" not in wanted.kept, "the evaluation's own have taken their places"
    assert sum(wanted.kept.values()) == pytest.approx(wanted.most - 5 * 12 * LORA, rel=0.01)
    assert wanted.largest_file == pytest.approx(2 * PHI, rel=0.01), "the F16 GGUF; the merged model lies in shards"


def test_a_run_that_builds_its_base_peaks_at_whole_models_with_their_moments() -> None:
    """The demo, measured: 274 MiB in the middle of building, 62 MiB kept."""
    wanted = need("demo")

    assert 274 * MIB < wanted.most < 1.3 * 274 * MIB
    assert 0.85 * 62 * MIB < sum(wanted.kept.values()) < 1.15 * 62 * MIB
    assert wanted.peak["memory.kept_checkpoints"] > 10 * wanted.peak["memory.built_model"]


def test_a_larger_model_a_longer_row_of_checkpoints_and_full_fine_tuning_take_more() -> None:
    usual = need("demo").most

    assert need("demo", "checkpoint.save_total_limit=10").most > 1.7 * usual
    assert need("demo", "model.build.hidden_size=512").most > 2 * usual
    whole = need("phi35-so8t", "lora.enabled=false", "model.load_in_4bit=false")
    assert whole.peak["memory.adapter"] == pytest.approx(2 * PHI, rel=0.01)


def test_of_a_local_source_only_the_rows_that_are_taken_count(tmp_path: Path) -> None:
    row = json.dumps({"question": "x" * 400, "answer": "y" * 400}) + "\n"
    (tmp_path / "a.jsonl").write_text(row * 1_000)
    everything = {"name": "a", "source": "local", "path": str(tmp_path / "a.jsonl")}

    def bytes_of(**more: object) -> float:
        return disk_estimate._data(Dataset.model_validate(everything | more))

    assert bytes_of() > 1.8 * 1_000 * len(row)
    assert bytes_of(max_rows=100) == pytest.approx(bytes_of() / 10, rel=0.05)
    assert bytes_of(path=str(tmp_path)) == bytes_of(path=str(tmp_path / "*.jsonl")) == bytes_of()
    assert bytes_of(path=str(tmp_path / "none.jsonl")) == 0


def test_one_checkpoint_more_than_are_kept_lies_there_while_it_is_written() -> None:
    """Where the results are smaller than a checkpoint the largest moment is that of the training."""
    whole = need("phi35-so8t", "lora.enabled=false", "model.load_in_4bit=false", "evaluate.gguf=[]", "algorithm=grpo")

    assert whole.peak["memory.kept_checkpoints"] == pytest.approx((5 + 1) * 3 * 2 * PHI, rel=0.01)
    assert "memory.final_model" not in whole.peak


@pytest.mark.parametrize("words", [[], ["ppo.total_episodes=0"], ["algorithm=grpo"]])
def test_only_a_checkpoint_of_ppo_holds_rollouts_and_only_where_it_comes_to_any(words: list[str]) -> None:
    config, shape = config_file.load_preset("phi35-so8t", words), gpu_memory_estimate.PHI35_MINI
    prompt, answer = config.lengths
    tokens = (prompt + answer) * ROLLOUT_TOKEN_BYTES + answer * (ANSWER_TOKEN_BYTES - 8)
    rollouts = 0 if words else config.ppo.batch_size * tokens

    adapter = 3 * 4 * gpu_memory_estimate.trained_parameters(shape, config)
    assert disk_estimate._training_checkpoint(shape, config) == adapter + rollouts


@pytest.mark.parametrize(("ending", "times"), [(".txt", 1), (".gz", 3), (".parquet", 3)])
def test_a_compressed_source_counts_as_three_times_its_size(tmp_path: Path, ending: str, times: int) -> None:
    path = tmp_path / f"rows{ending}"
    path.write_bytes(b"x" * 1_000)
    data = Dataset.model_validate({"name": "a", "source": "local", "path": str(path)})

    assert disk_estimate._data(data) == disk_estimate.DATA_COPIES * 1_000 * times


@pytest.mark.parametrize(("kind", "width"), [("F32", 4), ("BF16", 2), ("Q8_0", 34 / 32)])
def test_a_gguf_file_is_its_numbers_and_besides_them_the_words_of_its_tokenizer(kind: str, width: float) -> None:
    config, shape = config_file.load_preset("phi35-so8t", [f"evaluate.gguf=[{kind}]"]), gpu_memory_estimate.PHI35_MINI

    assert disk_estimate._gguf_files(shape, config) == [shape.parameters * width + shape.vocabulary * 35]


@pytest.mark.parametrize(
    ("interval", "places", "evaluated", "left"),
    [(180.0, 5, 0, 2.0), (60.0, 5, 0, 5.0), (180.0, 2, 0, 2.0), (60.0, 5, 3, 2.0), (60.0, 5, 9, 0.0)],
)
def test_a_short_training_leaves_fewer_checkpoints(
    monkeypatch: pytest.MonkeyPatch, interval: float, places: int, evaluated: int, left: float
) -> None:
    config = config_file.load_preset("demo", [f"checkpoint.interval_seconds={interval}"])
    totals = {"train/update": 10, "evaluate/answers": evaluated, "convert/example": 99}
    guess = SimpleNamespace(totals=totals, seconds={"train/update": 36.0, "convert/example": 99.0})
    monkeypatch.setattr(disk_estimate.workload, "first_guess", lambda config: guess)

    assert disk_estimate._left(places, 1.0, 0.0, config) == left
