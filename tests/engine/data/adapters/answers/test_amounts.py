"""Wrong answers beside a gold one with a unit, a time, a variable or a word; right ones in other words."""

from __future__ import annotations

import pytest

from helpers.rows import parsed
from so8t_engine.data import drop_reasons
from so8t_engine.data.adapters.answers import conclusions

DIFFER = [
    ("16 cm³", "64 cm³"),
    ("16 cm^3", "64 cm³"), ("$16\\text{ cm}^{3}$", "64 cm³"), ("3000 cm", "3000 m"), ("2 km", "3 km"),
    ("50 km/h", "60 km/h"), ("9.8 m/s²", "9.6 m/s^2"), ("20 °C", "25 °C"), ("17:30", "18:30"), ("13,50 €", "12,50 €"),
    ("€13.50", "€12.50"), ("Saturn", "Jupiter"), ("x = 3", "x = 2"), ("x = 3", "2"), ("2 kg", "200 g"),
    ("5 円", "6 円"), ("1:20", "2:19"),
    ("12:55 pm", "12:45"), ("12:30 AM", "12:30 PM"), ("9:25 a.m.", "9:15 AM"), ("eleven", "10"), ("six", "eight"),
    ("2.5 million", "250000"), ("7 pm", "18:00"),
]  # fmt: skip
SAME = [
    ("64 cm^3", "64 cm³"), ("3 km", "3000 m"), ("68 °F", "68"),
    ("13,50 €", "13,5 €"), ("x = 2", "2"), ("7,200 s", "7200 s"),
    ("2 h", "7200 s"), ("8 minutes", "8"), ("jupiter", "Jupiter"), ("1.5 m²", "1.5 m2"), ("9:05", "09:05"),
    ("7 pm", "19:00"), ("12:10 am", "0:10"), ("twelve", "12"), ("1.5 million", "1500000"), ("9:15 AM", "09:15"),
]  # fmt: skip
UNCLEAR = [
    ("2 feet", "24 inches"), ("3 kg", "4 m"), ("3 apples", "3 pieces"), ("Romans", "Roman"),
    ("the big planet", "Jupiter"),
    ("USA", "America"),
]  # fmt: skip


@pytest.mark.parametrize(("said", "gold"), DIFFER)
def test_an_answer_that_comes_to_another_amount_is_not_learnt(said: str, gold: str) -> None:
    found = parsed(
        {"question": "How much is it?", "response": f"So it comes.\nThe answer is {said}.", "gold_answer": gold}
    )
    assert (found.bad_answer, found.answer) == (drop_reasons.other_than_gold("gold_answer"), gold)


@pytest.mark.parametrize(("said", "gold"), SAME)
def test_the_same_amount_in_other_words_is_right_and_its_way_is_thought(said: str, gold: str) -> None:
    found = parsed(
        {"question": "How much is it?", "response": f"So it comes.\nThe answer is {said}.", "gold_answer": gold}
    )
    assert (found.bad_answer, found.reasoning) == (None, "So it comes.")


@pytest.mark.parametrize(("said", "gold"), UNCLEAR)
def test_what_nobody_knows_to_differ_is_not_said_to(said: str, gold: str) -> None:
    assert not conclusions.differs(f"So it comes.\nThe answer is {said}.", gold)
    assert not conclusions.is_same(said, gold)


def test_reasons_that_come_to_another_value_of_the_variable_are_heard() -> None:
    assert conclusions.contradicts("So we get \\boxed{x = 3}", "x = 2")
    assert not conclusions.contradicts("So we get \\boxed{x = 2}", "2")


@pytest.mark.parametrize(
    ("said", "gold", "right"),
    [
        ("答えは午後5時半です。", "午後6時半", False), ("答えは午後5時半です。", "17:30", True),
        ("答えは10時25分です。", "10時15分", False), ("したがって答えは10時15分です。", "10:15", True),
        ("よって答えはいいえです。", "はい", False), ("よって、答えは36個です。", "36", True),
        ("したがって、答えは600円となります。", "600円", True),
        ("以上から、答えは8個です。", "8", True), ("そのため答えは8個です。", "9", False),
    ],
)  # fmt: skip
def test_japanese_results_are_heard_behind_what_leads_to_them(said: str, gold: str, right: bool) -> None:
    found = parsed({"質問": "いくつですか？", "回答": f"こう考えます。{said}", "正解": gold})
    assert (found.bad_answer is None, found.reasoning) == (right, "こう考えます。" if right else None)
