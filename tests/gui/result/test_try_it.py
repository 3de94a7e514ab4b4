"""What stands below an answer of the part Try it once it has ended."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, ClassVar

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from so8t_engine.sentences import sentence
from so8t_gui.engine.answers import LONGEST_QUESTION, Heard
from so8t_gui.i18n.translate import say
from so8t_gui.result import try_it
from so8t_gui.result.report_file import GgufFiles
from so8t_gui.result.try_it import AnswerCard, TryIt

NOTHING = sentence("chat.said_nothing")
FRAGMENT = sentence("chat.said_fragment")
CUT_BEFORE = sentence("chat.cut_before_answer", tokens=9)


@pytest.mark.parametrize(
    ("answer", "told"),
    [
        ({"sections": {"logic": "B: fruit fits."}, "final": "", "ended": "stop"}, NOTHING),  # no answer stood there
        ({"sections": {"logic": "B: fruit fits."}, "final": "", "ended": "length", "tokens": 9}, CUT_BEFORE),
        ({"sections": {}, "final": " ", "ended": "stop"}, NOTHING),
        ({"sections": {"logic": "B: fruit fits."}, "final": "B", "ended": "stop"}, None),
        ({"sections": {}, "final": ", so refuse.", "ended": "stop", "fragment": True}, FRAGMENT),
        ({"sections": {}, "final": "So refuse.", "ended": "stop", "fragment": False}, None),
    ],
)
def test_that_a_thought_without_an_answer_is_said_to_be_one(qtbot: QtBot, answer: dict[str, Any], told: Any) -> None:
    card = AnswerCard("Tuned")
    qtbot.addWidget(card)
    card.end(answer)

    assert card.state == ("" if told is None else say(told))


class Asked:
    """In the place of the engine's process: what it was asked, and who hears it."""

    made: ClassVar[list[Asked]] = []

    def __init__(self, session: Path, question: str, heard: Heard, **options: Any) -> None:
        self.question, self.heard, self.cancelled = question, heard, False
        self.told = (session, options["base"], options["kind"])
        self.made.append(self)

    def cancel(self) -> None:
        self.cancelled = True


@pytest.fixture
def trial(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> Iterator[TryIt]:
    Asked.made = []
    monkeypatch.setattr(try_it, "AnswerProcess", Asked)
    made = TryIt()
    qtbot.addWidget(made)
    made.put(Path("/s/a"))
    yield made


def can(trial: TryIt) -> tuple[bool, bool, bool]:
    return trial._ask.isEnabled(), trial._stop.isEnabled(), trial.files.isEnabled()


def test_both_are_asked_one_after_the_other_and_the_tuned_one_first(trial: TryIt) -> None:
    trial.put_files(GgufFiles(("Q4_K_M", "Q8_0")))
    assert can(trial) == (False, False, True), "there is no question"
    trial.ask()
    trial.question.setPlainText("  \n")
    trial.ask()
    assert not Asked.made and not trial._ask.isEnabled()
    trial.question.setPlainText(f" {'x' * (LONGEST_QUESTION + 5)} ")
    trial.files.setCurrentIndex(1)
    assert can(trial) == (True, False, True)
    trial.message.say("error", "Of an answer before.")
    trial.sides["base"].add("final", "Of an answer before.")
    trial.ask()
    trial.ask()
    (tuned,) = Asked.made
    assert tuned.told == (Path("/s/a"), False, "Q8_0") and tuned.question == "x" * LONGEST_QUESTION
    assert can(trial) == (False, True, False) and trial.message.text == ""
    assert [trial.sides[name].state for name in ("tuned", "base")] == [
        "Loading the model ...",
        "Waiting for its turn ...",
    ]
    assert trial.sides["base"].view.final == ""
    tuned.heard.answering("tuned-Q8_0.gguf")
    side = trial.sides["tuned"]
    assert (side.file.text(), side.state) == ("tuned-Q8_0.gguf answers", "Reading the question ...")
    tuned.heard.text("task", "Add")
    assert side.state == "Thinking ..."
    tuned.heard.notice("Slow.")
    assert trial.sides["tuned"].state == "Slow." and trial.sides["tuned"].kept.sections == {"task": "Add"}
    tuned.heard.answered({"final": "5", "tokens": 3, "tokens_per_second": 1.25})
    assert trial.sides["tuned"].view.final == "5" and trial.sides["tuned"].state == "3 tokens, 1.2 a second"
    tuned.heard.over()
    _, base = Asked.made
    assert base.told == (Path("/s/a"), True, "Q8_0") and base.question == tuned.question
    assert trial._open == [base] and can(trial) == (False, True, False)
    base.heard.over()
    assert len(Asked.made) == 2 and trial._open == [] and can(trial) == (True, False, True)


def test_where_one_fails_the_other_is_not_asked_and_why_is_said(trial: TryIt) -> None:
    trial.question.setPlainText("?")
    trial.ask()
    Asked.made[0].heard.failed("No memory.")
    assert len(Asked.made) == 1 and trial.message.text == "No memory." and can(trial) == (True, False, False)
    assert [card.state for card in trial.sides.values()] == ["", ""]
    trial.message._act("close")
    assert trial.message.text == ""


def test_what_is_asked_ends_when_that_is_wanted_or_another_session_is_shown(trial: TryIt) -> None:
    trial.stop()
    for end in (trial.stop, lambda: trial.put(Path("/s/b")), lambda: trial.put(None)):
        trial.question.setPlainText("?")
        trial.ask()
        asked = Asked.made[-1]
        trial.put(trial._session)
        assert not asked.cancelled
        trial.sides["tuned"].add("final", "Half of it")
        end()
        assert asked.cancelled and trial._open == [] and trial.question.toPlainText() == "?"
        assert [card.state for card in trial.sides.values()] == ["", ""]
        assert can(trial) == (trial._session is not None, False, False)
        assert trial.sides["tuned"].view.final == ("Half of it" if end == trial.stop else "")
    made = len(Asked.made)
    trial.ask()
    assert len(Asked.made) == made, "there is no session"


def test_the_next_question_is_typed_in_the_place_of_the_one_that_was_asked(trial: TryIt, qtbot: QtBot) -> None:
    trial.question.setPlainText("What is 2 + 3?")
    qtbot.keyClick(trial.question, Qt.Key.Key_Return)
    assert trial._asked.text() == trial.question.toPlainText() == "What is 2 + 3?"
    qtbot.keyClicks(trial.question, "And 4?")
    assert trial.question.toPlainText() == "And 4?"
    for _ in range(len("And 4?")):
        trial.question.undo()
    assert trial.question.toPlainText() == "What is 2 + 3?"


def test_that_a_question_was_not_asked_is_said_until_it_is_or_is_gone(trial: TryIt, qtbot: QtBot) -> None:
    trial.question.setPlainText("First")
    trial.ask()
    trial.ask()
    assert trial.busy.text() == "", "that one is being answered"
    trial.question.setPlainText("Second")
    assert trial.busy.text() == "", "nobody has tried to ask it"
    trial.ask()
    assert "still being written" in trial.busy.text()
    Asked.made[-1].heard.over()
    assert "still being written" in trial.busy.text(), "the other side answers"
    Asked.made[-1].heard.over()
    assert trial.busy.text() == "Not asked yet: Enter asks it now."
    trial.question.setPlainText("")
    assert trial.busy.text() == ""
    trial.question.setPlainText("Second")
    assert trial.busy.text() == ""
    trial.ask()
    trial.question.setPlainText("Third")
    trial.ask()
    trial.stop()
    assert trial.busy.text() == "Not asked yet: Enter asks it now."
    trial.ask()
    assert trial.busy.text() == "" and Asked.made[-1].question == "Third"
    trial.question.setPlainText("Fourth")
    trial.ask()
    trial.put(Path("/s/b"))
    assert trial.busy.text() == ""


def test_that_a_question_was_not_asked_is_said_in_another_language_too(trial: TryIt, qtbot: QtBot) -> None:
    """The page that took the place of this one was silent of it."""
    for question in ("First", "Second"):
        trial.question.setPlainText(question)
        trial.ask()
    other = TryIt()
    qtbot.addWidget(other)
    other.take_up(trial.kept)
    other.put(Path("/s/a"))
    assert other.question.toPlainText() == "Second" and other.busy.text() == "Not asked yet: Enter asks it now."
    other.put(Path("/s/b"))
    assert other.busy.text() == ""
    other.question.setPlainText("Third")
    other.put(Path("/s/a"))
    assert other.busy.text() == "", "nobody has tried to ask that"


def test_enter_asks_and_begins_a_new_line_with_shift(trial: TryIt, qtbot: QtBot) -> None:
    keys, none = Qt.Key, Qt.KeyboardModifier.NoModifier
    for key, modifier, asks in (
        (keys.Key_Return, Qt.KeyboardModifier.ShiftModifier, False), (keys.Key_Return, none, True),
        (keys.Key_Enter, Qt.KeyboardModifier.KeypadModifier, True), (keys.Key_A, none, False),
        (keys.Key_Return, Qt.KeyboardModifier.ControlModifier, True),
    ):  # fmt: skip
        trial.question.setPlainText("?")
        before = len(Asked.made)
        qtbot.keyClick(trial.question, key, modifier)
        assert (len(Asked.made) > before) is asks
        assert (trial.question.toPlainText() == "?") is asks, "the key itself is not written"
        trial.stop()


@pytest.mark.parametrize(
    ("types", "shown"),
    [((), []), (("Q8_0",), ["Q8_0"]), (("Q4_K_M", "Q8_0"), ["Q4_K_M (recommended)", "Q8_0"])],
)
def test_the_files_that_can_answer_are_offered_and_the_advised_one_is_chosen(
    trial: TryIt, types: tuple[str, ...], shown: list[str]
) -> None:
    trial.put_files(GgufFiles(("F16",)))
    trial.put_files(GgufFiles(types))
    assert [trial.files.itemText(at) for at in range(trial.files.count())] == shown
    assert trial.files.currentIndex() == (0 if types else -1) and trial.files.isEnabled() is (len(types) > 1)
    assert trial._chosen.isHidden() is not bool(types)
    trial.files.setCurrentIndex(len(types) - 1)
    trial.put_files(GgufFiles(types))
    assert trial.files.currentIndex() == len(types) - 1, "what was chosen stays"


def test_a_file_that_another_session_does_not_have_is_not_chosen_in_it(trial: TryIt, qtbot: QtBot) -> None:
    trial.put_files(GgufFiles(("Q4_K_M", "Q8_0")))
    trial.files.setCurrentIndex(1)
    trial.question.setPlainText("?")
    for session, types, chosen in (
        ("/s/a", ("Q4_K_M", "Q8_0"), "Q8_0"), ("/s/a", ("F16", "Q5_0"), "F16"), ("/s/b", ("Q4_K_M", "Q8_0"), "Q4_K_M"),
    ):  # fmt: skip
        after = TryIt()
        qtbot.addWidget(after)
        after.take_up(trial.kept)
        assert after.question.toPlainText() == "?"
        after.put(Path(session))
        after.put_files(GgufFiles(types))
        assert after.files.currentData() == chosen


def test_what_is_said_while_it_comes_is_thought_or_answer(qtbot: QtBot) -> None:
    card = AnswerCard("Tuned")
    qtbot.addWidget(card)
    bold = list[bool]()
    for section, text, said in (
        ("", " It", "It"),
        ("", " is", "It is"),
        ("task", "Add", "It is"),
        ("final", "5 ", "5"),
    ):
        card.add(section, text)
        assert card.view.final == said
        bold.append(card.view._final.font().bold())
    assert bold == [False, False, False, True] and card.view._texts["task"].text() == "Add"
    again = AnswerCard("Tuned")
    qtbot.addWidget(again)
    card.answers("m.gguf")
    again.take_up(card.kept)
    assert (again.file.text(), again.state) == ("m.gguf", "Stopped before its end."), "it is no longer being answered"
    card.end({"final": "6", "ended": "stop"})
    again.take_up(card.kept)
    assert again.view.final == "6" and again.view._final.font().bold() and again.kept == card.kept
    card.begin("Waiting")
    assert card.view.final == "" and card.file.text() == "" and card.state == "Waiting" and not card.kept.sections


@pytest.mark.parametrize(
    ("answer", "state"),
    [
        ({"final": "5", "tokens": 3}, ""), ({"final": "5", "tokens": "3", "tokens_per_second": 1.0}, ""),
        ({"final": "5", "ended": "length"}, "? tokens"), ({"final": None, "sections": "odd"}, "without an answer"),
    ],
)  # fmt: skip
def test_what_an_answer_took_is_said_where_it_is_known(qtbot: QtBot, answer: dict[str, Any], state: str) -> None:
    card = AnswerCard("Tuned")
    qtbot.addWidget(card)
    card.end(answer)
    assert state in card.state and bool(state) is bool(card.state)
    assert card.view._final.font().bold() is ("sections" in answer)


def test_before_there_is_a_session_nothing_can_be_asked(qtbot: QtBot) -> None:
    made = TryIt()
    qtbot.addWidget(made)
    made.show()
    assert can(made) == (False, False, False) and not made._chosen.isVisible()
    made.question.setPlainText("?")
    assert can(made) == (False, False, False) and made.widget().width() == made.viewport().width()


def test_what_is_in_the_way_is_said_and_nothing_is_asked_meanwhile(trial: TryIt) -> None:
    trial.question.setPlainText("?")
    for why in ("A run goes on.", ""):
        trial.put_hindrance(why)
        assert trial.hindrance.text == why == trial._ask.accessibleDescription()
        assert can(trial)[0] is not bool(why)
        trial.ask()
        assert len(Asked.made) == (0 if why else 1)


def test_what_was_half_said_when_the_other_failed_is_said_to_be_no_whole_answer(trial: TryIt) -> None:
    trial.question.setPlainText("?")
    trial.ask()
    Asked.made[0].heard.answering("tuned.gguf")
    Asked.made[0].heard.text("final", "5")
    Asked.made[0].heard.failed("No memory.")
    assert [card.state for card in trial.sides.values()] == ["", "Stopped before its end."]
    assert trial.sides["tuned"].file.text() == "tuned.gguf" and trial.sides["tuned"].view.final == "5"


def test_with_the_page_goes_what_is_being_asked(qtbot: QtBot, trial: TryIt) -> None:
    trial.question.setPlainText("?")
    trial.ask()
    trial.destroyed.emit()
    assert Asked.made[0].cancelled


def test_what_was_answered_is_there_again_with_its_session_and_its_question(trial: TryIt) -> None:
    trial.question.setPlainText("Why?")
    trial.ask()
    asked = Asked.made[0]
    asked.heard.answering("tuned.gguf")
    asked.heard.answered({"final": "So.", "ended": "stop"})
    for session, shown in (("/s/b", ("", "")), ("/s/a", ("Why?", "So."))):
        trial.put(Path(session))
        assert (trial._asked.text(), trial.sides["tuned"].view.final) == shown
        assert trial._above.isHidden() is not bool(shown[0])
    trial.message.say("error", "Of this session.")
    trial.put(None)
    assert trial.message.text == ""
