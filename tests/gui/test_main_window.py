"""What the window itself shows of a run: its icon and its title."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtGui import QIcon, QImage, QShortcut, QTextLayout
from PySide6.QtWidgets import QApplication, QLineEdit, QListWidget, QMainWindow, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from so8t_gui.desktop import icons
from so8t_gui.i18n.language import Language
from so8t_gui.i18n.translate import tr
from so8t_gui.main_window import NAVIGATION, SLIM, WIDE, MainWindow
from so8t_gui.view.notifications import by_its_name
from so8t_gui.view.state import View
from so8t_gui.view.tray_icon import Icon
from so8t_gui.widgets.panels import button


def picture(icon: QIcon) -> QImage:
    return icon.pixmap(32, 32).toImage()


@pytest.mark.parametrize(
    ("phase", "sign"),
    [("idle", "idle"), ("running", "running"), ("paused", "paused"), ("failed", "attention"), ("finished", "finished")],
)
def test_the_icon_of_the_window_is_the_sign_of_the_run(qtbot: QtBot, phase: str, sign: Icon) -> None:
    window = MainWindow()
    qtbot.addWidget(window)
    assert picture(window.windowIcon()) == picture(icons.icon("idle"))
    view = replace(View(), phase=phase)
    other = replace(View(), phase="paused" if phase != "paused" else "idle")
    window.render_view(other)
    window.render_view(view)

    assert picture(window.windowIcon()) == picture(icons.icon(sign, view.share))
    assert picture(window.windowIcon()) != picture(icons.icon("paused" if sign != "paused" else "idle", 0.0))


def test_the_title_is_the_name_of_the_session_as_it_is(qtbot: QtBot) -> None:
    window = MainWindow()
    qtbot.addWidget(window)
    window.render_view(replace(View(), session="s", title="mine [*] too"))
    assert window.windowTitle() == "mine [*][*] too - SO8T"
    window.render_view(View())
    assert window.windowTitle() == "SO8T"


@pytest.fixture
def window(qtbot: QtBot) -> MainWindow:
    made = MainWindow()
    qtbot.addWidget(made)
    for name, title in (("run", "Run"), ("new", "New"), ("hello", "")):
        made.add_page(name, title, QLineEdit)
    return made


def test_pages_are_in_the_list_in_their_order_and_one_without_a_title_is_not(window: MainWindow) -> None:
    assert window.page == ""
    rows = [window._list.item(row) for row in range(window._list.count())]
    assert [(row.text(), row.toolTip(), row.isHidden()) for row in rows] == [
        ("Run", "Run", False), ("New", "New", False), ("", "", True),
    ]  # fmt: skip
    for name in ("new", "hello", "run"):
        window.show_page(name)
        assert window.page == name and window._stack.currentWidget() is window._areas[window._names.index(name)]
    keys = {shortcut.key().toString() for shortcut in window.findChildren(QShortcut)}
    assert {"Ctrl+1", "Ctrl+2"} <= keys and "Ctrl+3" not in keys
    next(one for one in window.findChildren(QShortcut) if one.key().toString() == "Ctrl+2").activated.emit()
    assert window.page == "new"


def test_the_keys_of_a_page_that_is_not_in_the_list_are_its_main_buttons(window: MainWindow) -> None:
    """They were with the names of the pages, of which none was chosen: Enter did nothing."""
    hello = QWidget()
    row = QVBoxLayout(hello)
    for label, main in (("Other", False), ("Begin", True), ("Later", False)):
        row.addWidget(button(label, lambda: None, main=main))
    window.add_page("first", "", lambda: hello)
    window.show_page("first")
    window.show()
    focused = window.focusWidget()
    assert isinstance(focused, QPushButton) and focused.text() == "Begin"
    window._list.setFocus()
    window.show_page("run")
    assert window.focusWidget() is window._list


def test_a_sentence_stays_below_the_pages_as_long_as_it_holds(window: MainWindow) -> None:
    holds = [True]
    window.tell("warning", "The disk is full.", lambda: holds[0])
    window.render_view(View())
    assert window._message.text == "The disk is full."
    holds.clear()
    holds.append(False)
    window.render_view(View())
    assert window._message.text == ""
    window.tell("error", "A mistake.")
    window.render_view(View())
    assert window._message.text == "A mistake."
    window._message._act("close")
    assert window._message.text == ""


def test_a_sentence_that_changes_is_told_as_it_is_now_and_stands_nowhere_while_there_is_none(
    window: MainWindow,
) -> None:
    said = ["in 10 s"]
    window.tell("note", lambda: said[-1])
    for now in ("in 9 s", "", "in 7 s"):
        said.append(now)
        window.render_view(View())
        assert window._message.text == now
    said.append("")
    window.show_page("new")
    assert window._message.text == "", "another page is in front, which says it itself"
    window._forget_told()
    said.append("in 5 s")
    window.render_view(View())
    assert window._message.text == "", "it was closed"


def test_it_is_brought_up_from_where_it_was_minimised_and_keeps_its_size_while_it_is_seen(window: MainWindow) -> None:
    window.resize(9_000, 9_000)
    window.bring_up()
    screen = window.screen().availableSize()
    assert window.isVisible() and window.width() <= screen.width() and window.height() < screen.height()
    window.resize(9_000, 9_000)
    window.showMinimized()
    window.bring_up()
    assert not window.isMinimized() and window.width() == 9_000
    window.showMaximized()
    window.bring_up()
    assert window.isMaximized()


def test_closed_by_the_user_it_is_only_hidden(window: MainWindow) -> None:
    closed = list[bool]()
    window.closed.connect(lambda: closed.append(window.isVisible()))
    window.show()
    window.close()
    assert closed == [False] and window._stack.count() == 3
    wanted = list[bool]()
    window.quit_wanted.connect(lambda: wanted.append(True))
    (leave,) = window.findChildren(QPushButton)
    leave.click()
    assert wanted == [True]


def test_which_control_has_the_keys_is_known_for_pages_that_take_their_place(window: MainWindow) -> None:
    window.show()
    window.show_page("new")
    field, (leave,) = window._areas[1].widget(), window.findChildren(QPushButton)
    places = []
    for control in (window._list, leave, field):
        control.setFocus()
        places.append(window.focused)
    assert places == [(False, QListWidget, 0), (False, QPushButton, 0), (True, QLineEdit, 0)]
    for place, control in zip(places, (window._list, leave, field), strict=True):
        window.focus(place)
        assert window.focusWidget() is control
    for nowhere in ((True, QLineEdit, 7), None):
        field.setFocus()
        window.focus(nowhere)
        assert window.focusWidget() is window._list, "there is no such control"


def test_other_pages_take_the_place_of_those_that_are_shown_in_the_same_window(window: MainWindow) -> None:
    window.resize(WIDE - 1, 400)
    window.show()
    window.show_page("new")
    before, native = window._areas[1].widget(), window.winId()
    window.empty()
    window.add_page("only", "Only", QLineEdit)
    window.show_page("only")
    assert before.isVisible(), "until the others are there"
    window.present()
    window.present()
    after = window._areas[0].widget()
    assert after.isVisible() and not before.isVisible() and window.winId() == native
    assert window.page == "only" and window._side.width() == SLIM and window._list.count() == 1
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    assert not isValid(before) and isValid(after)
    keys = [shortcut.key().toString() for shortcut in window.findChildren(QShortcut)]
    assert keys.count("Ctrl+1") == 1 and keys.count("Ctrl+2") == 0


def test_the_names_of_the_pages_are_slim_in_a_slim_window(window: MainWindow) -> None:
    window.show()
    least = window.minimumSizeHint()
    for width, side in ((WIDE, NAVIGATION), (WIDE - 1, SLIM), (WIDE + 1, NAVIGATION)):
        window.resize(width, 400)
        QApplication.processEvents()
        assert window._side.width() == side and window.minimumSizeHint().width() == least.width()
    assert QMainWindow.minimumSizeHint(window).width() - least.width() == NAVIGATION - SLIM


def test_where_it_stood_and_where_its_pages_were_scrolled_to_is_taken_up_by_the_next(qtbot: QtBot) -> None:
    def tall() -> QWidget:
        page = QWidget()
        page.setMinimumHeight(2_000)
        return page

    made = []
    for _ in range(2):
        window = MainWindow()
        qtbot.addWidget(window)
        for name in ("run", "new"):
            window.add_page(name, name, tall)
        made.append(window)
    before, after = made
    before.resize(700, 500)
    before.show()
    before.show_page("run")
    before._areas[0].verticalScrollBar().setValue(70)
    assert before.places == (70, 0)
    after.put_at(before.place())
    after.show()
    after.show_page("run")
    after.scroll_to("run", before.places[0])
    assert after.size() == before.size() and after.places == (70, 0)


@pytest.mark.parametrize("language", ["en", "ja"])
@pytest.mark.parametrize("width", [640, 1_120])
def test_the_names_of_the_pages_are_whole_in_a_slim_window_too(qtbot: QtBot, language: str, width: int) -> None:
    """It said "About and d...", in Japanese "New session" without its end, or with that in a line of its own."""
    spoken = Language()
    spoken.use(language)
    try:
        made = MainWindow()
        qtbot.addWidget(made)
        titles = ("Run", "Sessions", "New session", "Settings", "About and diagnostics")
        for title in titles:
            made.add_page(title, tr(title), QWidget)
        made.resize(width, 480)
        made.show()
        QApplication.processEvents()
        for row in range(len(titles)):
            item, lines = made._list.item(row), QTextLayout(made._list.item(row).text(), made._list.font())
            room = made._list.visualItemRect(item)
            lines.beginLayout()
            height = 0.0
            while (line := lines.createLine()).isValid():
                line.setLineWidth(room.width() - 2 * 12 - 6)
                height += line.height()
                end = line.textStart() + line.textLength()
                assert end == len(item.text()) or {" ", "\u2028"} & {*item.text()[end - 1 : end + 1]}, (
                    "a word is broken"
                )
            lines.endLayout()
            assert room.height() >= height + 10 and made._list.wordWrap(), item.text()
            assert item.toolTip() == item.text().replace("\u2028", "") == tr(titles[row])
    finally:
        spoken.use("en")


def test_what_is_told_of_a_session_is_told_by_its_present_name(window: MainWindow) -> None:
    window.tell("warning", 'a: stopped\nThe data of "a" is a mess.')
    window.reword(lambda told: by_its_name(told, "a", "mine"))
    assert window._message.text == 'mine: stopped\nThe data of "mine" is a mess.'
    window.tell("note", lambda: '"a" goes on in 9 s.')
    window.reword(lambda told: by_its_name(told, "a", "mine"))
    assert window._message.text == '"a" goes on in 9 s.', "it is asked for each time"
    window._forget_told()
    window.reword(str.upper)
    assert window._message.text == ""
