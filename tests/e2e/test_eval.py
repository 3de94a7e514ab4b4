"""`so8t eval` by the real program, on the session that the small job left."""

from __future__ import annotations

import importlib.util
import json
import shutil
from pathlib import Path

import pytest

from helpers import program
from helpers.sessions import refused
from so8t_engine.benchmark import in_report, lm_eval_package
from so8t_engine.sentences import sentence, to_json
from so8t_engine.session import manifest, sealed_folder

SAID = {
    "lm_eval": "0.4.13",
    "limit": None,
    "models": {
        "final_model": {"tasks": {"so8t_maths": {"items": 12, "right": 3, "figures": {"acc": 0.25}}}, "seconds": 1.0},
        "Q8_0": {"error": to_json(sentence("evaluate.llama_silent", seconds=7))},
    },
    "report": {"so8t_maths": {"right": 3, "total": 12}},
}
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
