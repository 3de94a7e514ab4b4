"""The one label of the window: what it shows is text, whoever wrote it.

Qt's own label takes a text with a tag in it for HTML, and opens the pictures that it names, local ones and those of
other machines. No page needs HTML, so no other label is made anywhere (a test looks); labels that Qt makes itself, of
tool tips and message boxes, are held to the same by desktop/theme.py.
"""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from so8t_engine.plain_text import plain
from so8t_engine.sentences import LONGEST_TEXT


class Label(QLabel):
    """A QLabel of plain text, in lines where its text has them."""

    def __init__(self, text: str = "") -> None:
        super().__init__()
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setText(text)

    def setText(self, text: str) -> None:
        super().setText(plain(text, most=LONGEST_TEXT, lines=True))
