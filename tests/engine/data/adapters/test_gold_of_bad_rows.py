"""What an answer is held against in reinforcement learning, where a verdict has called the row's own answer bad."""

from __future__ import annotations

from typing import Any

import pytest

from helpers.rows import parsed, reason
from so8t_engine.data import drop_reasons

ASKED = "Solve 3x=9"


@pytest.mark.parametrize(
    ("row", "column", "value"),
    [
        ({"problem": ASKED, "solution": "x=4 by guess.", "answer": "4", "solution_is_valid": "No"},
         "solution_is_valid", "No"),
        ({"problem": ASKED, "solution": "x=4 by guess.", "answer": "4", "is_correct": False}, "is_correct", "false"),
        ({"problem": ASKED, "solution": "We see it at once.", "answer": "4", "is_correct": False},
         "is_correct", "false"),
        ({"problem": ASKED, "solution": "Thus $\\sqrt{4}$ remains.", "answer": "\\sqrt{4}", "correct": 0},
         "correct", "0"),
        ({"problem": ASKED, "response": "Four, I think: \\boxed{4} it is.", "answer": "4", "is_correct": False},
         "is_correct", "false"),
        ({"problem": ASKED, "response": "I do not know.", "answer": "4", "answer_is_correct": False},
         "answer_is_correct", "false"),
        ({"question": ASKED, "reasoning": "I guess.", "answer": "4", "verdict": "wrong"}, "verdict", "wrong"),
    ],
)  # fmt: skip
def test_an_answer_that_may_be_the_one_that_was_called_bad_is_no_gold_answer(
    row: dict[str, Any], column: str, value: str
) -> None:
    assert reason(row) == drop_reasons.labelled_bad(column, value)


@pytest.mark.parametrize(
    "row",
    [
        {"problem": ASKED, "solution": "x = 9 - 3 = 6, so \\boxed{6}", "answer": "3", "is_correct": False},
        {"problem": ASKED, "generated_solution": "x is hard to say.", "expected_answer": "3", "is_correct": False},
        {"problem": ASKED, "response": "It is 6.", "answer": "3", "is_correct": False},
        {"problem": ASKED, "response": "I do not know.", "answer": "3", "is_correct": False},
        {"problem": ASKED, "model_output": "It is all reals.", "ground_truth": "3", "correct": 0},
        {"problem": ASKED, "solution": "x is hard to say.", "correct_answer": "3", "is_correct": "no"},
    ],
)
def test_a_gold_answer_that_is_not_the_one_that_was_called_bad_stays_with_its_question(row: dict[str, Any]) -> None:
    kept = parsed(row)
    assert (kept.prompt, kept.answer, kept.reasoning) == (ASKED, "3", None) and kept.bad_answer is not None
