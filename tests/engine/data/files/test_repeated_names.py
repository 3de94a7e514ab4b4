"""Names that a program repeats for one field get numbers; those of questions, answers and verdicts never do."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest

from engine.data.files.test_files_people_have import read as read_file
from helpers import workbooks
from helpers.workbooks import table
from so8t_engine.config.run_config import Columns
from so8t_engine.data.adapters.proposed import proposals
from so8t_engine.data.files import csv_rows, repeated_names
from so8t_engine.data.files.row_readers import RawRow
from so8t_engine.data.files.table_head import Form
from so8t_engine.sentences import Sentence

JIRA = """Summary,Issue key,Status,Resolution,Description,Labels,Labels,Comment,Comment,Comment
Export,WEB-1,Done,Fixed,It has no effect.,web,ui,05/Mar/24 10:11 AM;mk;Moved the call.,06/Mar/24 8:00 AM;tl;Thanks.,
Totals are off,WEB-2,Done,Fixed,The cart shows one cent less.,web,,07/Mar/24 1:21 PM;dp;Rounds at the end.,,
Dark mode,WEB-3,To Do,Duplicate,Users ask for a dark theme.,,,,,
Login again and again,WEB-4,Done,Won't Fix,Some users return to it.,,,09/Mar/24 9:30 AM;mk;Cookies were off.,,
"""


def read(text: str, **form: bool) -> tuple[list[dict[str, str]], list[Sentence]]:
    said: list[Sentence] = []
    items = csv_rows.csv_rows(io.BytesIO(text.encode()), 4_000, 0, Form(**form), said.append)
    return [json.loads(item.text) for item in items if isinstance(item, RawRow)], said


def test_comments_and_labels_of_a_ticket_get_numbers_which_is_said_once() -> None:
    rows, said = read(JIRA)
    assert len(rows) == 4
    assert list(rows[0]) == [
        "Summary", "Issue key", "Status", "Resolution", "Description", "Labels", "Labels 2", "Comment", "Comment 2",
        "Comment 3",
    ]  # fmt: skip
    assert (rows[0]["Labels"], rows[0]["Labels 2"]) == ("web", "ui")
    assert (rows[0]["Comment 2"], rows[0]["Comment 3"]) == ("06/Mar/24 8:00 AM;tl;Thanks.", "")
    assert [(note.code, note.args) for note in said] == [
        ("data.names_numbered", {"names": ["Labels", "Comment"], "second": "Labels 2"})
    ]


def test_neither_how_a_ticket_ended_nor_its_labels_are_proposed_as_answers() -> None:
    rows = read(JIRA)[0]
    last = Columns(prompt="{Summary}\\n\\n{Description}", response="Comment 2, Comment")
    assert proposals.propose(rows) == last
    assert proposals.propose([{**row, "Labels": f"web-{at}, ui"} for at, row in enumerate(rows)]) == last


def test_a_sheet_is_read_as_text_is(tmp_path: Path) -> None:
    lines = [line.split(",") for line in JIRA.splitlines()]
    rows, said = read_file(workbooks.write(tmp_path / "a.xlsx", {"S": table(*lines)}))
    assert rows == read(JIRA)[0]
    assert [note.args["what"].code for note in said if note.code == "data.of_file"] == ["data.names_numbered"]


def test_cells_that_are_alike_in_a_table_without_names_stay_as_they_are() -> None:
    rows, said = read("x,y,z,z\n1,2,3,3\n", header=False)
    assert ([*rows[0].values()], [*rows[0]]) == (["x", "y", "z", "z"], ["column1", "column2", "column3", "column4"])
    assert said == []


@pytest.mark.parametrize(
    "names",
    [
        ["question", "context", "answer", "answer"],
        ["id", "source", "Réponse", "Réponse"],
        ["番号", "出典", "解説", "解説"],
        ["id", "topic", "rating", "rating"],
        ["id", "question", "answer", "Option", "Option"],
        ["設問番号", "配点", "選択肢", "選択肢"],
        ["id", "word", "meaning", "note", "word", "meaning"],
        ["a name", "one more", "Comment", "Comment", "Comment 2"],
        ["Comment", "Comment", "Watchers", "Watchers", "key"],
    ],
)
def test_what_is_read_of_itself_or_stands_in_tables_side_by_side_gets_no_numbers(names: list[str]) -> None:
    assert repeated_names.numbered(names) is None


@pytest.mark.parametrize(
    ("names", "numbered"),
    [
        (["件名", "状況", "コメント", "コメント"], ["件名", "状況", "コメント", "コメント 2"]),
        (["question", "answer", "Tag", "Tag", "Tag"], ["question", "answer", "Tag", "Tag 2", "Tag 3"]),
    ],
)
def test_fields_with_several_values_get_numbers(names: list[str], numbered: list[str]) -> None:
    assert repeated_names.numbered(names) == numbered
