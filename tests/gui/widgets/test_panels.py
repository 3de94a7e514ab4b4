"""Messages on a page: each with its own buttons."""

from __future__ import annotations

from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from so8t_gui.widgets.panels import Banner


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
