"""The sign beside a text: there from the first, and another one for another state."""

from __future__ import annotations

from pytestqt.qtbot import QtBot

from so8t_gui.widgets.status_sign import StatusSign


def test_a_sign_is_seen_and_is_another_for_another_state(qtbot: QtBot) -> None:
    sign = StatusSign("finished", 16)
    qtbot.addWidget(sign)
    good = sign.pixmap().toImage()
    sign.put("failed")

    assert not good.isNull() and good != sign.pixmap().toImage()
