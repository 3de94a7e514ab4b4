"""Right or wrong, 1 or 0, beside what a player chose is no number of the right option."""

from __future__ import annotations

from typing import Any

import pytest

from helpers.rows import of_source
from so8t_engine.config.run_config import Columns
from so8t_engine.data.adapters import row_mapping
from so8t_engine.data.adapters.answers import answers_given
from so8t_engine.data.adapters.parsed_row import ParsedRow

TOWNS = ("Casablanca", "Fez", "Rabat", "Tangier")
RIGHT, WRONG = "Rabat", "Fez"


def _row(option: str, **more: Any) -> dict[str, Any]:
    return {"question": "The capital of Morocco?", **{f"{option}{n}": town for n, town in enumerate(TOWNS, 1)}, **more}


def _learnt(rows: list[dict[str, Any]]) -> list[str | None]:
    return [one.response if isinstance(one, ParsedRow) else None for one in of_source(rows)]


@pytest.mark.parametrize(
    ("option", "key", "given", "verdict", "yes", "no"),
    [
        ("Answer ", "Correct Answers", "Answer", "Correct", "1", "0"),
        ("option", "correct_answer", "response", "is_correct", True, False),
        ("Antwort ", "Richtige Antwort", "Deine Antwort", "Richtig", 1, 0),
        ("réponse ", "bonne réponse", "Réponse donnée", "juste", "1", "0"),
        ("opción ", "respuesta correcta", "Respuesta", "correcta", "1", "0"),
        ("選択肢", "正解番号", "回答", "正誤", "1", "0"),
    ],
)
def test_the_key_is_learnt_not_the_number_of_a_verdict(
    option: str, key: str, given: str, verdict: str, yes: Any, no: Any
) -> None:
    rows = [_row(option, **{key: RIGHT, given: said, verdict: yes if said == RIGHT else no}) for said in (RIGHT, WRONG)]
    assert _learnt(rows) == ["C. Rabat"] * 2


@pytest.mark.parametrize(
    ("option", "given", "verdict"),
    [("Answer ", "Answer", "Correct"), ("Antwort ", "Antwort", "richtig"), ("選択肢", "回答", "正解")],
)
def test_without_a_key_what_was_chosen_is_learnt_where_it_is_right(option: str, given: str, verdict: str) -> None:
    chosen = {RIGHT: "1", WRONG: "0", "": "0"}
    assert _learnt([_row(option, **{given: said, verdict: value}) for said, value in chosen.items()]) == [
        "C. Rabat",
        None,
        None,
    ]


def test_a_number_that_nothing_was_chosen_beside_names_the_option() -> None:
    where = row_mapping.mapping(_row("option", correct=1, explanation="It is."))
    assert where is not None and where.answer == "correct"
    assert _learnt([_row("option", correct=number) for number in (0, 2)]) == ["A. Casablanca", "C. Rabat"]
    assert _learnt([_row("option", correct="3", answer=RIGHT)]) == ["C. Rabat"]


CHOICE = {"q": "Which?", "a1": "Fez", "a2": "Rabat", "a3": "La Paz"}
WHERE = Columns(prompt="q", choices="a1, a2, a3", answer="correct")
BY_KEY, BY_ANSWER = (WHERE.model_copy(update={"answer": name}) for name in ("correct_answer", "answer"))


@pytest.mark.parametrize(
    ("row", "where", "answer"),
    [
        ({"correct": 1, "note": "Fez", "answer": "Rabat"}, WHERE, "answer"),
        ({"correct": "1", "answer": "I guess the second"}, WHERE, None),
        ({"correct": "1", "answer": "b"}, WHERE, "answer"), ({"correct": "1", "answer": "D"}, WHERE, None),
        ({"correct": "1", "answer": "(3)"}, WHERE, "answer"), ({"correct": "1", "answer": "7"}, WHERE, None),
        ({"correct": "1", "answer": ""}, WHERE, "answer"), ({"correct": "0", "answer": None}, WHERE, "answer"),
        ({"correct": "1", "answer": ["Rabat"]}, WHERE, None), ({"correct": "1", "answer": "Rome"}, WHERE, None),
        ({"correct": "1", "answer": "Fez, La Paz"}, WHERE, None),
        ({"correct": "1", "answer": "Rabat, Fez"}, WHERE, "answer"),
        ({"correct": "2", "answer": "Rabat"}, WHERE, None),
        ({"correct": "true", "answer": " La Paz "}, WHERE, "answer"),
        ({"correct": "1", "answer": "Fez", "correct_answer": "La Paz"}, WHERE, "correct_answer"),
        ({"correct": "1", "answer": "Fez", "correct_answer": "Fez, Rabat"}, WHERE, "correct_answer"),
        ({"correct": "1", "answer": "Fez", "correct_answer": "Fez, Rome"}, WHERE, "answer"),
        ({"correct": "1", "answer": "Fez", "correct_answer": 2}, WHERE, "answer"),
        ({"correct": "1", "answer": "Fez", "right": "Rabat"}, WHERE, "answer"),
        ({"answer": "Fez", "correct": "1"}, BY_ANSWER, "answer"),
        ({"answer": "Fez", "seen": "1"}, BY_ANSWER, None),
        ({"key": "Fez", "correct": "1"}, WHERE.model_copy(update={"answer": "key"}), None),
        ({"answer": "Fez"}, WHERE, None),
        ({"correct": "1", "answer": "Fez"}, Columns(prompt="q", response="answer"), None),
        ({"correct": "1", "answer": "", "a1": "", "a2": "", "a3": ""}, WHERE, None),
    ],
)  # fmt: skip
def test_the_answer_beside_a_verdict_is_the_key_or_an_option_that_was_chosen(
    row: dict[str, Any], where: Columns, answer: str | None
) -> None:
    found = answers_given.mapping({**CHOICE, **row}, where)
    assert (None if found is None else found.answer) == answer


@pytest.mark.parametrize(
    ("names", "where", "are"),
    [
        (("q", "a1", "a2", "your answer", "correct_answer"), BY_KEY, True),
        (("q", "a1", "a2", "note", "correct_answer"), BY_KEY, False),
        (("q", "answers", "key"), Columns(prompt="q", choices="answers", answer="key"), False),
        (("q", "a1", "a2", "your answer", "answer"), BY_ANSWER, False),
        (("q", "a1", "a2", "your answer", "correct"), WHERE, False),
        (("q", "your answer", "key"), Columns(prompt="q", response="your answer", answer="key"), False),
    ],
)  # fmt: skip
def test_a_verdict_beside_a_key_is_of_what_was_chosen(names: tuple[str, ...], where: Columns, are: bool) -> None:
    assert answers_given.judge_another(names, where) is are
