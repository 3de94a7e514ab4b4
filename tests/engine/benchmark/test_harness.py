"""Which models lm-eval is asked about."""

from __future__ import annotations

from pathlib import Path

import pytest

from helpers import sample_report
from helpers.sessions import refused
from so8t_engine.benchmark import harness

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
