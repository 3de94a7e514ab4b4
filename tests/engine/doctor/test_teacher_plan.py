"""What a teacher costs is said before anything is asked, and a key that is not set is named without its value."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from safetensors.numpy import save_file

from helpers.sessions import make_config
from so8t_engine.doctor import checkup, machine, teacher_plan
from so8t_engine.run import workload
from so8t_engine.sentences import JAPANESE, say

DATA = [{"name": "none", "source": "local", "path": "none", "max_rows": 2_000}]
URL = "http://127.0.0.1:11434/v1"


def config(**teaching: Any) -> Any:
    convert = {"missing_sections": "teacher", "teacher": URL, "teaching": {"model": "m", **teaching}}
    return make_config(DATA, convert=convert)


def test_that_the_check_says_records_tokens_and_hours() -> None:
    [finding] = teacher_plan.check(config(samples=1, max_new_tokens=500))
    text = str(finding.what)

    assert finding.level == "ok" and finding in checkup.inputs(config(samples=1, max_new_tokens=500))
    assert "2,000 records" in text and "about 400 thousand tokens, 26 min 40 s at 250 tokens/s" in text
    assert teacher_plan.check(make_config(DATA)) == []


@pytest.mark.parametrize(
    ("records", "english", "japanese"),
    [
        (2, "about 400 tokens, 2 s at", "約 400 トークン、毎秒 250 トークンとして約 2 秒です"),
        (100, "about 20 thousand tokens, 1 min 20 s at", "約 2万 トークン、毎秒 250 トークンとして約 1 分 20 秒です"),
        (50_000, "about 10 million tokens, 11 h 06 min at", "約 1,000万 トークン、"),
    ],
)
def test_that_what_little_costs_is_not_said_as_nothing(records: int, english: str, japanese: str) -> None:
    data = [{"name": "none", "source": "local", "path": "none", "max_rows": records}]
    [finding] = teacher_plan.check(
        make_config(data, convert=config(samples=1, max_new_tokens=500).convert.model_dump())
    )
    assert english in say(finding.what) and japanese in say(finding.what, JAPANESE)


def test_that_a_teacher_who_is_named_and_not_asked_is_a_warning() -> None:
    """The check said that everything fits."""
    [finding] = teacher_plan.check(make_config(DATA, convert={"teacher": "./model"}))
    assert finding.level == "warning" and str(finding.change).startswith("Set convert.missing_sections to teacher")


def test_that_a_key_that_is_not_set_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("MY_KEY", raising=False)
    _, finding = teacher_plan.check(config(api_key_env="MY_KEY"))
    assert finding.level == "error" and "MY_KEY" in str(finding.whole)

    monkeypatch.setenv("MY_KEY", "secret")
    assert [each.level for each in teacher_plan.check(config(api_key_env="MY_KEY"))] == ["ok"]


def test_that_more_samples_and_slower_cards_take_longer_and_the_first_guess_knows() -> None:
    local = make_config(DATA, convert={"missing_sections": "teacher", "teacher": "./model"})
    one, many = workload.teacher_cost(config(samples=1), 100), workload.teacher_cost(config(samples=4), 100)
    on_cpu, on_card, on_large = (workload.teacher_cost(local, 100, memory) for memory in (0.0, 10e9, 80e9))

    assert many.tokens > one.tokens and on_cpu.hours > on_card.hours > on_large.hours
    guess, without = workload.first_guess(local), workload.first_guess(make_config(DATA))
    assert guess.totals["convert/shard"] == 7 and without.totals["convert/shard"] == 1
    assert guess.seconds["convert/shard"] > without.seconds["convert/shard"]
    for card, memory in zip(workload.CARDS, (10e9, 24e9, 80e9), strict=True):
        guess, cost = workload.first_guess(local, card), workload.teacher_cost(local, workload.rows(local), memory)
        whole = guess.totals["convert/shard"] * guess.seconds["convert/shard"]
        assert whole == pytest.approx(cost.hours * 3_600)


def test_that_records_are_those_of_the_files_as_far_as_these_tell(tmp_path: Path) -> None:
    def records(rows: int, **entry: Any) -> int:
        (tmp_path / "a.jsonl").write_text(
            "".join(json.dumps({"question": f"{n}?", "answer": "x" * 460}) + "\n" for n in range(rows)),
            encoding="utf-8",
        )
        local = {"name": "a", "source": "local", "path": str(tmp_path / "a.jsonl"), **entry}
        hub = {"name": "b", "path": "someone/b", "max_rows": 70}
        [finding] = teacher_plan.check(make_config([local, hub], convert=config().convert.model_dump()))
        return int(finding.what.args["records"])

    assert records(8) == 8 + 70 and records(8, max_rows=5) == 5 + 70
    assert records(100_000) > 90_000 and records(1_000, max_rows=300) == 300 + 70


def test_that_a_teacher_who_is_a_model_is_looked_for_before_the_run(tmp_path: Path) -> None:
    """That there is no such folder was told in step 3."""

    def told(teacher: Path | str) -> tuple[str, str]:
        convert = {"missing_sections": "teacher", "teacher": str(teacher)}
        _, finding = checkup.inputs(make_config(DATA, convert=convert))[-2:]
        assert say(finding.whole, JAPANESE)
        return finding.level, str(finding.whole)

    level, text = told(tmp_path / "model")
    assert level == "error" and text.startswith(f"There is no model folder {tmp_path / 'model'}. Correct convert.teach")
    (tmp_path / "model").mkdir()
    level, text = told(tmp_path / "model")
    assert level == "error" and "lacks config.json" in text and text.endswith("or correct convert.teacher.")
    (tmp_path / "model" / "x.gguf").touch()
    for teacher in (tmp_path / "model", tmp_path / "model" / "x.gguf"):
        level, text = told(teacher)
        assert level == "error" and "only as GGUF. Let llama.cpp" in text
    (tmp_path / "model" / "x.gguf").unlink()
    for name in ("config.json", "tokenizer.json"):
        (tmp_path / "model" / name).write_text('{"model_type": "qwen3"}')
    save_file({"w": np.zeros(2, np.float32)}, tmp_path / "model" / "model.safetensors")
    assert told(tmp_path / "model") == ("ok", f"The teacher's model {tmp_path / 'model'} is there.")
    (tmp_path / "model" / "model.safetensors").write_bytes(b"cut")
    assert told(tmp_path / "model")[0] == "error"
    assert told("owner/name") == (
        "note", "The model owner/name will be fetched from the Hugging Face Hub. Whether that is there, and what it "
        "holds, was not looked at.")  # fmt: skip


def test_a_model_of_ones_own_is_as_fast_as_the_first_card_and_without_one_as_the_processor(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def hours(*totals: int, device: str = "auto") -> float:
        cards = [machine.Gpu(f"card {n}", total << 30, total << 30, "") for n, total in enumerate(totals)]
        monkeypatch.setattr(machine, "gpus", lambda: cards)
        convert = {"missing_sections": "teacher", "teacher": "self", "teaching": {"samples": 1, "max_new_tokens": 500}}
        changes = {"convert": convert, "runtime": {"device": device}, "model": {"model_name_or_path": "owner/m"}}
        finding, *_ = teacher_plan.check(make_config(DATA, **changes))
        return float(finding.what.args["hours"])

    without = hours()
    assert without == hours(24, device="cpu") > hours(10) == hours(10, 24) > hours(24) == hours(24, 10)
