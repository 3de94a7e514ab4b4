"""Lines that become more: the newest stay in sight until the user scrolls away from them, and again once back there."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QPlainTextEdit

MOST_LINES = 5_000
NEAR = 2  # lines from the end that count as being there


class LogPane(QPlainTextEdit):
    """Read, selected and copied; never written. `name`: for those who hear it."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self._text = ""
        self._place: int | None = None
        self.setReadOnly(True)
        self.setTabChangesFocus(True)
        self.setAccessibleName(name)
        self.setFrameShape(QPlainTextEdit.Shape.NoFrame)
        self.setLineWrapMode(QPlainTextEdit.LineWrapMode.WidgetWidth)
        self.setMaximumBlockCount(MOST_LINES)
        bar = self.verticalScrollBar()
        bar.rangeChanged.connect(
            self._keep_place
        )  # also where it is laid out later than it was filled: when it is shown
        bar.actionTriggered.connect(self._scrolled)

    @property
    def place(self) -> int | None:
        """Where the user has scrolled to; None: the newest line is in sight, and the next will be."""
        return self._place

    def take_up(self, place: int | None) -> None:
        """As another pane was scrolled; as soon as there are so many lines."""
        self._place = place
        self._keep_place()

    def put(self, lines: Sequence[str]) -> None:
        """These lines. Where they go on from those that are there, what is selected stays so."""
        text = "\n".join(lines)
        before, self._text = self._text, text
        if text == before:
            return
        if before and text.startswith(f"{before}\n"):
            self.appendPlainText(text[len(before) + 1 :])
        else:
            self.setPlainText("\n".join(lines[-MOST_LINES:]))
        self._keep_place()

    def _keep_place(self, *_: int) -> None:
        bar = self.verticalScrollBar()
        if not self.textCursor().hasSelection():
            bar.setValue(bar.maximum() if self._place is None else self._place)

    def _scrolled(self, *_: int) -> None:
        bar = self.verticalScrollBar()
        at = bar.sliderPosition()
        self._place = None if at >= bar.maximum() - NEAR else at
