"""What is worked out and what is not: each bound, to its last step."""

from __future__ import annotations

import pytest
from sympy.core import random as sympy_random

from so8t_engine.rewards import math_equivalence

PAIRS = [  # just inside, just outside
    ("+".join(["1"] * 50) + "1", "+".join(["1"] * 50) + "11"),
    ("x", ""),
    ("(" * 6 + "x" + ")" * 6, "(" * 7 + "x" + ")" * 7),
    ("{" * 6 + "x" + "}" * 6, "{" * 7 + "x" + "}" * 7),
    ("5", "5!"),
    ("2*3", "2**3"),
    ("1" * 15, "1" * 16),
    ("x^2+x^2+x^2+x^2", "x^2+x^2+x^2+x^2+x^2"),
    ("x^{12}", "x^{13}"),
    ("x^6+x^6", "x^6+x^7"),
    ("2^{99}+2^{51}", "2^{99}+2^{52}"),
    ("x^{y}", "x^{2y}"),
    ("2^{-1/2}", "2^{-1/200}"),
    (r"\frac{1}{2}", r"\sum{1}{2}"),
    (r"\sin{x}+\cos{x}", r"\sin{x}+\cos{x}+\tan{x}"),
    (r"\frac{1}{2}+\frac{1}{3}+\frac{1}{4}", r"\ln{1}+\ln{2}+\exp{3}"),
    ("x+y+z", "x+y+z+w"),
]


@pytest.mark.parametrize(("inside", "outside"), PAIRS)
def test_an_expression_is_worked_out_up_to_its_bounds(inside: str, outside: str) -> None:
    assert math_equivalence.bounded(inside) and not math_equivalence.bounded(outside)


@pytest.mark.parametrize(
    ("text", "compared"),
    [
        (r"so \boxed{1} or \boxed{ \frac{1}{2} } it is", r"\frac{1}{2}"),
        (r"\boxed{\frac{1}{2", r"\frac{1}{2"),  # cut off
    ],
)
def test_what_is_compared_of_a_text_is_its_last_box(text: str, compared: str) -> None:
    assert math_equivalence.expression(text) == compared


@pytest.mark.parametrize(
    ("answer", "gold", "same"),
    [
        ("x+1", "x+1.0000001", None),  # as near as a rounded number: the slow way says
        ("x+1", "x+2", True),
        ("1000*x", "1000*x+0.1", None),  # a share of what they are, not so many digits
        ("0.001*x", "0.002*x", True),
        ("x", "y", None),
        ("x+y", "y+x", None),
        ("x-y", "y-x", True),
        ("3", "4", None),  # without a variable
    ],
)
def test_expressions_that_differ_clearly_somewhere_are_told_apart(answer: str, gold: str, same: bool | None) -> None:
    [wanted, *_], [given, *_] = math_equivalence._parsed(gold), math_equivalence._parsed(answer)

    assert math_equivalence._differ(wanted, given) is (same or False)


@pytest.mark.parametrize("text", [r"\nobody{knows}", "5!", "x^{9999}"])
def test_what_cannot_be_worked_out_is_the_same_as_itself_alone(text: str) -> None:
    assert math_equivalence.same(text, text) is True and math_equivalence.same(text, "7") is None


def test_a_comparison_draws_the_same_numbers_whatever_was_drawn_before() -> None:
    """A resumed run compares as one that was never cut."""
    [gold, answer] = map(math_equivalence._parsed, ("x+1", "x+2"))
    drawn = set()
    for seed in (7, 9):
        sympy_random.seed(seed)
        math_equivalence._verified([*gold], [*answer])
        drawn.add(sympy_random.rng.random())

    assert len(drawn) == 1
