"""An answer in its boxes: which there are, what opens them, and what is in bold."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from so8t_gui.result.answer_text import SECTIONS, AnswerParts
from so8t_gui.result.answer_view import SHORT, AnswerView

THOUGHT = AnswerParts({"task": "Add.", "logic": "2 + 3"}, "5", True)


@pytest.mark.parametrize("all_boxes", [True, False])
def test_the_boxes_are_those_of_the_answer_or_all_six_with_the_others_greyed_out(qtbot: QtBot, all_boxes: bool) -> None:
    view = AnswerView(all_boxes)
    qtbot.addWidget(view)
    for parts in (AnswerParts(), THOUGHT, AnswerParts({}, "It is 5.")):
        view.put(parts)
        there = {name for name, lid in view._lids.items() if not lid.isHidden()}
        assert there == (set(SECTIONS) if all_boxes else set(parts.sections))
        assert {name for name, lid in view._lids.items() if lid.isEnabled()} == set(parts.sections)
        assert view._row.isHidden() is not (all_boxes or bool(parts.sections))
        assert view.final == parts.final and view._final.isHidden() is not bool(parts.final)
        assert view._final.font().bold() is parts.tagged
        assert {name: text.text() for name, text in view._texts.items() if text.text()} == parts.sections


def test_a_box_that_was_opened_stays_open_as_long_as_it_holds_something(qtbot: QtBot) -> None:
    view = AnswerView()
    qtbot.addWidget(view)
    view.put(THOUGHT)
    view._lids["logic"].click()
    assert [name for name, body in view._bodies.items() if not body.isHidden()] == ["logic"]
    view.put(AnswerParts({**THOUGHT.sections, "logic": "2 + 3 = 5"}))
    assert not view._bodies["logic"].isHidden() and view._texts["logic"].text() == "2 + 3 = 5"
    view.put(AnswerParts({"task": "Add."}))
    view.put(THOUGHT)
    assert view._bodies["logic"].isHidden()
    view._lids["logic"].click()
    view._lids["logic"].click()
    assert view._bodies["logic"].isHidden()


def test_a_thought_of_a_few_lines_stands_open_and_a_long_one_does_not(qtbot: QtBot) -> None:
    for letters, opened in ((SHORT, True), (SHORT + 1, False)):
        view = AnswerView()
        qtbot.addWidget(view)
        view.put(AnswerParts({"task": "x" * 100, "logic": "y" * (letters - 100)}))
        view.open_if_short()
        assert [lid.isChecked() for lid in view._lids.values()] == [opened] * 2
    boxes = AnswerView(all_boxes=True)
    qtbot.addWidget(boxes)
    boxes.put(THOUGHT)
    boxes.open_if_short()
    assert {name for name, lid in boxes._lids.items() if lid.isChecked()} == {"task", "logic"}
