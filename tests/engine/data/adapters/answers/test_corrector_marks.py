"""Marks of whoever went over the answers: a wrong one is not learnt, a right one not part of the answer."""

from __future__ import annotations

import pytest

from so8t_engine.config.run_config import Columns
from so8t_engine.data import drop_reasons
from so8t_engine.data.adapters import mapped
from so8t_engine.data.adapters.parsed_row import ParsedRow, Skip
from so8t_engine.sentences import Sentence

CAPITAL, BONES, MOST = "What is the capital of Turkey?", "How many bones does an adult have?", "日本で一番長い川は？"


def read(question: str, answer: str, **gold: str) -> str | Sentence:
    where = Columns(prompt="question", response="answer", answer="gold" if gold else None)
    try:
        found = mapped.read(where, {"question": question, "answer": answer, **gold})
    except Skip as skip:
        return skip.reason
    assert isinstance(found, ParsedRow)
    return found.bad_answer or found.response


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        (CAPITAL, "Istanbul  (WRONG - it is Ankara)"), (CAPITAL, "Istanbul (wrong)"),
        (CAPITAL, "Istanbul [Incorrect: Ankara]"),
        (CAPITAL, "Istanbul (wrong, see page 3)."), (CAPITAL, "Istanbul (incorrect it is Ankara)"),
        (CAPITAL, "Istanbul - WRONG"), (CAPITAL, "Istanbul ✗"), (CAPITAL, "Istanbul ❌"), (CAPITAL, "Istanbul (✘)"),
        (CAPITAL, "Istanbul ✕\ufe0f"), (BONES, "300 ✗"), (BONES, "300 bones ×"),
        ("Wie heißt der Fluss?", "Rhein (falsch)"),
        (MOST, "利根川（不正解）"), (MOST, "利根川 ×"), (MOST, "利根川（誤り：信濃川）"), (MOST, "利根川【間違い】"),
    ],
)  # fmt: skip
def test_an_answer_that_is_marked_wrong_is_not_learnt(question: str, answer: str) -> None:
    assert read(question, answer) == drop_reasons.LABELLED_BAD


@pytest.mark.parametrize(
    ("question", "answer", "said"),
    [
        ("What is the square root of 144?", "12 (correct)", "12"), (CAPITAL, "Ankara (Correct!)", "Ankara"),
        ("Which planet has rings?", "Saturn ✓", "Saturn"), ("Which planet has rings?", "Saturn✔\ufe0f", "Saturn"),
        (CAPITAL, "Ankara ✅", "Ankara"), (CAPITAL, "Ankara (✓)", "Ankara"), (BONES, "206 ○", "206"),
        (MOST, "信濃川 ○", "信濃川"), (MOST, "信濃川（正解）", "信濃川"), (MOST, "信濃川（○）", "信濃川"),
    ],
)  # fmt: skip
def test_the_mark_of_a_right_answer_is_no_part_of_it(question: str, answer: str, said: str) -> None:
    assert read(question, answer) == said


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("この文は○か×か。", "×"), (MOST, "○"), ("Which sign is it?", "The cross ×"),
        ("How do I show it is done?", "With a ✓"),
        ("Which sentence is correct?", "He goes (correct)"), ("Is the sentence right?", "I goes (wrong)"),
        ("What may I bring?", "Dogs ❌"), ("Does the plan include calls?", "Calls ❌"),
        ("What is not healthy?", "Smoke ❌"),
        ("Which dogs do you take?", "No dogs ❌"), ("What comes next?", "Your order is confirmed. ✅"),
        ("What is 3 times 4 as a formula?", "3 × 4 ×"), ("How is it written?", "x = 3 ✓"),
        ("Who rang?", "He (wrong number)"),
        ("What did he say?", "Turn left at the corner (right)"), ("何と書きますか。", "答えは ○"),
        ("伏せ字は？", "○○ ○"),
        ("What does the list say?", "- milk ✓\n- eggs ✗"), ("Tell me more.", "Great ❌"), ("入れますか。", "車 ×"),
        ("What did it print?", "`ok` ✓"), ("What happens then?", f"It goes {'on and ' * 8}on ✗"),
        (CAPITAL, "✗"), (CAPITAL, "(wrong)"), (CAPITAL, "WRONG"),
    ],
)  # fmt: skip
def test_what_may_be_a_part_of_the_answer_stays(question: str, answer: str) -> None:
    assert read(question, answer) == answer


def test_an_answer_is_held_against_a_gold_one_without_its_mark() -> None:
    assert read(CAPITAL, "Istanbul ✗", gold="Ankara") == drop_reasons.LABELLED_BAD
    assert read(CAPITAL, "Ankara ✓", gold="Ankara") == "Ankara"
    assert read(BONES, "300 ✓", gold="206") == drop_reasons.other_than_gold("gold")
