"""The page of sessions: what it shows of folders on a disk, what each button asks for, and folders that vanish."""

from __future__ import annotations

import errno
import os
import shutil
import sys
import time
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from helpers import sample_sessions
from so8t_engine.config import file as config_file
from so8t_engine.session import catalog, lock
from so8t_engine.session.state import Cursor, PipelineState
from so8t_gui.pages.sessions import SessionsPage
from so8t_gui.sessions import rows as session_rows
from so8t_gui.sessions.list import SessionList
from so8t_gui.sessions.rows import COLUMNS


def opened(qtbot: QtBot, root: Path, engine: tuple[str, ...] = ()) -> tuple[SessionsPage, SessionList]:
    page = SessionsPage(root, engine)
    qtbot.addWidget(page)
    page.resize(1100, 640)
    page.show()
    table = page.findChild(SessionList)
    assert isinstance(table, SessionList)
    return page, table


def shown(table: SessionList, column: str) -> list[str]:
    model = table.model()
    return [str(model.index(i, COLUMNS.index(column)).data()) for i in range(model.rowCount())]


def press(page: SessionsPage, words: str) -> None:
    found = [one for one in page.findChildren(QPushButton) if one.accessibleName() == words and one.isVisible()]
    assert found and found[0].isEnabled(), words
    found[0].click()


def says(page: SessionsPage) -> str:
    return page._message.text


def test_rows_order_filter_and_sizes(qtbot: QtBot, tmp_path: Path) -> None:
    sample_sessions.make_all(tmp_path)
    page, table = opened(qtbot, tmp_path)
    qtbot.waitUntil(lambda: table.model().rowCount() == 6)

    assert shown(table, "name")[0] == "phi35-so8t"
    assert shown(table, "state") == ["Paused", "Cut off", "Finished", "Failed", "Not started", "Newer version"]
    assert shown(table, "progress")[:3] == ["62 %", "31 %", "100 %"]
    qtbot.waitUntil(lambda: "…" not in shown(table, "size"), timeout=10_000)
    table.sortByColumn(COLUMNS.index("size"), Qt.SortOrder.DescendingOrder)
    assert shown(table, "name")[0] == "demo"
    assert page._count.text() == "6"
    page._filter.setText("so8t train")
    assert sorted(shown(table, "name")) == ["phi35-so8t", "phi35-so8t-24gb"]
    assert page._count.text() == "2 of 6"
    page._filter.setText("nothing of this kind")
    assert page._nothing.isVisible() and "filter" in page._nothing.text()


def test_what_can_be_done_follows_the_state(qtbot: QtBot, tmp_path: Path) -> None:
    sample_sessions.make_all(tmp_path)
    page, table = opened(qtbot, tmp_path)
    qtbot.waitUntil(lambda: table.model().rowCount() == 6)
    resume, overlay = [], []
    page.resume_wanted.connect(resume.append)
    page.overlay_wanted.connect(overlay.append)

    assert not page._actions._folder.isEnabled()
    page.select(["20261123-081500-phi35-so8t"])
    assert page._actions._folder.isEnabled()
    press(page, "Resume")
    assert resume == ["20261123-081500-phi35-so8t"]
    assert not page._actions._compare.isEnabled(), "one session alone is compared with nothing"
    page.select(["20261123-081500-phi35-so8t", "20261122-190000-demo"])
    press(page, "Compare")
    assert sorted(overlay[0]) == sorted(tmp_path / name for name in (
        "20261123-081500-phi35-so8t", "20261122-190000-demo"))  # fmt: skip
    page.select(["20261101-000000-future"])
    assert not page._actions._resume.isEnabled() and not page._actions._duplicate.isEnabled()
    assert "newer" in page._detail.text().lower()


def test_a_session_that_vanishes_while_shown_is_a_sentence(qtbot: QtBot, tmp_path: Path) -> None:
    sample_sessions.make_all(tmp_path)
    page, table = opened(qtbot, tmp_path)
    qtbot.waitUntil(lambda: table.model().rowCount() == 6)
    page.select(["20261122-190000-demo", "20261123-081500-phi35-so8t"])
    shutil.rmtree(tmp_path / "20261122-190000-demo")
    page.refresh()
    qtbot.waitUntil(lambda: table.model().rowCount() == 5)

    assert '"demo" is no longer there' in says(page)
    assert [row.session for row in page.selected] == ["20261123-081500-phi35-so8t"]


def test_several_sessions_that_vanish_are_one_sentence(qtbot: QtBot, tmp_path: Path) -> None:
    sample_sessions.make_all(tmp_path)
    page, table = opened(qtbot, tmp_path)
    qtbot.waitUntil(lambda: table.model().rowCount() == 6)
    for name in ("20261122-190000-demo", "20261123-081500-phi35-so8t"):
        shutil.rmtree(tmp_path / name)
    page.refresh()
    qtbot.waitUntil(lambda: table.model().rowCount() == 4)

    assert says(page) == "2 sessions are no longer there; their folders were moved or deleted."


def test_the_trash_asks_first_and_refuses_what_runs(qtbot: QtBot, tmp_path: Path) -> None:
    sample_sessions.make_all(tmp_path)
    code = "import shutil, sys; shutil.rmtree(sys.argv[4] + '/' + sys.argv[2]); print('{}')"
    page, table = opened(qtbot, tmp_path, (sys.executable, "-c", code))
    qtbot.waitUntil(lambda: table.model().rowCount() == 6)
    name = "20261123-081500-phi35-so8t"
    with lock.held(tmp_path / name, {}):
        page.refresh()
        qtbot.waitUntil(lambda: "Running" in shown(table, "state"))
        page.select([name])
        trash = next(one for one in page.findChildren(QPushButton) if one.accessibleName() == "Move to trash")
        assert not trash.isEnabled() and "pause it" in trash.toolTip()
        page._actions.ask_trash()  # by the key
        assert "pause it" in says(page)
    page.refresh()
    qtbot.waitUntil(lambda: "Running" not in shown(table, "state"))
    page.select([name])
    page._actions.ask_trash()
    assert "with everything in it" in says(page)
    press(page, "Keep")
    assert (tmp_path / name).exists()
    page._actions.ask_trash()
    press(page, "Yes, move")
    qtbot.waitUntil(lambda: "in the trash" in says(page), timeout=10_000)
    qtbot.waitUntil(lambda: table.model().rowCount() == 5)
    assert "no longer there" not in says(page)


def test_verify_by_the_real_engine(qtbot: QtBot, tmp_path: Path) -> None:
    config = config_file.dump(config_file.load_preset("demo"))
    sample_sessions.make(tmp_path, "20261123-081500-a", PipelineState("20261123-081500-a"), config)
    page, table = opened(qtbot, tmp_path)
    qtbot.waitUntil(lambda: table.model().rowCount() == 1)
    page.select(["20261123-081500-a"])
    press(page, "Verify")
    qtbot.waitUntil(lambda: "as it was written" in says(page), timeout=60_000)


def test_no_folder_and_a_file_in_its_place(qtbot: QtBot, tmp_path: Path) -> None:
    page, _table = opened(qtbot, tmp_path / "nowhere")
    qtbot.waitUntil(lambda: page._nothing.isVisible())
    assert "no sessions" in page._nothing.text() and page._first.isVisible()


def test_a_folder_that_is_unplugged_is_told_of_and_not_each_of_its_sessions(qtbot: QtBot, tmp_path: Path) -> None:
    root = tmp_path / "disk" / "sessions"
    sample_sessions.make_all(root)
    page, table = opened(qtbot, root)
    qtbot.waitUntil(lambda: table.model().rowCount() == 6)
    root.rename(tmp_path / "elsewhere")
    page.refresh()
    qtbot.waitUntil(lambda: table.model().rowCount() == 0)

    assert "is not there" in says(page) and "(6)" in says(page) and "no longer there" not in says(page)
    assert "is not there" in page._nothing.text() and not page._first.isVisible()
    root.mkdir()  # what is left of a mount point: a folder, but another one
    page.refresh()
    qtbot.waitUntil(lambda: not page._reading)
    assert "is not there" in says(page)
    root.rmdir()
    (tmp_path / "elsewhere").rename(root)
    page.refresh()
    qtbot.waitUntil(lambda: table.model().rowCount() == 6)
    assert says(page) == ""
    shutil.rmtree(root / "20261122-190000-demo")
    page.refresh()
    qtbot.waitUntil(lambda: table.model().rowCount() == 5)
    assert '"demo" is no longer there' in says(page)


def test_that_a_folder_is_not_there_is_said_no_more_once_another_was_chosen(qtbot: QtBot, tmp_path: Path) -> None:
    sample_sessions.make_all(tmp_path / "disk")
    page, table = opened(qtbot, tmp_path / "disk")
    qtbot.waitUntil(lambda: table.model().rowCount() == 6)
    (tmp_path / "disk").rename(tmp_path / "elsewhere")
    page.refresh()
    qtbot.waitUntil(lambda: "is not there" in says(page))
    page.set_root(tmp_path / "new")
    qtbot.waitUntil(lambda: "no sessions" in page._nothing.text())

    assert says(page) == "" and page._first.isVisible()


def test_a_copy_and_a_renamed_session_are_adopted_with_a_button(qtbot: QtBot, tmp_path: Path) -> None:
    name = "20261123-081500-a"
    original = sample_sessions.make(tmp_path, name, PipelineState(name, "paused", Cursor("train", 7)))
    shutil.copytree(original, tmp_path / f"{name} - Copy")
    page, table = opened(qtbot, tmp_path)
    qtbot.waitUntil(lambda: table.model().rowCount() == 2)
    page.select([name])
    assert not page._actions._adopt.isVisible() and page._actions._resume.isEnabled()
    page.select([f"{name} - Copy"])
    assert "Copy" in shown(table, "state") and not page._actions._resume.isVisible()
    assert f"is a copy of session {name}, which lies in {original}" in page._detail.text()
    press(page, "Adopt")
    qtbot.waitUntil(lambda: f"{name}-copy is a session of its own now" in says(page), timeout=60_000)
    qtbot.waitUntil(lambda: shown(table, "state") == ["Paused", "Paused"])
    original.rename(tmp_path / "20270101-b")
    page.refresh()
    qtbot.waitUntil(lambda: "Renamed" in shown(table, "state"))
    page.select(["20270101-b"])
    press(page, "Adopt")
    qtbot.waitUntil(lambda: "20270101-b is a session of its own now" in says(page), timeout=60_000)
    qtbot.waitUntil(lambda: shown(table, "state") == ["Paused", "Paused"])


@pytest.mark.timeout(300)
def test_ten_thousand_sessions_leave_the_window_fluent(qtbot: QtBot, tmp_path: Path) -> None:
    """Reading happens elsewhere; sorting, filtering and painting a page of rows do not depend on their number."""
    state = PipelineState("x", "paused", Cursor("train", 7), "000001")
    for number in range(10_000):
        sample_sessions.make(tmp_path, f"20260101-{number:06d}-many", state)
    page, table = opened(qtbot, tmp_path)
    qtbot.waitUntil(lambda: table.model().rowCount() == 10_000, timeout=120_000)
    took = []
    for act in (
        lambda: table.sortByColumn(0, Qt.SortOrder.AscendingOrder),
        lambda: page._filter.setText("0000"),
        lambda: page._filter.setText(""),
        lambda: page.select([f"20260101-{number:06d}-many" for number in range(0, 10_000, 100)]),
        lambda: table.grab(),
    ):
        began = time.perf_counter()
        act()
        took.append(round(1_000 * (time.perf_counter() - began)))
    print("ms:", took)
    assert len(page.selected) == 100


def test_a_time_that_is_none_and_a_clock_set_back() -> None:
    assert session_rows._moment("yesterday") is None and session_rows._moment("") is None
    assert session_rows._moment("0001-01-01T00:00:00Z") is not None


def test_a_folder_that_cannot_be_listed_is_told_with_the_reason(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(_: Path) -> list[catalog.Entry]:
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))

    monkeypatch.setattr(catalog, "sessions", refused)
    page, _ = opened(qtbot, tmp_path)
    qtbot.waitUntil(lambda: os.strerror(errno.EACCES) in page._nothing.text())
    assert "[Errno" not in page._nothing.text()


def test_a_folder_that_is_chosen_while_another_is_read_is_read_afterwards(qtbot: QtBot, tmp_path: Path) -> None:
    sample_sessions.make(tmp_path / "b", "20260101-000000-b", PipelineState("", "paused", Cursor("train", 1)))
    (tmp_path / "a").mkdir()
    page, table = opened(qtbot, tmp_path / "a")
    assert page._reading
    page.set_root(tmp_path / "b")
    qtbot.waitUntil(lambda: table.model().rowCount() == 1)


def test_what_is_said_of_the_selection_goes_with_it(qtbot: QtBot, tmp_path: Path) -> None:
    """The question of the trash was open eight minutes later, beside another session and another page."""
    sample_sessions.make_all(tmp_path)
    page, table = opened(qtbot, tmp_path)
    qtbot.waitUntil(lambda: table.model().rowCount() == 6)
    name, other = "20261123-081500-phi35-so8t", "20261122-190000-demo"
    page.select([name])
    page._actions.ask_trash()
    page.refresh()
    qtbot.waitUntil(lambda: not page._reading)
    assert "with everything in it" in says(page), "reading the folder again answers nothing"
    page.select([other])
    assert says(page) == ""
    page._actions.ask_trash()
    page.hide()
    page.show()
    assert says(page) == ""
    with lock.held(tmp_path / name, {}):
        page.refresh()
        qtbot.waitUntil(lambda: "Running" in shown(table, "state"))
        page.select([name])
        page._actions.ask_trash()
        assert "pause it" in says(page)
    page.refresh()
    qtbot.waitUntil(lambda: "Running" not in shown(table, "state"))
    assert says(page) == ""


def test_the_question_of_the_trash_is_answered_by_esc_and_by_letters(qtbot: QtBot, tmp_path: Path) -> None:
    sample_sessions.make_all(tmp_path)
    page, table = opened(qtbot, tmp_path)
    qtbot.waitUntil(lambda: table.model().rowCount() == 6)
    page.activateWindow()
    page.select(["20261123-081500-phi35-so8t"])
    for place in (None, table):
        table.setFocus()
        page._actions.ask_trash()
        labels = {one.text() for one in page._message.findChildren(QPushButton) if one.isVisible()}
        assert labels == {"&Keep", "Yes, &move"}
        if place is not None:
            place.setFocus()
        qtbot.keyClick(page.focusWidget(), Qt.Key.Key_Escape)
        assert says(page) == "" and page.focusWidget() is table
    assert (tmp_path / "20261123-081500-phi35-so8t").is_dir()


def test_nothing_can_be_resumed_beside_a_session_that_runs(qtbot: QtBot, tmp_path: Path) -> None:
    sample_sessions.make_all(tmp_path)
    page, table = opened(qtbot, tmp_path)
    qtbot.waitUntil(lambda: table.model().rowCount() == 6)
    turned: list[bool] = []
    page.turned.connect(lambda: turned.append(True))
    page.select(["20261123-081500-phi35-so8t"])
    resume = page._actions._resume
    assert resume.isEnabled() and resume.toolTip() == ""
    running = next(row for row in page._listed if row.status == "cut")
    page._filter.setText("phi35-so8t")
    with lock.held(running.path, {}):
        page.refresh()
        qtbot.waitUntil(lambda: not resume.isEnabled())
        assert f'"{running.title}" is running' in resume.toolTip() and turned == [True]
        page._filter.setText(page.selected[0].title)
    page.refresh()
    qtbot.waitUntil(resume.isEnabled)
    assert resume.toolTip() == "" and turned == [True, True]
