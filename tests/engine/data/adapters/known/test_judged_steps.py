"""Data sets that judge steps: a solution with a wrong one is never learnt."""

from __future__ import annotations

from typing import Any

import pytest

from helpers.rows import parsed, reason
from so8t_engine.data import drop_reasons


def prm(*steps: Any, ended: str = "solution", gold: str = "4") -> dict[str, Any]:
    question = {"problem": "What is 1 + 3?", "ground_truth_solution": "It is 4.", "ground_truth_answer": gold}
    judged = {"steps": list(steps), "total_time": 1, "finish_reason": ended}
    return {"labeler": "x", "timestamp": "t", "generation": None, "question": question, "label": judged}


def step(*rated: tuple[str, int], chosen: int | None = 0, written: Any = None) -> dict[str, Any]:
    completions = [{"text": text, "rating": rating, "flagged": None} for text, rating in rated]
    return {"completions": completions, "human_completion": written, "chosen_completion": chosen}


def test_of_prm800k_the_steps_that_were_chosen_or_written_are_learnt() -> None:
    row = prm(
        step(("Begin with 2.", -1), ("Begin with 1.", 0), chosen=1),
        step(("Add 9.", -1), chosen=None, written={"text": "Add 3.", "rating": None}),
        step(("That makes 4.\n\n# Answer\n\n4", 1)),
    )
    result = parsed(row)
    assert (result.prompt, result.response, result.answer) == ("What is 1 + 3?", "4", "4")
    assert result.reasoning == "Begin with 1.\nAdd 3.\nThat makes 4."


@pytest.mark.parametrize(
    ("row", "why"),
    [
        (prm(step(("So 5.", -1)), ended="found_error"), "found_error"),
        (prm(step(("So 4.", 1)), ended="give_up"), "give_up"),
        (prm(step(("Add 9.", -1)), step(("So 4.\n# Answer\n\n4", 1))), "-1"),
    ],
)
def test_of_prm800k_no_solution_with_a_wrong_step_is_learnt(row: dict[str, Any], why: str) -> None:
    assert str(reason(row)).endswith(f": {why})")
    other = parsed(prm(step(("So 5.\n\n# Answer\n\n5", 1))))
    assert other.bad_answer == drop_reasons.other_than_gold("answer")


def test_of_process_bench_only_solutions_without_a_wrong_step_are_learnt() -> None:
    row = {"id": "gsm8k-0", "generator": "x", "problem": "1 + 3?", "steps": ["Take 1.", "So it is \\boxed{4}."]}
    right = parsed({**row, "final_answer_correct": True, "label": -1})
    assert (right.response, right.reasoning) == ("4", "Take 1.\n\nSo it is \\boxed{4}.")
    for wrong in ({"final_answer_correct": False, "label": 1}, {"final_answer_correct": True, "label": 0}):
        assert str(reason({**row, **wrong})).endswith("('label': >= 0)")


def test_of_open_reasoner_zero_the_gold_answer_is_all_there_is() -> None:
    last = {"from": "assistant", "ground_truth": {"value": "4", "pass_at_n": 0.5}}
    result = parsed({"messages": [{"from": "human", "value": "1 + 3?"}, last]})
    assert (result.prompt, result.response, result.answer, result.answer_kind) == ("1 + 3?", "4", "4", "number")


def test_questions_of_mt_bench_are_learnt_where_they_have_answers() -> None:
    row = {"question_id": 1, "category": "math", "turns": ["1 + 3?", "And 1 more?"]}
    assert reason(row) == drop_reasons.UNANSWERED
    result = parsed({**row, "reference": ["4", "It is 5."]})
    assert (result.response, result.messages) == (
        "It is 5.",
        (("user", "1 + 3?"), ("assistant", "4"), ("user", "And 1 more?")),
    )
