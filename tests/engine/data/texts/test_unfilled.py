"""Holes of a template that nobody has filled in, and what only looks like them."""

from __future__ import annotations

import pytest

from so8t_engine.data.texts import unfilled


def test_the_words_of_a_link_are_no_hole() -> None:
    assert not unfilled.has_holes("Why does ice float?", "It is less dense. More in [our help](/help).")
    assert not unfilled.has_holes("Where is it?", "Open [your account](https://example.org/a).")
    assert unfilled.has_holes("Why does ice float?", "Ask [our help desk].")


@pytest.mark.parametrize(
    "hole",
    [
        "{{Phone Number}}", "{{Company}}", "[Your Name]", "[insert the date here]", "[customer's name]", "[url]",
        "$[amount]",
        "{order number}", "Hello {name}", "Dear <name>", "<your address>", "［お名前］", "【電話番号】", "[住所]",
        "(XXX) XXX-XXXX", "xxx-xxx-xxxx", "0120-XXXX-XXXX", "03-○○○○-○○○○", "03-〇〇〇〇-〇〇〇〇", "03-××××-××××",
    ],
)  # fmt: skip
def test_a_hole_is_one_of_whatever_signs_it_is_made_and_none_where_the_question_has_it(hole: str) -> None:
    for answer in (f"Call {hole} at nine.", f"é {hole} 日"):
        assert unfilled.has_holes("Whom do I call?", answer)
        assert not unfilled.has_holes(f"Whom do I call at {hole}?", answer)
        assert not unfilled.has_holes("Fill the template: whom do I call?", answer)
        assert not unfilled.has_holes("Whom do I call?", f"`{hole}`")


@pytest.mark.parametrize(
    "text",
    [
        "{{x}}",
        "[1]",
        "[sic]",
        "<b>",
        "{name}",
        "03-1234-5678",
        "XX-XX",
        "é",
        "[a list of many words and more]",
        "¥[",
        "-〇",
    ],
)
def test_other_signs_are_no_holes(text: str) -> None:
    assert not unfilled.has_holes("Whom do I call?", f"Call {text} at nine, é.")
