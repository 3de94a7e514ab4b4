"""Right or wrong, 1 or 0, beside what a player chose is no number of the right option."""

from __future__ import annotations

from typing import Any

import pytest

from helpers.rows import of_source
from so8t_engine.data.adapters import row_mapping
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
