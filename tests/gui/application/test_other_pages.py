"""Every button of the pages Settings, About and diagnostics, and Welcome, and of the window; one session alone."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtGui import QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication, QFileDialog

from helpers.application import FINISHED, PAUSED, Application, Presses, buttons_of, label_of
from so8t_gui import settings_file
from so8t_gui.i18n.translate import tr

settings, doctor, welcome = Presses("settings"), Presses("doctor"), Presses("welcome")


@pytest.fixture
def pick(monkeypatch: pytest.MonkeyPatch) -> Callable[[Path], None]:
    """What the user chooses in the next dialog for a folder."""

    def choose(folder: Path) -> None:
        folder.mkdir(exist_ok=True)
        monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(folder))

    return choose


def entry(application: Application) -> Path:
    """The file by which the desktop starts the program at logon."""
    return application.folder / "home" / "autostart" / "so8t.desktop"


def test_every_button_of_the_settings(application: Application, pick: Callable[[Path], None]) -> None:
    settings.run(application, pick)


@settings.of("Start SO8T at &logon, hidden in the tray")
def start_at_logon(application: Application, _: object) -> None:
    application.press("Start SO8T at &logon, hidden in the tray")
    application.wait(entry(application).is_file)
    application.wait(lambda: application.controller.tray._autostart.isChecked())
    application.press("Start SO8T at &logon, hidden in the tray")
    application.wait(lambda: not entry(application).exists())


@settings.of(
    "&Ask: a notification, and one click resumes it", "&Resume it after 30 s, which can be cancelled", "Lea&ve it alone"
)
def rule_at_logon(application: Application, _: object) -> None:
    for label, rule in (
        ("&Resume it after 30 s, which can be cancelled", "auto"),
        ("Lea&ve it alone", "off"),
        ("&Ask: a notification, and one click resumes it", "ask"),
    ):
        application.press(label)
        assert application.controller.preferences.now.on_logon == rule
        rules = application.pages.settings._rules
        assert [name for name, radio in rules.items() if radio.isChecked()] == [rule]


@settings.of("&Keep the computer awake while it trains")
def keep_awake(application: Application, _: object) -> None:
    for wanted in (False, True):
        application.press("&Keep the computer awake while it trains")
        assert application.controller.preferences.now.inhibit_sleep is wanted
        assert application.controller.runner.keep_awake is wanted


@settings.of("&Notify when a session ends or has to pause")
def notify(application: Application, _: object) -> None:
    for wanted in (False, True):
        application.press("&Notify when a session ends or has to pause")
        assert application.controller.preferences.now.notifications is wanted


@settings.of("&Choose ...")
def choose_folder(application: Application, pick: Callable[[Path], None]) -> None:
    other = application.folder / "other"
    pick(other)
    application.press("&Choose ...")
    assert application.controller.preferences.root == other and application.pages.new._root == other
    application.open("sessions")
    application.wait(lambda: str(other) in application.pages.sessions._nothing.text())
    application.open("settings")


def test_a_folder_in_which_no_session_can_lie_is_not_taken(application: Application) -> None:
    """What was typed stays and can be corrected; the sessions shown are those of before."""
    application.open("settings")
    page, before = application.pages.settings, application.controller.preferences.root
    file = application.folder / "a file"
    file.write_text("")
    for typed, part in (
        ("my sessions", str(Path.home() / "so8t")),
        (str(file), str(file)),
        (str(file / "inside"), str(file)),
    ):
        page._root.setText(typed)
        page._root.editingFinished.emit()
        assert part in page._root_message.text, typed
        assert page._root.text() == typed and application.controller.preferences.root == before
    page._root.setText(str(application.folder / "学習 2"))
    page._root.editingFinished.emit()
    assert page._root_message.text == ""
    assert application.controller.preferences.root == application.folder / "学習 2"
    assert not (application.folder / "学習 2").exists()


@settings.of("&OK")
def a_file_that_cannot_be_written(application: Application, _: object) -> None:
    path = application.controller.preferences.path
    path.with_name(f"{path.name}.{os.getpid()}.part").mkdir()
    application.press("&Notify when a session ends or has to pause")
    assert str(path) in application.pages.settings._message.text
    application.press("&OK")
    assert application.pages.settings._message.text == ""


def test_the_theme_changes_at_once(application: Application, qapp: QApplication) -> None:
    application.open("settings")
    combo = application.pages.settings._theme
    for theme, dark in (("dark", True), ("light", False)):
        combo.setCurrentIndex(combo.findData(theme))
        combo.activated.emit(combo.currentIndex())
        assert (qapp.palette().color(QPalette.ColorRole.Window).lightness() < 128) is dark
    assert application.controller.preferences.now.theme == "light"


def test_the_language_changes_at_once(application: Application) -> None:
    application.open("settings")
    before, combo = application.pages, application.pages.settings._language
    other = "ja" if application.controller.preferences.now.language == "en" else "en"
    combo.setCurrentIndex(combo.findData(other))
    combo.activated.emit(combo.currentIndex())
    application.wait(lambda: application.controller.navigation.made not in (None, before))
    titles = [application.pages.window._list.item(row).text() for row in range(5)]
    assert application.page == "settings" and application.pages.window.isVisible()
    assert ("設定" in titles) is (other == "ja") and ("Settings" in titles) is (other == "en")
    assert application.controller.tray._quit.text() == tr("&Quit")


def test_every_button_of_the_diagnostics(application: Application) -> None:
    doctor.run(application)


@doctor.of("Check &again")
def check_again(application: Application) -> None:
    page = application.pages.doctor
    application.wait(lambda: not page._desk.asking("doctor"))
    page._text.clear()
    application.press("Check &again")
    application.wait(lambda: not page._desk.asking("doctor"))
    assert "protocol" in page.text and len(page.text.splitlines()) > 6
    assert sum(line.startswith("sessions: ") for line in page.text.splitlines()) == 1


@doctor.of("&Copy", "&OK")
def copy(application: Application) -> None:
    QGuiApplication.clipboard().clear()
    application.press("&Copy")
    assert QGuiApplication.clipboard().text() == application.pages.doctor.text != ""
    application.press("&OK")
    assert application.pages.doctor._message.text == ""


@doctor.of("Open the &sessions' folder", "Open the &logs")
def open_folders(application: Application) -> None:
    application.press("Open the &sessions' folder")
    application.wait(lambda: application.opened.paths == [str(application.root)])
    application.press("Open the &logs")
    application.wait(lambda: application.opened.paths[1:] == [str(application.folder / "config")])


def test_every_button_of_the_welcome(application: Application, pick: Callable[[Path], None]) -> None:
    welcome.run(application, pick)


@welcome.of("&Choose ...", "Start at &logon, hidden in the tray", "Not now")
def not_now(application: Application, pick: Callable[[Path], None]) -> None:
    page = application.pages.welcome
    page._root.setText("my sessions")  # of which folder? the one that the program happened to be started in
    application.press("Not now")
    assert (application.page, str(Path.home() / "so8t") in page._root_message.text) == ("welcome", True)
    pick(application.folder / "chosen")
    application.press("&Choose ...")
    assert page._root_message.text == ""
    switched: list[bool] = []
    application.controller.preferences.switch_autostart = switched.append  # type: ignore[method-assign]
    application.press("Start at &logon, hidden in the tray")  # is not ticked at first; it changes nothing
    application.press("Not now")
    assert application.page == "run" and application.controller.preferences.now.welcomed
    assert application.controller.preferences.root == application.folder / "chosen"
    assert switched == [] and not entry(application).exists()
    del application.controller.preferences.switch_autostart
    assert application.sees("Try the &demo")


@welcome.of("&New session ...")
def new_session(application: Application, _: object) -> None:
    """Ticked is asked for; not ticked leaves an entry alone that is there."""
    application.open("welcome")
    application.press("&New session ...")
    assert application.page == "new"
    application.wait(entry(application).is_file)
    application.open("welcome")
    application.press("Start at &logon, hidden in the tray")
    application.press("&New session ...")
    application.qtbot.wait(300)
    assert entry(application).is_file()


@welcome.of("Try the &demo")
def demo(application: Application, _: object) -> None:
    application.open("welcome")
    application.press("Try the &demo")
    application.wait(lambda: application.page == "run")
    application.wait(lambda: application.controller.runner.view.phase == "running")
    root = str(application.folder / "chosen")
    assert application.engine_starts == [["run", "--preset", "demo", "--data-root", root]]


def test_the_buttons_around_the_pages(application: Application) -> None:
    """The names of the pages, and the way out: the run is paused first."""
    window = application.pages.window
    own = [button for button in buttons_of(window) if not window._stack.isAncestorOf(button)]
    assert [label_of(button) for button in own] == [tr("&Quit SO8T")]
    for row, name in enumerate(("run", "sessions", "new", "settings", "doctor")):
        window._list.setCurrentRow(row)
        assert application.page == name
        assert window._stack.currentWidget().widget() is getattr(application.pages, name)

    application.run()
    assert not application.sees("&Quit SO8T")
    application.press("&Quit SO8T\n(the run is saved\nand paused)")
    application.wait(lambda: not application.controller.tray._icon.isVisible())  # the last before QApplication.quit
    assert application.controller.runner.view.phase == "paused" and not application.controller.runner.running
    assert application.engine_starts[-1][:2] == ["resume", PAUSED]


@pytest.mark.parametrize("application", ["en"], indirect=True)
def test_who_has_begun_a_run_is_not_welcomed_at_the_next_start(application: Application) -> None:
    """The welcome page came back in the place of the result for who had left it by the list of pages."""
    preferences = application.controller.preferences
    preferences.put(replace(preferences.now, welcomed=False))
    application.show(FINISHED)  # looked at, not run
    assert not preferences.now.welcomed
    application.run()
    assert preferences.now.welcomed and settings_file.load(preferences.path)[0].welcomed


def test_where_there_is_one_session_it_is_in_hand(application: Application) -> None:
    for other in application.root.iterdir():
        if other.name != FINISHED:
            shutil.rmtree(other)
    application.open("sessions")
    application.wait(lambda: [row.session for row in application.pages.sessions.selected] == [FINISHED])
    assert application.sees("&Show")
