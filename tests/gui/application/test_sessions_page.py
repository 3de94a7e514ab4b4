"""Every button of the page Sessions, pressed in the whole application, and what is seen of it."""

from __future__ import annotations

import shutil
import sys
from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible, QContextMenuEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QInputDialog, QLineEdit

from helpers import sample_report
from helpers.application import (
    CUT,
    FAILED,
    FINISHED,
    PAUSED,
    Application,
    Presses,
    buttons_of,
    drawn,
    label_of,
    says,
    titles,
)
from so8t_engine.session import display_name, lock, store
from so8t_gui.i18n.translate import tr
from so8t_gui.plot import session_history
from so8t_gui.view import messages

presses = Presses("sessions")


def test_every_button_of_the_page_sessions(application: Application) -> None:
    presses.run(application)


@presses.of("&Compare")
def compare(application: Application) -> None:
    """Both curves are drawn with their points; afterwards the plot belongs to one session again."""
    application.select(PAUSED, CUT)
    application.press("&Compare")
    application.wait(lambda: len(drawn(application)) == 2 and min(drawn(application)) > 50)
    assert application.page == "run" and set(titles(application)) == {"phi35-so8t", "phi35-so8t-24gb"}
    assert application.sees("Back to the run")


@presses.of("&Show")
def show(application: Application) -> None:
    """Without going back first: another session, then the one that the page belonged to all the time."""
    for session in (FINISHED, PAUSED, FINISHED):
        application.select(PAUSED, CUT)
        application.press("&Compare")
        application.wait(lambda: len(drawn(application)) == 2)
        application.select(session)
        application.press("&Show")
        application.wait(lambda session=session: titles(application) == [session])  # type: ignore[misc]
        application.turn_to_curves()
        application.wait(lambda: drawn(application) != [] and min(drawn(application)) > 20)
        assert application.page == "run" and not application.sees("Back to the run")
        assert application.controller.runner.view.session == session


@presses.of("&Resume")
def resume(application: Application) -> None:
    application.select(PAUSED)
    application.press("&Resume")
    application.wait(lambda: application.controller.runner.view.phase == "running")
    assert application.page == "run" and application.engine_starts[-1][:2] == ["resume", PAUSED]
    assert titles(application) in ([], [PAUSED])


def test_why_resume_is_grey_stands_below_the_list(application: Application) -> None:
    """It said "Resume goes on where it was." while Resume was grey, and the reason in a tool tip alone."""
    display_name.give(application.root / PAUSED, "My FAQ")
    sessions = application.pages.sessions
    resume, why = sessions._actions._resume, messages.one_at_a_time("My FAQ")
    with lock.held(application.root / PAUSED, {"pid": 1}):
        application.select(CUT)
        application.wait(lambda: sessions._detail.text().endswith(f"\n{why}"))
        assert sessions._detail.isVisible() and not resume.isEnabled()
        said = QAccessible.queryAccessibleInterface(resume)
        assert said is not None and said.text(QAccessible.Text.Description) == why
        application.select(FINISHED)
        assert why not in sessions._detail.text(), "nothing could be resumed"
        application.select(CUT)
    sessions.refresh()
    application.wait(lambda: resume.isEnabled() and why not in sessions._detail.text())


@presses.of("&Show")
def show_while_another_runs(application: Application) -> None:
    """Its curves are laid over the plot; the run goes on below."""
    application.select(FINISHED)
    application.press("&Show")
    application.wait(lambda: titles(application) == [FINISHED])
    application.turn_to_curves()
    application.wait(lambda: drawn(application) != [] and min(drawn(application)) > 20)
    assert application.controller.runner.view.session == PAUSED and application.sees("Back to the run")
    application.press("Back to the run")
    application.wait(lambda: titles(application) == [PAUSED] and min(drawn(application)) > 50)
    application.rest()


@presses.of("Open &folder", "Open re&port")
def open_folder_and_report(application: Application) -> None:
    application.select(FINISHED)
    folder = application.root / FINISHED
    application.press("Open &folder")
    application.wait(lambda: application.opened.paths[-1:] == [str(folder)])
    application.press("Open re&port")
    application.wait(lambda: application.opened.paths[-1:] == [str(folder / "report" / "report.html")])


@presses.of("&Verify", "&OK")
def verify(application: Application) -> None:
    """The engine itself looks at the files."""
    application.select(FAILED)
    application.press("&Verify")
    message = application.pages.sessions._message
    application.wait(lambda: application.sees("&OK"))
    assert "japanese-maths" in message.text
    application.press("&OK")
    assert message.text == ""


@presses.of("&Verify", "Make &its results again")
def make_again(application: Application) -> None:
    """What a finished session has lost is made again by one click, by the engine."""
    folder = application.root / FINISHED
    for name in ("model", "data/converted"):
        (folder / name).mkdir(parents=True)
        sample_report.vouch_for(folder / name)
    store.commit(folder, store.read_state(folder).changed(checkpoint=None), {})
    model = folder / "final_model"
    gone = model.rename(model.with_name("elsewhere"))
    application.select(FINISHED)
    application.press("&Verify")
    application.wait(lambda: application.sees("Make &its results again"))
    assert "final_model" in application.pages.sessions._message.text
    application.press("Make &its results again")
    application.wait(lambda: application.controller.runner.view.phase == "running")
    assert application.engine_starts[-1][:2] == ["resume", FINISHED]
    assert "--evaluate-again" in application.engine_starts[-1]
    application.rest()
    gone.rename(model)
    application.open("sessions")


@presses.of("Start &over ...", "&Keep it as it is", "&Yes, start over")
def start_over(application: Application) -> None:
    """Where the engine would refuse to make the results again, only what it would do is offered."""
    adapter = application.root / FINISHED / "adapter"
    gone = adapter.rename(adapter.with_name("elsewhere"))
    application.select(FINISHED)
    application.press("&Verify")
    application.wait(lambda: application.sees("Start &over ..."))
    advice = application.pages.sessions._message.text.splitlines()[1]  # seen without scrolling
    assert FINISHED in advice and "set-aside" in advice and not application.sees("Make &its results again")
    application.press("Start &over ...")
    application.press("&Keep it as it is")
    application.press("Start &over ...")
    application.press("&Yes, start over")
    application.wait(lambda: application.controller.runner.view.phase == "running")
    assert application.engine_starts[-1][:2] == ["resume", FINISHED] and "--from-start" in application.engine_starts[-1]
    application.rest()
    gone.rename(adapter)
    application.open("sessions")


@presses.of("&Duplicate as new")
def duplicate(application: Application) -> None:
    application.select(FINISHED)
    application.press("&Duplicate as new")
    config = str(application.root / FINISHED / "config.yaml")
    assert application.page == "new"
    application.wait(lambda: application.pages.new.draft.file == config)
    assert application.pages.new.draft.values["name"] == "demo"
    called = tr('a copy of "{name}"', name=application.pages.new.draft.copied)
    said = [called, f"{called}\n", tr("{source}, unchanged but for its name", source=called)]
    basics = application.pages.new._basics
    shown = (basics._source.placeholderText(), basics._about.text(), application.pages.new._summary.text())
    assert all(each.startswith(one) for each, one in zip(shown, said, strict=True)), "not config.yaml and its folder"


@presses.of("&Adopt")
def adopt(application: Application) -> None:
    """A copy beside its original: the engine makes it a session that can be resumed, in a folder of a fitting name."""
    copied, copy = f"{FAILED} - Copy", f"{FAILED}-copy"
    shutil.copytree(application.root / FAILED, application.root / copied)
    sessions = application.pages.sessions
    sessions.refresh()
    application.wait(lambda: sessions._model.place(copied) is not None)
    application.select(copied)
    application.press("&Adopt")
    application.wait(lambda: sessions._model.place(copy) is not None and sessions._model.place(copied) is None)
    application.wait(lambda: "japanese-maths-copy" in sessions._message.text)  # not that a session has vanished
    application.select(copy)
    application.wait(lambda: application.sees("&Resume"))
    assert store.read_state(application.root / copy).session == copy
    application.press("&OK")
    shutil.rmtree(application.root / copy)


def call(application: Application, name: str) -> None:
    """What the dialog is answered with, key by key."""
    application.wait(lambda: QApplication.activeModalWidget() is not None)
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, QInputDialog)
    line = dialog.findChild(QLineEdit)
    assert line is not None
    line.setText(name)
    QTest.keyClick(line, Qt.Key.Key_Return)
    application.wait(lambda: QApplication.activeModalWidget() is None)


@presses.of("Re&name ...")
def rename(application: Application) -> None:
    """In the list, on the page Run, in the title and in the tray; its folder keeps its own name."""
    sessions, controller = application.pages.sessions, application.controller
    before = (application.root / PAUSED / store.STATE).read_bytes()
    application.show(PAUSED)
    application.open("sessions")
    application.select(PAUSED)
    application.press("Re&name ...")
    call(application, "夜 <b>& 1")
    assert "夜 <b>& 1" in {row.title for row in sessions._model.shown}, "at once: the engine has only begun to start"
    application.wait(lambda: controller.runner.view.title == "夜 <b>& 1")
    application.wait(lambda: any(row.title == "夜 <b>& 1" for row in sessions._model.shown))
    application.wait(lambda: any("夜 <b>&& 1" in one.text() for one in controller.tray._recent.actions()))
    assert "夜 <b>& 1" in application.pages.window.windowTitle()
    application.open("run")
    assert "夜 <b>& 1" in application.pages.run._head.texts
    assert (application.root / PAUSED / store.STATE).read_bytes() == before

    application.open("sessions")
    application.select(PAUSED)
    application.pages.window.activateWindow()
    sessions._table.setFocus()
    application.wait(sessions._table.hasFocus)
    application.wait(lambda: application.sees("Re&name ..."))  # a busy machine has not answered the first name yet
    QTest.keyClick(sessions._table, Qt.Key.Key_F2)
    call(application, "")
    application.wait(lambda: controller.runner.view.title == "phi35-so8t")
    application.wait(lambda: all(row.title != "夜 <b>& 1" for row in sessions._model.shown))


@presses.of("Move to &trash", "&Keep", "Yes, &move")
def trash(application: Application) -> None:
    """The page Run, which showed it, shows another one then."""
    application.show(FAILED)
    application.select(FAILED)
    application.press("Move to &trash")
    application.press("&Keep")
    assert (application.root / FAILED).is_dir() and application.pages.sessions._message.text == ""

    application.press("Move to &trash")
    application.press("Yes, &move")
    application.wait(lambda: not (application.root / FAILED).exists())
    application.wait(lambda: application.pages.sessions._model.place(FAILED) is None)
    assert list((application.folder / "home").rglob(f"*/files/{FAILED}/config.yaml"))
    application.wait(lambda: application.controller.runner.view.session not in (FAILED, ""))


@presses.of("&Make a new session")
def first_session(application: Application) -> None:
    """In a folder without sessions; changing the folder is a setting."""
    preferences = application.controller.preferences
    preferences.put(replace(preferences.now, data_root=str(application.folder / "empty")))
    application.open("sessions")
    application.wait(lambda: application.sees("&Make a new session"))
    application.press("&Make a new session")
    assert application.page == "new"


def test_the_only_session_is_selected_by_whatever_key_moves(application: Application) -> None:
    for folder in application.root.iterdir():
        if folder.is_dir() and folder.name != PAUSED:
            shutil.rmtree(folder)
    application.open("sessions")
    sessions = application.pages.sessions
    application.wait(lambda: [row.session for row in sessions._model.shown] == [PAUSED])
    application.pages.window.activateWindow()
    sessions._table.setFocus()
    application.wait(sessions._table.hasFocus)
    for key in (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Home, Qt.Key.Key_End):
        sessions.select([])
        assert not sessions.selected
        QTest.keyClick(sessions._table, key)
        assert [row.session for row in sessions.selected] == [PAUSED]


def test_sessions_are_filtered(application: Application) -> None:
    application.select(PAUSED)
    page = application.pages.sessions
    page._filter.setText("24gb")
    assert [row.session for row in page._model.shown] == [CUT]
    page._filter.setText("nothing of this kind")
    assert page._nothing.text() == tr("No session matches the filter.") and page._nothing.isVisible()


@pytest.mark.parametrize("session", [PAUSED, CUT, FINISHED, FAILED])
def test_a_session_in_any_state_can_be_shown(application: Application, session: str) -> None:
    application.select(session)
    application.press("&Show")
    application.wait(lambda: application.controller.runner.view.session == session)
    assert application.pages.run.texts[0] == messages.name(application.controller.runner.view)


def test_sessions_are_compared_by_mouse_and_then_one_is_shown(application: Application) -> None:
    """Two lines clicked, the second with Ctrl; Compare; back; Show of another one draws its curve."""
    application.open("sessions")
    page = application.pages.sessions
    application.wait(lambda: all(page._model.place(session) is not None for session in (PAUSED, CUT, FINISHED)))

    def click(session: str, keys: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        row = page._model.place(session)
        assert row is not None
        place = page._table.visualRect(page._model.index(row, 0)).center()
        QTest.mouseClick(page._table.viewport(), Qt.MouseButton.LeftButton, keys, place)

    def press(label: str) -> None:
        [button] = [one for one in buttons_of(application.pages.window) if says(one, label) and one.isVisible()]
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)

    click(PAUSED)
    press("&Show")
    application.wait(lambda: titles(application) == [PAUSED])
    application.open("sessions")
    click(PAUSED)
    [compare] = [one for one in buttons_of(application.pages.window) if label_of(one) == tr("&Compare")]
    assert not compare.isEnabled()
    click(CUT, Qt.KeyboardModifier.ControlModifier)
    assert compare.isEnabled()
    assert {row.session for row in page.selected} == {PAUSED, CUT}
    press("&Compare")
    application.wait(lambda: len(drawn(application)) == 2 and min(drawn(application)) > 50)
    picture = application.pages.run.panel.chart.grab().toImage()
    colours = {application.pages.run.panel.chart.colour(place).rgb() for place in (0, 1)}
    seen = {picture.pixel(x, y) for x in range(picture.width()) for y in range(picture.height())}
    assert colours <= seen  # both curves are there to be seen
    press("Back to the run")
    application.wait(lambda: titles(application) == [PAUSED] and drawn(application)[0] > 50)
    application.open("sessions")
    click(FINISHED)
    press("&Show")
    application.wait(lambda: titles(application) == [FINISHED])
    application.turn_to_curves()
    application.wait(lambda: drawn(application)[0] > 20)
    assert not application.sees("Back to the run")


def test_a_comparison_that_fails_leaves_the_page_as_it_was(
    application: Application, monkeypatch: pytest.MonkeyPatch
) -> None:
    application.show(PAUSED)
    application.wait(lambda: titles(application) == [PAUSED])
    real = session_history.read
    monkeypatch.setattr(session_history, "read", lambda _: 1 / 0)
    told: list[object] = []
    monkeypatch.setattr(sys, "excepthook", lambda _kind, error, _trace: told.append(error))
    application.select(PAUSED, CUT)
    with application.qtbot.captureExceptions():
        application.press("&Compare")
        application.wait(lambda: not application.sees("Back to the run"))
    monkeypatch.setattr(session_history, "read", real)
    assert titles(application) == [PAUSED] and drawn(application)[0] > 50
    application.select(FINISHED)
    application.press("&Show")
    application.wait(lambda: titles(application) == [FINISHED])
    application.turn_to_curves()
    application.wait(lambda: drawn(application) != [0])


def test_the_right_button_and_the_menu_key_offer_what_the_buttons_do(application: Application) -> None:
    application.select(FINISHED)
    page = application.pages.sessions
    menu, table = page._actions._menu, page._table
    for reason in (QContextMenuEvent.Reason.Mouse, QContextMenuEvent.Reason.Keyboard):
        place = table.viewport().mapToGlobal(QPoint(40, 5))
        QApplication.sendEvent(table.viewport(), QContextMenuEvent(reason, QPoint(40, 5), place))
        application.wait(menu.isVisible)
        offered = [action.text() for action in menu.actions()]
        assert offered == [
            tr(label) for label in ("&Show", "Open &folder", "Open re&port", "&Verify", "&Duplicate as new",
                                    "Re&name ...", "Move to &trash")
        ]  # fmt: skip
        assert table.viewport().rect().contains(table.viewport().mapFromGlobal(menu.pos()))
        menu.close()
    application.select(PAUSED, CUT)
    page._actions.open_menu(QPoint(9, 9))
    assert [action.text() for action in menu.actions()] == [tr("&Compare"), tr("Move to &trash")]
    menu.actions()[0].trigger()
    menu.close()
    application.wait(lambda: application.page == "run" and len(drawn(application)) == 2)
