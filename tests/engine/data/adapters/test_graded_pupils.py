"""A grade beside a pupil's answer is of that, not of the model answer, which is learnt."""

from __future__ import annotations

from typing import Any

import pytest

from helpers.rows import of_source
from so8t_engine.data.adapters.answers import task_numbers
from so8t_engine.data.adapters.parsed_row import ParsedRow
from so8t_engine.data.adapters.proposed import nearest_mapping

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


@pytest.mark.parametrize(
    ("number", "asks", "pupils", "points", "model"),
    [
        ("Aufgabe", "Fragestellung", "Schülerantwort", "Punkte", "Musterlösung"),
        ("問題", "問題文", "解答者の答え", "点数", "模範解答"),
        ("設問番号", "設問文", "生徒の解答", "得点", "模範解答"),
        ("Question", "Question text", "Given answer", "Marks", "Model answer"),
        ("Exercice", "Énoncé", "Réponse de l’élève", "Note", "Corrigé"),
        ("Task no.", "Question", "User answer", "Points", "Correct answer"),
        ("题目", "题干", "学生答案", "得分", "标准答案"),
    ],
)
def test_a_text_is_asked_and_no_number_of_a_task_nor_what_a_pupil_said(
    number: str, asks: str, pupils: str, points: str, model: str
) -> None:
    rows = [
        {number: which, asks: f"{Q} ({which})", pupils: said, points: got, model: GOLD}
        for which, said, got in (("1a", "HO2", "0"), ("1b", GOLD, "2"), ("2", GOLD, "2"), ("問3", GOLD, "1"))
    ]
    read = [(row.prompt, row.response) for row in of_source(rows) if isinstance(row, ParsedRow)]

    assert read == [(f"{Q} ({which})", GOLD) for which in ("1a", "1b", "2", "問3")]


@pytest.mark.parametrize(
    ("pupils", "points", "model"),
    [
        ("生徒の解答", "得点", "模範解答"), ("解答者の答え", "採点", "模範解答"),
        ("Schülerantwort", "Punkte", "Musterlösung"),
        ("réponse de l’élève", "note", "corrigé"), ("student answer", "score", "model answer"),
        ("given answer", "marks", "model answer"), ("user answer", "is correct", "right answer"),
    ],
)  # fmt: skip
def test_a_line_to_begin_with_never_asks_what_a_pupil_said(pupils: str, points: str, model: str) -> None:
    assert nearest_mapping.columns({pupils: "HO2", points: "0", "文面": "水とは。", model: GOLD}).prompt == "文面"


@pytest.mark.parametrize(
    "value",
    [
        "1a",
        "3",
        "(2)",
        "問3",
        "Aufgabe 4 b",
        "Ex. 2.1",
        "II",
        "Nr. 7",
        "第1問",
        "大問2 (3)",
        "1.2.3",
        "①",
        "Q12",
        "A1",
        4,
    ],
)
def test_what_only_numbers_a_task(value: object) -> None:
    assert task_numbers.is_one(value)


@pytest.mark.parametrize("value", ["", "Aufgabe", "Name two.", "1 + 1", "3 apples", "水", "Why?", True, None, "12 = x"])
def test_what_is_no_number_of_a_task(value: object) -> None:
    assert not task_numbers.is_one(value)
