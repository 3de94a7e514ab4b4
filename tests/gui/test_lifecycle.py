"""How the program goes into the background and out of it, with a tray and without one."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from so8t_gui import lifecycle
from so8t_gui.controller import Controller
from so8t_gui.desktop import windows_calls
from so8t_gui.desktop.single_instance import DATA_ROOT
from so8t_gui.desktop.tray import Tray
from so8t_gui.i18n.language import Language
from so8t_gui.preferences import Preferences
from so8t_gui.view.notifications import Notice
from so8t_gui.view.state import View

pytestmark = pytest.mark.qt_log_ignore("systemTrayWindowChanged", extend=True)
RUNNING = View(phase="running", session="a", title="A")


@pytest.fixture
def there() -> list[bool]:
    """Whether there is a tray."""
    return [True]


@pytest.fixture
def controller(
    qapp: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, there: list[bool]
) -> Iterator[Controller]:
    monkeypatch.setattr(Tray, "there", property(lambda _: there[0]))
    made = Controller(qapp, Preferences(qapp, tmp_path / "settings.json", str(tmp_path / "sessions")), Language())
    yield made
    made.navigation.pages.close()
    made.tray.hide()
    made.deleteLater()
    QCoreApplication.sendPostedEvents(made, QEvent.Type.DeferredDelete.value)


@pytest.fixture
def left(controller: Controller, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What became of the run and of the program."""
    calls = list[str]()
    monkeypatch.setattr(controller.runner, "leave", lambda: calls.append("leave"))
    monkeypatch.setattr(controller.runner, "leave_now", lambda ms: calls.append(f"leave within {ms}"))
    monkeypatch.setattr(controller.lifecycle, "_application", type("", (), {"quit": lambda _: calls.append("quit")})())
    return calls


def test_closed_in_a_run_it_says_once_that_this_goes_on_and_keeps_its_place(
    controller: Controller, left: list[str]
) -> None:
    told = list[Notice]()
    controller.lifecycle.notice.connect(told.append)
    controller.navigation.open("run")
    controller.lifecycle.window_closed()
    assert controller.preferences.now.window and not told, "nothing runs"
    controller.runner.view = RUNNING
    for _ in range(2):
        controller.lifecycle.window_closed()
    assert [(notice.title, notice.about) for notice in told] == [("SO8T", "window")] and not left


@pytest.mark.parametrize(("view", "ends"), [(RUNNING, False), (View(phase="paused"), True)])
def test_closed_without_a_tray_it_stays_for_the_run_or_ends(
    controller: Controller, there: list[bool], left: list[str], view: View, ends: bool
) -> None:
    there[0] = False
    controller.navigation.open("run")
    controller.navigation.pages.window.hide()
    controller.runner.view = view
    controller.lifecycle.window_closed()
    assert left == (["leave"] if ends else [])
    assert controller.navigation.pages.window.isMinimized() is not ends


def test_asked_twice_it_ends_at_once_and_once_the_run_rests_in_any_case(
    controller: Controller, left: list[str]
) -> None:
    controller.runner.rested.emit()
    assert left == []
    controller.tray.show()
    controller.lifecycle.quit()
    assert left == ["leave"]
    controller.lifecycle.quit()
    controller.runner.rested.emit()
    assert left == ["leave", "quit", "quit"] and not controller.tray._icon.isVisible()


@pytest.mark.parametrize("desktop_is_there", [True, False])
def test_where_no_tray_comes_the_window_is_opened(
    controller: Controller, there: list[bool], qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, desktop_is_there: bool
) -> None:
    there[0] = False
    monkeypatch.setattr(lifecycle, "TRAY_LOOK_MS" if desktop_is_there else "TRAY_PATIENCE_MS", 1)
    controller.lifecycle.wait_for_tray(desktop_is_there)
    qtbot.waitUntil(lambda: controller.navigation.visible)


def test_where_there_is_a_tray_or_the_window_is_open_nothing_is_opened(
    controller: Controller, there: list[bool], monkeypatch: pytest.MonkeyPatch
) -> None:
    controller.lifecycle.open_without_tray()
    assert controller.navigation.made is None
    there[0] = False
    controller.lifecycle.open_without_tray()
    assert controller.navigation.visible
    monkeypatch.setattr(controller.navigation, "open", lambda: pytest.fail("it is open"))
    controller.lifecycle.open_without_tray()


def test_at_the_end_of_the_desktop_s_session_the_run_is_waited_for_and_else_it_is_quit(
    controller: Controller, left: list[str]
) -> None:
    controller.lifecycle._ended("session")
    assert left == [f"leave within {lifecycle.LOGOFF_WAIT_MS}"]
    controller.lifecycle._ended("signal")
    assert left[1:] == ["leave"]


def test_a_shutdown_waits_while_a_run_lives(controller: Controller, monkeypatch: pytest.MonkeyPatch) -> None:
    held = list[str]()
    monkeypatch.setattr(windows_calls, "hold_shutdown", lambda _, reason: held.append(reason))
    for view in (RUNNING, View()):
        controller.runner.view = view
        controller.runner.changed.emit(View(), [])
    assert [bool(reason) for reason in dict.fromkeys(held)] == [True, False]


def test_a_later_start_for_the_same_folder_is_heard_and_one_for_another_is_told_so(
    controller: Controller, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    resumed = list[str]()
    monkeypatch.setattr(controller, "_look", lambda then=lambda: None: then())
    monkeypatch.setattr(controller, "resume", resumed.append)
    controller.hear([f"{DATA_ROOT}{controller.preferences.root}", "resume", "a"])
    message = controller.navigation.pages.window._message
    assert resumed == ["a"] and message.text == ""
    controller.hear([f"{DATA_ROOT}{tmp_path / 'other'}", "resume", "a"])
    assert resumed == ["a"] and str(tmp_path / "other") in message.text
    controller.navigation.pages.window.hide()
    controller.hear(["--hidden"])
    assert not controller.navigation.visible
    controller.hear([])
    assert controller.navigation.visible


def test_a_mistake_of_the_window_is_told_in_it_where_it_is_there_already(
    controller: Controller, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = list[Notice]()
    monkeypatch.setattr(controller.notifications, "show", told.append)
    controller.tell_unexpected("A mistake.")
    assert controller.navigation.made is None
    controller.navigation.open("run")
    controller.tell_unexpected("Another.")
    assert [(notice.text, notice.kind) for notice in told] == [("A mistake.", "critical"), ("Another.", "critical")]
    assert controller.navigation.pages.window._message.text == "Another."
