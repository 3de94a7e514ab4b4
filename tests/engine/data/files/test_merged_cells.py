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
