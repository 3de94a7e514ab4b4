"""What lm-eval has said outlives a cut, for the same report and the same request alone."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from helpers.sessions import refused
from so8t_engine.benchmark import harness, in_report, kept_result
from so8t_engine.session import lock, manifest, results, sealed_folder

REQUEST = {"tasks": ["so8t"], "models": [], "limit": None, "include": None}
SAID = {"tasks": {"so8t_number": {"items": 2, "figures": {"acc": 0.5}}}, "seconds": 1.5}
BENCHMARK: dict[str, Any] = {
    "lm_eval": "0.4.13", "limit": None, "report": {}, "models": {"final_model": SAID, "日本": {"error": {"code": "x"}}}
}  # fmt: skip


@pytest.fixture
def session(tmp_path: Path) -> Path:
    def fill(part: Path) -> None:
        for name, text in {"report.json": "{}", "run.json": "{}", "report.html": "own"}.items():
            (part / name).write_text(text, encoding="utf-8")

    sealed_folder.publish(tmp_path / "report", fill, {"folder": "report"})
    return tmp_path


def test_what_was_measured_goes_on_for_the_same_report_and_request(session: Path) -> None:
    report = kept_result.report_digest(session)
    assert report == "44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a", "SHA-256 of {}"
    assert kept_result.measured(session, report, REQUEST) == {} and kept_result.waiting(session) is None
    kept_result.keep(session, report, REQUEST, BENCHMARK, whole=False)

    assert "日本" in results.waiting_benchmark(session).read_text(encoding="utf-8")
    assert kept_result.measured(session, report, REQUEST) == {"final_model": SAID | {"lm_eval": "0.4.13"}}
    assert kept_result.measured(session, "another", REQUEST) == {}
    assert kept_result.measured(session, report, REQUEST | {"limit": 3}) == {}
    assert kept_result.waiting(session) is None, "not all of it was measured"
    assert not kept_result.of_another_report(session)
    (session / "report" / "report.json").write_text("[]")
    assert kept_result.of_another_report(session)
    (session / "report" / "report.json").unlink()
    assert kept_result.report_digest(session) == ""


def test_what_is_whole_waits_until_the_report_has_it(session: Path) -> None:
    kept_result.keep(session, kept_result.report_digest(session), REQUEST, BENCHMARK, whole=True)
    assert kept_result.waiting(session) == BENCHMARK
    kept_result.into_report(session, BENCHMARK)

    assert json.loads((session / "report" / in_report.NAME).read_text(encoding="utf-8")) == BENCHMARK
    assert manifest.problems(session / "report") == []
    assert kept_result.waiting(session) is None and not results.waiting_benchmark(session).exists()
    kept_result.forget(session)  # where there is none


def test_a_session_that_is_held_or_a_report_that_is_damaged_keeps_what_waits(
    session: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(kept_result, "SECONDS", 0.0)
    kept_result.keep(session, "", REQUEST, BENCHMARK, whole=True)
    with lock.briefly(session, 0.0) as held:
        assert held
        for call in (lambda: kept_result.into_report(session, BENCHMARK), lambda: kept_result.report_again(session)):
            assert refused(call).code == "locked"
    (session / "report" / "run.json").write_text("[]", encoding="utf-8")
    for call in (lambda: kept_result.into_report(session, BENCHMARK), lambda: kept_result.report_again(session)):
        assert refused(call).code == "results_damaged"
    assert kept_result.waiting(session) == BENCHMARK
    with kept_result.alone(session):
        pass


@pytest.mark.parametrize(
    "text", ["", "[", "[]", '{"whole": true}', '{"whole": true, "benchmark": {"models": []}}',
             '{"whole": true, "benchmark": {"models": {"a": {}, "b": 1}}}'],
)  # fmt: skip
def test_what_could_not_have_been_written_here_is_nothing(session: Path, text: str) -> None:
    results.waiting_benchmark(session).write_text(text, encoding="utf-8")
    assert kept_result.waiting(session) is None and kept_result.measured(session, "", REQUEST) == {}


def test_a_request_is_the_same_however_it_was_typed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    wanted = harness.Wanted(("so8t", "gsm8k"), (), 5, Path("own"))
    assert wanted.to_json() == {
        "tasks": ["so8t", "gsm8k"], "models": [], "limit": 5, "include": str(tmp_path / "own")
    }  # fmt: skip
    assert harness.Wanted((), ("Q8_0",), None, None).to_json()["include"] is None
    assert harness._by_model({"a": {"error": {}}, "b": SAID | {"lm_eval": "0.4.13"}}) == {
        "lm_eval": "0.4.13", "models": {"a": {"error": {}}, "b": SAID}
    }  # fmt: skip
    assert harness._by_model({"a": {"error": {}}})["lm_eval"] is None
