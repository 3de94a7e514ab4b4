"""One run at a time in a folder of sessions; beside another only where that is asked for."""

from __future__ import annotations

from pathlib import Path

import pytest

from helpers.sessions import refused
from so8t_engine.session import lock, one_run, store


def begun(root: Path, session: Path | None = None, beside: bool = False) -> bool:
    with one_run.held(root, session, beside=beside):
        return True


def test_while_a_session_runs_no_other_does_unless_that_is_asked_for(tmp_path: Path) -> None:
    runs, other = (store.create(tmp_path, f"2026010{day}-000000-x", "", "then") for day in (1, 2))
    assert begun(tmp_path) and begun(tmp_path)
    with lock.held(runs, {"pid": 1}):
        error = refused(lambda: begun(tmp_path, other))
        assert error.code == "another_runs" and error.sentence.args["session"] == runs.name
        assert begun(tmp_path, other, beside=True)
        assert begun(tmp_path, runs)  # which says by itself that it runs already


def test_one_that_is_about_to_run_is_waited_for_and_then_told_of(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = store.create(tmp_path, "20260101-000000-x", "", "then")
    times, slept = iter([0.0, 1.0, one_run.WAIT_SECONDS, one_run.WAIT_SECONDS + 1]), list[float]()
    monkeypatch.setattr(one_run.time, "monotonic", lambda: next(times))
    monkeypatch.setattr(one_run.time, "sleep", slept.append)
    with lock.of_file(tmp_path / one_run.NAME):
        assert refused(lambda: begun(tmp_path)).sentence.code == "session.another_starts"
        assert slept == [one_run.LOOK_SECONDS] * 2
        monkeypatch.undo()
        assert begun(tmp_path, beside=True)
        with lock.held(made, {"pid": 1}):
            assert begun(tmp_path, made)
            assert refused(lambda: begun(tmp_path)).sentence.code == "session.another_runs"
