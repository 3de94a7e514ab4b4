"""One question, two answers side by side: the base model's and the tuned one's, each with the file it came from.

The tuned model answers first, then the base: two models at once might not fit into the memory.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtGui import QKeyEvent, QTextCursor
from PySide6.QtWidgets import QComboBox, QFrame, QHBoxLayout, QPlainTextEdit, QScrollArea, QVBoxLayout, QWidget

from so8t_engine.sentences import named, sentence
from so8t_gui.engine.answers import LONGEST_QUESTION, AnswerProcess, Heard
from so8t_gui.i18n.translate import say, tr
from so8t_gui.result import verdict
from so8t_gui.result.answer_text import FINAL, SECTIONS, AnswerParts
from so8t_gui.result.answer_view import AnswerView, Said
from so8t_gui.result.report_file import GgufFiles
from so8t_gui.widgets.ignored_wheel import ignore_wheel
from so8t_gui.widgets.label import Label
from so8t_gui.widgets.one_line import OneLine
from so8t_gui.widgets.panels import Banner, Card, button, column, heading, quiet
from so8t_gui.widgets.scroll_place import scroll_a_page
from so8t_gui.widgets.scrolled_text import ScrolledText

ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
ORDER = ("tuned", "base")  # in which they answer; on the page the base stands at the left


@dataclass(frozen=True)
class SaidAnswer:
    """One side, as far as it has come: the file, what it said by section, how it ended."""

    file: str = ""
    sections: Mapping[str, str] = field(default_factory=dict)
    ended: Mapping[str, Any] | None = None


@dataclass(frozen=True)
class AskedQuestion:
    """What a user has typed and heard, for the page that takes its place in another language. `asked`: the question
    that the sides answer, whatever has been typed since.
    """

    session: Path | None
    question: str
    kind: Any
    sides: Mapping[str, SaidAnswer]
    asked: str = ""
    held: bool = False  # it is still to be asked


class AnswerCard(Card):
    """One side: whose answer, from which file, the answer as it comes, and how quickly it came."""

    def __init__(self, title: str) -> None:
        super().__init__()
        self.file, self.view, self._state = quiet(), AnswerView(all_boxes=True), quiet()
        self.body.addWidget(heading(title, 1.08))
        for part in (self.file, self.view, self._state):
            self.body.addWidget(part)
        self.body.addStretch(1)
        self._sections: dict[str, str] = {}
        self._file = ""
        self._ended: Mapping[str, Any] | None = None
        self.begin("")

    @property
    def kept(self) -> SaidAnswer:
        return SaidAnswer(self._file, dict(self._sections), self._ended)

    def take_up(self, kept: SaidAnswer) -> None:
        self.begin("")
        if kept.file:
            self.answers(kept.file)
        for section, text in kept.sections.items():
            self.add(section, text)
        if kept.ended is not None:
            self.end(kept.ended)
        else:
            self.cut()

    @property
    def state(self) -> str:
        return self._state.text()

    def begin(self, state: str) -> None:
        """Of a new answer; nothing is left of the one before."""
        self._sections = {}
        self._file, self._ended = "", None
        self.file.setText("")
        self.view.put(AnswerParts())
        self.tell(state)

    def tell(self, state: str) -> None:
        self._state.setText(state)

    def answers(self, file: str) -> None:
        self._file = file
        self.file.setText(tr("{file} answers", file=file))
        self.tell(tr("Reading the question ..."))

    def add(self, section: str, text: str) -> None:
        self.tell(tr("Thinking ...") if section in SECTIONS else tr("Writing the answer ..."))
        self._sections[section] = self._sections.get(section, "") + text
        final = self._sections.get(FINAL)
        said = self._sections.get("", "") if final is None else final
        self.view.put(AnswerParts(_thoughts(self._sections), said.strip(), final is not None))

    def cut(self) -> None:
        """Nothing more comes of it: what was said stays, and is said to be no whole answer."""
        if self._ended is None:
            self.file.setText(self._file)
            self.tell(tr("Stopped before its end.") if self._file else "")

    def end(self, answer: Mapping[str, Any]) -> None:
        self._ended = answer
        if self._file:
            self.file.setText(tr("Answered by {file}", file=self._file))
        tagged = FINAL in self._sections or bool(answer.get("sections"))
        sections, final = answer.get("sections"), str(answer.get("final") or "")
        self.view.put(AnswerParts(_thoughts(sections if isinstance(sections, dict) else {}), final.strip(), tagged))
        tokens, rate = answer.get("tokens"), answer.get("tokens_per_second")
        told = []
        if answer.get("ended") == "length":
            code = "chat.cut" if final.strip() else "chat.cut_before_answer"
            told.append(say(sentence(code, tokens=tokens if isinstance(tokens, int) else "?")))
        elif not final.strip():
            told.append(say(sentence("chat.said_nothing")))
        elif answer.get("fragment") is True:
            told.append(say(sentence("chat.said_fragment")))
        if isinstance(tokens, int) and isinstance(rate, (int, float)):
            told.append(tr("{tokens} tokens, {rate} a second", tokens=tokens, rate=f"{rate:.1f}"))
        self.tell("\n".join(told))


class TryIt(QScrollArea):
    """`put(session)`: whose models are asked; None ends what is being asked.

    `put_files`: which of its files can answer. `put_hindrance`: why none may now. The question that was asked stands
    above its answers, selected in its field: another may be typed in its place meanwhile.
    """

    def __init__(self) -> None:
        super().__init__()
        self.engine: Sequence[str] = ()  # the command that answers, if it is not this program's own
        self._session: Path | None = None
        self._process: AnswerProcess | None = None
        self._open: list[AnswerProcess] = []  # `self` may be gone before `destroyed` is heard
        self.destroyed.connect(lambda *_, processes=self._open: [process.cancel() for process in processes])
        self._waiting: list[str] = []
        self._kept: AskedQuestion | None = None
        self._hindrance, self._held = "", False
        self._typed_for: Path | None = None  # the session for which the question was typed
        self.question = QPlainTextEdit()
        self.question.setAccessibleName(tr("Your question"))
        self.question.setPlaceholderText(tr("Ask both models something; Enter asks, Shift+Enter begins a new line"))
        self.question.setTabChangesFocus(True)
        self.question.setStyleSheet(
            "QPlainTextEdit { border: 1px solid palette(placeholder-text); border-radius: 4px; padding: 4px; }"
            "QPlainTextEdit:focus { border: 2px solid palette(highlight); padding: 3px; }"
        )
        self.question.setFixedHeight(round(4.6 * self.fontMetrics().lineSpacing()))
        self.question.installEventFilter(self)
        self.question.textChanged.connect(self._typed)
        self._ask = button(tr("As&k"), self.ask, main=True)
        self._stop = button(tr("&Stop"), self.stop)
        self.files = QComboBox()
        ignore_wheel(self.files)
        self.files.setAccessibleName(tr("GGUF file that answers"))
        beside = Label(tr("&GGUF file"))
        beside.setBuddy(self.files)
        self._chosen = QWidget()  # not seen without files
        chosen = QHBoxLayout(self._chosen)
        chosen.setContentsMargins(0, 0, 0, 0)
        chosen.addWidget(beside)
        chosen.addWidget(self.files)
        chosen.addStretch(1)
        self.hindrance, self.busy, self.message = Banner(), OneLine("note"), Banner()
        self._asked, self._above = Said(), Card()  # not seen before something was asked
        self._above.body.addWidget(quiet(tr("Asked")))
        self._above.body.addWidget(ScrolledText(self._asked))
        self.sides = {which: AnswerCard(verdict.column(named("column", which))) for which in ("base", "tuned")}
        buttons = QVBoxLayout()
        buttons.addWidget(self._ask)
        buttons.addWidget(self._stop)
        buttons.addStretch(1)
        top = QHBoxLayout()
        top.addWidget(self.question, 1)
        top.addLayout(buttons)
        answers = QHBoxLayout()
        answers.setSpacing(10)
        for card in self.sides.values():
            answers.addWidget(card, 1)
        inside = QWidget()
        page = column(inside, margins=0, spacing=10)
        page.setContentsMargins(0, 0, 8, 0)
        for part in (top, self.busy, self._chosen, self.hindrance, self.message, self._above):
            if isinstance(part, QWidget):
                page.addWidget(part)
            else:
                page.addLayout(part)
        page.addLayout(answers, 1)
        self.setWidget(inside)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # the keys that scroll it are those of the question
        self.viewport().setAutoFillBackground(False)
        inside.setAutoFillBackground(False)
        self._put_asked("")
        self._allow()

    @property
    def kept(self) -> AskedQuestion:
        sides = {name: card.kept for name, card in self.sides.items()}
        kind, asked = self.files.currentData(), self._asked.text()
        return AskedQuestion(self._session, self.question.toPlainText(), kind, sides, asked, self._held)

    def take_up(self, kept: AskedQuestion) -> None:
        """What was answered is shown again with its session. What was still being answered is to be asked again."""
        self.question.setPlainText(kept.question)
        self._kept, self._typed_for = kept, kept.session

    def put(self, session: Path | None) -> None:
        if session == self._session:
            return
        self.stop()
        if self._asked.text():
            self._kept = self.kept
        self._session, self._held = session, False
        self.message.quieten()
        self._put_asked("")
        for card in self.sides.values():
            card.begin("")
        if self._kept is not None and self._kept.session == session:
            self._put_asked(self._kept.asked)
            for name, card in self.sides.items():
                card.take_up(self._kept.sides[name])
            self._held = self._kept.held and self._kept.question == self.question.toPlainText()
        if session is not None:
            self._place_cursor()
        self.put_files(GgufFiles())
        self._allow()

    def put_files(self, files: GgufFiles) -> None:
        """The one that the report advises is chosen until the user chooses another."""
        if files.types == tuple(self.files.itemData(at) for at in range(self.files.count())):
            return
        self.files.clear()
        for kind in files.types:
            advised = kind == files.types[0] and len(files.types) > 1
            self.files.addItem(tr("{type} (recommended)", type=kind) if advised else kind, kind)
        if self._kept is not None and self._kept.session == self._session and self._kept.kind in files.types:
            self.files.setCurrentIndex(self.files.findData(self._kept.kind))
        self._allow()

    def put_hindrance(self, why: str) -> None:
        """Why nothing can be asked now; empty: nothing is in the way."""
        if why != self._hindrance:
            self._hindrance = why
            self.hindrance.say("warning", why)
            self._ask.setAccessibleDescription(why)
            self._allow()

    def ask(self) -> None:
        """Both, one after the other."""
        question = self.question.toPlainText().strip()
        if self._session is None or not question or self._hindrance:
            return
        question = question[:LONGEST_QUESTION]
        if self._process is not None:
            self._held = question != self._asked.text()
            self._allow()
            return
        self.message.quieten()
        self._put_asked(question)
        self.question.selectAll()  # the next one is typed in its place
        self.question.setFocus()
        for card in self.sides.values():
            card.begin(tr("Waiting for its turn ..."))
        self._waiting = list(ORDER)
        self._next(question)

    def stop(self) -> None:
        process, self._process, self._waiting = self._process, None, []
        self._open.clear()
        if process is not None:
            process.cancel()
            for card in self.sides.values():
                card.cut()
        self._allow()

    def sizeHint(self) -> QSize:
        return QSize(640, 320)

    def minimumSizeHint(self) -> QSize:
        return QSize(260, 160)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.question and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            plain = not event.modifiers() & ~(Qt.KeyboardModifier.KeypadModifier | Qt.KeyboardModifier.ControlModifier)
            if event.key() in ENTER and plain:
                self.ask()
                return True
            if scroll_a_page(self, event):
                return True
        return super().eventFilter(watched, event)

    def _next(self, question: str) -> None:
        self._open.clear()
        if not self._waiting or self._session is None:
            self._process = None
            self._allow()
            return
        side = self._waiting.pop(0)
        card = self.sides[side]
        card.tell(tr("Loading the model ..."))

        def failed(text: str) -> None:
            """The other one would most likely fail the same way, after as long a time."""
            for other in self.sides.values():
                other.cut()
            self._waiting = []
            self._next(question)
            self.message.say("error", text, close=(tr("&OK"), self.message.quieten))

        heard = Heard(
            answering=card.answers, text=card.add, notice=card.tell, answered=card.end,
            over=lambda: self._next(question), failed=failed,
        )  # fmt: skip
        self._process = AnswerProcess(
            self._session, question, heard, base=side == "base", kind=self.files.currentData(), engine=self.engine
        )
        self._open.append(self._process)
        self._allow()

    def _typed(self) -> None:
        self._typed_for = self._session
        self._allow()

    def _place_cursor(self) -> None:
        """Behind what was typed for this session and not asked; anything else is replaced by what is typed next."""
        own = self._typed_for == self._session and self.question.toPlainText().strip() != self._asked.text()
        if own:
            self.question.moveCursor(QTextCursor.MoveOperation.End)
        else:
            self.question.selectAll()

    def _put_asked(self, question: str) -> None:
        self._asked.setText(question)
        self._above.setVisible(bool(question))

    def _tell_held(self, asking: bool) -> None:
        """That a question was not asked when that was wanted, until it is asked or no longer stands there."""
        typed = self.question.toPlainText().strip()[:LONGEST_QUESTION]
        self._held = self._held and typed not in ("", self._asked.text())
        if not self._held:
            self.busy.setText("")
        elif asking:
            self.busy.setText(tr("Not asked yet: the answers below are still being written. Wait for them, or stop."))
        else:
            self.busy.setText(tr("Not asked yet: Enter asks it now."))

    def _allow(self) -> None:
        asking = self._process is not None
        self._tell_held(asking)
        can = not asking and self._session is not None and not self._hindrance
        self._ask.setEnabled(can and bool(self.question.toPlainText().strip()))
        self._stop.setEnabled(asking)
        self.files.setEnabled(not asking and self.files.count() > 1)
        self._chosen.setVisible(self.files.count() > 0)


def _thoughts(sections: Mapping[str, Any]) -> dict[str, str]:
    return {name: str(sections[name]).strip() for name in SECTIONS if str(sections.get(name) or "").strip()}
