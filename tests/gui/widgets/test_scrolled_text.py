"""A text in a frame of a few lines, before anybody has laid it out."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from so8t_gui.widgets.label import Label
from so8t_gui.widgets.scrolled_text import MOST_LINES, ScrolledText


@pytest.mark.parametrize(("lines", "high", "focus"), [(1, 1, "NoFocus"), (30, MOST_LINES, "StrongFocus")])
def test_it_is_as_high_as_its_text_from_the_first_and_keys_reach_what_scrolls(
    qtbot: QtBot, lines: int, high: int, focus: str
) -> None:
    text = ScrolledText(Label("\n".join(["one line"] * lines)))
    qtbot.addWidget(text)
    line = text.fontMetrics().lineSpacing()
    assert text.hasHeightForWidth() and text.sizeHint().height() == text.heightForWidth(300) == text.height()
    assert high * line <= text.height() < (high + 1) * line
    assert text.minimumSizeHint().height() == line and text.focusPolicy() == Qt.FocusPolicy[focus]
