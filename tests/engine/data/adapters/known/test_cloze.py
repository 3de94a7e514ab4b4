"""Texts with gaps become questions for the first gap's word."""

from __future__ import annotations

import pytest

from helpers.rows import reason, whole
from so8t_engine.data import drop_reasons
from so8t_engine.data.adapters.known import cloze

ASKS = "Fill in the gap:\n\n"


def answered(prompt: str, answer: str) -> dict[str, str]:
    return {"prompt": prompt, "response": answer, "answer": answer, "answer_kind": "text"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("{{c1::Lima}} is in Peru.", answered(f"{ASKS}____ is in Peru.", "Lima")),
        ("{{c2::Lima}} is in {{c1::Peru::land}}.", answered(f"{ASKS}Lima is in ____ (land).", "Peru")),
        ("{{c1::Lima}} is in {{c1::Peru}}.",
         {"prompt": f"{ASKS}____ is in ____.", "response": "Lima, Peru"}),
        ("{{c1::A}}, and {{c1::A}} again", answered(f"{ASKS}____, and ____ again", "A")),
        ("It is {{c3:: 7 }}", answered(f"{ASKS}It is ____", "7")),
        ("首都は{{c1::東京}}です。", answered("空欄に入る言葉は何ですか。\n\n首都は____です。", "東京")),
        ("a{{c1::b}}", drop_reasons.NO_QUESTION),
        ("{{c1::b}}s", drop_reasons.NO_QUESTION),
        ("It is {{c1::7}} of b{{c1::c}}.", drop_reasons.NO_QUESTION),
        ("<img src=x> {{c1::Lima}}", drop_reasons.NEEDS_MEDIA),
    ],
)  # fmt: skip
def test_the_word_of_the_gap_that_comes_first_is_asked_for(text: str, expected: object) -> None:
    assert whole({"Text": text, "Extra": ""}) == expected


def test_a_gap_about_a_picture_needs_it_and_other_braces_are_none() -> None:
    assert reason({"Text": "{{c1::Lima}} is here.", "image": "a.png"}) == drop_reasons.NEEDS_MEDIA
    assert cloze.place({"a": "{{c::x}} {{cat}}", "b": 7, "c": "{{c1::x}}"}) == "c"
