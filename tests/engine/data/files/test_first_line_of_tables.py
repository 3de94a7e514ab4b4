"""Whether the first line of a table holds names, and what is said where it cannot."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from helpers.sessions import refused
from so8t_engine.data.files import heading_words, local_files
from so8t_engine.data.files.row_readers import RawRow
from so8t_engine.sentences import Sentence


def put(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8", newline="")
    return path


def read(path: Path) -> list[Any]:
    items = [item for file in local_files.find(str(path)) for item in local_files.read(file, 10_000)]
    return [json.loads(item.text) for item in items if isinstance(item, RawRow)]


def said(path: Path) -> list[str]:
    """What is told of a file while it is read."""
    notes: list[Sentence] = []
    [file] = local_files.find(str(path))
    list(local_files.read(file, 10_000, notice=notes.append))
    return [note.args["what"].code for note in notes]


def test_names_that_ask_are_names_where_no_text_below_them_does(tmp_path: Path) -> None:
    text = "question,answer,Correct?\nWhich is it?,The small one.,Y\nIs it new?,No.,N\n"
    assert list(read(put(tmp_path / "a.csv", text))[0]) == ["question", "answer", "Correct?"]
    form = "Email,What is 2+2?\ns@x.com,4\nt@x.com,5\n"
    assert list(read(put(tmp_path / "b.csv", form))[0]) == ["Email", "What is 2+2?"]


def test_tables_side_by_side_or_on_their_side_are_called_so(tmp_path: Path) -> None:
    beside = put(tmp_path / "a.csv", "Question,Answer,,Question,Answer\na,b,,c,d\n")
    assert "two tables side by side" in refused(lambda: read(beside)).detail
    lying = put(tmp_path / "b.csv", "Question,Is it old?,Is it new?,Is it red?\nAnswer,No.,Yes.,No.\n")
    assert "exchange them" in refused(lambda: read(lying)).detail


def test_what_anki_exports_has_no_names(tmp_path: Path) -> None:
    cards = put(tmp_path / "a.txt.tsv", "#separator:tab\n#html:true\nWhich is it?\tThe small one.\nIs it new?\tNo.\n")
    assert read(cards)[0] == {"column1": "Which is it?", "column2": "The small one."}


def test_questions_options_and_a_letter_need_no_names(tmp_path: Path) -> None:
    exam = put(tmp_path / "a.csv", "Find the degree over Q.,0,4,2,6,C\nWhich is a planet?,Sun,Mars,Moon,Pluto,B\n")
    names = {"question": "Find the degree over Q.", "A": "0", "B": "4", "C": "2", "D": "6", "answer": "C"}
    assert (read(exam)[0], len(read(exam))) == (names, 2)
    assert said(exam) == ["data.options_without_names"]
    named = put(tmp_path / "b.csv", "Question,A,B,C,answer\nWhich is a planet?,Sun,Mars,Moon,B\n")
    assert list(read(named)[0]) == ["Question", "A", "B", "C", "answer"]
    grades = put(tmp_path / "c.csv", "Tom Henderson,12,14,15,B\nAnn Petersson,13,12,11,C\n")
    assert "Tom Henderson" in read(grades)[0]


def test_of_columns_without_names_none_is_proposed_where_several_may_answer(tmp_path: Path) -> None:
    table = put(tmp_path / "a.csv", "Which is it?,The small one.,The large one.\nIs it new?,No it is not.,It is new.\n")
    assert "COLUMN OF THE ANSWERS" in refused(lambda: read(table)).detail
    two = put(tmp_path / "b.csv", "1,Which is it?,The small one.\n2,Is it new?,No it is not.\n")
    assert "prompt: column2, response: column3" in refused(lambda: read(two)).detail


def test_cells_that_say_as_above_are_told(tmp_path: Path) -> None:
    table = put(tmp_path / "a.csv", "question,answer\nRain?,By day.\nSnow?,〃\nHail?,dito\n")
    assert [row["answer"] for row in read(table)] == ["By day."] * 3
    assert said(table) == ["data.as_above"]


@pytest.mark.parametrize(
    ("cells", "may_be", "are_known"),
    [
        (["Term", "Zork"], True, True), (["Zork", "Term", "Blim"], True, False), (["question", "Zork"], True, True),
        (["Term"], False, True), (["Term", "Term"], False, True), (["#", "Nr."], True, False),
        (["a" * 30, "b"], True, False), (["a" * 31, "b"], False, False), (["a b c d", "e"], True, False),
        (["a b c d e", "f"], False, False), (["Is it?", "Term"], False, True), (["12", "Term"], False, True),
    ],
)  # fmt: skip
def test_a_few_short_words_may_be_names_and_half_of_them_are_known(
    cells: list[str], may_be: bool, are_known: bool
) -> None:
    assert (heading_words.may_be_names(cells), heading_words.are_known(cells)) == (may_be, are_known)


@pytest.mark.parametrize(("alike", "are_unlike"), [(0, True), (1, True), (2, False)])
def test_of_the_rows_of_a_table_one_in_ten_may_look_like_names(alike: int, are_unlike: bool) -> None:
    rows = [["Term", "Meaning"]] * alike + [["12", "13"]] * (10 - alike)
    assert heading_words.are_unlike(rows) is are_unlike


@pytest.mark.parametrize("end", ["\n", "\r", "\r\n"])
def test_of_files_that_were_joined_none_loses_a_row_by_the_mark_it_begins_with(tmp_path: Path, end: str) -> None:
    table = [f"\ufeffquestion,answer{end}{asked},Me{end}" for asked in ("Who?", "Why?")]
    assert [row["question"] for row in read(put(tmp_path / "a.csv", "".join(table)))] == ["Who?", "Why?"]
    lines = [f'\ufeff{{"question": "{asked}", "answer": "Me"}}\n' for asked in ("Who?", "Why?")]
    assert [row["question"] for row in read(put(tmp_path / "a.jsonl", "".join(lines)))] == ["Who?", "Why?"]
    cards = [f"\ufeff{asked}\nA. Me\nB. You\nANSWER: A\n" for asked in ("Who?", "Why?")]
    assert [row["question"] for row in read(put(tmp_path / "a.txt", "".join(cards)))] == ["Who?", "Why?"]
