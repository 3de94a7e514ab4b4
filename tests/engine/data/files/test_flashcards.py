"""Cards of Obsidian's are read where most of a note is cards; fields, code and definitions with that sign are not."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest

from engine.data.files.test_files_people_have import put, read
from so8t_engine.data import drop_reasons
from so8t_engine.data.files import flashcards
from so8t_engine.data.files.row_readers import BadRow, RawRow

NOTE = """---
tags: flashcards/chem
---
# Chemistry
#flashcards

Symbol of gold::Au
- What is the pH of water? :: 7 #card
What is Avogadro's number?:::6.022e23 per mole <!--SR:!2024-03-01,3,250-->
水の化学式は何ですか。::H2O

Why does salt lower
the freezing point?
?
It hinders the molecules.

What does the principle say?
??
A system answers a change.
It shifts.
<!--SR:!2024-03-01,3,250-->
"""
CARDS = [
    ("Symbol of gold", "Au"),
    ("What is the pH of water?", "7"),
    ("What is Avogadro's number?", "6.022e23 per mole"),
    ("水の化学式は何ですか。", "H2O"),
    ("Why does salt lower\nthe freezing point?", "It hinders the molecules."),
]


@pytest.mark.parametrize("name", ["a.md", "a.txt"])
def test_cards_are_questions_with_their_answers(tmp_path: Path, name: str) -> None:
    """It was said to be a text without a known form."""
    found, _ = read(put(tmp_path / name, NOTE))
    last = ("What does the principle say?", "A system answers a change.\nIt shifts.")
    assert [(card["question"], card["answer"]) for card in found] == [*CARDS, last]
    assert [item.number for item in flashcards.rows(io.BytesIO(NOTE.encode()), 1_000, 4)] == [5, 6]


@pytest.mark.parametrize(
    "text",
    [
        "status:: done\nauthor:: John\ndue date:: 2024-01-02\nrating:: 5\n",
        "std::sort\nstd::vector\nstd::map\n",
        "Symbol of gold::Au\nWhat is it?::A metal.\n",
        "```\nWhat is it a::b\nWhat is it c::d\nWhat is it e::f\n```\n",
        "Here is a text.\nIt goes on.\nAnd on.\nWhat is it?::Au\nAnd what is it?::Ag\nAnd that one?::Cu\n",
        "CPU::\n  The brain.\nRAM::\n  What it remembers.\nSSD::\n  What stays.\n",
    ],
)
def test_other_texts_with_that_sign_are_no_cards(text: str) -> None:
    assert not flashcards.is_one(text)


def test_what_a_note_says_of_itself_is_no_card() -> None:
    note = b"---\nsource:: The book of all things\nis it good:: Yes\n---\nSymbol of gold::Au\n---\nof silver::Ag\n"
    found = [item.text for item in flashcards.rows(io.BytesIO(note), 1_000) if isinstance(item, RawRow)]
    assert found == ['{"question":"Symbol of gold","answer":"Au"}', '{"question":"of silver","answer":"Ag"}']


def test_callouts_that_ask_are_cards_two_of_which_are_enough() -> None:
    asked = "> [!question]- Why so?\n> > [!success]- Answer\n> > It burns.\n>\n> - a\n\n"
    other = "> [!FAQ] How\n> Thus.\n\nSee [[it]].\n"
    assert flashcards.is_one(asked + other) and not flashcards.is_one(asked)
    assert not flashcards.is_one((asked + other).replace("question", "note").replace("FAQ", "tip"))
    found = [json.loads(item.text) for item in flashcards.rows(io.BytesIO((asked + other).encode()), 100)
             if isinstance(item, RawRow)]  # fmt: skip
    assert found == [
        {"question": "Why so?", "answer": "It burns.\n\n- a"}, {"question": "How", "answer": "Thus."},
    ]  # fmt: skip


def test_a_card_that_is_too_long_is_left_out_and_the_next_one_is_read() -> None:
    text = f"What is it?\n?\n{'Gold. ' * 5}\n{'Gold. ' * 5}\n\nWhat is that?::Silver\n".encode()
    long, card = flashcards.rows(io.BytesIO(text), 50)
    assert long == BadRow(1, "line", 1, drop_reasons.TOO_LONG) and isinstance(card, RawRow) and card.number == 2


ASKED, BARE = "What is it?::Gold\n", "Gold::Au\n"


@pytest.mark.parametrize(
    ("text", "is_one"),
    [
        (ASKED * 3, True), (ASKED * 2, False), ("Symbol of gold::Au\n" * 3, True), ("Gold symbol::Au\n" * 3, False),
        ("日本首都::東京\n" * 3, True), ("酸化物::錆\n" * 3, False), ("Größe Länge::x\n" * 3, False),
        ("Gold::Au\n" * 3, False),
        ("Why?::So\n" * 3, True), ("なぜ？::So\n" * 3, True), (ASKED * 2 + BARE * 2, True),
        (ASKED * 2 + BARE * 3, False),
        (ASKED * 4 + "It is so.\n" * 2, True), (ASKED * 3 + "It is so.\n" * 2, False),
        ("> [!faq] Why?\n> So.\n\n" * 2, True), ("> [!faq] Why?\n> So.\n\n" + ASKED, False),
        ("> [!faq] Why?\n> So.\n\n" + ASKED * 2, True), ("Why is it so?\n?\nSo.\n\n" * 3, True),
        ("?\nWhy is it so?\nSo.\n\n" * 3, False), ("Why is it so?\nSo.\n?\n\n" * 3, False),
        ("---\n" + ASKED * 9 + "---\nIt is so.\n" + ASKED * 2, False), ("\n---\n" + ASKED * 3 + "---\n", True),
        ("```\nx\n```\n" + ASKED * 3, True),
    ],
)  # fmt: skip
def test_a_text_is_cards_where_most_lines_are_and_most_fronts_say_something(text: str, is_one: bool) -> None:
    assert flashcards.is_one(text) is is_one


def test_a_card_may_be_as_long_as_a_row() -> None:
    text = f"Why?\n?\n{'x' * 15}\n\nHow?\n?\n{'x' * 15}\n\nWho?\n?\n{'x' * 16}\n".encode()
    found = list(flashcards.rows(io.BytesIO(text), 20))
    assert [isinstance(item, RawRow) for item in found] == [True, True, False]
    assert found[2] == BadRow(3, "line", 9, drop_reasons.TOO_LONG)
