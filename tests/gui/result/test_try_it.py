"""What stands below an answer of the part Try it once it has ended."""

from __future__ import annotations

from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from so8t_engine.sentences import sentence
from so8t_gui.i18n.translate import say
from so8t_gui.result.try_it import AnswerCard

NOTHING = sentence("chat.said_nothing")
CUT_BEFORE = sentence("chat.cut_before_answer", tokens=9)


@pytest.mark.parametrize(
    ("answer", "told"),
    [
        ({"sections": {"logic": "B: fruit fits."}, "final": "", "ended": "stop"}, NOTHING),  # no answer stood there
        ({"sections": {"logic": "B: fruit fits."}, "final": "", "ended": "length", "tokens": 9}, CUT_BEFORE),
        ({"sections": {}, "final": " ", "ended": "stop"}, NOTHING),
        ({"sections": {"logic": "B: fruit fits."}, "final": "B", "ended": "stop"}, None),
    ],
)
def test_that_a_thought_without_an_answer_is_said_to_be_one(qtbot: QtBot, answer: dict[str, Any], told: Any) -> None:
    card = AnswerCard("Tuned")
    qtbot.addWidget(card)
    card.end(answer)

    assert card.state == ("" if told is None else say(told))
