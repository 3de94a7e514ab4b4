"""The first page by itself: what each way on says, and a folder in which no session can lie."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from so8t_gui.pages.welcome import WelcomePage
from so8t_gui.widgets import file_choice


@pytest.fixture
def page(qtbot: QtBot) -> WelcomePage:
    made = WelcomePage("/usual")
    qtbot.addWidget(made)
    return made


@pytest.fixture
def said(page: WelcomePage) -> list[object]:
    heard = list[object]()
    page.accepted.connect(lambda at_logon, root: heard.append((at_logon, root)))
    for name in ("demo_wanted", "new_wanted", "left"):
        getattr(page, name).connect(lambda name=name: heard.append(name))
    return heard


def press(page: WelcomePage, words: str) -> None:
    next(one for one in page.findChildren(QPushButton) if one.accessibleName() == words).click()


@pytest.mark.parametrize("ticked", [False, True])
def test_each_way_on_says_what_was_chosen_first_and_not_now_chooses_nothing(
    page: WelcomePage, said: list[object], ticked: bool, tmp_path: Path
) -> None:
    page.take_up(ticked, f'"{tmp_path}"')
    assert page.kept == (ticked, f'"{tmp_path}"') and page._root.placeholderText() == "/usual"
    for words, name, at_logon in (
        ("Try the demo", "demo_wanted", ticked), ("New session ...", "new_wanted", ticked), ("Not now", "left", False),
    ):  # fmt: skip
        said.clear()
        press(page, words)
        assert said == [(at_logon, str(tmp_path)), name]


def test_a_folder_in_which_no_session_can_lie_is_to_be_corrected_first(
    page: WelcomePage, said: list[object], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    page.show()
    page.activateWindow()
    page._root.setText("somewhere")
    press(page, "Try the demo")
    assert said == [] and page._root_message.text.startswith("Give the whole path")
    assert page.focusWidget() is page._root
    page._root.textEdited.emit("s")
    assert page._root_message.text == ""
    press(page, "Not now")
    assert said == [] and page._root_message.text
    asked = list[str]()
    for picked in ("", str(tmp_path)):
        monkeypatch.setattr(file_choice, "folder", lambda *words, picked=picked: asked.append(words[2]) or picked)
        press(page, "Choose ...")
        assert page._root.text() == (picked or "somewhere") and bool(page._root_message.text) is not bool(picked)
    assert asked == ["somewhere"] * 2
    press(page, "Not now")
    assert said == [(False, str(tmp_path)), "left"]
