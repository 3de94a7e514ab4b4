"""What the numbers of right options count from is told by what other columns say of them, or by the user."""

from __future__ import annotations

import json
from typing import Any

import pytest

from so8t_engine.config.run_config import Columns, Dataset
from so8t_engine.data import admission
from so8t_engine.data.adapters import choose_adapter
from so8t_engine.data.adapters.answers import counting, options
from so8t_engine.data.adapters.parsed_row import Fields
from so8t_engine.data.notes import source_notes

OPTIONS = ["Mars", "Venus", "Saturn", "Earth"]


def rows_of(answer: str, *right: Any, **more: list[Any]) -> list[Fields]:
    """A row for each number that `answer` holds; `more`: what other columns have there."""
    beside = [dict(zip(more, values, strict=True)) for values in zip(*more.values(), strict=True)] or [{}] * len(right)
    return [
        {"question": f"Planet {number}?", "options": OPTIONS, answer: said, **extra}
        for number, (said, extra) in enumerate(zip(right, beside, strict=True))
    ]


def learnt(rows: list[Fields], **entry: Any) -> tuple[list[str | None], list[tuple[Any, ...]]]:
    """(the letters of the right options; what is said of their numbers: start, line)."""
    dataset = Dataset(name="d", source="local", path="x", **entry)
    index = choose_adapter.index_of(dataset, lambda: iter(rows))
    said = [note for note in source_notes.of_rows(dataset, rows, index) if note.code == "data.numbers_untold"]
    letters = [admission.parsed(dataset, row, index).answer for row in rows]
    return letters, [(note.args["start"], note.args["line"]) for note in said]


@pytest.mark.parametrize(
    ("first", "second", "start"),
    [
        ("The answer is B.", "The correct answer is C", 0), ("Answer: A, as ...", "Option (B) is correct.", 1),
        ("正解は2", "正解は選択肢3です。", 0), ("正解は1番です。", "正解：２。", 1),
        ("正解はイ。", "答えはウです", 0),
        ("Venus", "Saturn", 0), ("Mars", "Venus", 1), ("正解は②", "正解は③", 0),
        ("The correct option is 1.", "Option 2 is the right one, option 3 is too large.", 1),
    ],
)  # fmt: skip
def test_another_column_that_names_the_right_option_tells_what_they_count_from(
    first: str, second: str, start: int
) -> None:
    for right, said in (((1, 2), [first, second]), ((1, 1), [first] * 2), ((2, 2), [second] * 2)):
        rows = rows_of("answer", *right, explanation=said)
        assert learnt(rows) == (["ABCD"[number - start] for number in right], [])


def test_columns_that_do_not_agree_or_name_no_option_tell_nothing() -> None:
    for said in (["The answer is A.", "The answer is C."], ["The answer is a dog.", "Option 3 is wrong."]):
        letters, notes = learnt(rows_of("answer", 1, 2, explanation=said))
        assert letters == ["B", "C"] and len(notes) == 1


@pytest.mark.parametrize(
    "name", ["correct_option_number", "answer_number", "correctAnswerNum", "正解番号", "答えの番号"]
)
def test_what_is_called_a_number_is_counted_from_1_and_that_is_said(name: str) -> None:
    line = 'labels: {"0": "A", "1": "B", "2": "C", "3": "D"}'
    assert learnt(rows_of(name, 1, 2, 3)) == (["A", "B", "C"], [(1, line)])
    assert learnt(rows_of(name, 0, 2, 3)) == (["A", "C", "D"], [])


@pytest.mark.parametrize("kind", [int, str, float])
@pytest.mark.parametrize("columns", [None, Columns(prompt="question", choices="options", answer="answer")])
def test_the_line_that_is_proposed_counts_from_the_other(kind: Any, columns: Columns | None) -> None:
    rows = rows_of("answer", *map(kind, (1, 2, 3)))
    letters, [(start, line)] = learnt(rows, columns=columns)
    assert (letters, start) == (["B", "C", "D"], 0)

    labels = json.loads(line.removeprefix("labels: "))
    assert learnt(rows, labels=labels, columns=columns) == (["A", "B", "C"], [])


@pytest.mark.parametrize(
    ("right", "numbers"),
    [("1", [1]), ("12", [12]), (3, [3]), ("1, 2", [1, 2]), ("[1, 2]", [1, 2]), ([1, 2], [1, 2]), ("a", []), ("", []),
     ("①", []), ("B, 1", [])],
)  # fmt: skip
def test_which_numbers_name_options(right: Any, numbers: list[int]) -> None:
    assert counting._numbers(right) == numbers


def test_of_numbers_that_nothing_tells_of_it_is_said_up_to_how_many_options_there_are() -> None:
    rows = [{"q": "a?", "options": OPTIONS[:2], "answer": 1}, {"q": "b?", "options": OPTIONS, "answer": 1},
            {"q": "c?", "options": OPTIONS[:3], "answer": 1}]  # fmt: skip
    found = counting.look(iter(rows), Columns(prompt="q", choices="options", answer="answer"))
    assert found[counting.UNTOLD] == ("answer", "4")


@pytest.mark.parametrize(
    ("row", "right", "is_one"),
    [({"A": "3", "B": 4}, 4, True), ({"A": "3", "B": 4}, " 3 ", True), ({"A": "3", "B": 4}, 5, False),
     ({"A": ["3"], "B": None}, 3, False), ({"A": "", "B": "x"}, None, True), ({"A": "y", "B": "x"}, None, False)],
)  # fmt: skip
def test_what_is_the_text_of_an_option_is_no_number_of_one(row: Fields, right: Any, is_one: bool) -> None:
    assert options.is_option(row, ("A", "B"), right) is is_one
