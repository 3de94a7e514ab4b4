"""Questions in merged cells, of which a table in text has only the first: with several answers below each other."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from so8t_engine.config.run_config import Columns, Dataset
from so8t_engine.data.files import local_files, merged_cells
from so8t_engine.data.files.row_readers import RawRow
from so8t_engine.sentences import Sentence

MERGED = (
    "Question,Answer,Accepted\nWhich gas?,Helium,no\n,Oxygen,yes\nWhich metal?,Lead,no\n,Iron,yes\n,Steel,no\n"
    "Which stone?,Slate,yes\n"
)


def read(path: Path, text: str, skip: int = 0, **more: Any) -> tuple[list[dict[str, Any]], list[Sentence]]:
    path.write_text(text, encoding="utf-8", newline="")
    said: list[Sentence] = []
    reading = local_files.Reading.of(Dataset(name="x", source="local", path=str(path), **more))
    [file] = local_files.find(str(path))
    items = local_files.read(file, 10_000, skip, reading=reading, notice=said.append)
    return [json.loads(item.text) for item in items if isinstance(item, RawRow)], said


def told(said: list[Sentence]) -> str:
    return " ".join(map(str, said))


def test_a_question_in_a_merged_cell_is_that_of_all_answers_beside_it_wherever_reading_begins(tmp_path: Path) -> None:
    rows, said = read(tmp_path / "a.csv", MERGED)
    assert [(row["Question"], row["Answer"]) for row in rows] == [
        ("Which gas?", "Helium"), ("Which gas?", "Oxygen"), ("Which metal?", "Lead"), ("Which metal?", "Iron"),
        ("Which metal?", "Steel"), ("Which stone?", "Slate"),
    ]  # fmt: skip
    assert "'Question'" in told(said) and "merged" in told(said)
    assert read(tmp_path / "a.csv", MERGED, skip=4)[0][0]["Question"] == "Which metal?"


def test_merged_cells_of_a_table_in_japanese_with_tabs_a_number_and_a_group(tmp_path: Path) -> None:
    text = (
        "No.\t分類\t質問\t回答\n1\t気体\tどの気体ですか\t酸素\n\t\t\tO2 です\n2\t\tどの金属ですか\t鉄\n\t\t\tFe です\n"
    )
    rows, _ = read(tmp_path / "a.tsv", text)
    assert [row["質問"] for row in rows] == ["どの気体ですか"] * 2 + ["どの金属ですか"] * 2


def test_the_column_that_asks_may_be_named_by_the_user(tmp_path: Path) -> None:
    text = "Was,Antwort A\nWelches Gas?,Helium\n,Sauerstoff\nWelches Metall?,Blei\n,Eisen\n"
    columns = Columns(prompt="Was", response="Antwort A")
    assert [row["Was"] for row in read(tmp_path / "a.csv", text, columns=columns)[0]][1::2] == [
        "Welches Gas?",
        "Welches Metall?",
    ]


UNCLEAR = {
    "one question is missing": "question,answer\nWhich gas?,Oxygen\n,Iron\nWhich stone?,Slate\nWhich tree?,Oak\n",
    "few questions have empty cells below them": (
        "question,answer\nWhich gas?,Oxygen\n,Iron\n,Tin\nWhich stone?,Slate\nWhich tree?,Oak\nWhich bird?,Wren\n"
    ),
    "each row has a number": "id,question,answer\n1,Which gas?,Oxygen\n2,,Iron\n3,Which stone?,Slate\n4,,Oak\n",
    "answers are missing as well": (
        "question,answer\nWhich gas?,Oxygen\n,Iron\nWhich stone?,\n,Slate\nWhich tree?,Oak\n,Elm\n"
    ),
    "one answer goes on": "question,answer\nHow?,1. Open it.\n,2. Close it.\nWhy?,1. It is old.\n,2. It is new.\n",
    "a sentence goes on": "question,answer\nHow?,Open the lid\n,and close it.\nWhy?,It is old\n,and very dear.\n",
    "the first question is missing": "question,answer\n,Oxygen\nWhich metal?,Iron\n,Tin\nWhich stone?,Slate\n,Flint\n",
}


@pytest.mark.parametrize("text", UNCLEAR.values(), ids=UNCLEAR)
def test_no_row_gets_a_question_where_cells_may_be_empty_for_another_reason(tmp_path: Path, text: str) -> None:
    rows, said = read(tmp_path / "a.csv", text)
    empty = sum(not row["question"] for row in rows)
    assert empty > 0
    assert f"in {empty} row{'s' if empty > 1 else ''} of the first {len(rows)} " in told(said) and "'question'" in told(
        said
    )


def test_nothing_is_carried_over_an_empty_line_or_a_line_that_cannot_be_read(tmp_path: Path) -> None:
    text = MERGED + ",,\n,Flint,yes\nWhich tree?,Oak,yes\nbroken\n,Elm,yes\n"
    assert [row["Question"] for row in read(tmp_path / "a.csv", text)[0]][-4:] == ["", "", "Which tree?", ""]


def test_options_below_a_question_are_no_answers_to_it(tmp_path: Path) -> None:
    text = "question,choices,answer\nWhich gas?,Helium,\n,Oxygen,x\nWhich metal?,Lead,\n,Iron,x\n"
    assert [row["question"] for row in read(tmp_path / "a.csv", text)[0]][1::2] == ["", ""]


def test_a_table_whose_questions_are_all_there_has_nothing_said_of_it(tmp_path: Path) -> None:
    assert read(tmp_path / "a.csv", "question,answer\nWhich gas?,Oxygen\nWhich metal?,Iron\n")[1] == []


@pytest.mark.parametrize(
    "named", [("Q", "x"), ("x", "A"), ("x", "y"), (None, "A"), ("Q", None), (None, None), ("", "A"), None]
)
def test_columns_that_a_table_has_not_are_none(named: tuple[str | None, str | None] | None) -> None:
    names = ("id", "Q", "A") if named is not None else ("id", "x", "y")
    assert merged_cells.look(names, [["1", "Which saw?", "The small one."]], named) is None


@pytest.mark.parametrize(
    ("cells", "merged", "empty"),
    [
        # questions and answers, the records below each other; merged, or how many questions are missing
        (["Q A", ". B", "R C", ". D"], True, 0), (["Q A", ". B", ". C", "R D"], True, 0),
        (["Q A", ". B", "R C"], False, 1),
        (["Q A", ". B", ". C", "R D", "S E"], False, 2), (["Q A", ". B", "R C", ". D", "S E", "T F"], True, 0),
        (["Q A", ". B", "R C", ". D", "S E", "T F", "U G"], False, 2), ([". A", "Q B", ". C", ". D"], False, 3),
        (["Q A", ". B", "R .", ". D"], False, 2), (["Q A", ". .", "R C", ". D", ". E"], True, 0),
        (["Q A", ". 1.B", "R C", ". D"], False, 2), (["Q A", ". •B", "R C", ". D"], False, 2),
        (["Q A", ". ②B", "R C", ". D"], False, 2), (["Q A", ". Step3", "R C", ". D"], False, 2),
        (["Q A", ". 1.5", "R C", ". D"], True, 0), (["Q A,", ". B", "R C", ". D"], False, 2),
        (["Q A", ". B:", "R C", ". D"], True, 0), (["Q A", ". B:", ". C", "R D"], False, 2),
        (["Q A", ". b", "R C", ". D"], False, 2), (["Q a", ". b", "R c", ". d"], True, 0),
        (["Q a", ". b", "R C", ". d"], True, 0), (["Q A", "R B"], False, None),
        (["Q A", ". B", "R C", ". D", ". E x"], True, 0),
    ],
)  # fmt: skip
def test_a_question_is_that_of_the_empty_cells_below_it_where_nothing_speaks_against_it(
    cells: list[str], merged: bool, empty: int | None
) -> None:
    records = [[text.replace(".", "", text == ".") for text in cell.split(" ")] for cell in cells]
    found = merged_cells.look(["question", "answer"], records, None)
    assert found is not None and (found.asked, found.answered, found.are_merged) == (0, 1, merged)
    if merged:
        assert found.note == Sentence("data.merged_cells", {"column": "question"})
    elif empty is None:
        assert found.note is None
    else:
        args = {"count": empty, "rows": len(records), "column": "question"}
        assert found.note == Sentence("data.questions_missing", args)
    swapped = [[record[1], record[0], *record[2:]] for record in records]
    assert merged_cells.look(["A", "Q"], swapped, ("Q", "A")) == (
        found._replace(
            asked=1, answered=0, note=found.note and Sentence(found.note.code, {**found.note.args, "column": "Q"})
        )
    )


@pytest.mark.parametrize(
    ("numbers", "merged"),
    [("1 2 3 4", False), ("1 2 2 3", True), ("1 x 3 4", True), ("1  2 ", True), ("9 7 8 1", False)],
)
def test_a_column_that_counts_all_rows_shows_that_no_cell_is_merged(numbers: str, merged: bool) -> None:
    records = [
        [n, *cell] for n, cell in zip(numbers.split(" "), [["Q", "A"], ["", "B"], ["R", "C"], ["", "D"]], strict=True)
    ]
    found = merged_cells.look(["id", "question", "answer"], [*records, ["", "", ""]], None)
    assert found is not None and found.are_merged is merged


@pytest.mark.parametrize(
    ("cells", "goes_on"),
    [(["Q A", ". b"], True), (["Q A", ". B"], False), (["Q A,", ". B"], True), ([". a", "Q B"], False),
     (["Q A"], False),
     (["Q A", ". 1.B"], True), (["Q A", ". .", "R b"], False)],
)  # fmt: skip
def test_an_answer_goes_on_in_a_cell_below_beside_which_no_question_stands(cells: list[str], goes_on: bool) -> None:
    records = [[text.replace(".", "", text == ".") for text in cell.split(" ")] for cell in cells]
    assert merged_cells.goes_on(records, 0, 1) is goes_on
