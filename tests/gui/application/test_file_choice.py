"""Where the dialogs for files open: they opened in the folder that the program was started in."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog

from gui.application.test_kept_drafts import start_anew
from gui.application.test_new_session_page import settled
from helpers.application import FINISHED, Application
from so8t_gui.widgets import file_choice


@pytest.fixture(autouse=True)
def _nowhere_yet() -> Iterator[None]:
    file_choice.begin_in("")
    yield
    file_choice.begin_in("")


class Dialogs:
    """In the place of Qt's: `opened` is where each began, `chosen` what the user takes in the next."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.opened: list[str] = []
        self.chosen = ""
        for name in ("getOpenFileName", "getSaveFileName"):
            monkeypatch.setattr(QFileDialog, name, lambda _, __, start, *___: (self._answer(start), ""))
        several = lambda _, __, start, *___: ([one for one in [self._answer(start)] if one], "")  # noqa: E731
        monkeypatch.setattr(QFileDialog, "getOpenFileNames", several)
        monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda _, __, start: self._answer(start))

    def _answer(self, start: str) -> str:
        self.opened.append(start)
        return self.chosen


@pytest.mark.parametrize("application", ["en"], indirect=True)
def test_dialogs_open_among_the_users_documents_then_where_he_was_last(
    application: Application, monkeypatch: pytest.MonkeyPatch
) -> None:
    dialogs, home, data = Dialogs(monkeypatch), application.folder / "home", application.folder / "データ"
    application.open("new")
    settled(application)
    application.press("Add &files ...")
    (home / "Documents").mkdir()
    application.press("Open a &YAML file ...")
    assert dialogs.opened == [str(home), str(home / "Documents")]  # none taken: nothing is remembered

    data.mkdir()
    (data / "faq.jsonl").write_text('{"prompt": "1 + 1?", "response": "2"}\n')
    dialogs.chosen = str(data / "faq.jsonl")
    application.press("Add &files ...")
    dialogs.chosen = ""
    application.press("Add &files ...")
    application.press("&Choose a folder ...")
    assert dialogs.opened[3:] == [str(data), str(data)]
    application.show(FINISHED)
    application.turn_to_curves()
    application.pages.run.panel._export("csv")
    assert Path(dialogs.opened[-1]).parent == data

    application.controller.navigation.keep_place()  # Quit
    settings = json.loads((application.folder / "config" / "settings.json").read_text(encoding="utf-8"))
    assert settings["folder"] == str(data)
    file_choice.begin_in("")
    start_anew(application)
    application.press("Add &files ...")
    assert dialogs.opened[-1] == str(data)
    data.rename(data.with_name("gone"))
    application.press("Add &files ...")
    assert dialogs.opened[-1] == str(home / "Documents")


@pytest.mark.parametrize("application", ["en"], indirect=True)
def test_a_folder_that_is_shown_and_there_is_where_its_dialog_opens(
    application: Application, monkeypatch: pytest.MonkeyPatch
) -> None:
    dialogs = Dialogs(monkeypatch)
    application.open("settings")
    application.press("&Choose ...")
    application.controller.preferences.put(replace(application.controller.preferences.now, data_root=""))
    default = Path(application.pages.settings._root.placeholderText())
    default.mkdir(parents=True)
    application.press("&Choose ...")
    assert dialogs.opened.pop() == str(default), "it is shown, though nobody has typed it"
    application.pages.settings._root.setText(str(application.folder / "not" / "there"))
    application.press("&Choose ...")
    assert dialogs.opened == [str(application.root), str(application.folder / "home")]
