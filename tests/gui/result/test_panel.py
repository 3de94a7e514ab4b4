"""The page of a result."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QScrollArea
from pytestqt.qtbot import QtBot

from so8t_gui.result.answer_view import FoldedSection
from so8t_gui.result.panel import ResultPanel, example_card
from so8t_gui.result.report_file import AnsweredQuestion, GgufFiles, RunResult
from so8t_gui.result.try_it import TryIt
from so8t_gui.widgets.label import Label
from so8t_gui.widgets.scrolled_text import ScrolledText
from so8t_gui.widgets.status_sign import StatusSign


def test_another_result_is_shown_from_its_beginning(qtbot: QtBot) -> None:
    panel = ResultPanel()
    qtbot.addWidget(panel)
    panel.verticalScrollBar().setRange(0, 100)
    panel.verticalScrollBar().setValue(70)
    panel.put(RunResult())

    assert panel.verticalScrollBar().value() == 0


def test_an_answer_without_a_visible_sign_says_that_there_is_nothing(qtbot: QtBot) -> None:
    card = example_card(AnsweredQuestion("Why?", "12", "   \n ", "12", False, True), ("Base", "Tuned"))
    qtbot.addWidget(card)

    assert [label.text() for label in card.findChildren(Label)].count("(nothing)") == 1


@pytest.mark.parametrize("formed", [None, True, False])
def test_each_answer_says_whether_it_has_the_form_where_that_is_known(qtbot: QtBot, formed: bool | None) -> None:
    card = example_card(AnsweredQuestion("Why?", "12", "11", "12", False, True, True, formed), ("Base", "Tuned"))
    qtbot.addWidget(card)
    said = [label.text() for label in card.findChildren(Label)]
    base = {None: "wrong", True: "wrong, well-formed", False: "wrong, not well-formed"}[formed]
    assert [text for text in said if text.startswith(("wrong", "right"))] == [base, "right, well-formed"]
    assert len(card.findChildren(StatusSign)) == 1, "the base has learnt no form yet: no warning"


@pytest.mark.parametrize(
    ("answer", "told"),
    [
        ({"final": "5", "ended": "stop"}, ""),
        ({"final": " ", "ended": "stop"}, "ended its turn without an answer"),
        ({"final": "5", "ended": "length"}, "was cut off at 24 tokens"),
        ({"final": "", "sections": {"task": "a"}, "ended": "length"}, "before it had written an answer"),
    ],
)
def test_an_answer_that_is_none_or_was_cut_off_says_so_beside_its_tokens(
    qtbot: QtBot, answer: dict[str, Any], told: str
) -> None:
    trial = TryIt()
    qtbot.addWidget(trial)
    side = trial.sides["tuned"]
    side.begin("")
    side.end(answer | {"tokens": 24, "tokens_per_second": 9.0})

    *said, tokens = side.state.splitlines()
    assert tokens.startswith("24 tokens") and len(said) == bool(told) and told in "".join(said)


@pytest.mark.parametrize("make", [TryIt, lambda: ScrolledText(Label("long"))], ids=["try it", "long text"])
def test_the_keys_for_a_page_go_on_in_what_an_area_lies_in_when_it_has_come_to_its_end(
    qtbot: QtBot, make: Callable[[], QScrollArea]
) -> None:
    outer, inner = QScrollArea(), make()
    qtbot.addWidget(outer)
    outer.setWidget(inner)
    bars = inner.verticalScrollBar(), outer.verticalScrollBar()
    for bar in bars:
        bar.setRange(0, 10)
        bar.setPageStep(10)

    def press(key: Qt.Key) -> list[int]:
        qtbot.keyClick(inner.question if isinstance(inner, TryIt) else inner, key)
        return [bar.value() for bar in bars]

    down, up = Qt.Key.Key_PageDown, Qt.Key.Key_PageUp
    assert [press(down), press(down), press(down)] == [[10, 0], [10, 10], [10, 10]]
    assert [press(up), press(up), press(up)] == [[0, 10], [0, 0], [0, 0]]


def test_what_was_asked_and_half_said_stands_there_again_in_another_language(qtbot: QtBot, tmp_path: Path) -> None:
    before = TryIt()
    qtbot.addWidget(before)
    before.put(tmp_path)
    files = GgufFiles(types=("Q4_K_M", "Q8_0"))
    before.put_files(files)
    before.files.setCurrentIndex(1)
    tuned = before.sides["tuned"]
    tuned.answers("m.gguf")
    tuned.add("task", "Add ")
    tuned.add("task", "7.")
    after = TryIt()
    qtbot.addWidget(after)
    after.take_up(before.kept)
    after.put(tmp_path)
    after.put_files(files)

    assert after.kept == before.kept and after.kept.sides["tuned"].sections == {"task": "Add 7."}
    assert after.files.currentData() == "Q8_0"
    after.put(tmp_path / "other")
    assert not after.kept.sides["tuned"].sections


QUESTIONS = tuple(
    AnsweredQuestion(f"Q{n}", "12", "11", "<final>12</final>", False, right) for n, right in enumerate((True, None))
)


def test_the_examples_of_a_result_stand_below_it_and_those_of_another_in_their_place(qtbot: QtBot) -> None:
    panel = ResultPanel()
    qtbot.addWidget(panel)
    for result in (RunResult(examples=QUESTIONS), RunResult(examples=QUESTIONS[:1]), RunResult()):
        panel.put(result)
        column = [panel._column.itemAt(place).widget() for place in range(panel._column.count())]
        assert column[1:] == [panel._heading, *panel.cards, panel._shown, None]
        assert len(panel.cards) == len(result.examples) and panel._heading.isHidden() is not bool(result.examples)


def test_parts_of_a_result_that_say_nothing_leave_no_gap(qtbot: QtBot) -> None:
    panel = ResultPanel()
    qtbot.addWidget(panel)
    full = RunResult(files=GgufFiles(("Q4_K_M",), "m.gguf"), lost=("A folder is gone.",))
    for result, seen in ((full, True), (RunResult(), False)):
        panel.put(result)
        assert [part.isHidden() for part in (panel._file, panel._lost)] == [not seen] * 2
        assert ("m.gguf" in panel.texts[3], "A folder is gone." in panel.texts[4]) == (seen, seen)
        assert panel._learning.isHidden() is not bool(panel._learning.text())
        assert panel._verdict.accessibleName() == panel._verdict.text() == panel.texts[0]


def test_what_it_took_is_said_as_soon_as_it_is_known(qtbot: QtBot) -> None:
    panel = ResultPanel()
    qtbot.addWidget(panel)
    for seconds, told in ((7_200.0, "2 h 0 min"), (None, ""), (60.0, "1 min 0 s")):
        panel.took(seconds)
        assert told in panel.texts[2] and (" h " in panel.texts[2]) is ("h" in told)
        panel.put(RunResult())
        assert told in panel.texts[2]


@pytest.mark.parametrize(
    ("gold", "right", "words"),
    [
        ("12", True, ["Expected: 12"]), ("a refusal", False, ["Expected: a refusal"]),
        ("an answer", True, ["Expected: any answer that does not refuse"]),
        ("an answer", None, ["Expected: an answer"]),
        ("12", None, ["Expected: 12"]),
        (" ", None, []),
    ],
)  # fmt: skip
def test_what_was_expected_is_said_where_the_data_have_an_answer(
    qtbot: QtBot, gold: str, right: bool | None, words: list[str]
) -> None:
    card = example_card(AnsweredQuestion("Why?", gold, "11", "12", right, right), ("Base", "Tuned"))
    qtbot.addWidget(card)
    texts = [label.text() for label in card.findChildren(Label)]
    assert [text for text in texts if text.startswith("Expected")] == words
    assert [text for text in texts if text in ("Why?", "Base", "Tuned", "11", "12")] == [
        "Why?",
        "Base",
        "11",
        "Tuned",
        "12",
    ]


def test_all_that_the_first_example_thought_can_be_opened_at_once(qtbot: QtBot) -> None:
    thought = "<think-task>Add.</think-task><think-logic>2 + 3</think-logic><final>5</final>"
    panel = ResultPanel()
    qtbot.addWidget(panel)
    panel.put(RunResult(examples=(AnsweredQuestion("Q", "5", "5", thought, True, True), *QUESTIONS)))
    panel.open_first()
    lids = [[lid.isChecked() for lid in card.findChildren(FoldedSection)] for card in panel.cards]
    assert lids[0].count(True) == 2 and not any(map(any, lids[1:]))


def test_why_there_is_nothing_to_show_is_said_in_place_of_a_verdict(qtbot: QtBot) -> None:
    panel = ResultPanel()
    qtbot.addWidget(panel)
    panel.put(RunResult(problem="Its report is gone."))
    assert panel.texts[0] == "Its report is gone." == panel._verdict.accessibleName()
    assert panel.minimumSizeHint().width() < panel.sizeHint().width()


def test_a_few_questions_are_seen_until_all_are_wanted(qtbot: QtBot) -> None:
    panel = ResultPanel()
    qtbot.addWidget(panel)
    five = tuple(AnsweredQuestion(f"Q{n}", "12", "11", "12", False, True) for n in range(5))
    for examples, seen in ((five[:3], 3), (five, 3), (five[:2], 2), (five, 3)):
        panel.put(RunResult(examples=examples, records=len(examples)))
        assert len(panel.cards) == seen and not panel.all_seen
        assert panel._more.isHidden() is (seen == len(examples)) and not panel._shown.isHidden()
        assert panel._count.text() == f"{seen} of {len(examples)} that were asked."
    panel._more.click()
    assert len(panel.cards) == 5 and panel.all_seen and panel._more.isHidden()
    assert panel._count.text() == "5 of 5 that were asked."
    panel.put(RunResult(examples=five, records=9), every=True)
    assert len(panel.cards) == 5 and panel.all_seen and "9 were asked" in panel._count.text()
    panel.put(RunResult())
    assert panel._shown.isHidden() and not panel.all_seen
