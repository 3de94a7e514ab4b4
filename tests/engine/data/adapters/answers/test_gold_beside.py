"""What a verdict says of a gold answer: whether that may be the answer that was judged."""

from __future__ import annotations

import pytest

from so8t_engine.config.run_config import Columns
from so8t_engine.data.adapters.answers import gold_beside
from so8t_engine.data.adapters.judged.verdicts import Condemnation

BESIDE = Columns(prompt="question", response="response", answer="answer")
GOLD = BESIDE.model_copy(update={"answer": "ground_truth"})
ALONE = Columns(prompt="question", response="answer", answer="answer", reasoning="steps")


@pytest.mark.parametrize(
    ("where", "place", "thought", "final", "is_judged"),
    [
        (BESIDE, "label", None, "It is 7.", True), (BESIDE, "label", None, "It is 8.", False),
        (BESIDE, "label", "So it is 7.", "It is 8.", True), (BESIDE, "label", "So it is 8.", "It is 7.", False),
        (BESIDE, "label", None, "The answer is 7, as all know", False), (BESIDE, "label", None, "It is 1.7", False),
        (BESIDE, "label", None, "\\boxed{7} it is, as far as I know", True),
        (BESIDE, "answer_correct", None, "It is 8.", True), (BESIDE, "answer_is_correct", None, "It is 8.", True),
        (BESIDE, "answer_wrong", None, "It is 8.", True), (BESIDE, "response_correct", None, "It is 8.", False),
        (GOLD, "ground_truth_correct", None, "It is 8.", False), (GOLD, "label", None, "It is 7.", True),
        (ALONE, "label", None, "8", True), (ALONE, "label", "So it is large.", "8", True),
        (ALONE, "label", "So the answer is 8.", "8", False),
        (Columns(prompt="question", response="answer"), "answer_correct", None, "It is 8.", False),
    ],
)  # fmt: skip
def test_a_gold_answer_may_be_the_bad_one_where_the_answer_comes_to_it_or_it_was_judged(
    where: Columns, place: str, thought: str | None, final: str, is_judged: bool
) -> None:
    assert gold_beside.is_judged_too(where, Condemnation(place, "no"), "7", thought, final) is is_judged


def test_a_gold_answer_that_an_answer_was_held_against_was_not_judged() -> None:
    held = Condemnation("label", "no", gold="answer")
    assert not gold_beside.is_judged_too(BESIDE, held, "7", None, "It is 7.")


@pytest.mark.parametrize(
    ("final", "is_judged"),
    [("It must be Lima.", True), ("It must be Lima or so.", False), ("So it is Old-Lima.", False)],
)
def test_a_word_that_an_answer_ends_with_may_be_the_bad_one(final: str, is_judged: bool) -> None:
    assert gold_beside.is_judged_too(BESIDE, Condemnation("label", "no"), "Lima", None, final) is is_judged


@pytest.mark.parametrize(
    ("row", "place"),
    [
        ({"gold": "7"}, "gold"), ({"gold": "8"}, None), ({"answer": "7"}, "answer"), ({"note": "7"}, None), ({}, None),
        ({"Reference Answer": "7"}, "Reference Answer"), ({"answer": "8", "gold": "7"}, "gold"),
    ],
)  # fmt: skip
def test_a_gold_answer_contradicts_what_plainly_comes_to_something_else(row: dict[str, str], place: str | None) -> None:
    assert gold_beside.contradicting({"question": "3 + 5?", **row}, "The answer is 8.") == place
