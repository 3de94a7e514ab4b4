"""Which models lm-eval is asked about."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from helpers import sample_report
from helpers.sessions import refused
from so8t_engine import lifeline
from so8t_engine.benchmark import harness, heldout_tasks
from so8t_engine.config import file as config_file
from so8t_engine.data.record import Example

KINDS = ("F16", "Q4_K_M", "Q8_0")


@pytest.fixture
def session(tmp_path: Path) -> Path:
    folder = tmp_path / "20260101-000000-my-run" / "gguf"
    folder.mkdir(parents=True)
    for kind in KINDS:
        (folder / f"my-run-{kind}.gguf").write_bytes(kind.encode() * 9)
    sample_report.vouch_for(folder)
    return folder.parent


def test_all_models_of_a_session_are_asked_or_those_that_are_named(session: Path) -> None:
    files = {kind: session / "gguf" / f"my-run-{kind}.gguf" for kind in KINDS}

    assert harness._models(session, []) == {"final_model": None, **files}
    assert harness._models(session, ["Q8_0", "final_model"]) == {"Q8_0": files["Q8_0"], "final_model": None}


def test_hours_go_into_no_file_that_was_changed_since_it_was_written(session: Path) -> None:
    (session / "gguf" / "my-run-Q8_0.gguf").write_bytes(b"Q8_1" * 9)

    for asked in ([], ["F16", "Q8_0"]):
        error = refused(lambda asked=asked: harness._models(session, asked))  # type: ignore[misc]
        assert error.code == "results_damaged" and "my-run-Q8_0.gguf" in error.detail
    assert list(harness._models(session, ["final_model", "F16"])) == ["final_model", "F16"]


def test_the_report_is_asked_about_the_items_that_lm_eval_was_given() -> None:
    """Those it answered, in their order, up to the limit; by task."""
    number = Example("1", "s", "maths", "en", "heldout", "?", "<final>5</final>", "5", "5", "number", None)
    asked = [number._replace(id=str(place)) for place in range(4)]
    choice = number._replace(id="c", category="choice", answer="B", answer_kind="choice")
    answered = {each: {"right": {"tuned": each != "0"}} for each in "012c"} | {"3": {"right": {"tuned": None}}}
    tasks = [heldout_tasks.task_of(number), heldout_tasks.task_of(choice)]
    assert tasks[0] != tasks[1]

    assert harness._reported(answered, [*asked, choice], None) == {
        tasks[0]: {"right": 2, "total": 4}, tasks[1]: {"right": 1, "total": 1}
    }  # fmt: skip
    assert harness._reported(answered, asked, 2) == {tasks[0]: {"right": 1, "total": 2}}
    assert harness._reported({}, asked, None) == {}


@pytest.mark.parametrize(
    ("words", "dtype", "device"),
    [
        ([], "bfloat16", None),
        (["runtime.device=cpu", "model.dtype=float16"], "float16", "cpu"),
    ],
)
def test_the_child_is_asked_as_step_5_asked(tmp_path: Path, words: list[str], dtype: str, device: str | None) -> None:
    config = config_file.load_preset("phi35-so8t", [*words, "runtime.num_threads=3", "convert.system_prompt=Think."])
    (tmp_path / "final_model").mkdir()
    (tmp_path / "final_model" / "config.json").write_text('{"max_position_embeddings": 512}')
    assert harness._request(tmp_path, config) == {
        "model": str(tmp_path / "final_model"), "dtype": dtype, "device": device, "system": "Think.", "context": 512,
        "threads": 3,
    }  # fmt: skip
    built = config_file.load_preset("demo", [])
    assert built.model.build is not None and harness._request(tmp_path, built)["dtype"] == "float32"


def test_a_child_that_is_no_longer_waited_for_has_ended_before_the_command_does(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    children: list[subprocess.Popen[bytes]] = []

    def stopped(process: subprocess.Popen[bytes]) -> int:
        children.append(process)
        raise KeyboardInterrupt

    monkeypatch.setattr(lifeline, "waited", stopped)
    with pytest.raises(KeyboardInterrupt):
        harness._asked({}, tmp_path)
    assert children[0].returncode not in (None, 0)
