"""Answer keys in runs and rows: each answer goes to its own question, or none does."""

from __future__ import annotations

import io
import json

import pytest

from so8t_engine.data.files import answer_keys, key_runs, numbered_quizzes
from so8t_engine.data.files.row_readers import RawRow

ASKED = [("Capital of France?", "Berlin", "Paris"), ("Who wrote Faust?", "Goethe", "Heine"),
         ("Legs of a spider?", "6", "8"), ("Water boils at?", "50", "100")]  # fmt: skip
RIGHT = ["Paris", "Goethe", "8", "100"]
OPTIONS = {"A": "AB", "①": "①②", "ア": "アイ", "1": "12", "a": "ab"}


def quiz(key: str, first: str = "A") -> str:
    one, two = OPTIONS[first]
    close = "" if first == "①" else ")"
    lines = [f"{n}. {asked}\n{one}{close} {a}\n{two}{close} {b}" for n, (asked, a, b) in enumerate(ASKED, 1)]
    return "\n".join([*lines, "", "Answers", key, ""])


def answers(text: str) -> list[str] | None:
    """What answers each question, in words; None where the text is no quiz with a key."""
    if numbered_quizzes.kind_of(text) is None:
        return None
    found = numbered_quizzes.rows(io.BytesIO(text.encode()), 1 << 20, 0, lambda _: None)
    rows = [json.loads(one.text) for one in found if isinstance(one, RawRow)]
    marks = [row["answer"] for row in rows]
    return [row[f"option{'①②'.index(m) + 1}" if m in "①②" else f"option{m}" if m in "12" else m] for row, m in zip(
        rows, marks, strict=True)]  # fmt: skip


@pytest.mark.parametrize(
    ("key", "first"),
    [
        ("1-4 BABB", "A"), ("1-4: B A B B", "A"), ("1–4. B, A, B, B", "A"), ("1～4：②①②②", "①"), ("1~2 BA 3~4 BB", "A"),
        ("問1～問4　イアイイ", "ア"), ("1-2 ba\n3-4 bb", "a"), ("第1-4题 BABB", "A"), ("1至4 BABB", "A"),
        ("1-4 2122", "1"), ("(1)-(4) BABB", "A"), ("１～４　②①②②", "①"), ("BABB", "A"), ("1 2 3 4\nB A B B", "A"),
        ("1B 2A 3B 4B", "A"),
        ("1,B\n2,A\n3,B\n4,B", "A"), ("1② 2① 3② 4②", "①"), ("1,2\n2,1\n3,2\n4,2", "1"), ("Answers: 1-4 BABB", "A"),
        ("| Question | 1 | 2 | 3 | 4 |\n|---|---|---|---|---|\n| Answer | B | A | B | B |", "A"),
        ("| 1 | 2 | 3 | 4 |\n| B | A | B | B |", "A"),
    ],
)  # fmt: skip
def test_a_run_of_marks_answers_its_questions_one_after_another(key: str, first: str) -> None:
    assert answers(quiz(key, first)) == RIGHT


@pytest.mark.parametrize(
    "key", ["1-4 BAB", "1-4 BABBA", "BAB", "1-4 AB B A", "1-4 B", "1 2 3\nB A B B", "4-1 BABB", "1-4 BABBEL", "Babble"]
)
def test_marks_that_are_not_as_many_as_their_questions_answer_none(key: str) -> None:
    assert answers(quiz(key)) is None


@pytest.mark.parametrize(
    ("text", "laid"),
    [
        ("6-8 ABC", "6. A 7. B 8. C"), ("6-15 BCADB DCABA", "6. B 7. C 8. A 9. D 10. B 11. D 12. C 13. A 14. B 15. A"),
        ("1-13 ABCDA BCDAB CDA", " ".join(f"{at}. {mark}" for at, mark in enumerate("ABCDABCDABCDA", 1))),
        ("1-3 AB C", "1-3 AB C"), ("See pages 1-3 A", "See pages 1-3 A"), ("1-5 mm", "1-5 mm"), ("2-1 B", "2-1 B"),
        ("1-2 a big", "1-2 a big"), ("Answers: 1-2 AB", "Answers: 1. A 2. B"),
    ],
)  # fmt: skip
def test_only_a_line_of_nothing_but_runs_is_one(text: str, laid: str) -> None:
    assert key_runs.laid_out([text], answer_keys.KEY, answer_keys.KEY_AHEAD, 0) == [laid]


def test_a_number_with_a_comma_is_no_entry_of_a_key() -> None:
    assert answer_keys.count(["1,000 people", "2,500 people"]) == 0
