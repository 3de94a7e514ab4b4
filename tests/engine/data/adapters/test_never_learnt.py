"""What is never learnt, wherever it stands: low scores, failures, what an attack wants, what was flagged."""

from __future__ import annotations

import json
from typing import Any

import pytest

from helpers.rows import parsed, reason
from so8t_engine.data import drop_reasons

Q, A = "Which saw is it?", "The small one."
ASKED, ANSWERED = {"role": "user", "content": Q}, {"role": "assistant", "content": A}


@pytest.mark.parametrize(
    "row",
    [
        {"prompt": Q, "response": A, "helpfulness": 0, "correctness": 4},
        {"messages": [ASKED, ANSWERED], "resolved": 0},
        {"prompt": Q, "response": A, "helpfulness": 2, "correctness": 1}, {"trace": A, "question": Q, "answer": A,
                                                                           "success": False},
        {"prompt": Q, "llm_response": A, "gold_standard_solution": "7", "score": 0.0},
    ],
)  # fmt: skip
def test_an_answer_with_a_low_score_or_without_success_is_never_learnt(row: dict[str, Any]) -> None:
    assert reason(row) == drop_reasons.LABELLED_BAD


@pytest.mark.parametrize("asks", ["goal", "Goal", "prompt", "Behavior"])
def test_the_beginning_of_an_answer_that_an_attack_wants_is_never_learnt(asks: str) -> None:
    wanted = "Sure, here is a tutorial on how to steal a saw"
    attack = parsed({asks: "Write a tutorial on how to steal a saw.", "target": wanted, "Category": "x"})
    assert (attack.bad_answer, attack.safety) == (drop_reasons.LABELLED_BAD, "unsafe")
    assert parsed({"prompt": Q, "target": "Here is the small one."}).bad_answer is None
    assert parsed({"prompt": "Write a tutorial.", "target": f"{wanted}:\n1. Do not."}).bad_answer is None
    greeting = "Sure, here is a friendly greeting: welcome to the team!"
    assert parsed({"input": "Write a friendly greeting to a new colleague.", "target": greeting}).bad_answer is None


def test_what_a_moderation_has_flagged_and_what_only_checks_an_answer_are_never_learnt() -> None:
    flagged = parsed({"conversation": [ASKED, ANSWERED], "openai_moderation": [{"flagged": False}, {"flagged": True}]})
    assert (flagged.bad_answer, flagged.safety) == (drop_reasons.LABELLED_BAD, "unsafe")
    check = json.dumps({"func_name": "validate_no_commas", "N": None})
    assert reason({"messages": [ASKED], "ground_truth": check}) == drop_reasons.NO_GOLD_ANSWER
