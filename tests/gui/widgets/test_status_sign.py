"""The sign beside a text: there from the first, and another one for another state."""

from __future__ import annotations

from PySide6.QtGui import QPalette
from pytestqt.qtbot import QtBot

from so8t_gui.desktop import theme
from so8t_gui.widgets.status_sign import StatusSign


def test_a_sign_is_seen_and_is_another_for_another_state(qtbot: QtBot) -> None:
    sign = StatusSign("finished", 16)
    qtbot.addWidget(sign)
    good = sign.pixmap().toImage()
    sign.put("failed")

    assert not good.isNull() and good != sign.pixmap().toImage()


def test_a_sign_is_painted_anew_in_the_colours_of_another_theme(qtbot: QtBot) -> None:
    sign = StatusSign("finished", 16)
    qtbot.addWidget(sign)
    for dark in (True, False):
        sign.setPalette(QPalette(theme.palette(dark)))
        own = StatusSign("finished", 16)
        qtbot.addWidget(own)
        own.setPalette(QPalette(theme.palette(dark)))
        own.put("finished")
        assert sign.pixmap().toImage() == own.pixmap().toImage()
