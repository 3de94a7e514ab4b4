"""The lowest of scores or marks calls an answer bad where all rows show what the lowest is."""

from __future__ import annotations

from typing import Any

import pytest

from helpers.rows import of_source
from so8t_engine.config.run_config import Columns
from so8t_engine.data import drop_reasons
from so8t_engine.data.adapters.judged import lowest_marks
from so8t_engine.data.adapters.parsed_row import ParsedRow

Q, A = "Which saw is number %d?", "The small one, number %d."


def learnt(column: str, values: list[Any], asks: str = "question", answers: str = "response", **more: Any) -> str:
    rows = [{asks: Q % n, answers: A % n, column: value, **more} for n, value in enumerate(values)]
    return "".join("+" if isinstance(row, ParsedRow) and row.bad_answer is None else "-" for row in of_source(rows))


@pytest.mark.parametrize("column", ["score", "Score", "judge_score", "final_answer_score", "correctness_score", "得点"])
@pytest.mark.parametrize("kind", [float, lambda value: str(float(value))])
@pytest.mark.parametrize("answers", ["response", "answer", "output"])
def test_a_score_that_is_0_or_1_and_no_whole_number_judges(column: str, kind: Any, answers: str) -> None:
    assert learnt(column, [kind(value) for value in (1, 0, 1, 1, 0, 1)], answers=answers) == "+-++-+"


@pytest.mark.parametrize(
    ("column", "values"),
    [
        ("score", [1, 0, 1, 1, 0, 1]), ("score", ["1", "0", "1", "1", "0", "1"]),
        ("score", [1.0, 0.0, 0.5, 1.0, 0.0, 1.0]),
        ("score", [0.0] * 6), ("score", [1.0] * 6), ("score", [1.0, 0.0, 1.0, 0.0]),
        ("score", [1.0, 0.0, None, 1.0, 0.0, 1.0]),
        ("score", [1.0, 0.0, 1, 1.0, 0.0, 1.0]), ("score", [0.0, 0.25, 0.75, 1.0, 0.0, 1.0]),
        ("score", [5.0, 0.0, 1.0, 1.0, 0.0, 1.0]),
        ("similarity", [1.0, 0.0, 1.0, 1.0, 0.0, 1.0]), ("question_score", [1.0, 0.0, 1.0, 1.0, 0.0, 1.0]),
        ("difficulty_score", [1.0, 0.0, 1.0, 1.0, 0.0, 1.0]),
    ],
)  # fmt: skip
def test_votes_scales_and_what_is_always_the_same_judge_nothing(column: str, values: list[Any]) -> None:
    assert learnt(column, values) == "+" * len(values)


@pytest.mark.parametrize("column", ["note", "Note finale", "nota", "voto", "mark", "grade", "points", "得点", "score"])
@pytest.mark.parametrize("written", ["%s/20", "%s / 20", "%s out of 20"])
def test_no_mark_at_all_out_of_so_many_judges(column: str, written: str) -> None:
    marks = [written % said for said in ("20", "0", "12", "8,5", "0.5", "0")]
    assert learnt(column, marks) == "+-+++-"
    assert learnt(column, [*marks[:5], ""]) == "+-++++"
    assert learnt(column, marks[:3]) == "+-+"


@pytest.mark.parametrize(
    "values",
    [["20/20", "0/20", "12/20", "5/10", "0/10"], ["0/20"] * 5, ["0/20", "12/20"],
     ["1/20", "2/20", "3/20", "4/20", "5/20"],
     ["0/20", "12/20", "absent", "9/20", "20/20"], ["0/1", "1/1", "0/1", "1/1", "1/1"]],
)  # fmt: skip
def test_marks_of_several_scales_or_of_few_rows_judge_nothing(values: list[str]) -> None:
    assert learnt("note", values) == "+" * len(values)


SCORES = [1.0, 0.0, 1.0, 1.0, 0.0, 1.0]


@pytest.mark.parametrize(
    ("answers", "beside"),
    [("answer", "student_answer"), ("answer", "prediction"), ("reference_answer", "output"), ("模範解答", "生徒の解答"),
     ("gold", "system_output"), ("answer", "generated_answer")],
)  # fmt: skip
def test_a_score_of_another_answer_than_the_one_that_is_learnt_judges_nothing(answers: str, beside: str) -> None:
    rows = [
        {"question": Q % n, answers: A % n, beside: f"Some other one, {n}.", "score": score}
        for n, score in enumerate(SCORES)
    ]
    for row, read in zip(rows, of_source(rows), strict=True):
        assert isinstance(read, ParsedRow) and read.response == row[answers] and read.bad_answer is None


def test_what_condemns_is_told_as_it_stands_in_the_file() -> None:
    rows = [{"question": Q % n, "response": A % n, "score": score} for n, score in enumerate(SCORES)]
    assert of_source(rows)[1] == drop_reasons.labelled_bad("score", "0.0")


def test_beside_a_gold_answer_the_question_is_asked() -> None:
    rows = [
        {"question": Q % n, "response": A % n, "gold": f"{n + 7}", "score": score} for n, score in enumerate(SCORES)
    ]
    read = of_source(rows)[1]
    assert isinstance(read, ParsedRow) and (read.answer, read.bad_answer) == (
        "8",
        drop_reasons.labelled_bad("score", "0.0"),
    )


@pytest.mark.parametrize(
    ("values", "is_open"),
    [([0.0], True), (["0/20"], True), ([0.5], False), (["0/20", "1/10"], False), ([None], True), (["blue"], False)],
)
def test_more_rows_may_tell_more_while_all_are_scores_or_all_are_marks(values: list[Any], is_open: bool) -> None:
    look = lowest_marks.LowestMarks(["score"], ["q", "r", "score"], Columns(prompt="q", response="r"))
    for value in values:
        look.add({"score": value})
    assert look.is_open() is is_open
