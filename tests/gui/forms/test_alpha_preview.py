"""The small plot of alpha beside its keys."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from so8t_gui.forms.alpha_preview import AlphaPreview


def test_the_curve_has_room_of_its_own_however_little_there_is(qtbot: QtBot) -> None:
    page, preview = QWidget(), AlphaPreview()
    QVBoxLayout(page).addWidget(preview)
    qtbot.addWidget(page)
    page.resize(300, 50)
    page.show()
    assert preview.height() == 9 * preview.fontMetrics().height()
