"""What happened before this window looked, where the folder of the session cannot be read."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QObject

from so8t_engine.sentences import Sentence, verbatim
from so8t_gui.view import diary
from so8t_gui.view.state import Note, View
from so8t_gui.widgets import log_view

LOST = verbatim("Nothing was lost.")


def test_a_folder_that_cannot_be_read_tells_of_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(_: Path) -> tuple[diary.Past, ...]:
        raise PermissionError

    monkeypatch.setattr(diary, "read", refused)
    assert log_view.past_of(Path("/s/a")) == ()


@pytest.mark.parametrize(
    ("view", "told"),
    [
        (View(phase="paused"), ["Paused (by you).", "Nothing was lost."]),
        (View(phase="running"), ["Nothing was lost."]),
        (View(phase="elsewhere"), ["Nothing was lost."]),
        (View(phase="paused", notes=(Note("step", {}, 1.0),)), ["Nothing was lost."]),
    ],
)
def test_how_a_session_ended_is_told_while_nothing_has_come_after_it(
    qapp: QObject, view: View, told: list[str]
) -> None:
    past = (
        (None, Note("paused", {"reason": Sentence("run.pause_by_window")}, 0.0)),
        (None, Note("warning", {"sentence": LOST}, 0.0)),
    )
    assert log_view.past_lines(past, view) == told
