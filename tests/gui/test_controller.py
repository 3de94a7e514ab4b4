"""The application as a whole: a session of another program is looked at again while it is shown."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication, QSystemTrayIcon
from pytestqt.qtbot import QtBot

from helpers.sample_sessions import make
from so8t_engine.session import catalog, lock
from so8t_engine.session.state import Cursor, PipelineState
from so8t_gui.controller import Controller
from so8t_gui.i18n.language import Language
from so8t_gui.preferences import Preferences
from so8t_gui.startup import unfinished_session

NAME = "20260101-000000-x"


@pytest.fixture
def controller(qapp: QApplication, tmp_path: Path) -> Iterator[Controller]:
    preferences = Preferences(qapp, tmp_path / "settings.json", str(tmp_path / "sessions"))
    made = Controller(qapp, preferences, Language())
    yield made
    made.navigation.pages.close()
    made.tray.hide()
    made.deleteLater()
    QCoreApplication.sendPostedEvents(made, QEvent.Type.DeferredDelete.value)


def test_the_tray_offers_to_end_a_countdown_only_while_there_is_one_and_shows_messages_at_its_icon(
    controller: Controller, monkeypatch: pytest.MonkeyPatch
) -> None:
    tray, said = controller.tray, list[tuple[object, ...]]()
    for counting in ("", "demo is resumed in 9 s", ""):
        tray.render_view(controller.runner.view, 0.0, None, counting)
        assert tray._cancel.isVisible() is bool(counting)
    monkeypatch.setattr(QSystemTrayIcon, "showMessage", lambda _icon, *words: said.append(words))
    tray.show_message("demo: stopped", "The disk is full.", "critical")

    assert said == [("demo: stopped", "The disk is full.", QSystemTrayIcon.MessageIcon.Critical)]


def test_a_session_of_another_program_is_followed_until_that_ends(
    controller: Controller, qtbot: QtBot, tmp_path: Path
) -> None:
    make(tmp_path / "sessions", NAME, PipelineState(NAME, "running", Cursor("train", 4)), "", 0.62)
    folder = tmp_path / "sessions" / NAME
    with lock.held(folder, {"pid": 1}):
        (newest,) = unfinished_session.waiting(catalog.sessions(folder.parent))
        controller.runner.show(newest.chosen)
        controller.navigation.open("run")
        page = controller.navigation.pages.run
        assert controller.runner.view.phase == "elsewhere"
        qtbot.waitUntil(lambda: page._history is not None)
        page.look_again()
        qtbot.wait(300)
        assert controller.runner.view.phase == "elsewhere"

    page.look_again()
    qtbot.waitUntil(lambda: controller.runner.view.phase == "paused")


def test_sessions_that_wait_are_offered_on_the_page_run_whichever_of_the_two_was_there_first(
    controller: Controller, qtbot: QtBot, tmp_path: Path
) -> None:
    def offered() -> list[str]:
        return [name for name, _ in controller.navigation.pages.run._head._waiting]

    root = tmp_path / "sessions"
    for name in ("20260101-000000-x", "20260102-000000-y"):
        make(root, name, PipelineState(name, "paused", Cursor("train", 4)), "", 0.62)
    with qtbot.waitSignal(controller.offer.looked):
        controller._look()
    controller.navigation.open("sessions")
    assert offered() == ["20260102-000000-y", "20260101-000000-x"]

    make(root, "20260103-000000-z", PipelineState("20260103-000000-z", "paused", Cursor("train", 4)), "", 0.62)
    with qtbot.waitSignal(controller.offer.looked):
        controller._look()
    assert len(offered()) == 3


def test_the_menu_of_recent_sessions_holds_those_of_the_last_look_alone(controller: Controller) -> None:
    for names in (["a", "b"], ["c"], []):
        controller.tray.show_recent([(name, name) for name in names])
        assert [action.text() for action in controller.tray._recent.actions()] == names
        assert controller.tray._recent.isEnabled() is bool(names)
