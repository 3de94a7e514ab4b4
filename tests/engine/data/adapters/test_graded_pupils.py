"""A grade beside a pupil's answer is of that, not of the model answer, which is learnt."""

from __future__ import annotations

from typing import Any

import pytest

from helpers.rows import of_source
from so8t_engine.data.adapters.parsed_row import ParsedRow

Q, GOLD = "水の化学式は？", "H2O"


@pytest.mark.parametrize(
    ("pupils", "grade", "model", "bad", "good"),
    [
        ("生徒の解答", "採点", "模範解答", "×", "○"),
        ("受験者の回答", "正誤", "模範解答", "誤", "正"),
        ("student_answer", "is_correct", "reference_answer", False, True),
        ("student_answer", "label", "reference_answer", "incorrect", "correct"),
        ("Student's answer", "Grade", "Answer", "wrong", "right"),
        ("Réponse de l’élève", "Évaluation", "Corrigé", "faux", "correct"),
        ("Antwort des Schülers", "richtig", "Musterlösung", False, True),
        ("Respuesta del alumno", "correcta", "Solución", False, True),
        ("user_answer", "correct", "correct_answer", False, True),
        ("provided_answer", "verification_feedback", "reference_answer", "Incorrect", "Correct"),
    ],
)
def test_a_model_answer_is_learnt_whatever_the_pupils_is_graded(
    pupils: str, grade: str, model: str, bad: Any, good: Any
) -> None:
    rows = [{"question": f"{Q}{number}", pupils: "HO2", grade: bad, model: GOLD} for number in range(3)]
    rows.append({"question": Q, pupils: GOLD, grade: good, model: GOLD})

    assert [getattr(row, "response", row) for row in of_source(rows)] == [GOLD] * 4


def test_what_says_that_a_row_is_not_to_be_used_still_does() -> None:
    row = {"question": Q, "student_answer": "HO2", "reference_answer": "HO", "grade": "wrong"}
    found = of_source([{**row, "needs_review": True}, {**row, "status": "draft"}, {**row, "status": "published"}])

    assert [isinstance(one, ParsedRow) for one in found] == [False, False, True]


@pytest.mark.parametrize("grade", ["response_correct", "model_correctness"])
def test_a_grade_that_names_the_answer_is_of_that_beside_a_pupils_too(grade: str) -> None:
    row = {"question": Q, "student_answer": "HO2", "response": GOLD}
    bad, good = of_source([{**row, grade: False}, {**row, grade: True}])

    assert not isinstance(bad, ParsedRow) or bad.bad_answer is not None
    assert isinstance(good, ParsedRow) and good.response == GOLD and good.bad_answer is None
