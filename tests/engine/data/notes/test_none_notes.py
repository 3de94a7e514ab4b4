"""Answers that are left out because they are a word for none are told, and no others."""

from __future__ import annotations

from typing import Any

import pytest

from so8t_engine.config.run_config import Columns, Dataset
from so8t_engine.data.notes import none_notes

ASKED = "Which is it?"


def told(*pairs: tuple[Any, Any], labels: dict[str, str] | None = None, **where: Any) -> tuple[int, list[str]] | None:
    dataset = Dataset(name="d", source="local", path="d.jsonl", labels=labels or {})
    rows = [{"q": asked, "a": said} for asked, said in pairs]
    note = none_notes.note(dataset, rows, Columns(**{"prompt": "q", "response": "a"} | where))
    if note is None:
        return None
    assert (note.code, note.args["column"]) == ("data.words_for_none", "a")
    assert all(f'"{word}": "{word}"' in str(note.args["line"]) for word in note.args["words"])
    return note.args["count"], note.args["words"]


def test_the_five_most_frequent_are_shown_and_all_are_counted() -> None:
    words = ["…", *["---"] * 2, *["NULL"] * 6, *["NaN"] * 5, *["--"] * 3, *["-"] * 4]
    assert told(*((ASKED, word) for word in words)) == (21, ["NULL", "NaN", "-", "--", "---"])
    labels = {"nothing": "NULL", "NaN": "no number"}
    assert told(*((ASKED, word) for word in words), labels=labels) == (15, ["NaN", "-", "--", "---", "…"])
    assert told((ASKED, "-"), labels={"none": "-"}) is None


@pytest.mark.parametrize("word", ["N/A", "n/a", "null", "nil", "undefined", " - ", "nan", "NaN"])
def test_a_word_for_none_is_told(word: str) -> None:
    assert told((ASKED, word)) == (1, [word.strip()])
    assert told((None, word)) is None is told(("", word))


@pytest.mark.parametrize(
    "word",
    ["None", "none", "TBD", "<nooutput>", "", 3, None, "no answer", "unknown", "なし", "null and void", "-" * 25],
)
def test_other_words_are_not(word: Any) -> None:
    assert told((ASKED, word)) is None


def test_a_word_that_is_asked_for_is_an_answer() -> None:
    assert told(("What is the symbol for minus?", "-")) is None
    assert told(("What does x return in Python?", "null")) is None
    assert told(("What is the symbol for minus?", "-"), (ASKED, "-")) == (1, ["-"])


def test_rows_that_cannot_be_asked_are_passed_over() -> None:
    assert told(({"a": 1}, "-"), (ASKED, "-")) == (1, ["-"])
    assert told((ASKED, "-"), prompt=None, response=None, messages="q") is None
    assert told((ASKED, "-"), prompt="{q} {z}") is None
