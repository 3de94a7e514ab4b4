"""Messages on a page: each with its own buttons."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from helpers.at_rest import painted_often
from so8t_gui.widgets.panels import Banner, Card, quiet


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
