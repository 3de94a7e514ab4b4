"""Dialogs open where the user was last, else among his documents, never where the program happens to run."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QStandardPaths
from PySide6.QtWidgets import QFileDialog, QWidget
from pytestqt.qtbot import QtBot

from so8t_gui.widgets import file_choice


class Dialogs:
    """What each was opened with, and what the user `picks`."""

    def __init__(self) -> None:
        self.opened, self.picks = list[tuple[Any, ...]](), ""


@pytest.fixture
def dialogs(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Dialogs]:
    made = Dialogs()

    def answer(several: bool, *words: Any) -> Any:
        made.opened.append(words[1:])
        return ([made.picks] if made.picks else [], "") if several else (made.picks, "")

    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *words: answer(True, *words))
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *words: answer(False, *words))
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *words: answer(False, *words))
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *words: answer(False, *words)[0])
    (tmp_path / "documents").mkdir()
    monkeypatch.setattr(QStandardPaths, "writableLocation", lambda _: str(tmp_path / "documents"))
    before = file_choice.last()
    file_choice.begin_in("")
    yield made
    file_choice.begin_in(before)


def test_each_dialog_begins_where_the_last_one_ended(dialogs: Dialogs, qtbot: QtBot, tmp_path: Path) -> None:
    page = QWidget()
    qtbot.addWidget(page)
    documents, other = tmp_path / "documents", tmp_path / "other"
    other.mkdir()
    assert file_choice.open_files(page, "T", "K") == [] and file_choice.last() == ""
    dialogs.picks = str(other / "a.csv")
    assert file_choice.open_files(page, "T", "K") == [dialogs.picks]
    dialogs.picks = ""
    assert file_choice.open_file(page, "T", "K") == "" and file_choice.last() == str(other)
    dialogs.picks = str(tmp_path / "b.yaml")
    assert file_choice.open_file(page, "T", "K") == dialogs.picks
    assert file_choice.save_file(page, "T", "plot.csv", "K") == dialogs.picks
    assert dialogs.opened == [
        ("T", str(documents), "K"), ("T", str(documents), "K"), ("T", str(other), "K"), ("T", str(other), "K"),
        ("T", str(tmp_path / "plot.csv"), "K"),
    ]  # fmt: skip


def test_a_folder_is_looked_for_from_the_one_that_is_chosen(dialogs: Dialogs, qtbot: QtBot, tmp_path: Path) -> None:
    page = QWidget()
    qtbot.addWidget(page)
    documents, other = tmp_path / "documents", tmp_path / "other"
    other.mkdir()
    for shown in (str(other), str(tmp_path / "gone"), "other", ""):
        assert file_choice.folder(page, "T", shown) == "" == file_choice.last()
    dialogs.picks = str(other)
    assert file_choice.folder(page, "T", str(documents)) == str(other) == file_choice.last()
    file_choice.folder(page, "T", "")
    assert dialogs.opened == [("T", str(place)) for place in (other, *[documents] * 4, other)]


def test_where_neither_is_there_it_begins_at_home(
    dialogs: Dialogs, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = QWidget()
    qtbot.addWidget(page)
    (tmp_path / "documents").rmdir()
    for gone in (str(tmp_path / "gone"), "\0"):
        file_choice.begin_in(gone)
        file_choice.open_file(page, "T", "K")
    monkeypatch.setattr(QStandardPaths, "writableLocation", lambda _: "")
    file_choice.open_file(page, "T", "K")
    assert dialogs.opened == [("T", str(Path.home()), "K")] * 3
