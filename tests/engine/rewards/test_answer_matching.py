"""Numbers are read exactly, by their value."""

from __future__ import annotations

from fractions import Fraction

import pytest

from so8t_engine.data.record import AnswerKind
from so8t_engine.rewards import answer_matching, math_equivalence


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


@pytest.mark.parametrize(
    ("text", "mathematical"),
    [
        ("42", False), ("it is 3.5", False), ("1,200", False), ("3/4", False), ("", False), (r"\frac{1}{2}", True),
        (r"\sqrt{8}", True), ("x^2", True), ("$5x$", True),
    ],
)  # fmt: skip
def test_mathematics_is_more_than_a_plain_number(text: str, mathematical: bool) -> None:
    assert math_equivalence.looks_mathematical(text) is mathematical


@pytest.mark.parametrize(
    ("answer", "gold", "kind", "credit"),
    [
        ("The answer is B.", "b ", "choice", 1.0),
        ("The answer is C.", "B", "choice", 0.0),
        ("It is 42.", "42", "number", 1.0),
        ("It is 41.", "42", "number", 0.0),
        ("none", "42", "number", 0.0),
        ("none", "none", "number", 0.0),
        (r"\frac{1}{2}", "0.5", "number", 1.0),
        (r"\frac{1}{2}", "2", "number", 0.0),
        (r"\foo{2} 3", "3", "number", 1.0),
        ("3", r"\foo{2} 3", "number", 0.0),
        ("0.5", r"\frac{1}{2}", "text", 1.0),
        ("2", r"\frac{1}{2}", "text", 0.0),
        ("A red  train.", "a red train", "text", 1.0),
        ("a red bus", "a red train", "text", 0.5 * 4 / 6),
        ("red", "a red train", "text", 0.5 * 2 / 4),
        ("a bus", "one train", "text", 0.0),
        ("", "train", "text", 0.0),
    ],
)
def test_an_answer_earns_all_for_the_same_value_and_up_to_half_for_shared_words(
    answer: str, gold: str, kind: AnswerKind, credit: float
) -> None:
    assert answer_matching.credit(answer, gold, kind) == pytest.approx(credit)


@pytest.mark.parametrize(
    ("text", "letter"),
    [
        ("The answer is B", "B"), ("Answer: (C)", "C"), ("option D fits", "D"), ("答えは B です", "B"),
        ("正解は：C", "C"), ("The answer is A. No, the answer is B.", "B"), ("B. a shelf", "B"), ("(B) a shelf", "B"),
        ("B", "B"), ("Ｂ", "B"), ("I think it must be C", "C"), ("I am not sure", None), ("It's a shelf", None),
        ("A or C", "C"), ("Because", None), ("", None),
        ("A: animal, B: fruit, C: colour fits.\nC. green", "C"), ("A: fruit, B: fruit.\nA. pear", "A"),
        ("A. pear\nB. dog\nC. red", None), ("A. pear\nB. dog\nC. red\n\nB", "B"), ("A) no; B) no; so C", "C"),
        ("A：動物、B：果物。\n答え：B", "B"), ("A. It is not B.", "A"), ("A. pear, as B. is a dog", "A"),
        ("B. dog. A: wrong, C: wrong", "B"), ("A: x, B: y, A: x, B: y.\nB. dog", "B"),
    ],
)  # fmt: skip
def test_the_option_that_is_named_last_or_first_or_alone_is_meant(text: str, letter: str | None) -> None:
    assert answer_matching.letter(text) == letter
