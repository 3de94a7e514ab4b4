"""A line that is kept for a text: as high with it as without, never wider than its place."""

from __future__ import annotations

from PySide6.QtGui import QColor
from pytestqt.qtbot import QtBot

from so8t_gui.widgets.one_line import OneLine


def inked(line: OneLine) -> tuple[int, int]:
    """The first and the last column in which something is written."""
    image = line.grab().toImage()
    ground = image.pixelColor(0, 0)
    used = [
        x for x in range(image.width()) if any(image.pixelColor(x, y) != ground for y in range(image.height()))
    ]  # fmt: skip
    return (used[0], used[-1]) if used else (0, 0)


def test_its_height_is_kept_and_a_long_text_ends_in_dots_within_its_place(qtbot: QtBot) -> None:
    line = OneLine()
    qtbot.addWidget(line)
    line.resize(120, line.sizeHint().height())
    line.setContentsMargins(30, 0, 10, 0)
    line.show()
    empty = line.minimumSizeHint()
    assert inked(line) == (0, 0) and empty.height() >= line.fontMetrics().height() and empty.width() == 0
    line.setText("Much too long.\n" * 20)
    assert line.minimumSizeHint() == empty and line.sizeHint().height() == empty.height()
    assert line.sizeHint().width() > line.fontMetrics().horizontalAdvance("Much too long." * 19)
    first, last = inked(line)
    assert 30 <= first <= 33 and 95 <= last < 110
    assert line.toolTip().startswith("Much too long.\nMuch") and line.accessibleName() == line.text()
    line.setText("")
    assert (line.toolTip(), line.accessibleName(), inked(line)) == ("", "", (0, 0))


def test_it_is_written_in_the_colour_of_its_level(qtbot: QtBot) -> None:
    line = OneLine("warning")
    qtbot.addWidget(line)
    line.resize(200, 20)
    line.setText("MMMM")
    image = line.grab().toImage()
    colours = {image.pixelColor(x, y).name() for x in range(image.width()) for y in range(image.height())}
    assert QColor(line.ink).name() in colours and line.ink != OneLine().ink
