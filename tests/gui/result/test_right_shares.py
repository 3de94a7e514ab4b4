"""The right answers of each column as they are drawn: how far the interval reaches, and which column has the colour."""

from __future__ import annotations

from PySide6.QtGui import QColor, QImage, QPalette
from pytestqt.qtbot import QtBot

from so8t_gui.result.report_file import RightShare
from so8t_gui.result.right_shares import RightShares
from so8t_gui.result.verdict import share_with_interval


def drawn(qtbot: QtBot, *shares: RightShare) -> tuple[QImage, QPalette]:
    widget = RightShares()
    qtbot.addWidget(widget)
    widget.put([("column", share) for share in shares])
    widget.resize(widget.sizeHint())
    return widget.grab().toImage(), widget.palette()


def pixels(picture: QImage, colour: QColor) -> int:
    """How many are of this colour, to the last bit or two."""
    wanted = colour.getRgb()[:3]
    every = (picture.pixelColor(x, y).getRgb() for x in range(picture.width()) for y in range(picture.height()))
    return sum(all(abs(one - other) < 3 for one, other in zip(rgb, wanted, strict=False)) for rgb in every)


def test_the_interval_is_as_wide_as_it_is_and_the_last_column_alone_has_the_colour(qtbot: QtBot) -> None:
    narrow, wide = RightShare("tuned", 0.5, 0.4, 0.6), RightShare("tuned", 0.5, 0.1, 0.9)
    ink, ground = drawn(qtbot, wide)[1].highlight().color(), drawn(qtbot, wide)[1].window().color()
    pale = QColor(*[(one + other) // 2 for one, other in zip(ink.getRgb()[:3], ground.getRgb()[:3], strict=True)])
    of_one, of_two = drawn(qtbot, wide)[0], drawn(qtbot, narrow, wide)[0]

    assert pixels(of_one, pale) > 3 * pixels(drawn(qtbot, narrow)[0], pale) > 0
    assert pixels(of_two, ink) == pixels(of_one, ink) > 0
    assert pixels(of_two, pale) == pixels(of_one, pale)


def test_it_is_told_in_words_and_as_high_as_it_has_rows(qtbot: QtBot) -> None:
    widget = RightShares()
    qtbot.addWidget(widget)
    rows = [("Base model", RightShare("base", 0.4, 0.3, 0.5)), ("After PPO", RightShare("tuned", 0.6, 0.5, 0.7))]
    heights = list[int]()
    for count in (0, 1, 2):
        widget.put(rows[:count])
        assert widget.isHidden() is (count == 0)
        heights.append(widget.sizeHint().height())
        assert widget.minimumSizeHint().height() == heights[-1]
    assert heights[2] - heights[1] == heights[1] - heights[0] >= widget.fontMetrics().height()
    said = [share_with_interval(share) for _, share in rows]
    assert widget.accessibleName() == f"Base model: {said[0]}; After PPO: {said[1]}"
