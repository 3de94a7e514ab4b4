"""The page Sessions around its list: what it hands on, how often it looks, what it says of a filter, sizes in turn."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from so8t_gui.desktop.background import Background
from so8t_gui.pages import sessions as page_module
from so8t_gui.pages.sessions import Looked, SessionsPage
from so8t_gui.sessions import rows as session_rows
from so8t_gui.sessions.rows import COLUMNS, SessionRow

Work = list[tuple[Callable[[], Any], Callable[[Any], None], Any]]


def row(name: str, status: str = "paused") -> SessionRow:
    return SessionRow(name, Path("/s") / name, name.upper(), status, "train", 4, 0.5, 1.0, 2.0, None)


@pytest.fixture
def work(monkeypatch: pytest.MonkeyPatch) -> Work:
    """What waits for a thread."""
    waiting = Work()
    monkeypatch.setattr(Background, "run", lambda _, *what: waiting.append(what))
    return waiting


@pytest.fixture
def page(work: Work, qtbot: QtBot, tmp_path: Path) -> SessionsPage:
    made = SessionsPage(tmp_path)
    qtbot.addWidget(made)
    made.resize(1_100, 600)
    made.show()
    return made


def look(page: SessionsPage, *rows: SessionRow, seconds: float = 0.0, trouble: str = "") -> None:
    page._show_rows(Looked(page._root, (1, 1), rows, trouble, seconds))


def test_what_its_parts_want_is_handed_on(page: SessionsPage) -> None:
    heard = list[tuple[object, ...]]()
    names = (
        "resume_wanted", "shown_wanted", "duplicate_wanted", "mend_wanted", "renamed", "removed", "adopted",
        "overlay_wanted", "new_wanted",
    )  # fmt: skip
    for name in names:
        getattr(page, name).connect(lambda *what, name=name: heard.append((name, *what)))
    look(page, row("a"), row("b"))
    page.select(["a", "b"])
    for wish in ("resume", "show", "duplicate", "compare", "none"):
        page._actions.wished.emit(wish, "a")
    page._actions.mend_wanted.emit("a", "--from-start")
    page._actions.renamed.emit("a", "mine")
    page._actions.removed.emit("a")
    page._actions.adopted.emit("x", "b")
    page._table.opened.emit("b")
    page._first.click()
    assert heard == [
        ("resume_wanted", "a"), ("shown_wanted", "a"), ("duplicate_wanted", "a"),
        ("overlay_wanted", [Path("/s/a"), Path("/s/b")]), ("mend_wanted", "a", "--from-start"),
        ("renamed", "a", "mine"), ("removed", "a"), ("adopted", "x", "b"), ("shown_wanted", "b"), ("new_wanted",),
    ]  # fmt: skip
    assert {one.session for one in page.selected} == {"a", "b"}


def test_keys_of_the_list_do_what_the_buttons_do(page: SessionsPage, monkeypatch: pytest.MonkeyPatch) -> None:
    look(page, row("a"))
    page.select(["a"])
    page._table.removed.emit()
    assert "to the trash?" in page._message.text
    page._actions.forget()
    asked = list[bool]()
    monkeypatch.setattr(page._actions._rename, "isEnabled", lambda: asked.append(True))
    page._table.renaming.emit()
    assert asked == [True]


def test_it_is_looked_at_again_the_later_the_longer_it_took_and_only_while_it_is_seen(
    page: SessionsPage, work: Work
) -> None:
    assert page._reading and len(work) == 1
    page.refresh()
    assert len(work) == 1, "one look at a time"
    read, show, failed = work.pop()
    looked = read()
    assert (looked.root, looked.rows, looked.trouble) == (page._root, (), "") and 0 <= looked.seconds < 60
    show(looked)
    assert page._clock.isActive() and page._clock.interval() >= 2_000 and not page._reading
    for seconds, interval in ((0.0, 2_000), (0.1, 2_000), (0.5, 10_000)):
        look(page, seconds=seconds)
        assert page._clock.interval() == interval
    page._clock.timeout.emit()
    assert page._reading
    page.hide()
    assert not page._clock.isActive()
    look(page)
    assert not page._clock.isActive()
    failed(ValueError("odd"))
    assert page._nothing.text() == f"The folder {page._root} cannot be read: ValueError: odd." and not page._reading


def test_a_look_at_the_folder_before_is_not_shown(page: SessionsPage, work: Work, tmp_path: Path) -> None:
    look(page, row("a"))
    work.clear()
    page.set_root(page._root)
    assert not work
    page.set_root(tmp_path / "other")
    page._show_rows(Looked(tmp_path, (1, 1), (row("b"),), "", 0.0))
    assert [one.session for one in page._model.shown] == ["a"] and len(work) == 2


def test_what_is_filtered_is_counted_and_what_was_selected_stays_so(page: SessionsPage) -> None:
    assert page._count.text() == "" and page._stack.currentIndex() == 0, "nothing is known yet"
    look(page)
    assert page._stack.currentIndex() == 1 and page._first.isVisible() and page._count.text() == ""
    assert page._nothing.text() == f"There are no sessions in {page._root} yet."
    look(page, row("xy"), row("xz", "failed"), row("cc"))
    assert page._stack.currentIndex() == 0 and page._count.text() == "3"
    page.select(["xz"])
    page._filter.setText("x")
    assert page._count.text() == "2 of 3" and [one.session for one in page.selected] == ["xz"]
    page._status.setCurrentIndex(page._status.findData("failed"))
    assert page._count.text() == "1 of 3"
    page._status.setCurrentIndex(page._status.findData("running"))
    assert page._nothing.text() == "No session matches the filter." and page._stack.currentIndex() == 1
    assert not page._first.isVisible()
    page._status.setCurrentIndex(0)
    page._filter.setText("")
    look(page, row("xy"), trouble="no right")
    assert page._nothing.text() == f"The folder {page._root} cannot be read: no right."


def test_the_only_session_is_in_hand_at_the_first_look_and_where_there_is_none_nothing_is_to_be_selected(
    page: SessionsPage,
) -> None:
    """All buttons were dead beside one session, and an empty list told how to select several."""
    look(page)
    assert page._detail.text() == ""
    page._read_once = False
    look(page, row("a"))
    assert [one.session for one in page.selected] == ["a"]
    page._table.clearSelection()
    look(page, row("a"))
    assert page.selected == ()


def test_what_is_said_of_the_selection(page: SessionsPage) -> None:
    look(page, row("a"), row("b"))
    for chosen, said in (
        ([], "Select a session; several with Ctrl or Shift to compare them."),
        (["a"], session_rows.state_sentence(row("a"))), (["a", "b"], "2 sessions selected."),
    ):  # fmt: skip
        page.select(chosen)
        assert page._detail.text() == said


def test_which_sessions_run_is_told_where_it_has_changed(page: SessionsPage) -> None:
    turned = list[bool]()
    page.turned.connect(lambda: turned.append(True))
    for rows, count in (
        ([row("a")], 0),
        ([row("a", "running")], 1),
        ([row("a", "running"), row("b")], 1),
        ([row("a")], 2),
    ):
        look(page, *rows)
        assert len(turned) == count
    look(page, row("a"), row("b", "running"))
    page.select(["a"])
    assert not page._actions._resume.isEnabled() and "B" in page._actions._resume.toolTip()


def test_one_that_was_adopted_is_selected_as_soon_as_it_is_listed(page: SessionsPage) -> None:
    look(page, row("a"), row("x"))
    page.select(["a"])
    page._follow_adopted("x", "b")
    look(page, row("a"))
    assert page._message.text == "" and [one.session for one in page.selected] == ["a"]
    for _ in range(2):
        look(page, row("a"), row("b"))
    assert [one.session for one in page.selected] == ["b"]
    page.select(["a"])
    look(page, row("a"), row("b"))
    assert [one.session for one in page.selected] == ["a"], "once"


def test_sizes_are_measured_one_after_the_other_and_each_once(page: SessionsPage, work: Work) -> None:
    work.clear()
    size = COLUMNS.index("size")
    page._model.put([row("a"), row("b")])
    texts = [page._model.index(number, size).data for number in (0, 1)]
    for text in texts * 2:
        text()
    assert len(work) == 1
    first = page._queue[0].session
    work.pop()[1](2_048)
    assert len(work) == 1 and page._queue[0].session != first
    work.pop()[2](OSError())
    assert not page._queue and not page._measuring
    assert sorted(text() for text in texts) == ["2.0 KiB", "…"] and not work


def test_the_list_is_left_as_it_was_in_another_language(
    page: SessionsPage, work: Work, qtbot: QtBot, tmp_path: Path
) -> None:
    look(page, row("aa"), row("ab", "failed"))
    page._filter.setText("a")
    page._status.setCurrentIndex(page._status.findData("failed"))
    page._table.sortByColumn(COLUMNS.index("name"), Qt.SortOrder.AscendingOrder)
    page.select(["ab"])
    after = SessionsPage(tmp_path)
    qtbot.addWidget(after)
    after.take_up(page.kept)
    assert after.kept == page.kept, "also before the first look"
    look(after, row("aa"), row("ab", "failed"))
    assert [one.session for one in after.selected] == ["ab"] and after.kept == page.kept
    after.select([])
    look(after, row("aa"), row("ab", "failed"))
    assert after.selected == ()
    assert page_module.place_of(tmp_path / "none") is None and page_module.place_of(tmp_path) is not None


def test_what_was_selected_first_is_what_the_others_are_compared_with(page: SessionsPage) -> None:
    heard = list[list[str]]()
    page.overlay_wanted.connect(lambda paths: heard.append([path.name for path in paths]))
    rows = [row(name) for name in "dcba"]  # the newest first, as the list has them
    look(page, *rows)
    for sessions in (["c"], ["c", "a"], ["b", "c", "a"]):
        page.select(sessions)
    look(page, row("e"), *rows)
    page._actions.wished.emit("compare", "c")
    page.select([])
    page.select(["d"])
    page._table.selectAll()
    page._actions.wished.emit("compare", "d")
    page.select(["d", "b", "c"])
    page._actions.wished.emit("compare", "d")
    assert heard == [["c", "a", "b"], ["d", "a", "b", "c", "e"], ["d", "b", "c"]]


def test_where_the_first_look_fails_that_is_seen_and_it_is_looked_at_again(page: SessionsPage, work: Work) -> None:
    work.pop()[2](ValueError("odd"))
    assert page._stack.currentIndex() == 1 and "ValueError: odd" in page._nothing.text()
    assert page._clock.isActive() and page._clock.interval() == 2_000


def test_a_look_that_is_refused_took_its_time_too(
    page: SessionsPage, work: Work, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(_: Path) -> None:
        raise PermissionError("no right")

    monkeypatch.setattr(page_module, "place_of", refused)
    looked = work.pop()[0]()
    assert (looked.place, looked.rows, looked.trouble) == (None, (), "no right") and 0 <= looked.seconds < 60


def test_one_that_was_removed_and_came_back_is_told_of_when_it_vanishes(page: SessionsPage) -> None:
    both = (row("a"), row("b"))
    look(page, *both)
    page._actions.removed.emit("a")
    for rows in (both[1:], both):
        look(page, *rows)
        assert page._message.text == ""
    look(page, both[1])
    assert '"A" is no longer there' in page._message.text
    page._message._act("close")
    assert page._message.text == ""
