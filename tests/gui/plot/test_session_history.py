"""Sessions beside each other in the plot are told apart by what a user calls them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from gui import screenshots
from so8t_engine.session import history
from so8t_gui.plot import session_history
from so8t_gui.plot.session_history import SessionHistory


def test_a_session_is_read_with_its_saves_its_cuts_and_the_size_it_had(qapp: QApplication, tmp_path: Path) -> None:
    (tmp_path / "logs").mkdir()
    screenshots.write_history(tmp_path, 90)
    found = session_history.read(tmp_path)
    assert (found.path, found.problem, len(found.table)) == (tmp_path, "", 90)
    assert found.size == (tmp_path / history.NAME).stat().st_size == session_history.size_of(tmp_path)
    assert found.timeline == [(60, 5_700.0)]
    [cut, shift] = sorted(found.table.marks, key=lambda mark: mark.kind)
    assert (cut.kind, cut.x, shift.kind) == ("interruption", 90, "phase_transition")


def test_a_session_without_a_history_is_empty_and_one_that_cannot_be_read_says_why(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    empty = session_history.read(tmp_path)
    assert (len(empty.table), empty.timeline, empty.problem, empty.size, SessionHistory(tmp_path).size) == (
        0,
        [],
        "",
        0,
        0,
    )

    def fails(error: Exception) -> Callable[[Path], None]:
        def read(_: Path) -> None:
            raise error

        return read

    for error, said in ((OSError(5, "Input/output error"), "Input/output error"), (ValueError("no sense"), "no sense")):
        monkeypatch.setattr(history, "read", fails(error))
        assert session_history.read(tmp_path).problem == said
