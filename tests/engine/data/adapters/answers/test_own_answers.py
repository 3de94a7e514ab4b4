"""Reasoning whose author came to another result than the answer that is learnt is not learnt."""

from __future__ import annotations

import pytest

from helpers.rows import of_source
from so8t_engine.data import drop_reasons
from so8t_engine.data.adapters.parsed_row import ParsedRow


@pytest.mark.parametrize(
    ("reasoning", "own"),
    [
        ("r1_reasoning", "r1_answer"),
        ("qwen_cot", "qwen_final_answer"),
        ("model_thinking", "model_prediction"),
        ("r1の推論", "r1の答え"),
        ("ki_begründung", "ki_antwort"),
    ],
)
def test_such_a_row_is_left_out_where_the_user_names_the_reasoning(reasoning: str, own: str) -> None:
    said = [("97", "97"), ("91", "97"), ("1,000", "1000"), ("", "12"), ("Lima", "Lima"), ("B", "A")]
    rows = [
        {"question": f"Question {n}?", reasoning: "So it must be.", own: one, "gold": gold}
        for n, (one, gold) in enumerate(said)
    ]
    found = of_source(rows, columns={"prompt": "question", "response": "gold", "reasoning": reasoning})
    assert [isinstance(one, ParsedRow) for one in found] == [True, False, True, True, True, False]
    assert found[1] == drop_reasons.CONTRADICTS


@pytest.mark.parametrize("own", ["gpt_answer", "r1_score", "answer"])
def test_a_result_of_somebody_else_says_nothing_of_it(own: str) -> None:
    row = {"question": "2 + 2?", "r1_reasoning": "So it is 4.", own: "5", "gold": "4"}
    columns = {"prompt": "question", "response": "gold", "reasoning": "r1_reasoning"}
    assert isinstance(of_source([row], columns=columns)[0], ParsedRow)
