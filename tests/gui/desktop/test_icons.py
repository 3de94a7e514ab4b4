"""The icon of the tray is seen on light panels as on dark ones: light and dark are both its own."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QApplication

from so8t_gui.desktop import icons
from so8t_gui.view.tray_icon import Icon


@pytest.mark.parametrize(
    ("state", "place"), [("idle", QPoint(16, 16)), ("attention", QPoint(11, 24)), ("paused", QPoint(16, 16))]
)
def test_each_figure_stands_on_a_dark_ground_of_the_icons_own(qapp: QApplication, state: Icon, place: QPoint) -> None:
    drawn = icons.pixmap(state, 0.0, 32).toImage()

    assert drawn.pixelColor(place).name() == icons.DISC and drawn.pixelColor(0, 0).alpha() == 0
