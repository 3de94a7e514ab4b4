"""Messages on a page: each with its own buttons."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage, QPainter, QPalette
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QStyle,
    QStyleOptionButton,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)
from pytestqt.qtbot import QtBot

from gui.test_screenshots import contrast
from helpers.at_rest import painted_often
from so8t_gui.desktop import theme
from so8t_gui.widgets.panels import Banner, Card, button, quiet, tab_in_order, without_letter


def test_another_message_has_its_own_buttons_and_none_of_the_one_before(qtbot: QtBot) -> None:
    pressed = list[str]()
    banner = Banner()
    qtbot.addWidget(banner)
    banner.say("warning", "The disk is full.", wait=("&Wait", lambda: pressed.append("wait")))
    banner.say("error", "It stopped.", again=("&Resume", lambda: pressed.append("again")))
    seen = [button for button in banner.findChildren(QPushButton) if not button.isHidden()]

    assert [button.text() for button in seen] == ["Resume"]  # messages have no letters
    seen[0].click()
    assert pressed == ["again"]


@pytest.mark.parametrize("text", ["Short.", "Words that go on. " * 30, "one\ntwo", "長い文章です。" * 20])
@pytest.mark.parametrize(("width", "narrow"), [(900, False), (300, False), (300, True)])
def test_a_message_that_stands_there_is_not_painted_again_and_again(
    qtbot: QtBot, text: str, width: int, narrow: bool
) -> None:
    """It took a core as long as it was seen: whoever asks a label whose text can be selected how high it must be, has
    it painted, and it asked while it was being painted."""
    page, banner = QWidget(), Banner(narrow)
    qtbot.addWidget(page)
    column = QVBoxLayout(page)
    column.addWidget(banner)
    column.addStretch(1)
    banner.say("warning", text, close=("&OK", lambda: None))
    page.resize(width, 400)
    page.show()
    qtbot.waitUntil(lambda: not painted_often())


def test_a_card_is_no_higher_than_it_must_be_when_its_last_wrapped_text_has_gone(qtbot: QtBot) -> None:
    """Its title stood in the middle of a gap."""
    page = QWidget()
    qtbot.addWidget(page)
    card, line, row, inner = Card("Title"), quiet("A line that is there for a while. " * 9), QWidget(), QVBoxLayout()
    column = QVBoxLayout(page)
    row.setLayout(inner)
    inner.addWidget(line)
    card.body.addWidget(row)
    column.addWidget(card)
    column.addStretch(1)
    page.resize(400, 500)
    page.show()
    with_line = card.height()
    line.hide()
    for _ in range(5):
        QApplication.processEvents()
    assert card.height() <= with_line - line.heightForWidth(row.width())


def test_esc_says_no_to_a_question_and_to_nothing_else(qtbot: QtBot) -> None:
    banner, said = Banner(), list[str]()
    qtbot.addWidget(banner)
    banner.show()
    banner.say("warning", "Away with it?", no=("&No", lambda: said.append("no")), yes=("&Yes", lambda: None))
    assert banner._escape.isEnabled()
    assert [one.text() for one in banner.findChildren(QPushButton)] == ["&No", "&Yes"], "a question has letters"
    banner._escape.activated.emit()
    assert said == ["no"]
    banner.say("note", "It is away.", close=("&OK", lambda: None))
    assert not banner._escape.isEnabled()


def test_the_same_message_keeps_its_buttons_which_do_what_was_said_last(qtbot: QtBot) -> None:
    banner, done = Banner(), list[str]()
    qtbot.addWidget(banner)
    banner.say("warning", "The disk is full.", again=("&Again", lambda: done.append("first")))
    (made,) = banner.findChildren(QPushButton)
    banner.say("warning", "The disk is full.", again=("&Again", lambda: done.append("second")))
    assert banner.findChildren(QPushButton) == [made]
    made.click()
    assert done == ["second"]
    for change in (("error", "The disk is full.", "&Again"), ("error", "It is full.", "&Again"),
                   ("error", "It is full.", "&Once more")):  # fmt: skip
        level, text, label = change
        before = [one for one in banner.findChildren(QPushButton) if not one.isHidden()]
        banner.say(level, text, again=(label, lambda: None))
        after = [one for one in banner.findChildren(QPushButton) if not one.isHidden()]
        assert after != before and (banner._level, banner.text) == (level, text)
        assert banner._text.accessibleName() == text
    banner.quieten()
    assert banner.text == "" and banner.isHidden()
    assert not [one for one in banner.findChildren(QPushButton) if not one.isHidden()]
    banner.say("note", "")
    assert banner.isHidden()


def test_a_message_that_counts_on_keeps_its_buttons_and_a_question_does_not(qtbot: QtBot) -> None:
    """Cancel, held down while a second went by, cancelled nothing."""
    banner = Banner()
    qtbot.addWidget(banner)
    for button_name, kept in (("cancel", True), ("no", False)):
        for left in (10, 9):
            banner.say("note", f"It goes on in {left} s.", **{button_name: ("Leave it", lambda: None)})
            if left == 10:
                (made,) = (one for one in banner.findChildren(QPushButton) if not one.isHidden())
        (now,) = (one for one in banner.findChildren(QPushButton) if not one.isHidden())
        assert (now is made) is kept
        assert banner.text == banner._text.accessibleName() == "It goes on in 9 s."


def test_a_message_is_told_by_the_new_name_of_what_it_names(qtbot: QtBot) -> None:
    banner = Banner()
    qtbot.addWidget(banner)
    banner.say("note", '"a" stopped.', close=("&OK", lambda: None))
    (made,) = banner.findChildren(QPushButton)
    for before, now in (("", "x"), ('"b"', '"c"')):
        banner.reword(before, now)
        assert banner.text == '"a" stopped.'
    banner.reword('"a"', '"mine"')
    assert banner.text == banner._text.accessibleName() == '"mine" stopped.'
    assert banner.findChildren(QPushButton) == [made]


@pytest.mark.parametrize(
    ("label", "told"),
    [("&OK", "OK"), ("Sa&ve", "Save"), ("保存(&S)", "保存"), ("保存 (&S)", "保存"), ("A && B", "A && B")],
)  # fmt: skip
def test_a_label_without_its_letter_is_the_word(label: str, told: str) -> None:
    assert without_letter(label) == told


def test_a_button_is_named_by_its_words_and_one_of_a_page_is_the_main_one(qtbot: QtBot) -> None:
    pressed = list[bool]()
    for main in (False, True):
        made = button("Sa&ve now", lambda: pressed.append(True), main=main, about="Before you leave")
        qtbot.addWidget(made)
        assert (made.accessibleName(), made.toolTip(), made.autoDefault()) == ("Save now", "Before you leave", False)
        assert made.isDefault() is main and bool(made.property("main")) is main and bool(made.styleSheet()) is main
        made.click()
    assert pressed == [True, True]


def tabbed(qtbot: QtBot, page: QWidget, first: QWidget, count: int) -> list[QWidget | None]:
    """What has the keys, from `first` on, after each Tab."""
    page.show()
    page.activateWindow()
    first.setFocus()
    stops = list[QWidget | None]()
    for _ in range(count):
        stops.append(page.focusWidget())
        qtbot.keyClick(page.focusWidget(), Qt.Key.Key_Tab)
    return stops


def test_tab_goes_down_a_page_also_to_what_was_made_later(qtbot: QtBot) -> None:
    page = QWidget()
    qtbot.addWidget(page)
    last, inside, first = QLineEdit(), QLineEdit(), QLineEdit()
    column, row, tabs, area = QVBoxLayout(page), QHBoxLayout(), QTabWidget(), QScrollArea()
    box, by_mouse = QComboBox(), QPushButton()
    by_mouse.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
    for part in (last, inside, first, tabs, area, box, by_mouse):
        part.setParent(page)  # in the order in which they were made
    for part in (first, by_mouse):
        row.addWidget(part)
    area.setWidget(inside)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    tabs.addTab(area, "one")
    column.addLayout(row)
    for part in (tabs, box, last):
        column.addWidget(part)
    tab_in_order(page)
    assert tabbed(qtbot, page, first, 5) == [first, tabs.tabBar(), inside, box, last]


def test_the_buttons_of_a_message_are_reached_after_what_stands_before_it(qtbot: QtBot) -> None:
    page = QWidget()
    qtbot.addWidget(page)
    column, first, banner, last = QVBoxLayout(page), QLineEdit(), Banner(), QLineEdit()
    for part in (first, banner, last):
        column.addWidget(part)
    page.show()
    banner.say("note", "It is away.", close=("&OK", lambda: None))
    (ok,) = banner.findChildren(QPushButton)
    assert tabbed(qtbot, page, first, 3) == [first, ok, last]


@pytest.mark.parametrize("dark", [False, True])
def test_the_main_button_can_be_read_under_the_mouse_as_well(qapp: QApplication, qtbot: QtBot, dark: bool) -> None:
    """Its ground was the colour of links: 2.3 to one."""
    theme.apply(qapp, "dark" if dark else "light")
    made = button("Go", lambda: None, main=True)
    qtbot.addWidget(made)
    made.show()
    option, picture = QStyleOptionButton(), QImage(made.size(), QImage.Format.Format_RGB32)
    for over in (QStyle.StateFlag.State_None, QStyle.StateFlag.State_MouseOver):
        made.initStyleOption(option)
        option.state |= over
        painter = QPainter(picture)
        made.style().drawControl(QStyle.ControlElement.CE_PushButton, option, painter, made)
        painter.end()
        ground = picture.pixelColor(10, made.height() // 2)
        assert contrast(ground, made.palette().color(QPalette.ColorRole.HighlightedText)) >= 4.5
    theme.apply(qapp, "light")
