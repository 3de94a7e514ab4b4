r"""What an answer boxes, and what it only says of \boxed{}; how an answer begins with the gold one."""

from __future__ import annotations

import pytest

from so8t_engine.data.adapters.answers import boxed, conclusions


@pytest.mark.parametrize(
    ("text", "results"),
    [
        ("\\boxed{7}", ["7"]), ("\\boxed{\\frac{1}{2}}", ["\\frac{1}{2}"]), ("\\boxed{}", []), ("\\boxed{7", []),
        ("So \\boxed{a} and \\fbox{b}.", ["a", "b"]), ("`\\boxed{x}`", []), ("`\\boxed{7}`", ["7"]),
        ("`\\boxed{7}` is it", []),
        ("Write \\boxed{x} here", []), ("Write \\boxed{7}", ["7"]), ("I put \\boxed{x} and it is \\boxed{y}", ["y"]),
        ("x を \\boxed{x} のように書く", []), 
        ("```\n\\boxed{7}\n```", ["7"]), ("Write" + " " * 40 + "\\boxed{x}", ["x"]),
        ("none", []),
    ],
)  # fmt: skip
def test_a_box_holds_a_result_unless_it_is_only_spoken_of(text: str, results: list[str]) -> None:
    assert boxed.results(text) == results


@pytest.mark.parametrize(
    ("text", "gold", "begins"),
    [("B. Because", "B", True), ("B", "B", False), ("A. Because", "B", False), ("No, as", "no", True),
    ("Yes - so", "yes", True), ("Yes - so", "no", False),
     ("7. x", "7", False), ("Nobody, x", "no", False), ("b) x", "B", True)],
)  # fmt: skip
def test_a_text_begins_with_the_gold_letter_or_yes_or_no(text: str, gold: str, begins: bool) -> None:
    assert conclusions.begins_with(text, gold) is begins


@pytest.mark.parametrize(
    ("text", "gold", "closes"),
    [("So there are 7 of them in all.", "7", True), ("So there are 8 of them.", "7", False),
    ("So 7 of 8 are left.", "7", False), ("It is red.", "red", False), ("", "7", False)],
)  # fmt: skip
def test_a_text_closes_with_the_gold_number_and_no_other(text: str, gold: str, closes: bool) -> None:
    assert conclusions.closes_with(text, gold) is closes
