"""Numbers are read exactly, by their value."""

from __future__ import annotations

from fractions import Fraction

import pytest

from so8t_engine.rewards import answer_matching


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1.5/2", Fraction(3, 4)),
        ("3/4", Fraction(3, 4)),
        ("1,200.5/4", Fraction(12005, 40)),
        ("-3.5", Fraction(-7, 2)),
        ("from 3 to 1,200", Fraction(1200)),
        ("７", Fraction(7)),
        ("it is 5.", Fraction(5)),
        ("1/0", None),
        ("none", None),
        ("9" * 200, Fraction(int("9" * 200))),
        ("9" * 201, None),
    ],
)
def test_the_last_number_is_read_as_a_fraction(text: str, value: Fraction | None) -> None:
    assert answer_matching.number(text) == value


@pytest.mark.parametrize(
    ("said", "gold", "credit"),
    [("3,5", "3.5", 1.0), ("-4,25", "-4.25", 1.0), ("1,234", "1.234", 0.0), ("1,234", "1234", 1.0), ("3,5", "5", 0.0)],
)
def test_a_comma_with_one_or_two_digits_behind_it_may_be_a_decimal_comma(said: str, gold: str, credit: float) -> None:
    assert answer_matching.credit(said, gold, "number") == credit


def test_half_the_words_earn_a_quarter() -> None:
    assert answer_matching.credit("mount aso", "mount fuji", "text") == 0.25
    assert answer_matching.credit("nothing", "mount fuji", "text") == 0.0
    assert answer_matching.credit("the red dog", "the red fox jumps", "text") == 0.5 * 2 * 2 / (3 + 4)
