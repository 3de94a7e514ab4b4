"""A report that could not hold the result is refused before lm-eval is asked for hours."""

from __future__ import annotations

from pathlib import Path

from helpers.sessions import refused
from so8t_engine.benchmark import in_report
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


def test_a_report_of_before_there_was_a_file_about_the_run_is_not_damaged_and_keeps_its_pages(tmp_path: Path) -> None:
    def fill(part: Path) -> None:
        for name, text in {"report.json": "{}", "report.html": "its own page"}.items():
            (part / name).write_text(text, encoding="utf-8")

    sealed_folder.publish(tmp_path / "report", fill, {"folder": "report"})
    in_report.refuse_damaged(tmp_path)
    in_report.add(sealed_folder.publish, tmp_path, {"lm_eval": None, "models": {}, "report": {}, "limit": None})
    assert (tmp_path / "report" / "report.html").read_text(encoding="utf-8") == "its own page"
    assert sorted(manifest.read(tmp_path / "report")[0]) == ["lm_eval.json", "report.html", "report.json"]
