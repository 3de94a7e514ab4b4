"""What happened before this window looked, the end of the engine's log, and how both are searched and scrolled."""

from __future__ import annotations

import time
from datetime import datetime
from pathlib import Path

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from so8t_engine.sentences import verbatim
from so8t_gui.i18n.moment import to_the_second
from so8t_gui.view import diary
from so8t_gui.view.state import Note, View
from so8t_gui.widgets import log_view
from so8t_gui.widgets.log_view import LogPlace, LogView

LOST = verbatim("Nothing was lost.")


def test_a_folder_that_cannot_be_read_tells_of_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(_: diary.Diary) -> tuple[diary.Past, ...]:
        raise PermissionError

    monkeypatch.setattr(diary.Diary, "read", refused)
    assert log_view.past_of(diary.Diary(Path("/s/a"))) == ()


def test_each_line_has_its_day_and_time_where_they_are_known(qapp: QObject) -> None:
    at = datetime(2026, 11, 28, 9, 5).timestamp()
    note = Note("warning", {"sentence": LOST}, at)
    assert log_view.lines([(at, note), (None, note)]) == [f"{to_the_second(at)}  Nothing was lost.", str(LOST)]


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
    for ahead, shift in ((0.0, 0), (4.9, 0), (-4.9, 0), (5.0, 5), (0.0, 0)):
        monkeypatch.setattr(time, "time", lambda ahead=ahead: wall + ahead + 7.0)
        view.render_view(noted, 17.0)
        assert view.sentences.startswith(to_the_second(wall + shift))


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


def test_an_empty_pane_says_why_it_is_empty(view: LogView) -> None:
    """The engine's log was empty without a word."""
    panes = (view._sentences, view._lines)
    assert {pane.placeholderText() for pane in panes} == {"Nothing is written here yet."}
    view._log = ["one line"]
    view._find.setText("another")
    assert [pane.placeholderText() for pane in panes] == ["Nothing is written here yet.", "No line has this."]
    assert view._lines.toPlainText() == ""
