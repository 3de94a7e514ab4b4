"""Signs of states and levels: told apart by their shape alone, and drawn whole."""

from __future__ import annotations

from itertools import combinations

import pytest
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QApplication

from so8t_gui.widgets import status_icons

SHAPES = {"failed": "warning", "finished": "ok", "damaged": "error"}  # a state that has the shape of a level
FILLED = {  # share of the square that its shape takes
    "running": (0.17, 0.21), "paused": (0.25, 0.30), "warning": (0.34, 0.38), "cut": (0.14, 0.19), "ok": (0.42, 0.46),
    "error": (0.48, 0.53), "newer": (0.42, 0.46), "note": (0.42, 0.46), "new": (0.17, 0.25),
}  # fmt: skip


def picture(name: str) -> QImage:
    """In black, what stands on it in white."""
    return status_icons._pixmap(160, name, QColor("black"), QColor("white")).toImage()


def pixels(image: QImage) -> list[tuple[int, int]]:
    """(opacity, lightness) in a grid of 40 by 40."""
    spots = [(2 + 4 * column, 2 + 4 * row) for row in range(40) for column in range(40)]
    return [(colour.alpha(), colour.lightness()) for colour in (image.pixelColor(*spot) for spot in spots)]


def test_each_shape_is_drawn_whole_and_differs_from_all_others(qapp: QApplication) -> None:
    drawn = {name: pixels(picture(name)) for name in status_icons.HUES}
    for level, state in SHAPES.items():
        assert drawn[level] == drawn[state]
    shapes = {name: spots for name, spots in drawn.items() if name not in SHAPES}
    assert shapes.keys() == FILLED.keys()
    for name, spots in shapes.items():
        low, high = FILLED[name]
        assert low < sum(alpha > 127 for alpha, _ in spots) / len(spots) < high, name
    for one, other in combinations(shapes, 2):
        differing = sum(mine != theirs for mine, theirs in zip(shapes[one], shapes[other], strict=True))
        assert differing > 40, (one, other)


@pytest.mark.parametrize("name", ["failed", "finished", "damaged", "newer", "note"])
def test_what_stands_on_a_filled_shape_is_seen(qapp: QApplication, name: str) -> None:
    light = sum(alpha > 127 and lightness > 127 for alpha, lightness in pixels(picture(name)))
    assert 0.02 < light / 1_600 < 0.15
