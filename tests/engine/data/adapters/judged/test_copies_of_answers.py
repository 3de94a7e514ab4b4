"""A column that says yes or no as the answer does in all rows is the gold answer; `correct` beside a prediction is its.

Neither judges the answer that is learnt.
"""

from __future__ import annotations

from typing import Any

import pytest

from helpers.rows import of_source
from so8t_engine.data import drop_reasons
from so8t_engine.data.adapters.parsed_row import ParsedRow

SAID = ("Yes", "No", "Yes", "No", "No")


def rows(labels: tuple[Any, ...], answers: tuple[str, ...] = SAID) -> list[dict[str, Any]]:
    return [
        {"prompt": f"Is {n} so?", "answer": answer, "label": label}
        for n, (answer, label) in enumerate(zip(answers, labels, strict=True))
    ]


@pytest.mark.parametrize("labels", [("yes", "no", "yes", "no", "no"), ("YES", "NO", "YES", "NO", "No")])
def test_a_label_that_repeats_the_answer_in_all_rows_judges_none(labels: tuple[str, ...]) -> None:
    found = of_source(rows(labels))
    assert [one.response for one in found if isinstance(one, ParsedRow)] == [*SAID]


def test_a_thought_is_held_against_such_an_answer_all_the_same() -> None:
    asked = [{**row, "thinking": "We look. So the answer is no."} for row in rows(("yes", "no", "yes", "no", "no"))]
    assert [one == drop_reasons.CONTRADICTS for one in of_source(asked)] == [True, False, True, False, False]


@pytest.mark.parametrize(
    ("labels", "answers"),
    [
        (("yes", "no", "yes", "no", "yes"), SAID),  # one apart: a verdict
        (("yes", "no", "yes", "yes", "yes"), ("Paris", "Rome", "Bonn", "Oslo", "Bern")),
        (("no", "no", "no", "no", "no"), ("No", "No", "No", "No", "No")),  # alike by what they say all
    ],
)
def test_a_label_that_says_something_else_in_one_row_judges(labels: tuple[str, ...], answers: tuple[str, ...]) -> None:
    found = of_source(rows(labels, answers))
    bad = [drop_reasons.labelled_bad("label", "no")] * labels.count("no")
    assert [one for one in found if not isinstance(one, ParsedRow)] == bad


def test_what_is_called_correct_beside_a_prediction_is_the_prediction() -> None:
    row = {"input": "Who painted the Mona Lisa?", "target": "Leonardo da Vinci", "correct": 0}
    predicted = [{**row, "prediction": "It was Michelangelo."}, {**row, "prediction": "Leonardo", "correct": 1}]
    assert [one.response for one in of_source(predicted) if isinstance(one, ParsedRow)] == ["Leonardo da Vinci"] * 2
    alone = of_source([row, {**row, "correct": 1}])
    assert alone[0] == drop_reasons.labelled_bad("correct", "0")
