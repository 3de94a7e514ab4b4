"""What opens files where there is no xdg-open: Qt, which says whether it could."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from so8t_gui.widgets import opener
from so8t_gui.widgets.opener import Opener
from so8t_gui.widgets.panels import Banner


@pytest.mark.parametrize("worked", [True, False])
def test_without_xdg_open_qt_opens_it_and_a_failure_is_told(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, worked: bool
) -> None:
    urls = list[QUrl]()
    monkeypatch.setattr(opener.shutil, "which", lambda _: None)
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: urls.append(url) or worked)
    message = Banner()
    qtbot.addWidget(message)
    Opener(message, message).open(tmp_path)
    assert [url.toLocalFile() for url in urls] == [str(tmp_path)]
    assert (str(tmp_path) in message.text) is not worked


def test_what_is_not_there_any_more_is_not_opened(qtbot: QtBot, tmp_path: Path) -> None:
    message = Banner()
    qtbot.addWidget(message)
    Opener(message, message).open(tmp_path / "none")
    assert message.text == f"There is no {tmp_path / 'none'} any more."


@pytest.fixture
def message(qtbot: QtBot) -> Banner:
    made = Banner()
    qtbot.addWidget(made)
    return made


def test_the_path_of_what_did_not_open_can_be_copied(
    message: Banner, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(opener.shutil, "which", lambda _: None)
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda _: False)
    Opener(message, message).open(tmp_path)
    buttons = {part.objectName(): part for part in message.findChildren(QPushButton)}
    assert [part.text() for part in buttons.values()] == ["Copy the path", "OK"]
    buttons["copy"].click()
    assert QGuiApplication.clipboard().text() == str(tmp_path)
    buttons["close"].click()
    assert message.text == ""


def test_what_it_said_goes_with_what_it_was_about_and_nothing_else_goes(message: Banner, tmp_path: Path) -> None:
    made = Opener(message, message)
    message.say("note", "Of somebody else.")
    made.forget()
    assert message.text == "Of somebody else."
    made.open(tmp_path / "none")
    made.forget()
    assert message.text == ""
    made.open(tmp_path / "none")
    message.say("note", "Of somebody else.")
    made.forget()
    assert message.text == "Of somebody else."


def test_only_what_is_still_wanted_is_told_of(message: Banner, tmp_path: Path) -> None:
    made = Opener(message, message)
    for wanted, worked, told in ((tmp_path, False, True), (tmp_path, True, False), (None, False, False)):
        message.quieten()
        made._wanted = wanted
        made._tried(tmp_path, worked)
        assert bool(message.text) is told


def test_a_program_that_opens_things_is_waited_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(opener, "PATIENCE_SECONDS", 0.01)
    given = tmp_path / "given"
    for body, worked in (("exit 0", True), ("exit 3", False), (f"echo $1 > {given}; sleep 1", True)):
        program = tmp_path / "program"
        program.write_text(f"#!/bin/sh\n{body}\n")
        program.chmod(0o755)
        if "sleep" not in body:
            monkeypatch.setattr(opener, "PATIENCE_SECONDS", 60.0)
        else:
            monkeypatch.setattr(opener, "PATIENCE_SECONDS", 0.01)
        assert opener.opened(str(program), tmp_path) is worked
    assert not opener.opened(str(tmp_path / "none"), tmp_path)
