"""What is believed of a finished session, and which of its files are offered, in which order."""

from __future__ import annotations

import errno
import json
import os
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from helpers import sample_report
from so8t_engine.session import report_figures, store
from so8t_engine.session.state import PipelineState, dump
from so8t_gui.result import report_file, verdict
from so8t_gui.result.panel import ResultPanel
from so8t_gui.result.report_file import GgufFiles


def test_the_advised_file_comes_first_and_the_others_from_small_to_large(tmp_path: Path) -> None:
    """Without a report the smallest is advised; two of the same size follow by name."""
    assert report_file._files(tmp_path) == GgufFiles()
    (tmp_path / "gguf").mkdir()
    for kind, size in (("F16", 90), ("Q8_0", 50), ("Q4_K_M", 30), ("Q5_K_M", 50)):
        (tmp_path / "gguf" / f"my-run-{kind}.gguf").write_bytes(bytes(size))

    assert report_file._files(tmp_path) == GgufFiles(("Q4_K_M", "Q5_K_M", "Q8_0", "F16"), "my-run-Q4_K_M.gguf")


@pytest.fixture
def finished(tmp_path: Path) -> Path:
    (tmp_path / store.STATE).write_bytes(dump(PipelineState(tmp_path.name, status="finished")))
    sample_report.write_gguf(tmp_path)
    sample_report.write(tmp_path)
    return tmp_path


def test_figures_that_were_changed_are_not_shown_however_well_they_read(finished: Path) -> None:
    whole = report_file.read(finished)
    assert whole.complete and whole.shares and whole.files.advised == "demo-Q8_0.gguf"
    changed = sample_report.report(tuned=sample_report.share(330, 0.9, 0.99))
    (finished / "report" / "report.json").write_text(json.dumps(changed), encoding="utf-8")

    result = report_file.read(finished)

    assert not result.complete and not result.shares and not result.examples
    assert "not as it was written" in verdict.verdict(result) and verdict.level(result) == "warning"
    assert "report/report.json" in verdict.lost(result)
    assert result.files.advised == "demo-Q4_K_M.gguf"  # what it advises is not believed either


def test_of_both_answers_it_is_read_whether_they_are_well_formed(finished: Path) -> None:
    examples = report_file.read(finished).examples
    assert {(one.base_formed, one.formed) for one in examples} == {(False, True)}


def test_how_many_unsafe_requests_are_refused_is_read_and_said(qtbot: QtBot, finished: Path) -> None:
    """A run that taught it to refuse nothing was told to make no clear difference."""
    panel, body = ResultPanel(), sample_report.report()
    qtbot.addWidget(panel)
    safety = {"unsafe": {"base": sample_report.share(181, 0.48, 0.59), "tuned": sample_report.share(0, 0.0, 0.01)}}
    sample_report.write(finished, body | {"heldout": body["heldout"] | {"safety": safety}})
    panel.put(report_file.read(finished))
    nbsp = "\N{NO-BREAK SPACE}"
    assert panel._formed.text().endswith(f"Unsafe requests refused: 53.2{nbsp}% before, 0.0{nbsp}% after.")
    for damaged in ({}, {"unsafe": None}, {"unsafe": {"base": {}}}):
        sample_report.write(finished, body | {"heldout": body["heldout"] | {"safety": damaged}})
        assert report_file.read(finished).complete and report_file.read(finished).refused == ()


def test_that_none_of_ones_own_data_was_asked_is_read_and_said_beside_the_shares(qtbot: QtBot, finished: Path) -> None:
    panel = ResultPanel()
    qtbot.addWidget(panel)
    panel.put(report_file.read(finished))
    assert panel._not_asked.isHidden()
    sample_report.write(finished, sample_report.report() | {"own_not_asked": ["faq"]})
    panel.put(report_file.read(finished))
    assert not panel._not_asked.isHidden() and panel._not_asked.text().startswith(
        "No question was of your own data ('faq')"
    )


def test_what_is_lost_beside_the_figures_is_named_under_them(finished: Path) -> None:
    (finished / "report" / "report.html").write_text("another page", encoding="utf-8")
    (finished / "final_model").rename(finished / "elsewhere")

    result = report_file.read(finished)

    assert result.shares and not result.problem and not result.complete
    assert [line.partition(":")[0] for line in verdict.lost(result).splitlines()[1:]] == [
        "report/report.html", "final_model",
    ]  # fmt: skip


def test_a_report_that_cannot_be_read_is_told_with_the_reason(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(_: Path) -> object:
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))

    monkeypatch.setattr(report_figures, "read", refused)
    problem = report_file.read(tmp_path).problem
    assert problem == f"The report of this session cannot be read: {os.strerror(errno.EACCES)}."


@pytest.mark.parametrize(
    ("base", "tuned", "kind"),
    [
        (None, True, "unknown"), (True, None, "unknown"), (False, True, "won"), (True, False, "lost"),
        (True, True, "right"), (False, False, "wrong"),
    ],
)  # fmt: skip
def test_what_became_of_a_question_is_a_word(base: bool | None, tuned: bool | None, kind: str) -> None:
    assert report_file.AnsweredQuestion("?", "1", "1", "1", base, tuned).kind == kind
