"""What can be done with the selected sessions: what the engine is asked, what is said of it, what others hear."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QInputDialog, QLineEdit, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from so8t_engine.sentences import sentence, to_json
from so8t_engine.session import display_name
from so8t_gui.engine.queries import QueryPool
from so8t_gui.sessions.actions import SessionActions, name_of
from so8t_gui.sessions.rows import SessionRow
from so8t_gui.sessions.table import NEVER_READ, ONCE_MORE
from so8t_gui.widgets.panels import Banner

A = SessionRow("20260101-000000-a", Path("/s/20260101-000000-a"), "A", "paused", "train", 4, 0.5, None, 5.0, None)
B = replace(A, session="20260102-000000-b", path=Path("/s/20260102-000000-b"), title="B")
FULL = to_json(sentence("disk.full", path="/x", error="28"))
ROOT = ["--data-root", "/s"]


class Page:
    """The actions and the banner as on their page; `asked`: of the engine; `heard`: signals with what they carry."""

    def __init__(self, qtbot: QtBot) -> None:
        self.widget, self.banner = QWidget(), Banner()
        qtbot.addWidget(self.widget)
        self.actions = SessionActions(QueryPool(self.widget), self.banner)
        column = QVBoxLayout(self.widget)
        column.addWidget(self.banner)
        column.addWidget(self.actions)
        self.asked, self.busy = list[tuple[Any, ...]](), set[str]()
        self.heard = list[tuple[object, ...]]()
        for name in ("wished", "removed", "renamed", "adopted", "changed", "mend_wanted"):
            getattr(self.actions, name).connect(lambda *what, name=name: self.heard.append((name, *what)))

    def press(self, words: str) -> None:
        found = [one for one in self.widget.findChildren(QPushButton) if one.accessibleName() == words]
        found[-1].click()

    def offered(self) -> set[str]:
        buttons = self.actions.findChildren(QPushButton)
        return {one.accessibleName() for one in buttons if one.isEnabled() and not one.isHidden()}

    @property
    def said(self) -> str:
        return self.banner.text


@pytest.fixture
def page(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> Page:
    made = Page(qtbot)
    made.actions.put([])

    def ask(_pool: QueryPool, name: str, *rest: Any) -> None:
        made.busy.add(name)
        made.asked.append((name, *rest))

    monkeypatch.setattr(QueryPool, "ask", ask)
    monkeypatch.setattr(QueryPool, "asking", lambda _pool, name: name in made.busy)
    return made


def test_what_is_said_names_a_session_as_it_is_called_now(page: Page) -> None:
    page.actions.follow([A, B])
    page.actions.put([A])
    page.press("Verify")
    second, third = replace(A, title="Second"), replace(A, title="Third", share=0.6)
    page.actions.follow([second, B])
    assert page.said == f"Reading every file of {name_of(second)} ..."
    answer(page, {"problems": [FULL]})
    assert page.said.startswith(f"{name_of(second)}: problems found: 1")
    page.actions.follow([third, B])
    assert page.said.startswith("Verified on") and f"{name_of(third)}: problems" in page.said
    page.actions.follow([third, B])
    page.actions.put([third])
    page.actions.ask_trash()
    page.actions.follow([replace(third, title="Fourth"), B])
    assert page.said == f"Move {name_of(replace(A, title='Fourth'))} with everything in it to the trash?"
    page.actions.put([])
    assert page.said == "", "a question goes with its selection, whatever it is called"


def answer(page: Page, value: Any, failed: bool = False) -> None:
    """By the engine, to what it was asked last."""
    name, _, told, complain, *_ = page.asked[-1]
    page.busy.discard(name)
    (complain if failed else told)(value)


def test_wishes_are_about_the_first_of_the_selected(page: Page) -> None:
    page.actions.put([A])
    for words in ("Resume", "Show", "Duplicate as new"):
        page.press(words)
    page.actions.put([A, B])
    page.press("Compare")
    page.actions._wish("show")
    page.actions.put([])
    page.actions._wish("show")
    names = ("resume", "show", "duplicate", "compare", "show")
    assert page.heard == [("wished", name, A.session) for name in names] and not page.asked


@pytest.mark.parametrize(
    ("value", "level", "said"),
    [
        ({}, "ok", ": every file is as it was written."),
        ("odd", "ok", ": every file is as it was written."),
        ({"problems": [FULL] * 6}, "error", ": problems found: 6\n" + "\n".join(["The disk is full. /x: 28"] * 5)),
    ],
)
def test_a_session_is_verified_and_what_was_found_is_said(page: Page, value: Any, level: str, said: str) -> None:
    page.actions.put([A, B])
    assert "Verify" not in page.offered()
    page.actions.put([A])
    page.press("Verify")
    assert page.asked[0][:2] == ("verify", ["verify", A.session, *ROOT]) and page.asked[0][4] == 3_600
    assert "Reading every file" in page.said and "Verify" not in page.offered()
    answer(page, value)
    assert (page.banner._level, page.said) == (level, f"{name_of(A)}{said}") and "Verify" in page.offered()
    page.press("OK")
    assert page.said == ""


def test_what_was_found_of_a_session_that_has_gone_on_is_said_of_then(page: Page) -> None:
    page.actions.follow([A])
    assert page.said == "", "nothing was verified"
    page.actions.put([A])
    for found, rows, stays in (
        ({}, [B, A], True), ({}, [replace(A, saved=6.0)], False), ({}, [replace(A, status="cut")], False),
        ({}, [replace(A, step="evaluate")], False), ({}, [replace(A, share=0.6)], False), ({}, [B], False),
    ):  # fmt: skip
        page.press("Verify")
        answer(page, found)
        told = page.said
        page.actions.follow(rows)
        assert (page.said == told) is stays and page.said.endswith(told)
        assert stays or page.said.startswith("Verified on ")
        again = page.said
        page.actions.follow([replace(A, saved=9.0)])
        assert (page.said == again) is not stays, "it is said once"
    page.press("Verify")
    answer(page, {})
    page.banner.say("note", "Of somebody else.")
    page.actions.follow([replace(A, saved=6.0)])
    page.actions.follow([B])
    assert page.said == "Of somebody else."


def test_damage_that_can_be_mended_is_mended_with_a_button(page: Page) -> None:
    page.actions.put([A])
    for found, words, heard in (
        ({"problems": [FULL], "advice": FULL}, "Make its results again",
         ("mend_wanted", A.session, "--evaluate-again")),
        ({"problems": [FULL], "advice": FULL, "refused": "source_changed"}, "Go on with the changes",
         ("mend_wanted", A.session, "--accept-changes")),
    ):  # fmt: skip
        page.press("Verify")
        answer(page, found)
        assert page.said.count("The disk is full.") == (2 if "refused" in found else 1)
        page.press(words)
        assert page.heard == [heard] and page.said == ""
        page.heard.clear()
    page.press("Verify")
    answer(page, {"problems": [FULL], "advice": FULL, "refused": "session_foreign"})
    page.press("Adopt")
    assert page.heard == [] and page.asked[-1][:2] == ("adopt", ["adopt", str(A.path)])


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ({"session": "b", "status": "paused"}, "b is a session of its own now; Resume goes on with it."),
        ({"session": "b", "status": "finished"}, "b is a session of its own now; it is finished."),
    ],
)
def test_a_copy_is_adopted_once(page: Page, value: dict[str, str], said: str) -> None:
    page.actions.put([replace(A, status="copy")])
    assert "Adopt" in page.offered() and not {"Resume", "Rename ..."} & page.offered()
    assert page.actions._resume.isHidden() and not page.actions._adopt.isHidden()
    page.press("Adopt")
    assert "Adopt" not in page.offered() and page.asked[0][1] == ["adopt", str(A.path)]
    answer(page, value)
    assert (page.banner._level, page.said) == ("ok", said)
    assert page.heard == [("adopted", A.session, "b"), ("changed",)]


@pytest.mark.parametrize(("value", "title"), [({"name": "mine"}, "mine"), ({"name": ""}, "a"), ("odd", "a")])
def test_a_name_is_asked_for_and_kept(page: Page, value: Any, title: str) -> None:
    page.actions.ask_name()
    assert not page.actions.findChildren(QInputDialog), "there is none selected"
    page.actions.put([A])
    page.press("Rename ...")
    (dialog,) = page.actions.findChildren(QInputDialog)
    line = dialog.findChild(QLineEdit)
    assert dialog.isVisible() and dialog.textValue() == "A" == line.selectedText()
    assert line.maxLength() == display_name.LONGEST
    assert (dialog.windowTitle(), dialog.okButtonText(), dialog.cancelButtonText()) == (
        "Rename the session", "Rename", "Cancel",
    )  # fmt: skip
    assert dialog.labelText() == "Name (left empty, the name it was started with)"
    dialog.setTextValue("--mine")
    dialog.accept()
    assert page.asked[-1][:2] == ("rename", ["rename", A.session, " --mine", *ROOT])
    assert "Rename ..." not in page.offered()
    answer(page, value)
    assert page.heard == [("renamed", A.session, title), ("changed",)] and "Rename ..." in page.offered()


def test_the_trash_is_asked_about_and_takes_one_after_the_other(page: Page, qtbot: QtBot) -> None:
    page.widget.show()
    page.actions.ask_trash()
    assert page.said == ""
    page.actions.put([A, B])
    page.actions.ask_trash()
    assert page.said == "Move 2 sessions with everything in it to the trash?"
    assert page.widget.focusWidget() is not None and page.widget.focusWidget().objectName() == "no"
    page.press("Yes, move")
    assert page.asked[-1][:2] == ("trash", ["trash", A.session, *ROOT]) and "Move to trash" not in page.offered()
    assert page.said == f"Moving {name_of(A)} to the trash ..."
    answer(page, {})
    assert page.heard == [("removed", A.session), ("changed",)] and page.said == f"Moving {name_of(B)} to the trash ..."
    answer(page, {})
    assert page.heard[2:] == [("removed", B.session), ("changed",)] and page.said == f"{name_of(B)} is in the trash."
    page.actions.put([A])
    assert "Move to trash" in page.offered()
    page.actions.ask_trash()
    page.press("Keep")
    assert page.said == "" and len(page.asked) == 2


def test_what_the_engine_refuses_is_said_and_can_be_tried_again(page: Page) -> None:
    page.actions.put([A])
    for words in ("Verify", "Rename ...", "Move to trash"):
        if words == "Rename ...":
            page.actions._give_name(A, "mine")
        else:
            page.press(words)
        if words == "Move to trash":
            page.press("Yes, move")
        answer(page, "It is not there.", failed=True)
        assert (page.banner._level, page.said) == ("error", "It is not there.") and words in page.offered()
        assert page.heard.pop() == ("changed",)


def test_what_runs_is_not_moved_and_what_was_said_of_a_selection_goes_with_it(page: Page) -> None:
    running = replace(A, status="running")
    page.actions.put([B, running])
    page.actions.ask_trash()  # by its key: the button is grey, and says the same
    assert page.actions._trash.accessibleDescription() == page.said
    assert page.said == f"{name_of(running)} is running; pause it before it is moved to the trash."
    page.actions.put([B, running], running)
    assert page.said
    page.actions.put([B, A])
    assert page.said == "" and page.actions._asked == "", "it has ended"
    page.actions.put([A])
    page.actions.ask_trash()
    page.banner.say("note", "Of somebody else.")
    page.actions.put([B])
    assert page.said == "Of somebody else."


def test_folder_and_report_of_the_selected_are_opened(page: Page, monkeypatch: pytest.MonkeyPatch) -> None:
    opened = list[tuple[str, Path]]()
    monkeypatch.setattr(page.actions._opener, "open", lambda path: opened.append(("folder", path)))
    monkeypatch.setattr(page.actions._opener, "open_report", lambda path: opened.append(("report", path)))
    forgotten = list[bool]()
    monkeypatch.setattr(page.actions._opener, "forget", lambda: forgotten.append(True))
    page.actions.put([replace(A, status="finished")])
    page.press("Open folder")
    page.press("Open report")
    page.actions.put([])
    page.actions._open_folder()
    page.actions._open_report()
    assert opened == [("folder", A.path), ("report", A.path)] and len(forgotten) == 2


def test_the_menu_offers_what_the_buttons_do(page: Page, monkeypatch: pytest.MonkeyPatch) -> None:
    places = list[QPoint]()
    monkeypatch.setattr(page.actions._menu, "popup", places.append)
    page.actions.open_menu(QPoint(1, 2))
    assert places == [], "there is nothing to offer"
    for row in (A, replace(A, status="copy")):
        page.actions.put([row])
        page.actions.open_menu(QPoint(1, 2))
        texts = {action.text().replace("&", "") for action in page.actions._menu.actions()}
        assert texts == page.offered() and len(places) == (1 if row is A else 2)
    page.actions.put([A])
    page.actions.open_menu(QPoint(3, 4))
    page.actions._menu.actions()[0].trigger()
    assert page.heard == [("wished", "resume", A.session)] and places[-1] == QPoint(3, 4)


def test_beside_one_that_runs_nothing_is_resumed_and_which_is_said(page: Page) -> None:
    resume: Callable[[], str] = lambda: page.actions._resume.toolTip().replace("\n", " ")  # noqa: E731
    for rows, running, offered, tip in (
        ([A], None, True, ""), ([A], replace(B, status="running"), False, '"B" is running.'),
        ([A, B], replace(B, status="running"), False, ""), ([], None, False, ""),
    ):  # fmt: skip
        page.actions.put(rows, running)
        assert ("Resume" in page.offered()) is offered
        assert resume().startswith(tip) and bool(resume()) is bool(tip)


BOTH = {"Show", "Open folder", "Verify", "Duplicate as new", "Rename ...", "Move to trash"}


@pytest.mark.parametrize(
    ("status", "offered"),
    [
        ("paused", {*BOTH, "Resume"}), ("cut", {*BOTH, "Resume"}), ("failed", {*BOTH, "Resume"}),
        ("new", {*BOTH, "Resume"}), ("running", BOTH - {"Move to trash"}), ("finished", {*BOTH, "Open report"}),
        ("newer", {"Open folder", "Verify", "Move to trash"}), ("damaged", {"Open folder", "Verify", "Move to trash"}),
        ("copy", {*BOTH, "Adopt"} - {"Rename ..."}), ("renamed", {*BOTH, "Adopt"} - {"Rename ..."}),
    ],
)  # fmt: skip
def test_what_is_offered_follows_the_state_and_of_several_is_for_all_of_them(
    page: Page, status: str, offered: set[str]
) -> None:
    page.actions.put([replace(A, status=status)])
    assert page.offered() == offered
    page.actions.put([replace(A, status=status), B])
    assert page.offered() == {"Compare", "Move to trash"} & {"Compare", *offered}
    page.actions.put([])
    assert page.offered() == set()


def test_a_name_is_shown_while_the_engine_keeps_it_and_not_where_that_was_refused(page: Page) -> None:
    naming = list[tuple[object, ...]]()
    page.actions.naming.connect(lambda *what: naming.append(what))
    for typed, value, refused, called in (
        (" mine ", {"name": "mine"}, False, [("mine", NEVER_READ), ("mine", ONCE_MORE)]),
        ("", {"name": ""}, False, [("a", NEVER_READ), ("a", ONCE_MORE)]),
        ("mine", "It is not there.", True, [("mine", NEVER_READ), ("", 0)]),
    ):
        naming.clear()
        page.actions._give_name(A, typed)
        answer(page, value, failed=refused)
        assert naming == [(A.session, *each) for each in called]
