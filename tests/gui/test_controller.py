"""The application as a whole: a session of another program is looked at again while it is shown."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from helpers.sample_sessions import make
from so8t_engine.session import lock
from so8t_engine.session.state import Cursor, PipelineState
from so8t_gui.controller import Shell
from so8t_gui.i18n.language import Language
from so8t_gui.preferences import Preferences
from so8t_gui.startup import unfinished_session

NAME = "20260101-000000-x"


@pytest.fixture
def shell(qapp: QApplication, tmp_path: Path) -> Iterator[Shell]:
    preferences = Preferences(qapp, tmp_path / "settings.json", str(tmp_path / "sessions"))
    made = Shell(qapp, preferences, Language())
    yield made
    made.rooms.close()
    made.tray.hide()


def test_a_session_of_another_program_is_followed_until_that_ends(shell: Shell, qtbot: QtBot, tmp_path: Path) -> None:
    make(tmp_path / "sessions", NAME, PipelineState(NAME, "running", Cursor("train", 4)), "", 0.62)
    folder = tmp_path / "sessions" / NAME
    with lock.held(folder, {"pid": 1}):
        newest = unfinished_session.newest(folder.parent)
        assert newest is not None
        shell.runner.show(newest.chosen)
        shell.rooms.window.show_page("run")
        shell.rooms.window.show()
        shell._render()
        assert shell.runner.view.phase == "elsewhere"
        qtbot.waitUntil(lambda: shell.rooms.run._past is not None)
        shell.rooms.run.look_again()
        qtbot.wait(300)
        assert shell.runner.view.phase == "elsewhere"

    shell.rooms.run.look_again()
    qtbot.waitUntil(lambda: shell.runner.view.phase == "paused")
