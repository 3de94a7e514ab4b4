"""What happened before this window looked, the end of the engine's log, and how both are searched and scrolled."""

from __future__ import annotations

import time
from datetime import datetime
from pathlib import Path

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from so8t_engine.sentences import Sentence, verbatim
from so8t_gui.view import diary
from so8t_gui.view.state import Note, View
from so8t_gui.widgets import log_view
from so8t_gui.widgets.log_view import LogPlace, LogView

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


def test_an_interruption_that_this_window_has_seen_is_told_once_and_with_its_day(qapp: QObject) -> None:
    cut = {"kind": "power", "step": "train", "unit": 4, "lost_seconds": 0.0}
    at = datetime(2026, 11, 28, 9, 5).timestamp()
    past = tuple((at, Note("incident", {**cut, "run": run}, at)) for run in (1, 2, None))
    seen = View(notes=(Note("incident", {**cut, "run": 2}, 1.0), Note("warning", {"run": 1}, 1.0)))
    assert [line[:18] for line in log_view.past_lines(past, seen)] == ["2026-11-28 09:05  "] * 2
    assert len(log_view.past_lines(past, View())) == 3


@pytest.fixture
def view(qtbot: QtBot) -> LogView:
    made = LogView()
    qtbot.addWidget(made)
    return made


def folder(tmp_path: Path, name: str, *lines: str) -> Path:
    made = tmp_path / name
    (made / "logs").mkdir(parents=True)
    (made / log_view.LOG).write_text("".join(f"{line}\n" for line in lines))
    return made


def test_the_log_is_read_while_it_is_seen_and_is_that_of_the_session(
    view: LogView, qtbot: QtBot, tmp_path: Path
) -> None:
    a, b = folder(tmp_path, "a", "of a"), folder(tmp_path, "b", "of b")
    view.put_session(a)
    assert not view._reading, "nobody sees it"
    view.show()
    assert view._reading
    view.put_session(b)  # while the other one is read
    qtbot.waitUntil(lambda: view._lines.toPlainText() == "of b")
    qtbot.waitUntil(lambda: not view._reading)
    view.put_session(b)
    assert view._lines.toPlainText() == "of b" and not view._reading
    view.put_session(None)
    assert view._lines.toPlainText() == "" and not view._reading
    view._failed(OSError())
    view.put_session(a)
    assert view._reading


def test_both_are_searched_without_regard_to_capitals(view: LogView) -> None:
    view._session = Path("/s/a")
    view.render_view(View(notes=(Note("warning", {"sentence": verbatim("Disk SLOW.")}, 1.0),) * 2), 5.0)
    view._show((Path("/s/a"), "a slow disk\nnothing\n" + "x" * 9_000, ()))
    assert view.kept.search == "" and len(view._lines.toPlainText()) < 5_000
    view._find.setText("slow")
    assert view._lines.toPlainText() == "a slow disk" and view.sentences.count("SLOW") == 2
    view._find.setText("NOTHING")
    assert view._lines.toPlainText() == "nothing" and view.sentences == ""


def test_what_was_before_is_told_first_as_soon_as_it_is_read(view: LogView) -> None:
    view._session = Path("/s/a")
    view.render_view(View(phase="paused"), 5.0)
    view._show((Path("/s/a"), "", ((None, Note("warning", {"sentence": LOST}, 0.0)),)))
    assert view.sentences == "Nothing was lost."
    view._show((Path("/s/b"), "of b", ()))
    assert view.sentences == "Nothing was lost." and view._lines.toPlainText() == "", "of another session"
    view.put_session(Path("/s/b"))
    view.render_view(View(phase="paused"), 5.0)
    assert view.sentences == ""


def test_a_time_stays_as_it_was_said_unless_the_clock_was_set(view: LogView, monkeypatch: pytest.MonkeyPatch) -> None:
    noted = View(notes=(Note("warning", {"sentence": LOST}, 10.0),))
    wall = datetime(2026, 11, 28, 9, 5).timestamp()
    for ahead, said in ((0.0, "09:05:00"), (4.9, "09:05:00"), (-4.9, "09:05:00"), (5.0, "09:05:05"), (0.0, "09:05:00")):
        monkeypatch.setattr(time, "time", lambda ahead=ahead: wall + ahead + 7.0)
        view.render_view(noted, 17.0)
        assert view.sentences.startswith(said)


@pytest.mark.parametrize(("spare", "first"), [(0, "12345"), (1, "second"), (5, "second"), (6, "")])
def test_of_a_long_log_the_end_is_read_from_a_whole_line_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, spare: int, first: str
) -> None:
    made = folder(tmp_path, "a", "12345", "second")
    monkeypatch.setattr(log_view, "TAIL_BYTES", 13 - spare)
    assert log_view.last_lines(made).partition("\n")[0] == first
    assert log_view.last_lines(tmp_path) == ""


def test_of_another_session_the_newest_lines_are_shown_and_a_place_is_taken_up_by_the_first(view: LogView) -> None:
    view.take_up(LogPlace("", 1, 3, 4))
    view.put_session(Path("/s/a"))
    assert view.kept == LogPlace("", 1, 3, 4)
    view.put_session(Path("/s/b"))
    assert view.kept == LogPlace("", 1, None, None)
