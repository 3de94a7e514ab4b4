"""What `so8t eval` says and ends with, whatever lm-eval said: a measurement stands in for it."""

from __future__ import annotations

import argparse
import io
import json
from pathlib import Path
from typing import Any

import pytest

from helpers.sessions import refused
from so8t_engine.benchmark import harness, in_report, kept_result, lm_eval_package
from so8t_engine.chat import answerer
from so8t_engine.commands import evals
from so8t_engine.commands.printer import Printer
from so8t_engine.errors import EXIT_FINISHED, EXIT_INTERRUPTED, EXIT_MODEL, EXIT_SESSION, EngineError
from so8t_engine.sentences import Sentence, sentence, to_json
from so8t_engine.session import results, sealed_folder, store

TASK = {"tasks": {"so8t_maths": {"items": 4, "figures": {"acc": 0.75, "acc_stderr": 0.05}}}, "seconds": 1.0}
FAILED = {"error": to_json(sentence("evaluate.llama_silent", seconds=9))}


def benchmark(**models: Any) -> dict[str, Any]:
    return {
        "lm_eval": "0.4.13", "limit": None, "report": {"so8t_maths": {"right": 3, "total": 4}}, "models": models,
    }  # fmt: skip


@pytest.fixture
def session(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    def fill(part: Path) -> None:
        for name, text in {"report.json": "{}", "run.json": "{}", "report.html": "own"}.items():
            (part / name).write_text(text, encoding="utf-8")

    folder = tmp_path / "s"
    folder.mkdir()
    sealed_folder.publish(folder / "report", fill, {"folder": "report"})
    monkeypatch.setattr(answerer, "config_of", lambda session: None)
    return folder


def measured(
    session: Path, monkeypatch: pytest.MonkeyPatch, said: Any, into: Any = None, asked: list[Any] | None = None
) -> tuple[int, str]:
    """Exit code and what was printed. `said`: a benchmark or what is raised; `into`: stands for the report."""

    def run(folder: Path, config: Any, wanted: harness.Wanted, tell: Any) -> Any:
        if asked is not None:
            asked.append(wanted)
        if isinstance(said, BaseException):
            raise said
        return said() if callable(said) else said

    monkeypatch.setattr(harness, "run", run)
    monkeypatch.setattr(kept_result, "into_report", into or (lambda session, benchmark: None))
    out = io.StringIO()
    options = argparse.Namespace(tasks=["so8t"], models=["Q8_0"], limit=3, include=None)
    code = evals._measured(options, session, Printer(out))
    return code, out.getvalue()


def test_figures_are_lines_with_the_reports_own_count_behind_them_and_what_failed_last(
    session: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = list[Any]()
    code, text = measured(session, monkeypatch, benchmark(final_model=TASK, Q8_0=FAILED), asked=asked)

    assert code == EXIT_MODEL and asked == [harness.Wanted(["so8t"], ["Q8_0"], 3, None)]
    first, own, failed = text.replace("\N{NO-BREAK SPACE}", " ").splitlines()
    assert first == "so8t_maths acc (4): final_model 75.0 % ± 5.0, Q8_0 –"
    assert "3" in own and "4" in own and "Q8_0" in failed and "9" in failed
    assert measured(session, monkeypatch, benchmark(final_model=TASK))[0] == EXIT_FINISHED


def test_where_no_model_could_be_measured_it_has_failed_and_nothing_waits(
    session: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept_result.keep(session, "", {}, benchmark(final_model=FAILED), whole=True)
    found = refused(lambda: measured(session, monkeypatch, benchmark(final_model=FAILED, Q8_0=FAILED)))

    assert (found.code, found.sentence.code) == ("lm_eval", "evaluate.llama_silent")
    assert not results.waiting_benchmark(session).exists()


@pytest.mark.parametrize("some", [True, False])
def test_cut_off_it_says_which_models_are_measured_already(
    session: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str], some: bool
) -> None:
    def cut() -> Any:
        if some:
            wanted = harness.Wanted(["so8t"], ["Q8_0"], 3, None).to_json()
            kept_result.keep(session, kept_result.report_digest(session), wanted, benchmark(final_model=TASK), False)
        raise KeyboardInterrupt

    assert measured(session, monkeypatch, cut) == (EXIT_INTERRUPTED, "")
    assert ("final_model" in capfd.readouterr().err) is some


def test_figures_of_a_report_that_is_another_by_now_do_not_go_into_it(
    session: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    def changed() -> Any:
        (session / "report" / "report.json").write_text("[]", encoding="utf-8")
        return benchmark(final_model=TASK)

    went = list[Any]()
    code, text = measured(session, monkeypatch, changed, into=lambda *each: went.append(each))
    assert (code, went) == (EXIT_SESSION, []) and "so8t_maths" in text
    assert str(results.waiting_benchmark(session)) in capfd.readouterr().err


@pytest.mark.parametrize("kept", [True, False])
def test_a_report_that_cannot_take_them_is_told_with_whether_they_wait(
    session: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str], kept: bool
) -> None:
    error = EngineError("locked", sentence("run.save_given_up"))

    def full(session: Path, benchmark: dict[str, Any]) -> None:
        raise error

    def said() -> Any:
        if kept:
            kept_result.keep(session, "", {}, benchmark(final_model=TASK), whole=True)
        return benchmark(final_model=TASK)

    code, text = measured(session, monkeypatch, said, into=full)
    heard = capfd.readouterr().err
    assert code == error.exit_code and "so8t_maths" in text and "The last save was given up" in heard
    assert (str(results.waiting_benchmark(session)) in heard) is kept


def test_what_waited_is_put_into_the_report_or_told_why_not(session: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def codes() -> list[str]:
        return [each.code for each in evals.take_in(session)]

    taken, error = list[Any](), EngineError("locked", sentence("run.save_given_up"))
    monkeypatch.setattr(kept_result, "into_report", lambda session, found: taken.append(found))
    assert codes() == []
    digest = kept_result.report_digest(session)
    kept_result.keep(session, digest, {}, benchmark(final_model=TASK), whole=False)
    assert codes() == [], "not all of it was measured"
    kept_result.keep(session, "another", {}, benchmark(final_model=TASK), whole=True)
    assert codes() == ["evaluate.lm_eval_of_another"] and taken == []
    kept_result.keep(session, digest, {}, benchmark(final_model=TASK), whole=True)
    assert codes() == ["evaluate.lm_eval_taken_in"] and taken == [benchmark(final_model=TASK)]

    def held(session: Path, found: Any) -> None:
        raise error

    monkeypatch.setattr(kept_result, "into_report", held)
    [waits] = evals.take_in(session)
    assert (waits.code, waits.args["session"]) == ("evaluate.lm_eval_waits", "s")
    assert isinstance(waits.args["why"], Sentence) and waits.args["path"] == str(results.waiting_benchmark(session))


@pytest.mark.parametrize(
    ("text", "number"), [("1", 1), ("20", 20), ("0", None), ("-1", None), ("x", None), ("1.5", None)]
)
def test_a_limit_is_a_whole_number_from_one_on(text: str, number: int | None) -> None:
    if number is None:
        with pytest.raises(argparse.ArgumentTypeError):
            evals._count(text)
    else:
        assert evals._count(text) == number


def test_programs_get_the_benchmark_itself(session: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(harness, "run", lambda *_: benchmark(final_model=TASK))
    monkeypatch.setattr(kept_result, "into_report", lambda *_: None)
    out = io.StringIO()
    options = argparse.Namespace(tasks=["so8t"], models=[], limit=None, include=None)

    assert evals._measured(options, session, Printer(out, json=True)) == EXIT_FINISHED
    assert json.loads(out.getvalue()) == benchmark(final_model=TASK)


def test_what_waits_is_told_before_anything_is_measured(
    session: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    kept_result.keep(session, "another", {}, benchmark(final_model=TASK), whole=True)
    measured(session, monkeypatch, benchmark(final_model=TASK))

    assert str(results.waiting_benchmark(session)) in capfd.readouterr().err


def test_the_session_that_is_named_is_measured_and_the_code_is_the_measurements(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    session, asked = store.create(tmp_path, "20260101-000000-demo", "", "now"), list[Any]()
    before = list[Any]()
    monkeypatch.setattr(lm_eval_package, "refuse_without_lm_eval", lambda: before.append("package"))
    monkeypatch.setattr(answerer, "refuse_while_training", before.append)
    monkeypatch.setattr(in_report, "refuse_damaged", before.append)
    monkeypatch.setattr(evals, "_measured", lambda options, session, printer: asked.append(session) or EXIT_MODEL)
    options = argparse.Namespace(data_root=str(tmp_path), session=session.name)

    assert evals._eval(options, Printer(io.StringIO())) == EXIT_MODEL
    assert asked == [session]
    assert before == ["package", tmp_path, session], "what would refuse it after hours is asked first"
