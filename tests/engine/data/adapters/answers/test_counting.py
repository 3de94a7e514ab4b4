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


THREE, SAYS_A, SAYS_B = ["a", "b", "c"], "The answer is A.", "The answer is B."


@pytest.mark.parametrize(
    ("rows", "start"),
    [
        ([(THREE, 1)], "untold"), ([(THREE, 0)], 0), ([(THREE, 3)], 1), ([(THREE, 1), (THREE, 0)], 0), ([(THREE, 3),
        (THREE, 0)], 0),
        ([(THREE, 1), (THREE, 3)], 1), ([(THREE, "B")], None), ([(["1", "2", "3"], 1)], None),
        ([(["1. a", "2. b"], 1)], None),
        ([(THREE, [0, 2])], 0), ([(THREE, 1), (THREE, "B")], "untold"),
        ([(THREE, [1, 2])], "untold"), ([(THREE, [1, 3])], 1), ([(THREE, 3),
        (THREE, [0, 2])], 0),
        ([(["a"], 1)], None), ([(THREE, "1,2")], "untold"), ([(THREE, "1,B")], None), ([(THREE, True)], None),
        ([(THREE, None)], None),
        ([(THREE, "3番")], 1), ([(THREE, "③")], None), ([(THREE, "[1, 3]")], 1),
    ],
)  # fmt: skip
def test_what_numbers_count_from_is_told_by_the_least_and_the_greatest(
    rows: list[tuple[Any, Any]], start: object
) -> None:
    assert counting.told_by_numbers([{"c": value, "a": right} for value, right in rows], ["c"], "a") == start


@pytest.mark.parametrize(
    ("rights", "start"),
    [([1], None), ([0], 0), ([2], None), ([3], 1), ([3, 0], 1), ([2, 0], 0), ([1, 2], None), (["3"], 1)],
)
def test_of_numbered_columns_the_first_number_that_tells_does(rights: list[Any], start: object) -> None:
    rows = [{"o1": "a", "o2": "b", "o3": "", "a": right} for right in rights]
    assert counting.told_by_numbers(rows, ["o1", "o2", "o3"], "a") == start


@pytest.mark.parametrize(
    ("rows", "start"),
    [
        ([(THREE, 1, SAYS_A)], 1), ([(THREE, 1, SAYS_B)], 0), ([(THREE, 1, "b")], 0), ([(THREE, 1, "a")], 1),
        ([(THREE, 2, "a")], None),
        ([(THREE, 1, "The answer is C.")], None), ([(THREE, 1, "The answer is 2.")], 0),
        ([(THREE, 1, "The answer is 1.")], 1),
        ([(THREE, 1, "正解は②")], 0), ([(THREE, 1, "正解はイ")], 0), ([(THREE, 1, f"{SAYS_A} {SAYS_B}")], None),
        ([(THREE, 1, 7)], None),
        ([(THREE, 1, "x")], None), ([(THREE[:2], 1, SAYS_A)], 1), ([(THREE[:1], 1, SAYS_A)], None),
        ([(THREE, [1, 2], SAYS_A)], None),
        ([(THREE, 1, SAYS_A)] * 9 + [(THREE, 1, SAYS_B)], 1), ([(THREE, 1, SAYS_A)] * 8 + [(THREE, 1, SAYS_B)], None),
        ([(["1", "2", "4"], 1, "The answer is 2.")], 0), ([(["1", "2", "4"], 1, "The answer is 1.")], 1),
        ([(["4", "8", "9"], 1, "The answer is 8.")], 0), ([(THREE, 1, SAYS_B)] * 9 + [(THREE, 1, SAYS_A)], 0),
        ([(THREE, 1, "正解はウ")], None), ([(THREE, 3, "正解はウ")], 1), ([(THREE, 3, "正解は3番")], 1),
    ],
)  # fmt: skip
def test_what_numbers_count_from_is_told_by_another_column_where_nearly_all_rows_agree(
    rows: list[tuple[Any, Any, Any]], start: object
) -> None:
    where = Columns(prompt="q", choices="c", answer="a")
    found = [{"q": SAYS_B, "c": value, "a": right, "e": said} for value, right, said in rows]
    assert counting.told_elsewhere(found, where) == start


def test_what_the_user_calls_a_value_is_looked_up_as_text() -> None:
    labels = {"1": "A", "hen": "B"}
    assert [counting.called(right, labels) for right in (1, 1.0, " hen", "x", [1], None)] == [
        "A",
        "A",
        "B",
        "x",
        [1],
        None,
    ]
    assert counting.called(1, {}) == 1
