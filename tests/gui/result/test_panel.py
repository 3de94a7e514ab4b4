"""The page of a result."""

from __future__ import annotations

from pytestqt.qtbot import QtBot

from so8t_gui.result.panel import ResultPanel, example_card
from so8t_gui.result.report_file import AnsweredQuestion, RunResult
from so8t_gui.widgets.label import Label


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
