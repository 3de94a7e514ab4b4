"""Rows of an evaluation: a system's answers with scores, and beside them the reference, which alone is learnt."""

from __future__ import annotations

from typing import Any

import pytest

from helpers.rows import of_source, parsed, reason
from so8t_engine.config.run_config import Columns, Dataset
from so8t_engine.data import drop_reasons
from so8t_engine.data.adapters import choose_adapter, column_names, row_mapping
from so8t_engine.data.adapters.parsed_row import ParsedRow
from so8t_engine.data.notes import source_notes

WRONG, RIGHT = "The context does not say anything at all.", "Because chlorophyll breaks down."


@pytest.mark.parametrize(
    ("asks", "answers", "reference", "score"),
    [
        ("user_input", "response", "reference", "faithfulness"), ("question", "answer", "ground_truth", "faithfulness"),
        ("question", "answer", "ground_truths", "answer_relevancy"),
        ("input", "output", "expected_output", "groundedness"),
        ("prompt", "response", "reference_answer", "judge_score"),
        ("question", "prediction", "gold_answer", "exact_match"),
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


GRADED = {"sample": {"output_text": WRONG, "model": "m"}, "results": [{"name": "match", "passed": False}]}


@pytest.mark.parametrize(
    "row",
    [
        {"item": {"question": "Why?", "correct_answer": RIGHT}, "sample": {"output_text": WRONG}},
        {"datasource_item": {"input": "Why?", "ideal": RIGHT}, "id": "o1", "status": "pass", **GRADED},
        {"item": {"question": "Why?", "answer": RIGHT}},
        {"item.question": "Why?", "item.answer": RIGHT, "sample.output_text": WRONG, "sample.model": "m"},
    ],
)
def test_of_openais_evals_the_items_answer_is_learnt_and_never_what_was_sampled(row: dict[str, Any]) -> None:
    assert (parsed(row).prompt, parsed(row).response) == ("Why?", RIGHT)


def test_what_was_sampled_is_learnt_where_every_grader_let_it_pass_and_nothing_else_is_right() -> None:
    row = {"item": {"question": "Why?"}, **GRADED}
    assert reason(row) == reason({**row, "results": []}) == drop_reasons.NO_GOLD_ANSWER
    assert parsed({**row, "results": [{"name": "match", "passed": True}]}).response == WRONG


@pytest.mark.parametrize(
    ("said", "reference", "learnt"),
    [
        ("<think>It breaks down.</think>Because of that.", RIGHT, "response"),
        ("12 - 3 = 9, so \\boxed{9}", "9", "response"), (f"Days shorten. {RIGHT} {RIGHT}", RIGHT, "response"),
        (WRONG, RIGHT, "reference"), (RIGHT, RIGHT, "reference"), (f"No. {RIGHT}", RIGHT, "reference"),
    ],
)  # fmt: skip
def test_a_worked_answer_is_learnt_although_it_was_scored(said: str, reference: str | None, learnt: str) -> None:
    row = {"question": "Why?", "response": said, "reference": reference, "faithfulness": 1.0}
    where = row_mapping.mapping(row)
    assert where is not None and where.response == learnt


def test_which_of_the_two_is_learnt_is_said_with_the_way_to_the_other() -> None:
    rows = [{"question": "Why?", "response": WRONG, "reference": RIGHT, "faithfulness": 0.1}]
    dataset = Dataset(name="d", source="local", path="d.jsonl")
    [note] = [one for one in source_notes.of_rows(dataset, rows, {}) if one.code == "data.reference_learnt"]
    assert note.args["line"] == "columns: {prompt: question, response: response}"
    assert (note.args["column"], note.args["reference"]) == ("response", "reference")
    for response in ("response", "reference"):
        named = dataset.model_copy(update={"columns": Columns(prompt="question", response=response)})
        assert all(one.code != "data.reference_learnt" for one in source_notes.of_rows(named, rows, {}))


def test_without_a_reference_the_answer_is_learnt_and_its_score_told() -> None:
    where = column_names.guess(("question", "answer", "faithfulness"))
    assert where is not None and where.response == "answer"
    where = column_names.guess(("question", "response", "reference_answer", "bleu"))
    assert where is not None and (where.response, where.answer) == ("response", "reference_answer")


def test_what_was_found_for_a_question_is_asked_with_it() -> None:
    where = column_names.guess(("user_input", "retrieved_contexts", "response", "reference", "faithfulness"))
    assert where is not None and (where.query, where.response) == ("retrieved_contexts", "reference")


@pytest.mark.parametrize("around", ["metadata", "result", "evaluation"])
def test_a_run_inside_an_object_is_of_a_models_answer_and_not_of_the_data_sets_own(around: str) -> None:
    row = {"question": "Which saw is it?", around: {"passed": False}}

    assert parsed({**row, "answer": "The small one."}).response == "The small one."
    bad = drop_reasons.labelled_bad(f"{around}.passed", "false")
    assert reason({**row, "model_answer": "The small one."}) == bad
