"""The application as a whole: a session of another program is looked at again while it is shown."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
import shiboken6
from PySide6.QtCore import QCoreApplication, QEvent, QTimer
from PySide6.QtWidgets import QApplication, QLabel, QSystemTrayIcon
from pytestqt.qtbot import QtBot

from helpers.sample_sessions import make
from so8t_engine.protocol import Message
from so8t_engine.session import catalog, lock
from so8t_engine.session.state import Cursor, PipelineState
from so8t_gui import autostart, lifecycle
from so8t_gui.autostart import Status
from so8t_gui.controller import Controller
from so8t_gui.desktop import windows_calls
from so8t_gui.engine.events import Event, Exited, Started
from so8t_gui.i18n.language import Language
from so8t_gui.preferences import Preferences
from so8t_gui.startup import unfinished_session, wanted_run
from so8t_gui.startup.wanted_run import WantedRun
from so8t_gui.view import messages
from so8t_gui.view.notifications import Notice
from so8t_gui.view.state import View

pytestmark = pytest.mark.qt_log_ignore("systemTrayWindowChanged", extend=True)
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
        qtbot.waitUntil(lambda: page.curves.history is not None)
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


@pytest.fixture
def unlooked(controller: Controller, monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """Each look into the folder of the sessions, which finds none."""
    looks = list[Path]()

    def look(root: Path, then: Callable[[], None] = lambda: None) -> None:
        looks.append(root)
        then()

    monkeypatch.setattr(controller.offer, "look", look)
    return looks


@pytest.fixture
def started(controller: Controller, monkeypatch: pytest.MonkeyPatch) -> list[tuple[object, ...]]:
    """What was given to the engine."""
    calls = list[tuple[object, ...]]()
    monkeypatch.setattr(controller.runner, "start_once_rested", lambda *given: calls.append(given))
    return calls


@pytest.fixture
def told(controller: Controller, monkeypatch: pytest.MonkeyPatch) -> list[Notice]:
    """The notifications."""
    notices = list[Notice]()
    monkeypatch.setattr(controller.notifications, "show", notices.append)
    return notices


@pytest.mark.parametrize(
    ("after_crash", "hidden", "welcomed", "page"),
    [
        (False, False, False, "welcome"),
        (False, False, True, "run"),
        (False, True, True, None),
        (True, True, False, None),
    ],
)
def test_a_start_shows_the_icon_mends_the_entry_at_logon_and_opens_the_window_unless_it_is_hidden(
    controller: Controller, unlooked: list[Path], monkeypatch: pytest.MonkeyPatch, hidden: bool, welcomed: bool,
    page: str | None, after_crash: bool,
) -> None:  # fmt: skip
    """A wish that an earlier window has left is forgotten, unless a crash ended that."""
    done = list[object]()
    monkeypatch.setattr(controller.preferences, "mend_autostart", lambda: done.append("mended"))
    monkeypatch.setattr(controller.offer, "begin", lambda *how: done.append(how))
    monkeypatch.setattr(controller.lifecycle, "wait_for_tray", lambda desktop_is_there: done.append(desktop_is_there))
    controller.preferences.now = replace(controller.preferences.now, welcomed=welcomed, on_logon="auto")
    file = controller.preferences.path.with_name(wanted_run.NAME)
    if not after_crash:
        wanted_run.keep(file, WantedRun("/s/a"))
    controller.start(hidden=hidden, after_crash=after_crash)
    made = controller.navigation.made
    assert (made.window.page if made and controller.navigation.visible else None) == page
    assert controller.tray._icon.isVisible() and not file.exists()
    assert done == [("auto", after_crash), "mended", after_crash] and unlooked[0] == controller.preferences.root


def test_after_a_crash_the_run_that_was_wanted_counts_down_and_nothing_is_offered_beside_it(
    controller: Controller, qtbot: QtBot, told: list[Notice], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(controller.preferences, "mend_autostart", lambda: None)
    root, other = controller.preferences.root, "20260102-000000-y"
    for name in (NAME, other):
        make(root, name, PipelineState(name, "running", Cursor("train", 4)), "", 0.62)
    file = controller.preferences.path.with_name(wanted_run.NAME)
    wanted_run.keep(file, WantedRun(str(root / NAME)))
    controller.start(hidden=True, after_crash=True)
    qtbot.waitUntil(lambda: controller.offer.counting != "")
    assert [(notice.title, notice.resume) for notice in told] == [("x: cut off", NAME)]
    assert "10 s" in controller.offer.counting and controller.runner.view.session == NAME
    controller._cancel_countdown()
    assert controller.offer.counting == "" and not file.exists()


def test_words_that_are_no_file_and_no_command_open_the_window_as_it_was(
    controller: Controller, unlooked: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(controller.preferences, "mend_autostart", lambda: None)
    controller.start(hidden=True, after_crash=False, arguments=["nonsense"])
    assert controller.navigation.visible and controller.navigation.pages.window.page == "run"


@pytest.mark.parametrize(
    ("given", "threads", "complete"),
    [
        (["run"], 0, ["run", "--data-root", "ROOT"]),
        (["run"], 4, ["run", "--data-root", "ROOT", "--set", "runtime.num_threads=4"]),
        (
            ["run", "--set", "runtime.num_threads=2"],
            4,
            ["run", "--set", "runtime.num_threads=2", "--data-root", "ROOT"],
        ),
        (["run", "--set", "seed=1"], 0, ["run", "--set", "seed=1", "--data-root", "ROOT"]),
    ],
)
def test_a_new_session_gets_the_settings_folder_and_their_threads_where_it_names_none(
    controller: Controller, unlooked: list[Path], started: list[tuple[object, ...]], given: list[str], threads: int,
    complete: list[str],
) -> None:  # fmt: skip
    """A countdown of another one ends."""
    controller.preferences.now = replace(controller.preferences.now, threads=threads)
    controller.offer._countdown.start(9, lambda: None)
    controller.begin(given)
    root = str(controller.preferences.root)
    assert started == [([root if word == "ROOT" else word for word in complete],)]
    assert controller.offer._countdown.left == 0 and controller.navigation.pages.window.page == "run" and unlooked


def test_a_session_goes_on_under_the_name_it_is_shown_by(
    controller: Controller, unlooked: list[Path], started: list[tuple[object, ...]]
) -> None:
    controller.offer._countdown.start(9, lambda: None)
    controller.runner.view = View(phase="paused", session=NAME, title="mine", path="/elsewhere/a")
    controller.resume(NAME, "--allow-code")
    controller.resume("20260102-000000-y")
    assert [call[1:3] for call in started] == [(NAME, "mine"), ("20260102-000000-y", "y")]
    assert started[0][0] == ["resume", "a", "--data-root", "/elsewhere", "--allow-code"]
    assert controller.offer._countdown.left == 0
    controller.resume("")
    assert len(started) == 2


def test_why_a_run_is_not_started_is_a_notification_where_no_window_is_seen(
    controller: Controller, unlooked: list[Path], started: list[tuple[object, ...]], told: list[Notice]
) -> None:
    controller.runner.view = View(phase="running", session="a", title="A")
    controller.resume("a")
    assert not told, "it runs, as wanted"
    controller.resume("b")
    why = messages.why_not_beside(controller.runner.view)
    assert told == [Notice("The run was not started", why, "warning")] and not started
    controller.navigation.open("run")
    controller.resume("b")
    assert len(told) == 1 and controller.navigation.pages.window._message.text == why


def test_beside_a_run_of_another_program_nothing_new_is_started_also_while_that_is_what_is_shown(
    controller: Controller, qtbot: QtBot, started: list[tuple[object, ...]], told: list[Notice]
) -> None:
    folder = make(controller.preferences.root, NAME, PipelineState(NAME, "running", Cursor("train", 4)), "", 0.62)
    with lock.held(folder, {"pid": 1}):
        controller._look()
        qtbot.waitUntil(lambda: controller.runner.view.phase == "elsewhere")
        controller.begin(["run"])
        qtbot.waitUntil(lambda: bool(told))
        assert not started
        controller.resume(NAME)  # its own lock says what is in the way
        qtbot.waitUntil(lambda: bool(started))
    assert len(told) == 1 and '"x" is running, started by another program' in told[0].text


def test_the_folder_is_read_again_when_a_session_has_another_name_or_place(
    controller: Controller, unlooked: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    controller._renamed("a", "mine")
    controller._removed("a")
    controller._adopted("a", "b")
    assert len(unlooked) == 3


def test_pages_that_are_made_late_say_what_was_known_before(controller: Controller) -> None:
    controller.preferences.problem = "They cannot be kept."
    controller.preferences.autostart = Status(True, "It starts at logon (by a file).")
    page = controller.navigation.pages.settings
    assert page._message.text == "They cannot be kept." and page._autostart.isChecked()
    assert any("by a file" in label.text() for label in page.findChildren(QLabel))
    controller._show_autostart(Status(False, "It does not start."), "It could not be switched.")
    assert any("could not be switched" in label.text() for label in page.findChildren(QLabel))


def test_a_run_that_begins_takes_back_what_was_said_of_its_end_and_is_looked_at_every_second(
    controller: Controller, unlooked: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    withdrawn = list[str]()
    monkeypatch.setattr(controller.notifications, "withdraw", withdrawn.append)
    steps: list[tuple[Event, int]] = [
        (Started(), 1),
        (Message("made", {"session": "a", "title": "a", "path": "/s/a"}), 2),
        (Message("step", {"step": "train", "state": "running"}), 2),
        (Exited(75), 3),
    ]
    for event, looks in steps:
        controller.runner._take([event])
        assert len(unlooked) == looks
        assert controller.drawing.clock.isActive() is controller.runner.view.alive
    assert withdrawn == ["run"] and controller.drawing.clock.interval() == 1_000


def test_what_happens_is_told_unless_the_user_wants_no_notifications(
    controller: Controller, told: list[Notice]
) -> None:
    notice = Notice("x: finished", "It is done.", "critical")
    for wanted in (False, True):
        controller.preferences.now = replace(controller.preferences.now, notifications=wanted)
        controller.runner.notice.emit(notice)
    assert told == [notice]
    controller.notifications.unseen.emit(notice)  # no window yet
    controller.navigation.open("run")
    controller.notifications.unseen.emit(notice)
    assert controller.navigation.pages.window._message.text == "x: finished\nIt is done."


def test_what_is_shown_is_not_replaced_by_what_a_look_finds(controller: Controller, qtbot: QtBot) -> None:
    """A start that failed stays in sight, and so does a session that has not begun yet."""
    make(controller.preferences.root, NAME, PipelineState(NAME, "paused", Cursor("train", 4)), "", 0.62)
    shown = (View(phase="failed"), View(phase="idle", session="new", title="new"), View())
    for view in shown:
        controller.runner.view = view
        with qtbot.waitSignal(controller.offer.looked):
            controller._look()
        assert controller.runner.view.session == (NAME if view == View() else view.session)


def test_a_session_that_another_program_runs_is_not_among_those_to_resume(controller: Controller, qtbot: QtBot) -> None:
    controller.navigation.open("sessions")
    for name in (NAME, "20260102-000000-y"):
        folder = make(controller.preferences.root, name, PipelineState(name, "running", Cursor("train", 4)), "", 0.62)
    with lock.held(folder, {"pid": 1}), qtbot.waitSignal(controller.offer.looked):
        controller._look()
    assert [name for name, _ in controller.navigation.pages.run._head._waiting] == [NAME]


def test_the_session_is_watched_while_it_runs_or_somebody_sees_it(controller: Controller) -> None:
    assert not controller._watched()
    controller.runner.view = View(phase="running")
    assert controller._watched()
    controller.runner.view = View()
    controller.navigation.open("run")
    assert controller._watched()


def test_a_welcome_switches_the_start_at_logon_on_for_those_who_ask_for_it(
    controller: Controller, unlooked: list[Path], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    switched = list[bool]()
    monkeypatch.setattr(controller.preferences, "switch_autostart", switched.append)
    controller._welcomed(False, str(tmp_path / "mine"))
    assert controller.preferences.now.welcomed and controller.preferences.now.data_root == str(tmp_path / "mine")
    assert not switched and len(unlooked) == 1
    controller._welcomed(True, str(tmp_path / "mine"))
    assert switched == [True] and len(unlooked) == 1


def test_the_machine_may_sleep_at_once_when_the_setting_says_so(
    controller: Controller, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WAKEPY_FAKE_SUCCESS", "yes")
    inhibitor = controller.runner._inhibitor
    controller.runner._take([Started()])
    assert inhibitor._mode is not None
    for awake in (False, True):
        controller.preferences.put(replace(controller.preferences.now, inhibit_sleep=awake))
        assert (inhibitor._mode is not None) is awake
    controller.runner._take([Exited(0)])
    assert inhibitor._mode is None


def test_what_starts_the_program_again_after_an_update_is_told_to_the_system(
    qapp: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And what the system talks to goes with the program."""
    told = list[object]()
    monkeypatch.setattr(windows_calls, "start_after_update", told.append)
    made = Controller(qapp, Preferences(qapp, tmp_path / "settings.json", str(tmp_path)), Language())
    assert told == [autostart.start_command()]
    widget = made.lifecycle._background_window._widget
    made.deleteLater()
    QCoreApplication.sendPostedEvents(made, QEvent.Type.DeferredDelete.value)
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    assert not shiboken6.isValid(widget)


def test_a_tray_is_looked_for_as_long_as_one_may_take_to_start_and_no_sooner(controller: Controller) -> None:
    before = set(controller.lifecycle.findChildren(QTimer))
    controller.lifecycle.wait_for_tray(desktop_is_there=False)
    (looks,) = set(controller.lifecycle.findChildren(QTimer)) - before
    assert looks.isActive() and looks.interval() == lifecycle.TRAY_PATIENCE_MS


def test_quit_ends_a_countdown_and_keeps_the_place_of_the_window(controller: Controller) -> None:
    controller.navigation.open("run")
    controller.offer._countdown.start(9, lambda: None)
    controller.lifecycle.quit()
    assert controller.offer._countdown.left == 0 and controller.preferences.now.window
    assert not controller.tray._icon.isVisible()
    controller.navigation.pages.window.hide()
    controller.lifecycle.open_without_tray()
    assert not controller.navigation.visible, "it has ended"
