"""The page of diagnostics by itself: when the engine is asked, what stands there until it answers, what is copied."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QBoxLayout, QPushButton
from pytestqt.qtbot import QtBot

from so8t_gui.desktop import diagnostics
from so8t_gui.engine.queries import QueryPool
from so8t_gui.pages.doctor import LETTERS, DoctorPage


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[tuple[Any, ...]]:
    questions = list[tuple[Any, ...]]()
    monkeypatch.setattr(QueryPool, "ask", lambda _, *question: questions.append(question))
    monkeypatch.setattr(diagnostics, "window_lines", lambda root: [f"sessions: {root}"])
    monkeypatch.setattr(diagnostics, "engine_lines", lambda answer: [f"engine: {answer}"])
    monkeypatch.setattr(diagnostics, "together", lambda window, engine: [*window, *engine])
    return questions


@pytest.fixture
def page(qtbot: QtBot, asked: list[tuple[Any, ...]]) -> DoctorPage:
    made = DoctorPage(Path("/s"), logs=Path("/logs"))
    qtbot.addWidget(made)
    return made


def press(page: DoctorPage, words: str) -> None:
    next(one for one in page.findChildren(QPushButton) if one.accessibleName() == words).click()


def test_the_engine_is_asked_when_the_page_is_first_seen_and_by_the_button(
    page: DoctorPage, asked: list[tuple[Any, ...]]
) -> None:
    page.set_root(Path("/t"))
    assert asked == [] and page.text == ""
    for _ in range(2):
        page.show()
        page.hide()
    ((name, words, told, refused),) = asked
    assert (name, words) == ("doctor", ["doctor", "--data-root", "/t"])
    assert page.text.splitlines() == ["sessions: /t", "Asking the engine ..."]
    told("fine")
    assert page.text.splitlines() == ["sessions: /t", "engine: fine"]
    refused(f"No {Path.home()}/x.")
    assert page.text.splitlines() == ["sessions: /t", "No ~/x."]
    press(page, "Check again")
    assert len(asked) == 2 and page.text.endswith("Asking the engine ...")
    page.set_root(Path("/u"))
    assert asked[-1][1] == ["doctor", "--data-root", "/u"]


def test_the_text_can_be_copied_and_that_is_said(page: DoctorPage) -> None:
    page.ask()
    press(page, "Copy")
    assert QGuiApplication.clipboard().text() == page.text != ""
    assert page._message._level == "ok" and "copied" in page._message.text
    page._message._act("close")
    assert page._message.text == ""


def test_the_folders_of_sessions_and_logs_are_opened_and_one_that_is_not_kept_is_not_offered(
    page: DoctorPage, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened = list[Path]()
    monkeypatch.setattr(page._opener, "open", opened.append)
    page.set_root(Path("/t"))
    for words in ("Open the sessions' folder", "Open the logs"):
        press(page, words)
    assert opened == [Path("/t"), Path("/logs")]
    without = DoctorPage(Path("/s"))
    qtbot.addWidget(without)
    assert "Open the logs" not in [one.accessibleName() for one in without.findChildren(QPushButton)]


def test_the_licences_stand_beside_each_other_where_both_have_room(page: DoctorPage) -> None:
    page.show()
    way, wide = QBoxLayout.Direction, LETTERS * page.fontMetrics().averageCharWidth()
    for width, beside in ((wide, True), (wide - 1, False), (wide + 1, True)):
        page.resize(width, 600)
        if page.width() == width:
            assert page._licences.direction() == (way.LeftToRight if beside else way.TopToBottom)
    assert page._licences.count() == 2
