"""Results that are the same, though they are written otherwise; and what only looks alike."""

from __future__ import annotations

import pytest

from helpers.rows import parsed
from so8t_engine.data.adapters.answers import conclusions, same_values

Q = "What do we get?"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("1, 2, 3", "[1, 2, 3]"), ("[1,2,3]", "1, 2 and 3"), ("1,2,3", "1, 2, and 3."), ("(1, 2)", "(1,2)"),
        ("1, 2", "(1, 2)"), ("\\{3, 2, 1\\}", "{1, 2, 3}"), ("3, 2, 1", "\\left\\{1, 2, 3\\right\\}"), ("[7]", "7"),
        ("\\{1, \\frac{1}{2}\\}", "{0.5, 1}"), ("x=3 \\text{ or } x=4", "x=4 or x=3"),
        ("[(1, 2), (3, 4)]", "(1,2), (3,4)"),
        ("1、2、3", "1, 2, 3"), ("赤と青", "赤、青"), ("red; blue", "red, blue"), ("1,200, 1,300", "[1200, 1300]"),
        ("2x+3", "3+2x"), ("2x + 3", "3 + 2x"), ("x^{2}-1", "-1+x^2"), ("x^2-1", "x²−1"), ("2\\cdot x", "2*x"),
        ("e^{-x}+1", "1+e^{-x}"), ("2(x+1)-3", "-3+2(x+1)"), ("2\\pi", "2π"), ("2\\sqrt{3}", "2√3"),
        ("\\frac{\\pi}{2}", "π/2"), ("\\dfrac{x+1}{2}", "(x+1)/2"), ("\\sqrt2+1", "1+\\sqrt{2}"), ("$3+2x$", "2x+3"),
        ("25\\%", "0.25"), ("25\\%", "25"), ("25\\%", "\\frac{1}{4}"), ("\\frac12", "0.5"), ("1\\frac{1}{2}", "3/2"),
        ("1 1/2", "1.5"), ("-1 1/2", "-1.5"),
    ],
)  # fmt: skip
def test_a_result_is_the_gold_one_however_it_is_written(one: str, other: str) -> None:
    assert conclusions.is_same(one, other) and conclusions.is_same(other, one)
    assert not conclusions.differs(f"So it is \\boxed{{{one}}}", other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("3, 2, 1", "1, 2, 3"), ("\\{3, 2, 4\\}", "\\{1, 2, 3\\}"), ("1, 2", "1, 2, 3"), ("{1, 1, 2}", "{1, 2, 2}"),
        ("[1, 2]", "(1, 2)"), ("(2, 1)", "(1, 2)"), ("A, B", "B, A"), ("1, , 2", "1, 2"), ("[1, 2", "1, 2]"),
        ("(1)+(2), 3", "1)+(2, 3"), ("2x+4", "2x+3"), ("a-b", "b-a"), ("2x-3", "3-2x"), ("x^{2}", "x^{3}"),
        ("well-known", "known-well"), ("y=2x+3", "y=3x+2"), ("30\\%", "0.25"), ("2^-1", "-1^2"), ("[7, 8]", "7"),
        ("1 1/0", "1"), ("(x+1", "1+(x"), ("w" * 201 + ", 1", "[" + "w" * 201 + ", 1]"),
    ],
)  # fmt: skip
def test_what_is_not_the_same_part_by_part_is_not_called_the_same_nor_another(one: str, other: str) -> None:
    assert not conclusions.is_same(one, other) and not conclusions.is_same(other, one)
    assert not conclusions.differs(f"So it is \\boxed{{{one}}}", other)


@pytest.mark.parametrize(
    ("boxed", "gold"), [("1, 2, 3", "[1, 2, 3]"), ("2x+3", "3+2x"), ("25\\%", "0.25"), ("\\{2, 1\\}", "{1, 2}")]
)
def test_the_way_to_such_a_result_is_thought(boxed: str, gold: str) -> None:
    said = f"We go through them and see. So \\boxed{{{boxed}}}"
    found = parsed({"question": Q, "response": said, "gold": gold})
    assert (found.response, found.reasoning, found.bad_answer) == (boxed, said, None)


def test_a_list_is_told_by_its_brackets_or_by_what_stands_between_its_items() -> None:
    assert same_values.listed("{1, 2}") == same_values.Listed("{", ("1", "2"), is_unordered=True)
    assert same_values.listed("1 or 2") == same_values.Listed("", ("1", "2"), is_unordered=True)
    assert same_values.listed("[a]") == same_values.Listed("[", ("a",), is_unordered=False)
    assert same_values.listed("f(1, 2), (3)") == same_values.Listed("", ("f(1, 2)", "(3)"), is_unordered=False)
    assert same_values.listed("1,200") is None and same_values.listed("(a)") is None and same_values.listed("a") is None
