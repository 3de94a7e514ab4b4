"""Rows of an evaluation: a system's answers with scores, and beside them the reference, which alone is learnt."""

from __future__ import annotations

import pytest

from helpers.rows import of_source
from so8t_engine.config.run_config import Dataset
from so8t_engine.data import source_notes
from so8t_engine.data.adapters import choose_adapter, column_names
from so8t_engine.data.adapters.parsed_row import ParsedRow

WRONG, RIGHT = "The context does not say anything at all.", "Because chlorophyll breaks down."


@pytest.mark.parametrize(
    ("asks", "answers", "reference", "score"),
    [
        ("user_input", "response", "reference", "faithfulness"), ("question", "answer", "ground_truth", "faithfulness"),
        ("question", "answer", "ground_truths", "answer_relevancy"),
        ("input", "output", "expected_output", "groundedness"),
        ("prompt", "response", "reference_answer", "judge_score"), ("question", "prediction", "gold_answer", "rougeL"),
        ("prompt", "output", "expected_response", "semantic_similarity"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("mark", [0.0, 1.0])
def test_the_reference_is_learnt_and_not_the_answer_that_was_scored(
    asks: str, answers: str, reference: str, score: str, mark: float
) -> None:
    rows = [
        {asks: f"Why do leaves change colour, part {number}?", answers: WRONG, reference: RIGHT, score: mark}
        for number in range(3)
    ]
    read = of_source(rows)
    assert [row.response for row in read if isinstance(row, ParsedRow)] == [RIGHT] * 3
    dataset = Dataset(name="d", source="local", path="d.jsonl")
    assert answers in source_notes.unused(dataset, rows[0])
    index = choose_adapter.index_of(dataset, lambda: iter(rows))
    assert source_notes.verdicts_unused(dataset, rows, index) == []


def test_without_a_reference_the_answer_is_learnt_and_its_score_told() -> None:
    where = column_names.guess(("question", "answer", "faithfulness"))
    assert where is not None and where.response == "answer"
    where = column_names.guess(("question", "response", "reference_answer"))
    assert where is not None and (where.response, where.answer) == ("response", "reference_answer")


def test_what_was_found_for_a_question_is_asked_with_it() -> None:
    where = column_names.guess(("user_input", "retrieved_contexts", "response", "reference", "faithfulness"))
    assert where is not None and (where.query, where.response) == ("retrieved_contexts", "reference")
