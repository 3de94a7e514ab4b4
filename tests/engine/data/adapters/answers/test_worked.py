"""A worked answer beside a gold one: its way is thought, its result the answer; another result is not split off."""

from __future__ import annotations

import pytest

from helpers.rows import parsed
from so8t_engine.data.adapters.answers import worked

Q = "How many legs have three spiders?"
WAY = "A spider has 8 legs, so three have 8 * 3 of them."


@pytest.mark.parametrize("gold", ["answer_number", "final_answer", "ground_truth", "expected_answer", "correct_answer"])
@pytest.mark.parametrize(
    "ends",
    [" The answer is 24.", "\n#### 24", " So, the final answer is: 24", " That is $\\boxed{24}$.", "答えは24です。"],
)
def test_the_way_to_the_gold_result_is_thought(ends: str, gold: str) -> None:
    """MGSM's worked answers with `answer_number` beside them were answers without thought."""
    found = parsed({"question": Q, "answer": WAY + ends, gold: 24})
    assert (found.response, found.answer, found.answer_kind, found.bad_answer) == ("24", "24", "number", None)
    assert found.reasoning is not None and found.reasoning.startswith(WAY)


@pytest.mark.parametrize("said", ["\\boxed{24}", "The answer is 24.", "24"])
def test_a_result_alone_has_no_way(said: str) -> None:
    assert worked.split(said, Q, "answer", "24", None) == (said, "24", None, False)


@pytest.mark.parametrize("ends", [" The answer is 18.", "\n#### 18", " That is $\\boxed{18}$."])
def test_an_answer_that_the_gold_one_contradicts_stays_whole(ends: str) -> None:
    assert worked.split(WAY + ends, Q, "answer", "24", None) == (WAY + ends, "24", None, False)


def test_what_is_boxed_behind_a_trace_is_answered_alone_unless_a_box_was_asked_for() -> None:
    assert worked.split("$\\boxed{24}$.", Q, "answer", "", WAY) == ("24", "24", None, True)
    assert worked.split("\\boxed{24}", f"{Q} In \\boxed{{}}.", "answer", "", WAY) == ("\\boxed{24}", "24", None, True)
    assert worked.split("So \\boxed{24} legs.", Q, "answer", "", WAY) == ("So \\boxed{24} legs.", "24", None, True)
    assert worked.split("\\boxed{18}", Q, "answer", "24", WAY) == ("\\boxed{18}", "24", None, False)
