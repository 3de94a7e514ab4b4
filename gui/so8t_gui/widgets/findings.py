"""What the engine says about a configuration and this machine: one sentence each, the serious ones first."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from so8t_gui.widgets.panels import Sentence
from so8t_gui.words import tr

LEVELS = ("error", "warning", "ok")


class Findings(QScrollArea):
    """A column of sentences. `put` takes the engine's findings (level, what, why, change)."""

    def __init__(self) -> None:
        super().__init__()
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(tr("Findings of the check"))
        self._words: tuple[str, ...] = ()

    @property
    def sentences(self) -> tuple[str, ...]:
        return self._words

    def put(
        self, found: Sequence[Mapping[str, Any]], go_to: Mapping[int, tuple[str, Callable[[], None]]] | None = None
    ) -> None:
        """`go_to`: for findings by their place, the words of a button and what it does."""
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, 0, 6, 0)
        column.setSpacing(8)
        ranked = sorted(enumerate(found), key=lambda pair: _rank(pair[1]))
        words = []
        for place, one in ranked:
            text = " ".join(str(one[key]) for key in ("what", "why", "change") if one.get(key))
            sentence = Sentence()
            extra = {"go": go_to[place]} if go_to and place in go_to else {}
            sentence.say(str(one.get("level", "note")), text, **extra)
            column.addWidget(sentence)
            words.append(text)
        column.addStretch(1)
        self._words = tuple(words)
        self.setWidget(inner)
        self.setAccessibleDescription("\n".join(words))


def _rank(finding: Mapping[str, Any]) -> int:
    level = finding.get("level")
    return LEVELS.index(level) if level in LEVELS else len(LEVELS)
