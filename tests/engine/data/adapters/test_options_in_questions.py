"""Options that stand at the end of the question, whose letter or number is all the answer."""

from __future__ import annotations

from typing import Any

import pytest

from helpers.rows import parsed

Q = "Which animal lays eggs?"
ASKED = f"{Q}\nA. dog\nB. hen\nC. cow"


@pytest.mark.parametrize(
    ("options", "right"),
    [
        ("A. dog\nB. hen\nC. cow", "B"), ("(A) dog\n(B) hen\n(C) cow", "(B)"), ("(1) dog\n(2) hen\n(3) cow", "2"),
        ("1) dog\n2) hen\n3) cow", 2), ("①dog\n②hen\n③cow", "②"), ("ア．dog\nイ．hen\nウ．cow", "イ"),
        ("a) dog\nb) hen\nc) cow", "b"), ("A. dog\nB. hen\nC. cow\n", "B. hen"), ("\nA: dog\nB: hen\nC: cow", "B"),
        ("A. dog\nB. hen\nC. cow\nAnswer:", "B"),
    ],
)  # fmt: skip
def test_the_answer_is_the_option_it_names(options: str, right: Any) -> None:
    for row in (
        {"question": f"{Q}\n{options}", "answer": right},
        {"instruction": Q, "input": options, "output": right},
    ):
        found = parsed(row)
        assert (found.prompt.replace("\n\n", "\n"), found.response, found.answer) == (ASKED, "B. hen", "B")
        assert (found.category, found.choices) == ("choice", ("dog", "hen", "cow"))


def test_several_may_be_named() -> None:
    assert parsed({"question": f"{Q}\nA. duck\nB. hen\nC. cow", "answer": ["A", "B"]}).response == "A. duck\nB. hen"


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("How many of these lay eggs?\n(1) dog\n(2) hen", "1"), ("1. Beat it.\n2. Fry it.\nHow many steps?", "2"),
        (f"{Q}\nA. dog\nB. hen", "The hen does."), ("Sum:\n1. one\n2. two", "3"), (f"{Q}\nA. dog\nB. hen", "C"),
        ("Which letter is a vowel, A or B?", "A"),
    ],
)  # fmt: skip
def test_other_short_answers_stay_as_they_are(question: str, answer: str) -> None:
    assert parsed({"question": question, "answer": answer}).response == answer


def test_a_thought_beside_such_a_question_is_kept() -> None:
    row = parsed({"question": f"{Q}\nA. dog\nB. hen", "reasoning": "Birds lay eggs.", "answer": "B"})
    assert (row.response, row.reasoning) == ("B. hen", "Birds lay eggs.")
    said = parsed({"question": f"{Q}\nA. dog\nB. hen", "answer": "<think>Birds do.</think>B"})
    assert (said.response, said.reasoning) == ("B. hen", "Birds do.")
