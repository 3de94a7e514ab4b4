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


def test_a_warning_is_a_triangle_and_all_else_a_disc(qapp: QApplication) -> None:
    corner = QPoint(6, 7)
    seen = {state: icons.pixmap(state, 0.0, 32).toImage().pixelColor(corner).alpha() > 0 for state in icons.COLOURS}

    assert seen == {state: state != "attention" for state in icons.COLOURS}


@pytest.mark.parametrize(
    ("state", "place"),
    [
        ("idle", QPoint(16, 6)), ("running", QPoint(16, 16)), ("paused", QPoint(12, 16)), ("paused", QPoint(20, 16)),
        ("attention", QPoint(16, 15)), ("attention", QPoint(16, 25)), ("finished", QPoint(14, 21)),
    ],
)  # fmt: skip
def test_each_figure_is_drawn_in_the_colour_of_its_state(qapp: QApplication, state: Icon, place: QPoint) -> None:
    assert icons.pixmap(state, 0.0, 32).toImage().pixelColor(place).name() == icons.COLOURS[state]
