"""A report that could not hold the result is refused before lm-eval is asked for hours."""

from __future__ import annotations

import json
from pathlib import Path

from helpers.sessions import refused
from so8t_engine.benchmark import in_report
from so8t_engine.data.record import Example
from so8t_engine.evaluate import heldout
from so8t_engine.session import manifest, sealed_folder


def test_that_a_damaged_report_is_refused_at_once_and_one_of_an_older_version_keeps_its_pages(tmp_path: Path) -> None:
    report, files = tmp_path / "report", {"report.json": "{}", "run.json": "{}", "report.html": "its own page"}

    def fill(part: Path) -> None:
        for name, text in files.items():
            (part / name).write_text(text, encoding="utf-8")

    in_report.refuse_damaged(tmp_path)  # there is none: said by whoever needs it
    sealed_folder.publish(report, fill, {"folder": "report"})
    in_report.refuse_damaged(tmp_path)
    in_report.add(sealed_folder.publish, tmp_path, {"lm_eval": None, "models": {}, "report": {}, "limit": None})
    assert (report / "report.html").read_text(encoding="utf-8") == "its own page"
    assert "lm_eval.json" in manifest.read(report)[0] and manifest.problems(report) == []

    (report / "report.json").write_text("{", encoding="utf-8")
    damaged = refused(lambda: in_report.refuse_damaged(tmp_path))
    assert damaged.code == "results_damaged" and damaged.detail.startswith("report/report.json: 1 byte where 2 "), (
        damaged.detail
    )
    for name in ("report.json", "run.json"):
        (report / "report.json").write_text("{}", encoding="utf-8")
        (report / name).write_text("[]", encoding="utf-8")  # it reads well, and says something else
        assert refused(lambda: in_report.refuse_damaged(tmp_path)).detail.startswith(f"report/{name}: ")
    (report / "run.json").write_text("{}", encoding="utf-8")
    (report / "manifest.json").write_text("torn", encoding="utf-8")
    assert refused(lambda: in_report.refuse_damaged(tmp_path)).code == "results_damaged"


def test_pages_are_made_anew_with_what_lm_eval_said_and_all_else_stays_byte_for_byte(tmp_path: Path) -> None:
    """A page in the user's language, made when that was another's, makes room: its words are those of report.html."""
    sum_of_two = Example("1", "s", "maths", "en", "heldout", "2 + 2?", "", "4", "4", "number", None)
    body = {
        "name": "mine", "description": "", "seed": 1, "algorithm": "ppo", "section_share": 0.0, "gguf": {},
        "heldout": heldout.compare([sum_of_two], ["<final>5</final>"], ["<final>4</final>"], None), "samples": [],
        "training": {}, "data": [], "made_with": {}, "phase_transitions": {"marked": [], "found": []},
    }  # fmt: skip
    facts = {"active_seconds": None, "step_seconds": {}, "joules": None, "timeline": []}
    files = {
        "report.json": json.dumps(body), "run.json": json.dumps(facts), "answers.csv": "a,b", "report.html": "old",
        "report.md": "old", "report.ja.html": "old", "report.en.html": "old",
    }  # fmt: skip

    def fill(part: Path) -> None:
        for name, text in files.items():
            (part / name).write_text(text, encoding="utf-8")

    sealed_folder.publish(tmp_path / "report", fill, {"folder": "report"})
    models = {"tuned": {"tasks": {"hellaswag": {"figures": {"acc,none": 0.5}}}}}
    said = {"models": models, "limit": None, "lm_eval": "0.4", "report": {}}
    in_report.add(sealed_folder.publish, tmp_path, said)
    now = {path.name: path.read_text(encoding="utf-8") for path in (tmp_path / "report").iterdir()}

    assert sorted(manifest.read(tmp_path / "report")[0]) == [
        "answers.csv", "lm_eval.json", "report.html", "report.ja.html", "report.json", "report.md", "run.json",
    ]  # fmt: skip
    assert manifest.problems(tmp_path / "report") == []
    assert {name: now[name] for name in ("answers.csv", "report.json", "run.json")}.items() <= files.items()
    assert all("hellaswag" in now[name] for name in ("report.html", "report.ja.html", "report.md"))
    assert now["lm_eval.json"] == (
        '{\n "limit": null,\n "lm_eval": "0.4",\n "models": {\n  "tuned": {\n   "tasks": {\n    "hellaswag": {\n'
        '     "figures": {\n      "acc,none": 0.5\n     }\n    }\n   }\n  }\n },\n "report": {}\n}\n'
    )


def test_a_report_of_before_there_was_a_file_about_the_run_is_not_damaged_and_keeps_its_pages(tmp_path: Path) -> None:
    def fill(part: Path) -> None:
        for name, text in {"report.json": "{}", "report.html": "its own page"}.items():
            (part / name).write_text(text, encoding="utf-8")

    sealed_folder.publish(tmp_path / "report", fill, {"folder": "report"})
    in_report.refuse_damaged(tmp_path)
    in_report.add(sealed_folder.publish, tmp_path, {"lm_eval": None, "models": {}, "report": {}, "limit": None})
    assert (tmp_path / "report" / "report.html").read_text(encoding="utf-8") == "its own page"
    assert sorted(manifest.read(tmp_path / "report")[0]) == ["lm_eval.json", "report.html", "report.json"]
