"""Which columns are said to be a label beside an answer in prose, at the bounds, and how a row of theirs is read."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from so8t_engine.config.run_config import Columns
from so8t_engine.data.adapters.answers import (
    labels_beside,
)

INDEX = {labels_beside.BESIDE: ("final\nanswer", "0")}
FAR = "It goes on and on. " * 12
CASES: list[tuple[Callable[..., Any], tuple[Any, ...], object]] = [
    (labels_beside.concludes_in, ("It is a whale.", "whale"), True),
    (labels_beside.concludes_in, ("It is a whaler.", "whale"), False),
    (labels_beside.concludes_in, (f"It is a whale. {FAR}", "whale"), True),
    (labels_beside.concludes_in, (f"There are 7 dogs. {FAR}", "7"), False),
    (labels_beside.concludes_in, (f"Lima is not. {FAR}The answer is Quito.", "Lima"), False),
    (labels_beside.label_of, (True,), None),
    (labels_beside.label_of, (7.0,), "7"),
    (labels_beside.label_of, (" ",), None),
    (labels_beside.label_of, (["7"],), None),
    (
        labels_beside.applied,
        (
            Columns(prompt="question", choices="a, b", answer="final"),
            {"answer": "All of it, 100%.", "final": "100%"},
            INDEX,
        ),
        Columns(prompt="question", choices="a, b", answer="final"),
    ),
    (
        labels_beside.applied,
        (
            Columns(prompt="question", response="final"),
            {"answer": " ", "final": "1"},
            INDEX,
        ),
        Columns(prompt="question", response="final"),
    ),
    (
        labels_beside.applied,
        (
            Columns(prompt="question", response="final"),
            {"answer": 1, "final": "1"},
            INDEX,
        ),
        Columns(prompt="question", response="final"),
    ),
    (
        labels_beside.look,
        (
            [{"q": "Who?", "answer": "That must be Quito, as far as I know it.", "gold": "Quito"}] * 3,
            Columns(prompt="q", response="answer", answer="verdict"),
        ),
        {},
    ),
    (
        labels_beside.look,
        (
            [{"q": "Who?", "answer": "That must be Quito, as far as I know it.", "gold": "Quito"}] * 3,
            Columns(prompt="q", response="answer", answer="gold"),
        ),
        {"a label beside an answer in prose": ("gold\nanswer", "0")},
    ),
    (
        labels_beside.applied,
        (
            Columns(prompt="question", response="answer"),
            {"answer": "All of it, 100%."},
            {labels_beside.BESIDE: ("final_answer\nanswer", "0")},
        ),
        Columns(prompt="question", response="answer"),
    ),
    (
        labels_beside.applied,
        (
            Columns(prompt="question", response="answer"),
            {"answer": "All of it, 100%.", "final_answer": "100%"},
            {labels_beside.BESIDE: ("final_answer\nanswer", "0")},
        ),
        Columns(prompt="question", response="answer", answer="final_answer"),
    ),
    (
        labels_beside.applied,
        (
            Columns(prompt="question", response="answer"),
            {"answer": "All of it, 100%.", "final_answer": "90%"},
            {labels_beside.BESIDE: ("final_answer\nanswer", "0")},
        ),
        Columns(prompt="question", response="answer"),
    ),
    (
        labels_beside.applied,
        (
            Columns(prompt="question", response="answer"),
            {"answer": "All of it.", "final_answer": "glass"},
            {labels_beside.BESIDE: ("final_answer\nanswer", "0")},
        ),
        Columns(prompt="question", response="answer"),
    ),
    (
        labels_beside.applied,
        (
            Columns(prompt="question", response="answer", answer="gold"),
            {"answer": "All of it, 100%.", "final_answer": "100%"},
            {labels_beside.BESIDE: ("final_answer\nanswer", "0")},
        ),
        Columns(prompt="question", response="answer", answer="gold"),
    ),
    (
        labels_beside.applied,
        (
            Columns(prompt="question", response="other"),
            {"answer": "All of it, 100%.", "final_answer": "100%"},
            {labels_beside.BESIDE: ("final_answer\nanswer", "0")},
        ),
        Columns(prompt="question", response="other"),
    ),
    (
        labels_beside.applied,
        (
            Columns(prompt="question", response="final"),
            {"answer": "All of it, 100%.", "final": "90%"},
            INDEX,
        ),
        Columns(prompt="question", response="answer"),
    ),
    (
        labels_beside.applied,
        (
            Columns(prompt="question", response="final"),
            {"answer": "All of it, 100%.", "final": "100%"},
            INDEX,
        ),
        Columns(prompt="question", response="answer", answer="final"),
    ),
    (
        labels_beside.applied,
        (
            Columns(prompt="question", response="final"),
            {"answer": "All of it, 100%.", "final": "100%"},
            {labels_beside.BESIDE: ("final\nanswer", "none")},
        ),
        Columns(prompt="question", response="answer"),
    ),
    (
        labels_beside.look,
        (
            [{"q": "Who?", "answer": "That must be Quito, as far as I know it from maps.", "final": "Quito"}] * 3,
            Columns(prompt="q", response="final"),
        ),
        {"a label beside an answer in prose": ("final\nanswer", "0")},
    ),
    (
        labels_beside.look,
        (
            [{"q": "Who?", "answer": "That must be Quito, as far as I know it from maps.", "final": "Quito"}] * 2,
            Columns(prompt="q", response="final"),
        ),
        {},
    ),
    (
        labels_beside.look,
        (
            [{"q": "Who?", "answer": "That must be Quito, as far as I know it from maps.", "final": "Quito"}] * 3
            + [
                {"q": "Who?", "answer": "That must be Quito, as far as I know it from maps.", "final": None},
                {"q": "Who?", "answer": "", "final": "Quito"},
            ],
            Columns(prompt="q", response="final"),
        ),
        {"a label beside an answer in prose": ("final\nanswer", "0")},
    ),
    (
        labels_beside.look,
        (
            [{"q": "Who?", "answer": "That must be Quito, as far as I know it from maps.", "final": "Quito\nLima"}] * 3,
            Columns(prompt="q", response="final"),
        ),
        {},
    ),
    (
        labels_beside.look,
        (
            [{"q": "Who?", "answer": "That must be Quito, as far as I know it from maps. " * 3, "final": "y" * 30}] * 3,
            Columns(prompt="q", response="final"),
        ),
        {"a label beside an answer in prose": ("final\nanswer", "none")},
    ),
    (
        labels_beside.look,
        (
            [{"q": "Who?", "answer": "That must be Quito, as far as I know it from maps. " * 3, "final": "y" * 31}] * 3,
            Columns(prompt="q", response="final"),
        ),
        {},
    ),
    (
        labels_beside.look,
        (
            [
                {"q": "Who?", "answer": "That must be Quito, as far as I know it from maps.", "final": said}
                for said in ("Lima", "Lima", "Quito", "Quito")
            ],
            Columns(prompt="q", response="final"),
        ),
        {"a label beside an answer in prose": ("final\nanswer", "2")},
    ),
    (
        labels_beside.look,
        (
            [
                {"q": "Who?", "answer": "That must be Quito, as far as I know it from maps.", "final": said}
                for said in ("Lima", "Lima", "Lima", "Quito", "Quito")
            ],
            Columns(prompt="q", response="final"),
        ),
        {"a label beside an answer in prose": ("final\nanswer", "none")},
    ),
    (
        labels_beside.look,
        (
            [
                {"q": "Who?", "answer": "That must be Quito, as far as I know it from maps.", "ground_truth": said}
                for said in ("Lima", "Lima", "Quito", "Quito", "Quito")
            ],
            Columns(prompt="q", response="answer"),
        ),
        {"a label beside an answer in prose": ("ground_truth\nanswer", "2")},
    ),
    (
        labels_beside.look,
        (
            [
                {"q": "Who?", "answer": "That must be Quito, as far as I know it from maps.", "ground_truth": said}
                for said in ("Lima", "Lima", "Quito", "Quito")
            ],
            Columns(prompt="q", response="answer"),
        ),
        {"a label beside an answer in prose": ("ground_truth\nanswer", "2")},
    ),
    (
        labels_beside.look,
        (
            [
                {"q": "Who?", "answer": "That must be Quito, as far as I know it from maps.", "ground_truth": said}
                for said in ("Lima", "Lima", "Lima", "Quito", "Quito")
            ],
            Columns(prompt="q", response="answer"),
        ),
        {},
    ),
    (
        labels_beside.look,
        ([{"q": "Who?", "answer": "y" * 39, "final": "Quito"}] * 3, Columns(prompt="q", response="final")),
        {},
    ),
    (
        labels_beside.look,
        ([{"q": "Who?", "answer": "y" * 40, "final": "Quito"}] * 3, Columns(prompt="q", response="final")),
        {"a label beside an answer in prose": ("final\nanswer", "none")},
    ),
    (
        labels_beside.look,
        ([{"q": "Who?", "answer": "あ" * 19, "final": "キト"}] * 3, Columns(prompt="q", response="final")),
        {},
    ),
    (
        labels_beside.look,
        ([{"q": "Who?", "answer": "あ" * 20, "final": "キト"}] * 3, Columns(prompt="q", response="final")),
        {"a label beside an answer in prose": ("final\nanswer", "none")},
    ),
    (
        labels_beside.look,
        ([{"q": "Who?", "answer": ["y"], "final": "Quito"}] * 3, Columns(prompt="q", response="final")),
        {},
    ),
    (
        labels_beside.look,
        (
            [{"q": "Who?", "answer": "y" * 40, "final": "Quito", "reasoning": "So."}] * 3,
            Columns(prompt="q", response="final", reasoning="reasoning"),
        ),
        {},
    ),
    (
        labels_beside.look,
        ([{"質問": "Who?", "回答": "あ" * 20, "正解": "キト"}] * 3, Columns(prompt="質問", response="正解")),
        {},
    ),
    (
        labels_beside.look,
        (
            [{"q": "Who?", "text": "That must be Quito, as far as I know it.", "target": "Quito"}] * 4,
            Columns(prompt="q", response="target"),
        ),
        {},
    ),
    (
        labels_beside.look,
        (
            [
                {"q": q, "text": "That must be Quito, as far as I know it.", "target": "Quito"}
                for q in ("Who?", "Where?") * 2
            ],
            Columns(prompt="q", response="target"),
        ),
        {"a label beside an answer in prose": ("target\ntext", "0")},
    ),
    (
        labels_beside.look,
        (
            [
                {"q": q, "text": "That must be Quito, as far as I know it.", "target": "Quito"}
                for q in ("Who?", "Where?", "Who?")
            ],
            Columns(prompt="q", response="target"),
        ),
        {"a label beside an answer in prose": ("target\ntext", "0")},
    ),
    (
        labels_beside.look,
        (
            [{"q": "Who?", "answer": "That must be Quito, as far as I know it.", "ground_truth": "Quito"}] * 3,
            Columns(prompt="q", response="ground_truth"),
        ),
        {"a label beside an answer in prose": ("ground_truth\nanswer", "0")},
    ),
    (
        labels_beside.look,
        ([{"q": "Who?", "ground_truth": "Quito"}] * 3, Columns(prompt="q", response="ground_truth")),
        {},
    ),
]


@pytest.mark.parametrize(("function", "given", "value"), CASES)
def test_which_columns_are_a_label_and_prose_at_the_bounds(
    function: Callable[..., Any], given: tuple[Any, ...], value: object
) -> None:
    said = function(*given)
    assert (said, type(said)) == (value, type(value))


@pytest.mark.parametrize(
    ("label", "prose", "are_so"),
    [
        ("Quito it is", "y" * 40, True), ("So Quito it is", "y" * 60, False), ("Quito.", "y" * 40, False),
        ("7.", "y" * 40, True), ("7?", "y" * 40, True), ("Who?", "y" * 40, False), ("y" * 14, "x" * 41, False),
        ("y" * 14, "x" * 42, True),
    ],
)  # fmt: skip
def test_a_label_is_short_and_prose_three_times_as_long(label: str, prose: str, are_so: bool) -> None:
    rows = [{"q": "Who?", "answer": prose, "final": label}] * 3
    assert bool(labels_beside.look(rows, Columns(prompt="q", response="final"))) is are_so


@pytest.mark.parametrize(("questions", "are_so"), [("abbbb", False), ("abbb", True), ("bbbbb", False)])
def test_a_text_beside_a_target_is_prose_unless_few_questions_are_asked_of_many(questions: str, are_so: bool) -> None:
    rows = [{"q": asked, "text": "That must be Quito, as far as I know it.", "target": "Quito"} for asked in questions]
    assert bool(labels_beside.look(rows, Columns(prompt="q", response="target"))) is are_so
