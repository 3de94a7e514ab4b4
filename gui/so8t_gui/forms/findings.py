"""What the engine says about a configuration and this machine: one sentence each, the serious ones first."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from so8t_gui.i18n.engine_sentences import spoken
from so8t_gui.i18n.translate import tr
from so8t_gui.view.messages import whole
from so8t_gui.widgets.panels import Sentence, heading, quiet

LEVELS = ("error", "warning", "ok")
Keys = tuple[str, ...]


class Verdict(QWidget):
    """What the last check of a draft found: `problems` of keys, and whether the machine is `unfit` for the rest."""

    def __init__(self, open_row: Callable[[Keys], None]) -> None:
        super().__init__()
        self.problems: tuple[tuple[Keys, str], ...] = ()
        self.unfit = False
        self._open_row = open_row
        self._words = quiet()
        self._findings = Findings()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        column.addWidget(heading(tr("Check"), 1.15))
        column.addWidget(self._words)
        column.addWidget(self._findings, 1)

    @property
    def sentences(self) -> tuple[str, ...]:
        return self._findings.sentences

    def wait(self) -> None:
        """The engine is looking; what it found before stays in sight."""
        self._words.setText(tr("Checking ..."))

    def fail(self, sentence: str) -> None:
        """No verdict; the engine looks again before it starts."""
        self.problems, self.unfit = (), False
        self._words.setText("")
        self._findings.put([{"level": "error", "what": sentence}])

    def put(self, answer: Mapping[str, Any]) -> None:
        """`problems` (key, sentence) and `findings` of the engine's check."""
        self.problems = tuple(
            (tuple(str(one["key"]).split(".")), spoken(str(one["sentence"]))) for one in answer.get("problems", [])
        )
        found = list(answer.get("findings", []))
        self.unfit = any(one.get("level") == "error" for one in found)
        errors = len(self.problems) + sum(one.get("level") == "error" for one in found)
        warnings = sum(one.get("level") == "warning" for one in found)
        go = {
            place: (tr("Show"), lambda path=path: self._open_row(path)) for place, (path, _) in enumerate(self.problems)
        }
        listed = [{"level": "error", "what": f"{'.'.join(path)}: {words}"} for path, words in self.problems]
        self._findings.put([*listed, *found], go)
        if errors:
            self._words.setText(tr("To correct before it can run: {n}", n=errors))
        elif warnings:
            self._words.setText(tr("It can run. To know before: {n}", n=warnings))
        else:
            self._words.setText(tr("Everything fits."))


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
            text = whole(one)
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
