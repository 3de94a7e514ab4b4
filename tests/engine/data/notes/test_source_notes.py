"""What is told of a source besides what is read of it."""

from __future__ import annotations

from typing import Any

import pytest

from so8t_engine.config.run_config import Dataset
from so8t_engine.data.notes import source_notes

Q = "Which are birds?\nA. hen\nB. cat\nC. owl"


@pytest.mark.parametrize(
    ("answers", "several"),
    [
        ([["A hen.", "An owl."], ["A hen.", "A hen."], ["A hen."], "A hen."], 1),
        ([["A hen.", "An owl."], ["An owl.", "A hen."]], 2),
        ([["A", "C"], ["A", "C"]], 0),
        ([["A", "C"], ["A hen.", "An owl."]], 1),
        ([["A hen.", None], ["A hen.", 3]], 0),
    ],
)
@pytest.mark.parametrize("column", ["answer", "chosen"])
def test_of_how_many_lists_of_answers_only_the_first_is_learnt_is_told(
    answers: list[Any], several: int, column: str
) -> None:
    beside = {"rejected": "A cat."} if column == "chosen" else {}
    rows = [{"question": Q, column: answer, **beside} for answer in answers]
    told = source_notes.of_rows(Dataset(name="x", path="x.jsonl", source="local"), rows, {})
    found = [said for said in told if said.code == "data.first_of_list"]

    assert [said.args["count"] for said in found] == ([several] if several else [])
    assert all(said.args["column"] == column for said in found)


@pytest.mark.parametrize(
    ("asked", "told"),
    [(["Q"] * 9, False), (["Q"] * 10, True), (["Q"] * 9 + ["R"], True), (["Q"] * 7 + ["R", "S"], False),
     (["Q"] * 8 + ["R", "S"], False), (["Q"] * 13 + ["R", "S"], True), ([], False)],
)  # fmt: skip
def test_that_a_question_comes_five_times_as_often_as_there_are_questions_is_told(asked: list[str], told: bool) -> None:
    said = source_notes.equal_prompts(Dataset(name="x", path="x.jsonl", source="local"), ["context"], asked)
    assert (said is not None) is told
    if said is not None:
        wanted = {
            "source": "x",
            "records": len(asked),
            "prompts": len(set(asked)),
            "most": asked.count("Q"),
            "example": "Q",
        }
        assert {key: said.args[key] for key in wanted} == wanted
        assert "context" in str(said.args["unused"])
