"""The result of a run: the verdict with its intervals, what it took, and three questions with both answers."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from so8t_engine.sentences import sentence
from so8t_gui.i18n.translate import say, tr
from so8t_gui.result import answer_text, verdict
from so8t_gui.result.answer_view import AnswerView, FoldedSection, Said
from so8t_gui.result.report_file import AnsweredQuestion, RunResult
from so8t_gui.result.right_shares import RightShares
from so8t_gui.widgets.focus_outline import FocusOutline
from so8t_gui.widgets.label import Label
from so8t_gui.widgets.panels import Card, heading, quiet
from so8t_gui.widgets.status_sign import StatusSign

REFUSAL = "a refusal"  # as the report has it where a question should be refused
SIGNS = {"won": "ok", "lost": "warning", "right": "finished", "wrong": "new", "unknown": "new"}


class ResultPanel(QScrollArea):
    """`put(result)`, and `took(seconds)` of work, as far as that is known."""

    def __init__(self) -> None:
        super().__init__()
        self._result = RunResult()
        self._seconds: float | None = None
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(tr("Result"))
        FocusOutline(self)
        self._sign = StatusSign("note", 24)
        self._verdict = heading("", 1.25)
        self._verdict.setWordWrap(True)
        self._shares, self._learning, self._survived, self._file = RightShares(), Label(), quiet(), quiet()
        self._lost = Label()
        for text in (self._learning, self._lost):
            text.setWordWrap(True)
        top = QHBoxLayout()
        top.setSpacing(12)
        top.addWidget(self._sign, 0, Qt.AlignmentFlag.AlignTop)
        top.addWidget(self._verdict, 1)
        card = Card()
        card.body.addLayout(top)
        for part in (self._lost, self._shares, self._learning, self._survived, self._file):
            card.body.addWidget(part)
        self._heading = heading(tr("Questions it had never seen"), 1.08)
        self.cards: list[Card] = []
        inside = QWidget()
        self._column = QVBoxLayout(inside)
        self._column.setContentsMargins(0, 0, 8, 0)
        self._column.setSpacing(10)
        self._column.addWidget(card)
        self._column.addWidget(self._heading)
        self._column.addStretch(1)
        self.setWidget(inside)
        self.viewport().setAutoFillBackground(False)
        inside.setAutoFillBackground(False)
        self.put(RunResult())

    @property
    def texts(self) -> list[str]:
        """What it says above the examples."""
        parts = (self._verdict, self._learning, self._survived, self._file, self._lost)
        return [part.text() for part in parts]

    def took(self, seconds: float | None) -> None:
        if seconds != self._seconds:
            self._seconds = seconds
            self._survived.setText(verdict.survived(self._result, seconds))

    def put(self, result: RunResult) -> None:
        self._result = result
        self._verdict.setText(verdict.verdict(result))
        self._verdict.setAccessibleName(self._verdict.text())
        self._lost.setText(verdict.lost(result))
        self._lost.setVisible(bool(result.lost))
        self._shares.put([(verdict.column_name(share, result), share) for share in result.shares])
        self._learning.setText(verdict.learning(result))
        self._learning.setVisible(bool(self._learning.text()))
        self._survived.setText(verdict.survived(result, self._seconds))
        self._file.setText(verdict.advised(result))
        self._file.setVisible(bool(result.files.advised))
        for card in self.cards:
            self._column.removeWidget(card)
            card.deleteLater()
        names = [verdict.column_of(which, result) for which in ("base", "tuned")]
        self.cards = [example_card(example, names) for example in result.examples]
        for place, card in enumerate(self.cards):
            self._column.insertWidget(2 + place, card)
        self._heading.setVisible(bool(self.cards))
        self._sign.put(verdict.level(result))
        self.verticalScrollBar().setValue(0)

    def open_first(self) -> None:
        """All sections of the first example."""
        for lid in self.cards[0].findChildren(FoldedSection):
            lid.setChecked(lid.isEnabled())

    def sizeHint(self) -> QSize:
        return QSize(640, 320)

    def minimumSizeHint(self) -> QSize:
        return QSize(260, 160)


def example_card(example: AnsweredQuestion, names: Sequence[str]) -> Card:
    """The question, and side by side what base and tuned model said to it."""
    card = Card()
    top = QHBoxLayout()
    top.addWidget(StatusSign(SIGNS[example.kind], 16), 0, Qt.AlignmentFlag.AlignTop)
    top.addWidget(heading(verdict.example_kind(example), 1.0), 1)
    card.body.addLayout(top)
    card.body.addWidget(Said(example.prompt))
    if example.kind != "unknown":
        gold = tr("a refusal") if example.gold == REFUSAL else example.gold
        card.body.addWidget(quiet(tr("Expected: {gold}", gold=gold)))
    sides = QHBoxLayout()
    sides.setSpacing(18)
    for title, said in zip(names, (example.base, example.tuned), strict=True):
        side = QVBoxLayout()
        side.setSpacing(4)  # not that of the row it stands in
        name = quiet(title)
        name.setWordWrap(False)
        side.addWidget(name)
        if said.strip():
            view = AnswerView()
            view.put(answer_text.parts(said))
            side.addWidget(view, 1)
        else:
            side.addWidget(quiet(say(sentence("report.nothing_said"))), 1, Qt.AlignmentFlag.AlignTop)
        sides.addLayout(side, 1)
    card.body.addLayout(sides)
    return card
