"""Every entry of the tray's menu, chosen in the whole application, and what is seen of it."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QSize
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu, QSystemTrayIcon

from helpers import sample_sessions, toy_engine
from helpers.application import CUT, FAILED, FINISHED, NEW, PAUSED, Application
from so8t_engine.errors import EngineError, as_json
from so8t_engine.sentences import verbatim
from so8t_engine.session import catalog
from so8t_engine.session.state import Cursor, PipelineState
from so8t_gui import app, lifecycle
from so8t_gui.desktop.tray import Tray
from so8t_gui.i18n.translate import tr
from so8t_gui.navigation import Navigation
from so8t_gui.view.notifications import Notice


def entries(menu: QMenu) -> dict[str, QAction]:
    """By their text; only what can be seen and chosen."""
    return {
        action.text(): action
        for action in menu.actions()
        if action.isVisible() and action.isEnabled() and not action.isSeparator()
    }


def choose(application: Application, label: str) -> None:
    found = [action for text, action in entries(application.controller.tray._menu).items() if text.startswith(label)]
    assert len(found) == 1, f"{label!r}: {list(entries(application.controller.tray._menu))}"
    found[0].trigger()


def looked(application: Application) -> None:
    """As the menu does when it opens."""
    with application.qtbot.waitSignal(application.controller.offer.looked):
        application.controller.tray.menu_opens.emit()


def test_every_entry_of_the_menu_at_rest(application: Application) -> None:
    looked(application)
    controller, tray = application.controller, application.controller.tray
    resume = tr("&Resume {what}", what="").rstrip()
    known = [tr("&Open"), tr("Start &new ..."), resume, tr("Resume &another"), tr("Re&cent sessions"),
             tr("Start at &logon"), tr("&Settings"),
             tr("&Quit")]  # fmt: skip
    there = list(entries(tray._menu))
    assert len(there) == len(known) and all(any(text.startswith(label) for label in known) for text in there), there

    for menu in (tray._menu, tray._recent, tray._others):
        texts = [action.text() for action in menu.actions()]  # also what is not seen now
        mnemonics = [found[1].upper() for text in texts if (found := re.search(r"(?<!&)&([^&\s])", text))]
        assert len(set(mnemonics)) == len(mnemonics), texts

    lines = [action.isSeparator() for action in tray._menu.actions() if action.isVisible()]
    assert lines.count(True) == 3 and not (lines[0] or lines[-1]), "what is told | the run | the program | the end"

    application.pages.window.hide()
    choose(application, tr("&Open"))
    assert application.pages.window.isVisible()
    choose(application, tr("Start &new ..."))
    assert application.page == "new"
    choose(application, tr("&Settings"))
    assert application.page == "settings"
    for on in (True, False):
        choose(application, tr("Start at &logon"))
        with application.qtbot.waitSignal(controller.preferences.autostart_known, timeout=20_000):
            pass
        assert tray._autostart.isChecked() is on and application.pages.settings._autostart.isChecked() is on
    recent = entries(tray._recent)
    assert len(recent) == 6
    [finished] = [action for text, action in recent.items() if "100 %" in text]
    finished.trigger()
    application.wait(lambda: controller.runner.view.session == FINISHED)
    assert application.page == "run"

    others = entries(tray._others)
    assert [session for session, _ in controller.offer.others] == [NEW, PAUSED, FAILED] and len(others) == 3
    for session in (CUT, PAUSED):
        looked(application)
        if session == CUT:
            choose(application, resume)
        else:
            [paused] = [action for text, action in entries(tray._others).items() if "62 %" in text]
            paused.trigger()
        application.wait(lambda: controller.runner.view.phase == "running")
        assert application.engine_starts[-1][:2] == ["resume", session]
        choose(application, tr("&Pause"))
        application.wait(lambda: not controller.runner.running)
        assert controller.runner.view.phase == "paused"


def test_a_countdown_is_ended_in_the_menu(application: Application) -> None:
    offer, root = application.controller.offer, application.folder / "whole"
    toy_engine.broken_off(root)  # the sample sessions have no checkpoints, so nobody would resume them
    offer.look(root, lambda: offer.begin("auto", False))
    application.wait(lambda: offer.counting != "")
    assert application.controller.tray._status.text() == offer.counting
    choose(application, tr("&Do not resume automatically"))
    assert offer.counting == "" and application.engine_starts == []


def test_quit_in_the_menu_pauses_the_run_first(application: Application) -> None:
    application.run()
    choose(application, tr("&Quit (the run is saved and paused)"))
    application.wait(lambda: not application.controller.tray._icon.isVisible())
    assert application.controller.runner.view.phase == "paused"


def test_a_click_on_a_message_opens_the_window_and_starts_nothing(application: Application) -> None:
    offer = application.controller.offer
    application.pages.window.hide()
    with application.qtbot.waitSignal(offer.notice, timeout=60_000):
        offer.look(application.root, lambda: offer.begin("ask", False))
    application.controller.tray._icon.messageClicked.emit()
    assert application.pages.window.isVisible() and application.page == "run"
    application.wait(lambda: application.sees("&Resume"))  # the session is read in the background
    assert application.engine_starts == []
    said = application.pages.run._hindrance  # nobody has to have seen the message: the window says it too
    assert said.text == offer.hindrance and tr("{name} cannot be resumed yet", name=catalog.title(CUT)) in said.text
    assert len(said.text.splitlines()) > 1
    application.controller.preferences.put(replace(application.controller.preferences.now, language="ja"))
    application.wait(lambda: "再開できません" in application.pages.run._hindrance.text)
    application.run()
    application.wait(lambda: application.pages.run._hindrance.text == "")


def test_a_session_that_failed_by_its_own_data_is_told_of_at_logon_and_left_alone(
    application: Application, monkeypatch: pytest.MonkeyPatch
) -> None:
    """By one message with the reason and in the window; not even the rule to resume by itself tries it again."""
    controller, shown = application.controller, list[Notice]()
    monkeypatch.setattr(controller.notifications, "show", shown.append)
    for name in (CUT, PAUSED, NEW, FAILED):
        shutil.rmtree(application.root / name)
    error = as_json(EngineError("source_changed", verbatim("mine.jsonl has changed.")))
    state = PipelineState("", "failed", Cursor("collect", 3), error=error)
    own = sample_sessions.make(application.root, "20261124-070000-mine", state)
    controller.preferences.put(replace(controller.preferences.now, on_logon="auto"))
    controller.start(hidden=True, after_crash=False)
    application.wait(lambda: bool(shown))

    assert [notice.title for notice in shown] == [tr("{name}: stopped", name="mine")]
    assert "mine.jsonl has changed." in shown[0].text and shown[0].kind == "warning" and shown[0].resume == ""
    assert controller.offer.counting == "" and application.engine_starts == []
    application.open("run")
    application.wait(lambda: controller.runner.view.session == own.name)
    assert "mine.jsonl has changed." in application.pages.run._message.text and application.sees("&Resume")


def test_the_buttons_of_an_offer_resume_it_or_end_its_countdown(application: Application) -> None:
    controller = application.controller
    offer, notices = controller.offer, list[Notice]()
    offer.notice.connect(notices.append)
    for name in (CUT, PAUSED, NEW, FAILED):
        shutil.rmtree(application.root / name)
    session = toy_engine.broken_off_beside(application.root, application.folder / "whole")
    offer.look(application.root, lambda: offer.begin("auto", False))
    application.wait(lambda: offer.counting != "" and bool(notices))
    numbers = controller.notifications
    numbers._notices |= {98: notices[-1], 99: notices[-1]}  # as the desktop's service has them
    numbers._pressed(98, "not-now")
    assert offer.counting == "" and application.engine_starts == []
    numbers._pressed(99, "resume")
    application.wait(lambda: controller.runner.view.phase == "running")
    assert application.engine_starts == [["resume", session.name, "--data-root", str(application.root)]]


def test_a_click_on_the_icon_opens_the_window(application: Application) -> None:
    application.pages.window.hide()
    application.controller.tray._icon.activated.emit(QSystemTrayIcon.ActivationReason.Trigger)
    assert application.pages.window.isVisible()


@pytest.mark.parametrize(
    ("arguments", "ready"),
    [
        ([], lambda application: application.pages.window.isVisible()),
        (["--hidden"], lambda application: not application.pages.window.isVisible()),
        (["mine.yaml"], lambda application: application.page == "new"),
        (["resume", NEW], lambda application: application.engine_starts[-1:][0][:2] == ["resume", NEW]),
        (["resume"], lambda application: application.engine_starts[-1:][0][:2] == ["resume", CUT]),
    ],
)
def test_a_later_start_of_the_program_is_heard(
    application: Application, arguments: list[str], ready: Callable[[Application], bool]
) -> None:
    looked(application)
    application.pages.window.hide()
    application.controller.hear(arguments)
    application.wait(lambda: bool(arguments[:1] != ["resume"] or application.engine_starts) and ready(application))


def test_without_a_tray_the_cross_pauses_the_run_into_the_task_bar_and_quits_at_rest(application: Application) -> None:
    assert not application.controller.tray.there  # `offscreen` has none
    application.run()
    application.pages.window.close()
    assert application.pages.window.isMinimized() and application.controller.runner.running
    application.rest()
    application.open("run")
    application.pages.window.close()
    application.wait(lambda: not application.controller.tray._icon.isVisible())


def test_the_icon_follows_a_run_while_no_window_is_seen(application: Application) -> None:
    icon, controller = application.controller.tray._icon, application.controller
    application.pages.window.hide()
    at_rest = icon.toolTip()
    application.run()
    running = icon.toolTip()
    application.rest()

    assert not controller.navigation.visible
    assert len({at_rest, running, icon.toolTip()}) == 3, "of nothing, of a run, of a pause"


def test_a_later_start_with_another_folder_says_which_is_shown_and_takes_nothing_of_it(
    application: Application,
) -> None:
    other = application.folder / "other"
    application.controller.hear(["resume", PAUSED, f"--data-root={other}"])
    window = application.pages.window
    application.wait(lambda: window.isVisible())
    assert str(other) in window._message.text and str(application.root) in window._message.text
    assert application.engine_starts == [] and application.controller.preferences.root == application.root

    application.controller.hear(["resume", PAUSED, f"--data-root={application.root}"])
    application.wait(lambda: len(application.engine_starts) == 1)


def test_a_later_start_hands_over_whole_paths(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The first window works in a folder of its own."""
    monkeypatch.chdir(tmp_path)
    heard = app.handed_over(app.parser().parse_args(["mine.yaml", "--data-root", "runs", "--hidden"]))
    assert heard == ([str(tmp_path / "mine.yaml")], ["--hidden", f"--data-root={tmp_path / 'runs'}"])
    assert app.handed_over(app.parser().parse_args(["resume", "20260101-000000-a.b"]))[0] == [
        "resume",
        "20260101-000000-a.b",
    ]
    assert app.handed_over(app.parser().parse_args([])) == ([], [])


def test_with_a_tray_the_cross_hides_the_window_and_says_once_that_the_run_goes_on(
    application: Application, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Tray, "there", property(lambda _: True))
    notices: list[Notice] = []
    application.controller.lifecycle.notice.connect(notices.append)
    window = application.pages.window
    window.close()
    assert window.isHidden() and not notices, "nothing runs"
    application.run()
    for _ in range(2):
        application.open("run")
        window.close()
        assert window.isHidden() and application.controller.runner.running
    text = tr("The run continues. Click the icon in the tray to open the window again.")
    assert notices == [Notice("SO8T", text, about="window")]


@pytest.mark.parametrize("there", [True, False])
def test_a_desktop_that_gets_no_tray_in_time_gets_the_window(
    application: Application, monkeypatch: pytest.MonkeyPatch, there: bool
) -> None:
    monkeypatch.setattr(Tray, "there", property(lambda _: there))
    application.pages.window.hide()
    application.controller.lifecycle.open_without_tray()
    assert application.controller.navigation.visible is not there


@pytest.mark.parametrize("after_crash", [True, False])
def test_a_tray_that_dies_later_or_is_missing_after_a_crash_leaves_no_window_hidden(
    application: Application, monkeypatch: pytest.MonkeyPatch, after_crash: bool
) -> None:
    there = [not after_crash]
    monkeypatch.setattr(Tray, "there", property(lambda _: there[-1]))
    monkeypatch.setattr(lifecycle, "TRAY_PATIENCE_MS", 600_000 if after_crash else 20)
    monkeypatch.setattr(lifecycle, "TRAY_LOOK_MS", 20)
    application.pages.window.hide()
    application.controller.lifecycle.wait_for_tray(after_crash)
    if not after_crash:
        QTest.qWait(200)
        assert application.pages.window.isHidden()
        there.append(False)
    application.wait(lambda: application.controller.navigation.visible)


def test_quit_once_more_ends_the_program_at_once(application: Application, monkeypatch: pytest.MonkeyPatch) -> None:
    ended: list[str] = []
    lifecycle = application.controller.lifecycle
    monkeypatch.setattr(lifecycle, "_application", SimpleNamespace(quit=lambda: ended.append("ended")))
    monkeypatch.setattr(application.controller.runner, "leave", lambda: ended.append("left"))
    application.pages.window.resize(1010, 707)
    application.controller.hear(["--quit"])
    assert ended == ["left"] and application.controller.preferences.now.window == application.pages.window.place()
    application.controller.hear(["--quit"])
    assert ended == ["left", "ended"]
    application.controller.runner.rested.emit()
    assert ended == ["left", "ended", "ended"] and not application.controller.tray._icon.isVisible()


@pytest.mark.parametrize("application", ["en"], indirect=True)
def test_the_window_comes_back_as_large_as_it_was(application: Application) -> None:
    controller = application.controller
    application.pages.window.resize(780, 520)  # smaller than the screen, or it would be made to fit
    controller.navigation.keep_place()
    again = Navigation(controller, controller.preferences, controller.runner, lambda _: None)
    assert again.pages.window.size() == application.pages.window.size() == QSize(780, 520)
    again.pages.close()
    again.pages.window.deleteLater()
    QCoreApplication.sendPostedEvents(again.pages.window, QEvent.Type.DeferredDelete.value)
