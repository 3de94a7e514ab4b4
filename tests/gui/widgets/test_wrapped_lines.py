"""An error below a field: nothing of it is cut off, whatever the width."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from gui.widgets.test_one_line import inked
from so8t_gui.widgets.wrapped_lines import WrappedLines

WORDS = "must be 1 to 40 small letters, digits and -, beginning with a letter or digit"


@pytest.mark.parametrize("text", [WORDS, "英小文字、数字、- を使い、英小文字か数字で始めてください" * 2, "x" * 90])
def test_it_takes_the_lines_it_needs_at_each_width(qtbot: QtBot, text: str) -> None:
    lines = WrappedLines()
    qtbot.addWidget(lines)
    kept = lines.sizeHint().height()
    assert lines.hasHeightForWidth() and lines.heightForWidth(100) == kept == lines.minimumSizeHint().height()
    lines.setText(text)
    assert lines._laid(lines.text_width + 2)[0].lineCount() == 1
    for width in (lines.text_width // 2, lines.text_width // 5):
        laid, high = lines._laid(width)
        rows = laid.lineCount()
        assert rows >= lines.text_width // width and lines.heightForWidth(width) == high
        assert laid.boundingRect().height() <= high >= rows * lines.fontMetrics().height()
        assert max(laid.lineAt(row).naturalTextWidth() for row in range(rows)) <= width
        assert sum(laid.lineAt(row).textLength() for row in range(rows)) == len(text)


def test_the_last_line_is_painted_within_its_margins_in_the_colour_of_an_error(qtbot: QtBot) -> None:
    lines = WrappedLines()
    qtbot.addWidget(lines)
    lines.setText(WORDS)
    bare = lines.heightForWidth(160)
    lines.setContentsMargins(30, 7, 10, 5)
    assert lines.heightForWidth(200) == bare + 7 + 5
    lines.setContentsMargins(30, 0, 10, 0)
    lines.setText(WORDS)
    lines.resize(200, lines.heightForWidth(200))
    high = lines.fontMetrics().height()
    first, last = inked(lines)
    assert 30 <= first <= 33 and last < 190
    image = lines.grab().toImage()
    rows = [
        {image.pixelColor(x, y).name() for x in range(200) for y in range(top, top + high)}
        for top in range(0, lines.height(), high)
    ]
    assert len(rows) > 2 and all(len(colours) > 1 for colours in rows)
    assert lines.ink.name() in set().union(*rows)
