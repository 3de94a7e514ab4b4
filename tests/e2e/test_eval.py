"""`so8t eval` by the real program, on the session that the small job left."""

from __future__ import annotations

import importlib.util
import io
import json
import shutil
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import Any

import pytest

from helpers import program
from helpers.sessions import refused
from so8t_engine import cli
from so8t_engine.benchmark import harness, in_report, kept_result, lm_eval_package
from so8t_engine.commands.printer import Printer
from so8t_engine.sentences import sentence, to_json
from so8t_engine.session import disk_errors, durable, lock, manifest, results, sealed_folder

SAID = {
    "lm_eval": "0.4.13",
    "limit": None,
    "models": {
        "final_model": {"tasks": {"so8t_maths": {"items": 12, "right": 3, "figures": {"acc": 0.25}}}, "seconds": 1.0},
        "Q8_0": {"error": to_json(sentence("evaluate.llama_silent", seconds=7))},
    },
    "report": {"so8t_maths": {"right": 3, "total": 12}},
}
LM_EVAL = """
import os, pathlib, signal, time
__version__ = "0.4.13"
def simple_evaluate(model, tasks, **how):
    asked = pathlib.Path(os.environ["SO8T_TEST_ASKED"])
    before = asked.read_text() if asked.exists() else ""
    asked.write_text(before + model + " ")
    held = pathlib.Path(os.environ.get("SO8T_TEST_HELD", asked))
    while not held.exists():
        time.sleep(0.01)
    if before == os.environ.get("SO8T_TEST_INTERRUPTED"):
        os.kill(os.getppid(), signal.SIGINT)
        signal.pause()
    return {"results": {task: {"acc,none": 0.25} for task in tasks}}
"""
TASKS = """
import pathlib
class TaskManager:
    def __init__(self, include_path, include_defaults):
        self.task_index = [file.stem for folder in include_path for file in pathlib.Path(folder).glob("*.yaml")]
    def load(self, name):
        return {"tasks": {name: type("Task", (), {"OUTPUT_TYPE": "generate_until"})}}
"""
THERE = importlib.util.find_spec("lm_eval") is not None


def test_what_lm_eval_said_stands_beside_the_report_and_on_its_pages_and_all_else_is_as_before(
    untouched: Path, tmp_path: Path
) -> None:
    session = Path(shutil.copytree(untouched, tmp_path / untouched.name))
    in_report.add(sealed_folder.publish, session, SAID)
    report, before = session / "report", untouched / "report"

    assert json.loads((report / "lm_eval.json").read_text(encoding="utf-8")) == SAID
    for name in ("report.json", "answers.jsonl", "run.json"):
        assert (report / name).read_bytes() == (before / name).read_bytes()
    for name in ("report.html", "report.md"):
        page = (report / name).read_text(encoding="utf-8")
        assert "lm-evaluation-harness 0.4.13" in page and "25.0\N{NO-BREAK SPACE}%" in page
        assert "3\N{NO-BREAK SPACE}/\N{NO-BREAK SPACE}12" in page and "within 7 seconds" in page
        assert "lm-evaluation-harness" not in (before / name).read_text(encoding="utf-8")
    assert "7 秒以内" in (report / "report.ja.html").read_text(encoding="utf-8")
    assert program.so8t("verify", session.name, "--data-root", tmp_path).returncode == 0
    assert "lm_eval.json" in manifest.read(report)[0]


def test_made_again_in_another_language_the_report_keeps_no_page_of_before(
    untouched: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    session = Path(shutil.copytree(untouched, tmp_path / untouched.name))
    assert (session / "report" / "report.ja.html").is_file()
    monkeypatch.setenv("SO8T_LANG", "ja")
    in_report.add(sealed_folder.publish, session, SAID)
    pages = {path.name: path.read_text(encoding="utf-8") for path in (session / "report").glob("report*.html")}

    assert sorted(pages) == ["report.en.html", "report.html"]
    assert all("lm-evaluation-harness 0.4.13" in page for page in pages.values()) and "7 秒以内" in pages["report.html"]


@pytest.mark.skipif(THERE, reason="lm-eval is installed")
def test_without_lm_eval_it_says_what_installs_it(tmp_path: Path) -> None:
    done = program.so8t("eval", "--data-root", tmp_path)

    assert done.returncode == 3 and "-m pip install" in done.stdout + done.stderr
    assert lm_eval_package.REQUIREMENT in done.stdout + done.stderr
    assert refused(lm_eval_package.refuse_without_lm_eval).code == "lm_eval_missing"


@pytest.mark.skipif(not THERE, reason="lm-eval is not installed")
def test_lm_eval_counts_what_the_report_counts(untouched: Path, tmp_path: Path) -> None:
    shutil.copytree(untouched, tmp_path / untouched.name)
    done = program.so8t("eval", "--models", "final_model", "Q8_0", "--json", "--data-root", tmp_path)
    found = json.loads(done.stdout.splitlines()[-1])

    assert done.returncode == 0, done.stdout + done.stderr
    asked, quantised = (found["models"][name]["tasks"] for name in ("final_model", "Q8_0"))
    report = found["report"]
    assert "so8t_maths" in report and sum(about["total"] for about in report.values()) > 6
    assert {task: about["right"] for task, about in asked.items()} == {
        task: about["right"] for task, about in report.items()
    }
    for tasks in (asked, quantised):
        assert {task: about["items"] for task, about in tasks.items()} == {
            task: about["total"] for task, about in report.items()
        }


@pytest.fixture
def stand_in(untouched: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the session, and a package that answers in lm-eval's place: a task is right in a quarter."""
    files = {"lm_eval/__init__.py": LM_EVAL, "lm_eval/tasks.py": TASKS, "tenacity.py": "", "aiohttp.py": ""}
    for name, text in files.items():
        (tmp_path / "packages" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "packages" / name).write_text(text, encoding="utf-8")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path / "packages"))
    monkeypatch.syspath_prepend(str(tmp_path / "packages"))
    monkeypatch.setenv("SO8T_TEST_ASKED", str(tmp_path / "asked"))
    monkeypatch.setattr(kept_result, "SECONDS", 0.05)
    return Path(shutil.copytree(untouched, tmp_path / "sessions" / untouched.name))


def so8t(*arguments: object) -> tuple[int, str]:
    """The command line in this process, which has loaded the libraries: its exit code, and what it printed."""
    out = io.StringIO()
    options = cli.parsed([*map(str, arguments)])
    return cli.answered(options, Printer(out, options.json)), out.getvalue()


def evaluate(session: Path, *arguments: str) -> tuple[int, str]:
    return so8t("eval", session.name, "--data-root", session.parent, "--json", *arguments)


def hold(session: Path, folder: Path, until: threading.Event) -> None:
    """The session, from when lm-eval is asked."""
    while not (folder / "asked").exists() and not until.wait(0.01):
        pass
    with lock.briefly(session, 1.0):
        (folder / "held").touch()
        until.wait()


def test_a_result_that_a_held_session_cannot_take_waits_beside_the_report_and_goes_into_it_later(
    stand_in: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    waiting, done = results.waiting_benchmark(stand_in), threading.Event()
    monkeypatch.setenv("SO8T_TEST_HELD", str(tmp_path / "held"))
    holder = threading.Thread(target=hold, args=(stand_in, tmp_path, done))
    holder.start()
    try:
        code, out = evaluate(stand_in, "--models", "final_model")
        told = capfd.readouterr().err

        assert code == 5 and f"kept in {waiting}; `so8t report {stand_in.name} --data-root {stand_in.parent}`" in told
        assert json.loads(out)["models"]["final_model"]["tasks"]["so8t_maths"]["figures"] == {"acc": 0.25}
        assert waiting.is_file() and not (stand_in / "report" / "lm_eval.json").exists()
        assert so8t("report", stand_in.name, "--data-root", stand_in.parent)[0] == 0  # the page is shown nevertheless
        assert f"kept in {waiting}" in capfd.readouterr().err
    finally:
        done.set()
        holder.join()
    so8t("report", stand_in.name, "--data-root", stand_in.parent)

    assert "in the report now" in capfd.readouterr().err and not waiting.exists()
    assert json.loads((stand_in / "report" / "lm_eval.json").read_text(encoding="utf-8")) == json.loads(out)
    assert "lm-evaluation-harness 0.4.13" in (stand_in / "report" / "report.html").read_text(encoding="utf-8")


def test_what_was_measured_before_a_cut_is_not_asked_again_and_goes_into_no_other_report(
    stand_in: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    models = ("--models", "final_model", "Q8_0")
    monkeypatch.setenv("SO8T_TEST_INTERRUPTED", "hf ")
    assert evaluate(stand_in, *models) == (130, "")
    assert "kept: final_model. The same command goes on" in capfd.readouterr().err
    code, out = evaluate(stand_in, *models)
    found = json.loads(out)

    assert (tmp_path / "asked").read_text(encoding="utf-8").split() == ["hf", *["local-chat-completions"] * 2]
    assert code == 0 and [*found["models"]] == ["final_model", "Q8_0"] and found["lm_eval"] == "0.4.13"
    assert not results.waiting_benchmark(stand_in).exists()

    kept_result.keep(stand_in, "digest of another", {}, found, whole=True)
    assert [*(kept_result.waiting(stand_in) or {})["models"]] == ["final_model", "Q8_0"], "the report's columns"
    so8t("report", stand_in.name, "--data-root", stand_in.parent)
    assert "before this session was evaluated anew" in capfd.readouterr().err


def test_a_second_one_at_the_same_time_is_refused_and_a_killed_one_is_in_nobodys_way(
    stand_in: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("SO8T_TEST_HELD", str(tmp_path / "held"))
    command = ("eval", stand_in.name, "--data-root", str(stand_in.parent), "--models", "final_model")
    first = subprocess.Popen([sys.executable, "-m", "so8t_engine.cli", *command], env=program.environment())
    while not (tmp_path / "asked").exists():
        assert first.poll() is None
        time.sleep(0.01)
    before = sorted(path.name for path in stand_in.iterdir())
    code, told = so8t(*command)
    between = sorted(path.name for path in stand_in.iterdir())
    first.kill()
    first.wait()
    (tmp_path / "held").touch()

    assert code == 5 and between == before
    assert "Another so8t eval is measuring session" in told and "what it has measured by then is kept" in told
    assert so8t(*command)[0] == 0
    assert (stand_in / "report" / "lm_eval.json").is_file() and not results.waiting_benchmark(stand_in).exists()


def test_a_disk_that_is_full_all_the_time_costs_the_file_and_not_what_is_printed(
    stand_in: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(path: Path, *_rest: Any, **_how: Any) -> None:
        raise disk_errors.told(28, path, OSError(28, "No space left on device"))

    monkeypatch.setattr(durable, "write", full)
    monkeypatch.setattr(harness, "_asked", lambda *_: {"lm_eval": "0.4.13", "tasks": {}})
    monkeypatch.setattr(in_report.report_files, "pages", lambda *_: {})
    code, out = evaluate(stand_in, "--models", "final_model")
    told = capfd.readouterr().err

    assert code == 6 and "so far could not be kept" in told and "the only copy" in told, told
    assert json.loads(out)["models"] == {"final_model": {"tasks": {}}}
