"""A whole step 3 with the base model as its own teacher: the same bytes after any cut, and nothing asked twice."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from helpers.data_sources import EVERY_TICK
from helpers.paths import PROJECT
from helpers.sessions import Cut, Session, refused
from helpers.teachers import ALIKE, LOGIC, NAMES, learn_by_heart, sums
from so8t_engine.config.run_config import RunConfig
from so8t_engine.data import shards, step_state
from so8t_engine.data.step_state import ShardTally
from so8t_engine.data.thought.thinking import parse
from so8t_engine.doctor import teacher_server
from so8t_engine.errors import EngineError
from so8t_engine.export import gguf_writer
from so8t_engine.steps import convert
from so8t_engine.teacher import local_model


@pytest.fixture(scope="module")
def taught(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a model, and `sums.jsonl` beside it."""
    return learn_by_heart(tmp_path_factory.mktemp("teacher") / "model")


@pytest.fixture
def counted(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """How many questions reached the model, call by call."""
    calls: list[int] = []
    answer = local_model.LocalModel.answer

    def counting(self: Any, questions: Sequence[Any], *more: Any) -> Any:
        calls.append(len(questions))
        return answer(self, questions, *more)

    monkeypatch.setattr(local_model.LocalModel, "answer", counting)
    return calls


def config(model: Path, teacher: str = "self", **sections: Any) -> RunConfig:
    teaching = {"max_new_tokens": 64, "batch_size": 1, **sections.pop("teaching", {})}
    return RunConfig.model_validate(
        {
            "datasets": [sums(model.parent)],
            "integrate": ALIKE,
            "model": {"model_name_or_path": str(model)},
            "convert": {
                "missing_sections": "teacher",
                "teacher": teacher,
                "teaching": teaching,
                "final_only_share": 1.0,
            },
            "runtime": {"device": "cpu", "num_threads": 1},
            **sections,
        }
    )


def test_that_the_base_model_solves_what_it_can_and_only_right_reasoning_is_learnt(
    taught: Path, tmp_path: Path, counted: list[int]
) -> None:
    session = Session(tmp_path, config(taught))
    session.run()
    examples = [*shards.read_examples(session.path, "train"), *shards.read_examples(session.path, "heldout")]
    thoughts = {example.prompt[:3]: parse(example.completion).thoughts.get("logic") for example in examples}  # type: ignore[union-attr]
    counts = session.notes("converted", "counts.json")["teacher"]

    assert thoughts == {name: LOGIC for name in NAMES} | {"Eva": None}
    assert (counts["asked"], counts["accepted"], counts["solved"]) == (9, 8, 8)
    assert counts["rejected"] == {"wrong_answer": 2} and len(counts["examples"]["wrong_answer"]) == 2
    [cost] = [event["sentence"] for event in session.said("warning") if event["code"] == "teacher_cost"]
    assert "9 records" in cost["text"]
    [said] = [event["sentence"] for event in session.said("warning") if event["code"] == "teacher"]
    assert "another final answer than the gold answer (2)" in said["text"]

    asked = sum(counted)
    second = Session(tmp_path, config(taught, str(taught)), "second")  # by its path: the same model
    second.run()
    assert sum(counted) == asked
    assert second.digests() == session.digests()


def test_that_a_cut_after_any_batch_leaves_the_same_bytes_and_asks_nothing_twice(
    taught: Path, tmp_path: Path, counted: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(convert, "TEACHER_RECORDS", 6)
    monkeypatch.setattr("so8t_engine.run.context.PROGRESS_SECONDS", 0)
    whole = Session(tmp_path / "a", config(taught))
    whole.run()
    asked = sum(counted)
    cut = Session(tmp_path / "b", config(taught, **EVERY_TICK))
    met = set()

    def at(message: Any) -> None:
        here = (message.data.get("unit"), str(message.data.get("metrics")))
        if message.name == "progress" and message.data["step"] == "convert" and here not in met:
            met.add(here)
            raise Cut

    cut.run_with_cuts(at=at)

    assert len(met) >= 6
    assert cut.digests() == whole.digests()
    assert sum(counted) == 2 * asked


def test_that_llama_cpps_server_teaches_as_the_model_in_it_does(taught: Path, tmp_path: Path) -> None:
    pytest.importorskip("xllamacpp")
    gguf_writer.write(taught, tmp_path / "x.gguf", "F16", "demo")
    command = [sys.executable, "-m", "helpers.llama_server", str(tmp_path / "x.gguf")]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=PROJECT / "tests"
    ) as it:
        assert it.stdout is not None
        address = next(line.strip() for line in it.stdout if line.startswith("http://"))
        session = Session(tmp_path, config(taught, f"{address}/v1", teaching={"model": "any", "max_new_tokens": 96}))
        assert [finding.level for finding in teacher_server.check(session.config)] == ["ok"]
        session.run()
        it.communicate("")  # the end of its standard input

    counts = session.notes("converted", "counts.json")["teacher"]
    assert (counts["accepted"], counts["solved"], counts["rejected"]) == (8, 8, {"wrong_answer": 2})


def test_that_a_step_begun_with_the_teacher_of_an_older_version_goes_on(
    taught: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Which counted nothing of the teacher, knew no `convert.teaching` and wrote as many records in a unit."""
    monkeypatch.setattr(convert, "TEACHER_RECORDS", 6)
    session = Session(tmp_path, config(taught, str(taught), **EVERY_TICK))
    whole = Session(tmp_path / "whole", config(taught, str(taught)))
    whole.run()

    def at(message: Any) -> None:
        if message.name == "saved" and message.data["step"] == "convert" and message.data["unit"] == 1:
            raise Cut

    with pytest.raises(Cut):
        session.run(context=session.context(cut=at))
    read = step_state.read_tally

    def as_before(*arguments: Any) -> Any:
        tally = read(*arguments)
        return ShardTally(tally.listed, {name: value for name, value in tally.counts.items() if name != "teacher"})

    monkeypatch.setattr(step_state, "read_tally", as_before)
    session.run()

    assert session.notes("converted", "counts.json")["teacher"]["asked"] == 3
    names = [name for name in whole.digests() if name.endswith(".arrow")]
    assert names and all(session.digests()[name] == whole.digests()[name] for name in names)


def test_that_a_reply_without_end_is_rejected(taught: Path, tmp_path: Path) -> None:
    session = Session(tmp_path, config(taught, teaching={"max_new_tokens": 8, "samples": 1}))
    session.run()

    assert session.notes("converted", "counts.json")["teacher"]["rejected"] == {"truncated": 9}


def test_that_the_base_cannot_teach_before_it_is_made() -> None:
    with pytest.raises(ValueError, match="made only after step 3"):
        RunConfig.model_validate(
            {
                "datasets": [{"name": "a", "path": "x"}],
                "model": {"build": {}},
                "convert": {"missing_sections": "teacher", "teacher": "self"},
            }
        )


def test_that_a_teacher_that_fails_is_named(taught: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def failing(*_: Any, **__: Any) -> Any:
        raise RuntimeError("the model has gone mad")

    monkeypatch.setattr("so8t_engine.model.generate.generate", failing)
    error: EngineError = refused(lambda: Session(tmp_path, config(taught)).run())

    assert error.code == "teacher" and "gone mad" in error.detail
