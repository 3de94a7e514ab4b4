"""What points at one of several answers: value by value, and what numbers say by all rows."""

from __future__ import annotations

from typing import Any

import pytest

from so8t_engine.data.adapters.judged import pointers, verdict_values

TWO, THREE = ["x1", "y1"], ["x1", "y1", "z1"]
POINTED: list[tuple[Any, dict[str, Any], object]] = [
    ("", {}, None), (None, {}, None), (True, {}, None), ("y1", {}, 1), (0, {}, 0), (1, {}, 1), ("1", {}, 1),
    (1.0, {}, 1), (1.5, {}, None),
    (2, {}, None), (-1, {}, 0), (-2, {"answers": THREE}, None), (1, {"told": "0"}, 1), (1, {"told": "1"}, 0),
    (2, {"told": "1"}, 1),
    (0, {"told": "1"}, None), (3, {"told": "1"}, None), (1, {"told": ""}, None), (1, {"told": pointers.BY_SIGN}, 1),
    (0, {"told": pointers.BY_SIGN}, "tie"),
    (-3, {"told": pointers.BY_SIGN}, 0), (1, {"told": pointers.BY_SIGN, "answers": THREE}, None),
    (0, {"name": "overall_preference"}, "tie"),
    (2, {"name": "overall_preference"}, 1), (-2, {"name": "Overall_Preference"}, 0), (1, {"ends": ("1", "2")}, 0),
    (2, {"ends": ("1", "2")}, 1),
    (0, {"ends": ("1", "2")}, None), (0, {"ends": ("a", "b")}, None),
    (0, {"ends": ("1", "2"), "told": pointers.FROM_0_ON}, "tie"),
    (1, {"ends": ("1", "2"), "told": pointers.FROM_0_ON}, 0),
    (1, {"ends": ("a", "b"), "told": pointers.FROM_0_ON}, None),
    (1, {"told": pointers.FROM_0_ON}, None), (1, {"name": "label"}, None), ("b", {"name": "label"}, 1),
    ("tie", {}, "tie"), ("Both.", {}, "tie"), ("引き分け。", {}, "tie"), ("neither", {}, "bad"), ("[[C]]", {}, "tie"),
    ("[[C]]", {"answers": THREE}, 2),
    ("[[B]]", {}, 1), ("(b)", {}, 1), ("Response B", {}, 1), ("model_a wins", {}, 0), ("the b is better", {}, 1),
    ("b is better", {}, 1), ("回答B", {}, 1),
    ("c", {}, None), ("c", {"answers": THREE}, 2), ("x", {"ends": ("x", "y")}, 0),
    ("a", {"ends": ("x", "y")}, None), ("乙", {"ends": ("甲", "乙")}, 1),
    ("a", {"ends": ("甲", "乙")}, None), ("Y", {}, None), ("left", {}, 0), ("the second one", {}, 1),
    ("third", {}, None), ("third", {"answers": THREE}, 2),
    ("右", {}, 1), ("A > B", {}, 0), ("A<B", {}, 1), ("[[A>>B]]", {}, 0), ("A = B", {}, "tie"), ("a ≫ b", {}, 0),
    ("a ≪ b", {}, 1), ("A ≈ B", {}, "tie"),
    ("human", {"ends": ("human_expert", "ai")}, 0), ("human", {"ends": ("human_a", "human_b")}, None),
    ("ai", {"ends": ("human_expert", "ai")}, 1),
    ("e", {"ends": ("human_e", "ai")}, None), ("gpt-4", {"givers": ("gpt-4", "llama")}, 0),
    ("gpt-4", {"givers": ("gpt-4", "gpt-4")}, None),
    ("llama", {"givers": ("gpt-4", "llama")}, 1), ("whatever", {}, None), (["y1"], {}, None),
    ("②", {}, 1), ("③", {}, None), ("Response 2", {}, 1), ("2番", {}, 1), ("Response 0", {}, None),
    ("Response 2", {"ends": ("a", "b")}, None), ("回答②", {}, 1),
    (["A", "B", "A"], {}, 0), ('["A", "B", "B"]', {}, 1), ("A, B, B", {}, 1), ("A、A、B", {}, 0), ("A, B", {}, None),
    (["A", "B"], {"ends": ("a", "b")}, "tie"),
    (["A", "B", "tie", "tie"], {}, "tie"), (["A", "B", None, "", "B"], {}, 1), (["A", "B", "unclear"], {}, None),
    ({"A": 3, "B": 1}, {}, 0), ({"A": 2, "B": 2}, {}, "tie"), ({"A": 0, "tie": 2}, {}, "tie"), 
    ({"good": 2}, {}, None),
    ({"ann": "B", "bob": "B", "eve": "A"}, {}, 1), ([{"winner": "B"}, {"vote": "B"}, {"label": "A"}], {}, 1),
    (["A"], {}, None), ([1, 0], {}, None), (["1", "0", "1"], {}, None), ([True, False], {}, None),
    (["A", "B"], {}, None),
    ("Response 1", {}, 0), ("a," * 99 + " a", {}, 0), ("", {"answers": ["", "x"]}, None),
    (True, {"answers": [True, "x"]}, None),
    ('"tie"', {}, "tie"), ("(Both bad)", {}, "bad"), ("tie (bothbad)", {}, "bad"), ("Tie (bothgood)", {}, "tie"),
    ("[[d]]", {"answers": THREE}, None), ("*b*", {}, 1), ("'b'", {}, 1), ("3rd", {}, None),
    ("3rd", {"answers": THREE}, 2),
    ("a, " * 66 + "b", {}, 0), ("a," * 100 + "b", {}, None), ({"A": -1, "B": 1}, {}, None),
    ({"A": True, "B": False}, {}, None),
    ({"A": 1.0, "B": 2}, {}, None), (["B", ""], {}, 1), ([None, None], {}, None), (["a", "b", "b"], {}, 1),
    (["a", "b", "c"], {"answers": THREE}, None), ([{"x": 1}, {"winner": "a"}], {}, None), ([["a"], ["a"]], {}, None),
    ("h", {"answers": [*"12345678"]}, 7), ("i", {"answers": [*"123456789"]}, None), ("h", {}, None), ("１", {}, 1),
    ("④", {"answers": THREE}, None), ("c > a", {}, None), ("x > y", {"ends": ("x", "y")}, 0), ("2>1", {}, 1),
    ("b", {"ends": ("human_a", "ai_b")}, 1), ("human a", {"ends": ("human a", "ai b")}, 0),
    ("gpt", {"givers": ("gpt",)}, 0),
    ("x1", {"givers": ("z", "x1")}, 0), ("*", {"givers": ("", "a")}, None), (7, {"told": "0"}, None),
    (-1, {"told": "0"}, 0),
    (-1, {"told": ""}, 0), (2, {"ends": ("1", "2"), "told": "1"}, 1),
    (0, {"ends": ("0", "1"), "told": pointers.FROM_0_ON}, "tie"),
    (2, {"ends": ("1", "2"), "told": ""}, None), (1, {"ends": ("2", "3")}, None), (3, {"ends": ("2", "3")}, 1),
    (0, {"name": "overall_preference", "answers": THREE}, None), (1, {"name": "overall_preference", "told": "1"}, 1),
    (["both bad", "both bad", "A"], {}, "bad"), (["y1", "y1", "x1"], {}, 1), ([], {}, None), ({}, {}, None),
]  # fmt: skip


@pytest.mark.parametrize(("value", "more", "outcome"), POINTED)
def test_a_value_points_at_one_answer_at_none_or_says_nothing(
    value: Any, more: dict[str, Any], outcome: object
) -> None:
    index = {pointers.NUMBERED: (more["told"], "")} if "told" in more else {}
    found = pointers.pointed(
        more.get("name", "winner"), value, more.get("answers", TWO), index, more.get("ends", ()), more.get("givers", ())
    )
    assert found == outcome and type(found) is type(outcome)


@pytest.mark.parametrize(
    ("values", "told", "is_open"),
    [
        ((0, 1), "0", True), ((1, 2), "1", True), ((0, 2), pointers.FROM_0_ON, True), ((1,), None, True),
        ((-1, 1), pointers.BY_SIGN, False), ((3,), "", True),
        ((3, -2), pointers.BY_SIGN, False), (("x", None), None, False), (("0", "1"), "0", True), ((0, 3), "", True),
    ],
)  # fmt: skip
def test_all_rows_tell_what_numbers_say(values: tuple[Any, ...], told: str | None, is_open: bool) -> None:
    numbers = pointers.Numbers()
    for value in values:
        numbers.add("winner", value, 2)
        numbers.add("overall_preference", -1, 2)
    assert numbers.found() == ({} if told is None else {pointers.NUMBERED: (told, "")}) and numbers.is_open() is is_open


def test_a_label_points_only_where_nothing_else_does() -> None:
    assert pointers.columns(("q", "label", "winner")) == ("winner",)
    assert pointers.columns(("q", "label", "vote")) == ("label", "vote") and pointers.columns(("q",)) == ()
    assert [verdict_values.whole_of(value) for value in (1, "2", 1.5, 2.0, "x", True, None)] == [
        1,
        2,
        None,
        2,
        None,
        None,
        None,
    ]


@pytest.mark.parametrize(
    ("values", "places", "are_marks"),
    [
        ([0, 1, 0], (1,), True), (["true", "FALSE", " True "], (0, 2), True), ([True, True], (0, 1), False),
        ([0, 0], (), False), ([1, 2], (0,), False), ([1, None], (0,), False), ([1.0, 0.0], (0,), True), ([], (), False),
        ([[1], 0], (), False),
    ],
)  # fmt: skip
def test_marks_point_where_they_say_yes(values: list[Any], places: tuple[int, ...], are_marks: bool) -> None:
    assert (pointers.marked(values), pointers.are_marks(values)) == (places, are_marks)
