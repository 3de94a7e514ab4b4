"""A text in a slim column: of a word that is wider than it (a key, a path) nothing is cut off, it goes on below."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from PySide6.QtGui import QResizeEvent

from so8t_gui.widgets.label import Label

WORD = re.compile(r"[!-~]{8,}")  # Qt breaks other scripts by itself
SIGNS = "./\\_-:,;=?&"  # a word is best broken behind one of these


def broken(text: str, room: int, width: Callable[[str], int]) -> str:
    """`text` with line breaks inside words wider than `room`; `width` measures."""
    return WORD.sub(lambda found: "\n".join(_pieces(found[0], room, width)), text)


def _pieces(word: str, room: int, width: Callable[[str], int]) -> Iterator[str]:
    while width(word) > room and len(word) > 1:
        most = max((n for n in range(1, len(word)) if width(word[:n]) <= room), default=1)
        sign = max(word.rfind(sign, 0, most) for sign in SIGNS) + 1
        yield word[: sign or most]
        word = word[sign or most :]
    yield word


class BreakingLabel(Label):
    """Has state: the text as it was given, `whole`; `text()` is that with its breaks."""

    def __init__(self, text: str = "") -> None:
        self._whole = ""
        super().__init__(text)

    @property
    def whole(self) -> str:
        return self._whole

    def setText(self, text: str) -> None:
        super().setText(text)
        self._whole = self.text()
        self._break()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._break()

    def _break(self) -> None:
        room = self.contentsRect().width()
        shown = broken(self._whole, room, self.fontMetrics().horizontalAdvance) if room > 1 else self._whole
        if shown != self.text():
            super().setText(shown)
