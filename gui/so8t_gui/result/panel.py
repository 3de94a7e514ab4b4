"""The result of a run: the verdict with its intervals, what it took, and questions with both answers."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from so8t_engine.sentences import sentence
from so8t_gui.i18n.translate import say, tr
from so8t_gui.result import answer_text, verdict
from so8t_gui.result.answer_view import AnswerView, FoldedSection, Said
from so8t_gui.result.report_file import AnsweredQuestion, RunResult
from so8t_gui.result.right_shares import RightShares
from so8t_gui.widgets.flow_layout import FlowLayout
from so8t_gui.widgets.focus_outline import CLEAR, FocusOutline
from so8t_gui.widgets.label import Label
from so8t_gui.widgets.panels import Card, button, heading, quiet, tab_in_order
from so8t_gui.widgets.status_sign import StatusSign

EXPECTED = {"a refusal": "report.a_refusal", "an answer": "report.an_answer"}  # graded by whether it was refused alone
FEW = 3  # questions that are seen at once
SIGNS = {"won": "ok", "lost": "warning", "right": "finished", "wrong": "new", "unknown": "new"}


class ResultPanel(QScrollArea):
    """`put(result)`, and `took(seconds)` of work, as far as that is known. A few of its questions are seen until
    all are wanted.
    """

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
        self._lost, self._formed, self._not_asked, self._advice = Label(), Label(), Label(), Label()
        self._troubles = Label()
        for text in (self._learning, self._lost, self._troubles, self._formed, self._not_asked, self._advice):
            text.setWordWrap(True)
        top = QHBoxLayout()
        top.setSpacing(12)
        top.addWidget(self._sign, 0, Qt.AlignmentFlag.AlignTop)
        top.addWidget(self._verdict, 1)
        card = Card()
        card.body.addLayout(top)
        for part in (
            self._lost,
            self._troubles,
            self._shares,
            self._not_asked,
            self._formed,
            self._learning,
            self._advice,
            self._survived,
            self._file,
        ):
            card.body.addWidget(part)
        self._heading = heading(tr("Questions it had never seen"), 1.08)
        self.cards: list[Card] = []
        self._all = False  # of the questions
        self._count = quiet()
        self._more = button("", self._show_all)
        self._shown = QWidget()  # how many, and the way to all of them
        shown = QHBoxLayout()
        shown.setContentsMargins(0, 0, 0, 0)
        shown.setSpacing(12)
        shown.addWidget(self._count, 1)
        shown.addWidget(self._more)
        self._shown.setLayout(shown)
        inside = QWidget()
        self._column = QVBoxLayout(inside)
        self._column.setContentsMargins(CLEAR, CLEAR, 8, CLEAR)
        self._column.setSpacing(10)
        self._column.addWidget(card)
        self._column.addWidget(self._heading)
        self._column.addWidget(self._shown)
        self._column.addStretch(1)
        self.setWidget(inside)
        self.viewport().setAutoFillBackground(False)
        inside.setAutoFillBackground(False)
        self.put(RunResult())

    @property
    def texts(self) -> list[str]:
        """What it says above the examples."""
        parts = (
            self._verdict,
            self._learning,
            self._survived,
            self._file,
            self._lost,
            self._formed,
            self._not_asked,
            self._advice,
            self._troubles,
        )
        return [part.text() for part in parts]

    def took(self, seconds: float | None) -> None:
        if seconds != self._seconds:
            self._seconds = seconds
            self._survived.setText(verdict.survived(self._result, seconds))

    @property
    def all_seen(self) -> bool:
        """Whether the user wanted all questions."""
        return self._all

    def put(self, result: RunResult, every: bool = False) -> None:
        """`every`: with all of its questions at once."""
        self._result, self._all = result, every
        self._verdict.setText(verdict.verdict(result))
        self._verdict.setAccessibleName(self._verdict.text())
        self._lost.setText(verdict.lost(result))
        self._lost.setVisible(bool(result.lost))
        self._shares.put([(verdict.column_name(share, result), share) for share in result.shares])
        self._troubles.setText(verdict.troubles(result))
        self._troubles.setVisible(bool(result.troubles))
        self._formed.setText(verdict.formed(result))
        self._formed.setVisible(bool(self._formed.text()))
        self._not_asked.setText(verdict.not_asked(result))
        self._not_asked.setVisible(bool(result.own_not_asked))
        self._learning.setText(verdict.learning(result))
        self._learning.setVisible(bool(self._learning.text()))
        self._advice.setText(verdict.advice(result))
        self._advice.setVisible(bool(result.advice))
        self._survived.setText(verdict.survived(result, self._seconds))
        self._file.setText(verdict.advised(result))
        self._file.setVisible(bool(result.files.advised))
        for card in self.cards:
            self._column.removeWidget(card)
            card.deleteLater()
        self.cards = []
        self._fill()
        self._heading.setVisible(bool(self.cards))
        self._sign.put(verdict.level(result))
        self.verticalScrollBar().setValue(0)

    def _show_all(self) -> None:
        """The next of them has the focus: Tab goes on where it was."""
        self._all, first = True, len(self.cards)
        self._fill()
        lids = [lid for card in self.cards[first:] for lid in card.findChildren(FoldedSection) if lid.isEnabled()]
        if lids:
            lids[0].setFocus()

    def _fill(self) -> None:
        """The cards that are wanted and not there yet, and how many of how many there are."""
        result, known = self._result, len(self.cards)
        names = [verdict.column_of(which, result) for which in ("base", "tuned")]
        for example in result.examples[known : None if self._all else FEW]:
            card = example_card(example, names)
            self._column.insertWidget(2 + len(self.cards), card)
            self.cards.append(card)
        shown, there = len(self.cards), len(result.examples)
        self._count.setText(verdict.examples_shown(shown, there, result.records, result.graded))
        self._more.setText(tr("Show a&ll {n}", n=there))
        self._more.setVisible(shown < there)
        self._shown.setVisible(bool(shown))
        tab_in_order(self)

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
    if example.gold.strip():
        graded = EXPECTED.get(example.gold) if example.kind != "unknown" else None
        gold = say(sentence(graded)) if graded else example.gold
        expected = Said(tr("Expected: {gold}", gold=gold))
        expected.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        card.body.addWidget(expected)
    sides = QHBoxLayout()
    sides.setSpacing(18)
    answers = (
        (example.base, example.base_right, example.base_formed),
        (example.tuned, example.tuned_right, example.formed),
    )
    for title, (said, right, formed) in zip(names, answers, strict=True):
        side = QVBoxLayout()
        side.setSpacing(4)  # not that of the row it stands in
        side.addWidget(_side_title(title, right, formed, warns=title is names[-1]))
        if said.strip():
            view = AnswerView()
            view.put(answer_text.parts(said))
            view.open_if_short()
            if formed is False and answer_text.TAG.search(said):
                side.addWidget(view)
                side.addWidget(quiet(tr("Tags are missing, doubled or out of order. As it was written:")))
                side.addWidget(Said(said), 1, Qt.AlignmentFlag.AlignTop)
            else:
                side.addWidget(view, 1)
        else:
            side.addWidget(quiet(say(sentence("report.nothing_said"))), 1, Qt.AlignmentFlag.AlignTop)
        sides.addLayout(side, 1)
    card.body.addLayout(sides)
    return card


def _side_title(title: str, right: bool | None, formed: bool | None, warns: bool) -> QWidget:
    """Whose answer, and what became of it; a warning where it has not the form that it was to learn (`warns`)."""
    row, line = QWidget(), FlowLayout(spacing=8, between_rows=2)
    name = quiet(title)
    name.setWordWrap(False)
    line.add(name)
    if formed is False and warns:
        line.add(StatusSign("warning", 14))
    if marks := verdict.marks(right, formed):
        told = Label(marks)
        line.add(told)
    row.setLayout(line)
    return row
