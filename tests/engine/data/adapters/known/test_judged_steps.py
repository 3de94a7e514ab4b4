"""Data sets that judge steps: a solution with a wrong one is never learnt."""

from __future__ import annotations

from typing import Any

import pytest

from helpers.rows import parsed, reason, whole
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


def taken(text: str, rating: int | None = 1, **more: Any) -> dict[str, Any]:
    return {"chosen_completion": 0, "completions": [{"text": text, "rating": rating, **more}]}


def solved(*steps: dict[str, Any], **label: Any) -> dict[str, Any]:
    question = {"problem": "3 + 4?", "ground_truth_answer": "7"}
    return {"question": question, "label": {"steps": list(steps), "finish_reason": "solution", **label}, "labeler": "x"}


WRITTEN = {"chosen_completion": None, "human_completion": " I add. ", "completions": []}
WRONG_STEP = drop_reasons.labelled_bad("label.steps.completions.rating", "-1")
PRM: list[tuple[dict[str, Any], object]] = [
    (solved(taken("I add."), taken("So.\n\n# Answer\n\n7")), ("7", "I add.\nSo.")),
    (solved(WRITTEN, taken("So.\n\n# Answer\n\n7", None)), ("7", "I add.\nSo.")),
    (solved({**WRITTEN, "human_completion": {"text": "I add.", "rating": None}}, taken("7", 0)), ("7", "I add.\n7")),
    (solved(taken("I add.", -1), taken("7")), WRONG_STEP),
    (solved(taken("I add.", flagged=True), taken("7")), WRONG_STEP),
    (solved({**WRITTEN, "human_completion": None}), WRONG_STEP),
    (solved(taken("7"), finish_reason="found_error"), drop_reasons.labelled_bad("label.finish_reason", "found_error")),
]  # fmt: skip


@pytest.mark.parametrize(("row", "expected"), PRM)
def test_the_steps_that_were_chosen_are_the_thought_of_the_result(row: dict[str, Any], expected: object) -> None:
    found = whole(row, adapter="prm800k")
    assert ((found["response"], found["reasoning"]) if isinstance(found, dict) else found) == expected


@pytest.mark.parametrize(
    ("reference", "response"),
    [(["x", "y"], "y"), (["x", 7], drop_reasons.UNANSWERED), (["x", " "], drop_reasons.UNANSWERED),
    (None, drop_reasons.UNANSWERED), (["x", "y", "z"], drop_reasons.UNANSWERED)],
)  # fmt: skip
def test_what_is_asked_turn_by_turn_has_an_answer_for_each(reference: Any, response: object) -> None:
    found = whole(
        {"question_id": 1, "turns": ["Q?", "R?"], "category": "x", "reference": reference}, adapter="mt_bench"
    )
    assert (found["response"] if isinstance(found, dict) else found) == response
