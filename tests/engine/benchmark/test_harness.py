"""Which models lm-eval is asked about."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from helpers import sample_report
from helpers.sessions import refused
from so8t_engine import child_pipes, lifeline
from so8t_engine.benchmark import harness, heldout_tasks, kept_result
from so8t_engine.config import file as config_file
from so8t_engine.data.record import Example
from so8t_engine.errors import EngineError
from so8t_engine.sentences import Sentence, sentence, to_json, verbatim

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


class Measuring:
    """`harness.run` with everything but its own order of things put aside."""

    def __init__(self, session: Path, monkeypatch: pytest.MonkeyPatch, own: list[str], known: dict[str, Any]) -> None:
        self.session, self.told = session, list[Sentence]()
        self.asked, self.kept = list[dict[str, Any]](), list[tuple[Any, ...]]()
        self.full: EngineError | None = None
        (session / "final_model").mkdir()
        (session / "final_model" / "config.json").write_text("{}")
        monkeypatch.setattr(harness, "_answered", lambda _: {})
        monkeypatch.setattr(kept_result, "report_digest", lambda _: "digest")
        monkeypatch.setattr(harness, "_questions", lambda *_: ["question"])
        monkeypatch.setattr(heldout_tasks, "write", lambda folder, asked, *more: own if asked else [])
        monkeypatch.setattr(harness, "_request", lambda *_: {"system": "S"})
        monkeypatch.setattr(harness, "_reported", lambda answered, asked, limit: {"of": [*asked], "limit": limit})
        monkeypatch.setattr(kept_result, "measured", lambda *given: known)
        monkeypatch.setattr(kept_result, "keep", self.keep)
        monkeypatch.setattr(harness, "_asked", self.ask)

    def ask(self, request: dict[str, Any], folder: Path) -> dict[str, Any]:
        self.asked.append(request | {"below": folder})
        return {"lm_eval": "0.4", "tasks": {"n": len(self.asked)}}

    def keep(self, session: Path, report: str, wanted: Any, benchmark: dict[str, Any], whole: bool) -> None:
        self.kept.append((report, list(benchmark["models"]), whole))
        if self.full is not None:
            raise self.full

    def run(self, tasks: list[str], models: list[str], include: Path | None = None) -> dict[str, Any]:
        config = config_file.load_preset("demo")
        return harness.run(self.session, config, harness.Wanted(tasks, models, 5, include), self.told.append)


def test_each_model_is_asked_once_and_kept_as_it_comes(session: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What was measured before a cut is not asked again; of another model it is not shown."""
    measured = {"Q8_0": {"tasks": {"n": 0}}, "F16": {"tasks": {}}}
    mine = Measuring(session, monkeypatch, ["so8t_number"], measured)
    found = mine.run(["so8t", "gsm8k", "so8t_number"], ["final_model", "Q8_0", "Q4_K_M"], Path("own"))

    assert [request["gguf"] for request in mine.asked] == [None, str(session / "gguf" / "my-run-Q4_K_M.gguf")]
    first, below = mine.asked[0], mine.asked[0]["below"]
    assert (first["tasks"], first["online"], first["limit"], first["system"]) == (
        ["so8t_number", "gsm8k"], True, 5, "S",
    )  # fmt: skip
    assert first["include"] == [str(below / "tasks"), "own"] and first["cache"] == str(below / "cache")
    assert mine.told == [
        sentence("evaluate.lm_eval_goes_on", models=["Q8_0"]), sentence("evaluate.lm_eval_asks", model="final_model"),
        sentence("evaluate.lm_eval_asks", model="Q4_K_M"),
    ]  # fmt: skip
    both = ["final_model", "Q8_0"]
    assert mine.kept == [("digest", both, False), ("digest", both, False), ("digest", [*both, "Q4_K_M"], True)]
    assert (found["limit"], found["lm_eval"], found["report"]) == (5, "0.4", {"of": ["question"], "limit": 5})
    assert found["models"]["Q8_0"] == measured["Q8_0"] and list(found["models"]) == [*both, "Q4_K_M"]
    assert not below.exists()


def test_own_questions_alone_are_asked_offline_and_what_could_not_be_kept_is_told(
    session: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    mine = Measuring(session, monkeypatch, ["so8t_number"], {})
    mine.full = EngineError("disk_full", verbatim("full"))
    found = mine.run(["so8t"], ["final_model"])

    assert mine.asked[0]["online"] is False and mine.asked[0]["include"] == [str(mine.asked[0]["below"] / "tasks")]
    lost = sentence("evaluate.lm_eval_not_kept", why=verbatim("full"))
    assert (
        mine.told == [sentence("evaluate.lm_eval_asks", model="final_model"), lost] and "final_model" in found["models"]
    )
    others = mine.run(["gsm8k"], ["final_model"])
    assert mine.asked[1]["online"] is True and others["report"] == {"of": [], "limit": 5}


def test_without_a_model_or_a_question_nothing_is_asked(session: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    mine = Measuring(session, monkeypatch, [], {})
    error = refused(lambda: mine.run(["so8t"], []))
    assert (error.code, error.sentence) == ("lm_eval", sentence("evaluate.lm_eval_no_questions", session=session.name))
    (session / "final_model" / "config.json").unlink()
    error = refused(lambda: mine.run(["gsm8k"], []))
    assert (error.code, error.sentence) == ("lm_eval", sentence("evaluate.lm_eval_no_model", session=session.name))
    assert mine.asked == []


@pytest.mark.parametrize(
    ("result", "printed", "found"),
    [
        ('{"tasks": {}}', "", {"tasks": {}}),
        (None, "", {"code": 3, "line": "-"}),
        ("[", "first\n" + "x" * 201 + "\n\n", {"code": 3, "line": "x" * 200}),
        ('{"problem": %s}', "", verbatim("no such task")),
    ],
)
def test_what_a_child_leaves_is_its_answer_or_its_last_words(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, result: str | None, printed: str, found: Any
) -> None:
    ended: list[str] = []

    def start(command: list[str], environment: Any, out: Any, errors: Any, down: str) -> Any:
        assert out is errors and json.loads(Path(command[3]).read_text()) == {"tasks": ["a"]}
        assert not Path(command[4]).exists(), "of the model before"
        out.write(printed.encode())
        if result is not None:
            Path(command[4]).write_text(result % json.dumps(to_json(found)) if "%" in result else result)
        read, write = os.pipe()
        os.close(read)
        process = SimpleNamespace(kill=lambda: ended.append("killed"), wait=lambda: ended.append("waited"))
        return SimpleNamespace(process=process, down=write)

    (tmp_path / "result.json").write_text("old")
    monkeypatch.setattr(child_pipes, "start", start)
    monkeypatch.setattr(lifeline, "waited", lambda process: 3)
    answer = harness._asked({"tasks": ["a"]}, tmp_path)

    assert ended == ["killed", "waited"]
    if isinstance(found, Sentence):
        assert answer == {"error": to_json(found)}
    elif "code" in found:
        assert answer == {"error": to_json(sentence("evaluate.lm_eval_ended", **found))}
    else:
        assert answer.pop("seconds") >= 0.0 and answer == found


def test_a_report_that_kept_no_answers_is_none_to_compare_with(monkeypatch: pytest.MonkeyPatch) -> None:
    error = EngineError("not_comparable", verbatim("x"))

    def read(session: Path) -> Any:
        if session.name in ("old", "lost"):
            raise error if session.name == "old" else EngineError("report_missing", verbatim("x"))
        return SimpleNamespace(items=[{"id": 7, "right": {}}])

    monkeypatch.setattr(harness.comparison, "read", read)
    assert harness._answered(Path("old")) == {} and harness._answered(Path("s")) == {"7": {"id": 7, "right": {}}}
    assert refused(lambda: harness._answered(Path("lost"))).code == "report_missing"
