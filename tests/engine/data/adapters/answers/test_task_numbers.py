"""The number of a task asks nothing; a question and a year in words do."""

from __future__ import annotations

import pytest

from helpers.rows import parsed
from so8t_engine.data.adapters.answers import task_numbers


@pytest.mark.parametrize(
    ("value", "is_one"),
    [
        ("1a", True), ("(2)", True), ("問3", True), ("Aufgabe 4 b", True), ("Ex. 2.1", True), ("II", True), ("①", True),
        ("第3問", True), ("Q12", True), (7, True), ("7", True), ("", False), ("Why?", False), ("2 + 2", False),
        ("Which is 7?", False), (True, False), (None, False), (7.5, False), (["1"], False), ("b", False),
        ("Aufgabe" + " " * 16 + "4", True), ("Aufgabe" + " " * 17 + "4", False),
    ],
)  # fmt: skip
def test_a_number_of_a_task_is_no_question(value: object, is_one: bool) -> None:
    assert task_numbers.is_one(value) is is_one


def test_beside_the_text_of_a_task_its_number_is_not_what_is_asked() -> None:
    assert parsed({"question": "1a", "problem": "What is 2 + 2?", "answer": "4"}).prompt == "What is 2 + 2?"
    assert parsed({"question": "1a", "problem": "1b", "answer": "4"}).prompt == "1a"
