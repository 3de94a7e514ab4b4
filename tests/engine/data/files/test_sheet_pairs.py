"""Questions on one sheet and their answers on another are joined by their number, where nothing else can be meant."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from helpers import open_documents, workbooks
from so8t_engine.config.run_config import Columns, Dataset
from so8t_engine.data.files import local_files
from so8t_engine.data.files.row_readers import RawRow
from so8t_engine.data.files.source_file import Reading

Table = Sequence[Sequence[str]]

ASKED: Table = (
    ("番号", "問題文", "配点"),
    ("1", "光合成で作られる気体は何か。", "4"),
    ("2", "水素の元素記号を書け。", "2"),
)
TOLD: Table = (("番号", "解答", "解説"), ("2", "H", "周期表の先頭。"), ("1", "酸素", "デンプンと酸素ができる。"))
MARKS: Table = (("氏名", "得点"), ("佐藤", "14"), ("鈴木", "10"))
FAQ: Table = (("Question", "Answer"), ("Where is the key?", "At the desk."), ("When do you open?", "At nine."))
FIRST, LAST = (
    {
        "番号": "1",
        "問題文": "光合成で作られる気体は何か。",
        "配点": "4",
        "解答": "酸素",
        "解説": "デンプンと酸素ができる。",
    },
    {"番号": "2", "問題文": "水素の元素記号を書け。", "配点": "2", "解答": "H", "解説": "周期表の先頭。"},
)


def book(path: Path, **sheets: Table) -> Path:
    if path.suffix == ".ods":
        inside = "".join(open_documents.sheet(name, open_documents.table(*rows)) for name, rows in sheets.items())
        return open_documents.write(path, inside)
    return workbooks.write(path, {name: workbooks.table(*rows) for name, rows in sheets.items()})


def read(path: Path, *, skip: int = 0, **entry: Any) -> tuple[list[dict[str, Any]], list[str]]:
    source = Dataset(name="x", source="local", path=str(path), **entry)
    chosen = local_files.choose(source)
    found = [row for file in chosen.files for row in local_files.read(file, 5_000, skip, reading=Reading.of(source))]
    return [json.loads(row.text) for row in found if isinstance(row, RawRow)], [note.code for note in chosen.notes]


def renamed(table: Table, *names: str) -> Table:
    return (names, *table[1:])


@pytest.mark.parametrize("name", ["a.xlsx", "a.ods"])
def test_a_sheet_of_questions_is_read_with_its_answers_and_the_others_not(name: str, tmp_path: Path) -> None:
    rows, said = read(book(tmp_path / name, A=ASKED, B=TOLD, C=MARKS))

    assert (rows, said) == ([FIRST, LAST], ["data.sheets_joined"])


@pytest.mark.parametrize(
    ("sheets", "rows", "said"),
    [
        ({"B": TOLD, "A": ASKED}, [FIRST, LAST], "data.sheets_joined"),
        ({"A": ASKED, "B": (TOLD[0], ("1.0", "酸素", "デンプンと酸素ができる。"), ("２", "H", "周期表の先頭。"))},
         [FIRST, LAST], "data.sheets_joined"),
        ({"A": ASKED, "B": TOLD[:2]}, [{**FIRST, "解答": "", "解説": ""}, LAST], "data.sheets_joined"),
        ({"A": ASKED, "B": renamed(TOLD, "問題番号", "解答", "解説")},
         [{**FIRST, "問題番号": "1"}, {**LAST, "問題番号": "2"}], "data.sheets_joined"),
        ({"A": ASKED, "B": (*TOLD, ("1", "水", ""))}, 5, "data.sheets_apart"),
        ({"A": ASKED, "B": (TOLD[0], ("7", "H", ""), ("8", "O", ""))}, 4, "data.sheets_apart"),
        ({"A": ASKED, "B": renamed(TOLD, "章", "解答", "解説")}, 4, "data.sheets_apart"),
        ({"A": ASKED, "B": TOLD, "C": renamed(TOLD, "番号", "解答", "備考")}, 6, "data.sheets_read"),
        ({"A": ASKED, "C": MARKS}, 4, "data.sheets_read"),
        ({"A": FAQ, "B": ASKED, "C": TOLD}, 2, "data.sheets_left_out"),
    ],
)  # fmt: skip
def test_only_two_sheets_that_belong_together_without_doubt_are_joined(
    sheets: dict[str, Table], rows: list[dict[str, Any]] | int, said: str, tmp_path: Path
) -> None:
    found, notes = read(book(tmp_path / "a.xlsx", **sheets))

    assert (found if isinstance(rows, list) else len(found)) == rows
    assert notes[-1] == said


def test_sheets_whose_columns_are_named_by_hand_are_joined_too(tmp_path: Path) -> None:
    names = ("番号", "お題", "配点"), ("番号", "模範", "メモ")
    path = book(tmp_path / "a.xlsx", A=renamed(ASKED, *names[0]), B=renamed(TOLD, *names[1]), C=MARKS)

    rows, said = read(path, columns=Columns(prompt="お題", response="模範"))
    alone, _ = read(path, columns=Columns(prompt="お題", response="模範"), sheet=["A", "B"])

    assert ([row["模範"] for row in rows], said) == (["酸素", "H"], ["data.sheets_joined"])
    assert alone == rows


def test_rows_of_joined_sheets_are_read_on_from_any_and_by_a_resumed_run(tmp_path: Path) -> None:
    path = book(tmp_path / "a.xlsx", A=ASKED, B=TOLD, C=MARKS)
    first = local_files.choose(Dataset(name="x", source="local", path=str(path))).files
    before = frozenset(file.name for file in first)
    again = local_files.choose(Dataset(name="x", source="local", path=str(path)), before).files

    assert before == {"a.xlsx/A", "a.xlsx/B"}
    assert [file for file in again if file.name in before] == list(first)
    assert [json.loads(row.text) for row in local_files.read(first[0], 5_000, 2) if isinstance(row, RawRow)] == [LAST]
    assert list(local_files.read(first[1], 5_000)) == []


def test_what_joins_them_is_what_most_questions_share_whatever_it_is_called(tmp_path: Path) -> None:
    four = (ASKED[0], *((str(number), f"問{number}は何か。", "1") for number in range(1, 5)))
    half, few = ((TOLD[0], *((str(number), "H", "") for number in numbers)) for numbers in ((1, 2), (1, 7)))
    others = {"C": (("番号", "問題文"), ("1", "何か。")), "D": (("番号", "解答"), ("1", "H"))}
    for sheets, joined in (
        ({"A": four, "B": half}, 4), ({"A": four, "B": few}, None), ({"A": ASKED[:2], "B": TOLD}, 1),
        ({"A": renamed(ASKED, "章", "問題文", "配点"), "B": renamed(TOLD, "章", "解答", "解説")}, 2),
        ({"A": FAQ[:2], **others}, None), (others, 1),
    ):  # fmt: skip
        rows, said = read(book(tmp_path / "a.xlsx", **sheets))
        assert (len(rows) if said == ["data.sheets_joined"] else None) == joined, sheets
    chosen = local_files.choose(Dataset(name="x", source="local", path=str(book(tmp_path / "b.xlsx", A=ASKED, B=TOLD))))
    assert chosen.notes[0].args["numbers"] == ["番号"]


def test_a_sheet_that_has_just_the_columns_that_are_named_is_read_alone(tmp_path: Path) -> None:
    sheets = {
        "A": (("お題", "模範"), ("何か。", "H")),
        "B": (("番号", "お題"), ("1", "何？")),
        "C": (("番号", "模範"), ("1", "O")),
    }
    rows, _ = read(book(tmp_path / "a.xlsx", **sheets), columns=Columns(prompt="お題", response="模範"))
    assert rows == [{"お題": "何か。", "模範": "H"}]
