"""Questions in Moodle's GIFT format are rows: what can be answered, with what explains it."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import pytest

from engine.data.files.test_files_people_have import put, read
from helpers.rows import parsed, reason
from helpers.sessions import refused
from so8t_engine.data import drop_reasons
from so8t_engine.data.files import gift
from so8t_engine.data.files.row_readers import BadRow, RawRow

CHOICE = {"question": "Which is a river?", "A": "Alps", "B": "Nile", "C": "Etna", "answer": "B"}


def one(text: str) -> Any:
    [found] = gift.rows(io.BytesIO(text.encode()), 10_000)
    return json.loads(found.text) if isinstance(found, RawRow) else found.reason


@pytest.mark.parametrize(
    "text",
    [
        "::Q1:: Which is a river? {~Alps =Nile ~Etna}",
        "Which is a river? {\n~Alps#It is a range.\n=Nile#Correct!\n~Etna\n}",
        "// easy\n$CATEGORY: R/A\n\n::Long\ntitle::[html]Which is a river?{\n\t~Alps\n\n\t=Nile\n\t~Etna\n}",
        "Which is a river? {~%-50%Alps ~%100%Nile ~Etna ####Well done.}",
        "Which is a river? {~Alps =Nile ~Etna}.",
    ],
)
def test_choices_are_rows_with_options(text: str) -> None:
    assert one(text) == CHOICE and parsed(CHOICE).response == "B. Nile"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (
            "Grant is {~buried =entombed ~living} in his tomb.",
            {"question": "Grant is ____ in his tomb.", "A": "buried", "B": "entombed", "C": "living", "answer": "B"},
        ),
        (
            "日本の首都は{=東京#1868年に改称した。 =東京都}である。",
            {"question": "日本の首都は____である。", "answer": "東京", "explanation": "1868年に改称した。"},
        ),
        ("Two and two are {=four =4}.", {"question": "Two and two are ____.", "answer": "four"}),
        ("Two and two? {=four}", {"question": "Two and two?", "answer": "four"}),
        ("When? {#1822}", {"question": "When?", "answer": "1822"}),
        (
            "When? {#1822:0#He was born then.}",
            {"question": "When?", "answer": "1822", "explanation": "He was born then."},
        ),
        (
            "When? {#\n =1822:0 # Correct! 100% credit\n =%50%1822:2 # Nearly.\n}",
            {"question": "When?", "answer": "1822"},
        ),
        ("It is on. {T}", {"question": "It is on.", "A": "True", "B": "False", "answer": "A"}),
        (
            "It is on. {FALSE#It is off, see below.#It is off.####Look at it.}",
            {
                "question": "It is on.",
                "A": "True",
                "B": "False",
                "answer": "B",
                "explanation": "It is off.\nLook at it.",
            },
        ),
        ("海は赤い。{F}", {"question": "海は赤い。", "A": "正しい", "B": "誤り", "answer": "B"}),
        (
            "Which are gases? {~%50%Neon#A ~%50%Argon ~%-100%Iron}",
            {"question": "Which are gases?", "A": "Neon", "B": "Argon", "C": "Iron", "answer": "A,B"},
        ),
        (
            r"Is \{a\} \= 3 \~ 1? {=2\#1\n\:) ~3 ####The set is small.}",
            {
                "question": "Is {a} = 3 ~ 1?",
                "A": "2#1\n:)",
                "B": "3",
                "answer": "A",
                "explanation": "The set is small.",
            },
        ),
        (
            "Match. {=Peru -> Lima =Chile -> Santiago = -> Quito}",
            {
                "question": "Match.\n\n- Peru\n- Chile\n\nLima / Quito / Santiago",
                "answer": "- Peru -> Lima\n- Chile -> Santiago",
            },
        ),
        ("Write a poem. {}", {"question": "Write a poem.", "answer": ""}),
        ("What is pi? {#3.141..3.142}", {"question": "What is pi?", "answer": ""}),
        ("Which? {~a ~b}", {"question": "Which?", "answer": ""}),
    ],
)
def test_each_kind_of_question_is_read_as_far_as_it_has_an_answer(text: str, found: dict[str, str]) -> None:
    assert one(text) == found
    if not found["answer"]:
        assert reason(found) == drop_reasons.EMPTY_FIELD


def test_a_text_of_them_is_known_and_read_from_any_question_on(tmp_path: Path) -> None:
    text = (
        "// quiz\n\nRead this first.\n\n::1::Which is a river? {~Alps =Nile ~Etna}\n::2::It is on. {T}\n\nWho? {=I}\n"
    )
    found, said = read(put(tmp_path / "quiz.gift.txt", text))
    assert [row["answer"] for row in found] == ["B", "A", "I"] and said == []
    items = list(gift.rows(io.BytesIO(text.encode()), 10_000))
    assert list(gift.rows(io.BytesIO(text.encode()), 10_000, 1)) == items[1:]


@pytest.mark.parametrize("name", ["quiz.txt", "quiz.gift", "quiz.GIFT"])
def test_it_is_read_by_what_it_holds_also_with_an_ending_of_its_own(tmp_path: Path, name: str) -> None:
    text = "::Q1:: Which is a river? {~Alps =Nile ~Etna}\n\nWhich is a hill? {~Nile =Etna}\n"
    found, _ = read(put(tmp_path / name, text))
    assert [row["answer"] for row in found] == ["B", "B"] and found[0] == CHOICE


def test_one_that_cannot_be_read_costs_itself_alone() -> None:
    text = b"A? {=a}\n\nB\xff? {=b}\n\nC? {=" + b"c" * 60 + b"}\n\nLong? {~x\n~y\n" + b"~z\n" * 20 + b"=b}\n\nD? {=d}"
    items = list(gift.rows(io.BytesIO(text), 60))
    bad = [(item.number, item.reason) for item in items if isinstance(item, BadRow)]
    assert (
        bad == [(2, drop_reasons.NOT_UTF8), (3, drop_reasons.TOO_LONG), (4, drop_reasons.TOO_LONG)] and len(items) == 5
    )


@pytest.mark.parametrize(
    "text", ["{# for x in y #}\n// comment\n{# end #}\n", "// a\n// b\nif (x) {~y}\n", "::x\n::y\n"]
)
def test_other_texts_are_not_in_this_format(tmp_path: Path, text: str) -> None:
    assert refused(lambda: read(put(tmp_path / "x.txt", text))).sentence.code == "data.unknown_text"
