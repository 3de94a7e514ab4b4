"""Workbooks as other programs write them: parts that lie elsewhere, cells without places, exams, many rows."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from engine.data.files.test_files_people_have import read
from helpers import workbooks
from helpers.sessions import refused
from helpers.workbooks import cell, row, table

FAQ = table(("question", "answer"), ("Why is it so?", "Because."), ("How is it done?", "Thus."))
ROWS = [{"question": "Why is it so?", "answer": "Because."}, {"question": "How is it done?", "answer": "Thus."}]


def rewritten(path: Path, change: Callable[[str, str], tuple[str, str]]) -> Path:
    """`change`: of a part's name and text."""
    with zipfile.ZipFile(path) as old:
        parts = [change(name, old.read(name).decode()) for name in old.namelist()]
    with zipfile.ZipFile(path, "w") as new:
        for name, text in parts:
            new.writestr(name, text)
    return path


def counts(said: list[Any]) -> list[tuple[str, int]]:
    notes = [note.args["what"] for note in said if note.code == "data.of_file"]
    return [(note.code, note.args["count"]) for note in notes]


def test_cells_and_rows_without_a_place_stand_behind_each_other(tmp_path: Path) -> None:
    cells = '<c t="inlineStr"><is><t>How is it done?</t></is></c><c t="str"><v>Thus.</v></c>'
    rows = f"{row(1, 'question', 'answer')}{row(2, 'Why is it so?', 'Because.')}<row>{cells}</row>"
    assert read(workbooks.write(tmp_path / "a.xlsx", {"S": rows}))[0] == ROWS
    gap = f'<row r="5">{cell("B5", "b")}<c t="str"><v>c</v></c></row><row><c r="A6" t="str"><v>d</v></c></row>'
    found, _ = read(workbooks.write(tmp_path / "b.xlsx", {"S": row(1, "x", "y", "z") + gap}), header=True)
    assert found == [{"x": "", "y": "b", "z": "c"}, {"x": "d", "y": "", "z": ""}]


@pytest.mark.parametrize("value", ["abc", "", "-1", "99999", "9" * 10, "9" * 30])
def test_a_cell_that_names_no_text_is_empty(tmp_path: Path, value: str) -> None:
    rows = FAQ + f'<row r="4">{cell("A4", "Who?")}<c r="B4" t="s"><v>{value}</v></c></row>'
    found, _ = read(workbooks.write(tmp_path / "a.xlsx", {"S": rows}, strings=["<t>never</t>"]))
    assert found == [*ROWS, {"question": "Who?", "answer": ""}]


@pytest.mark.parametrize(
    ("kind", "value", "shown"),
    [("b", "0", "FALSE"), ("b", "x", "X"), ("d", "2024-01-02T00:00:00", "2024-01-02"), ("n", "", ""),
     ("d", "2024-01-02T03:04:05", "2024-01-02 03:04:05"), ("str", "_x0041_", "A"), ("n", "3.0", "3")],
)  # fmt: skip
def test_a_value_is_shown_by_its_kind(tmp_path: Path, kind: str, value: str, shown: str) -> None:
    rows = FAQ + f'<row r="4">{cell("A4", "Who?")}<c r="B4" t="{kind}" s="77"><v>{value}</v></c></row>'
    assert read(workbooks.write(tmp_path / "a.xlsx", {"S": rows}))[0][2]["answer"] == shown


def test_parts_that_lie_outside_of_the_workbook_are_not_in_it(tmp_path: Path) -> None:
    path = workbooks.write(tmp_path / "a.xlsx", {"One": FAQ, "Two": FAQ})
    assert len(read(path)[0]) == 4

    def outside(name: str, text: str) -> tuple[str, str]:
        return name, text.replace('Id="s2"', 'Id="s2" TargetMode="External"')

    assert read(rewritten(path, outside))[0] == ROWS


def test_a_binary_workbook_is_none_that_is_read_whatever_it_is_called(tmp_path: Path) -> None:
    path = workbooks.write(tmp_path / "a.xlsx", {"One": FAQ})

    def binary(name: str, text: str) -> tuple[str, str]:
        return name.replace("workbook.xml", "workbook.bin"), text.replace("workbook.xml", "workbook.bin")

    error = refused(lambda: read(rewritten(path, binary)))
    assert error.code == "dataset_file" and error.sentence.args["why"].code == "data.no_such_workbook"
    path = workbooks.write(tmp_path / "b.xlsx", {"One": FAQ})
    lost = refused(lambda: read(rewritten(path, lambda name, text: (name.replace("xl/workbook.xml", "xl/x"), text))))
    assert lost.sentence.args["why"].code == "data.no_such_workbook"


def test_a_font_that_is_not_there_strikes_nothing_through(tmp_path: Path) -> None:
    rows = FAQ + f'<row r="4">{cell("A4", "Who?")}<c r="B4" s="1"><v>7</v></c></row>'
    path = workbooks.write(tmp_path / "a.xlsx", {"S": rows}, formats=["0"], struck=[1])
    assert counts(read(path)[1]) == [("data.struck_through", 1)]
    assert read(rewritten(path, lambda name, text: (name, text.replace('fontId="1"', 'fontId="2"'))))[1] == []


def test_what_is_counted_in_the_first_rows_is_said_before_them_and_the_rest_behind(tmp_path: Path) -> None:
    hidden = {3, 40, 55, 56, 57}
    rows = row(1, "question", "answer") + "".join(
        row(number, f"Which is number {number}?", "This one.", hidden=number in hidden) for number in range(2, 60)
    )
    found, said = read(workbooks.write(tmp_path / "a.xlsx", {"S": rows}))
    assert len(found) == 58 and counts(said) == [("data.hidden_rows", 2), ("data.hidden_rows", 3)]


def test_a_sheet_of_questions_options_and_letters_needs_no_names(tmp_path: Path) -> None:
    exam = table(("Which is a star?", "Sun", "Mars", "Io", "A"), ("Which is a planet?", "Sun", "Mars", "Io", "B"))
    path = workbooks.write(tmp_path / "a.xlsx", {"S": exam})
    found, said = read(path)
    assert found[1] == {"question": "Which is a planet?", "A": "Sun", "B": "Mars", "C": "Io", "answer": "B"}
    assert len(found) == 2 and counts(said) == [("data.options_without_names", 3)]
    assert (len(read(path, header=True)[0]), read(path, header=True)[1]) == (1, [])
    named = read(path, header=list("qabcr"))
    assert named[0][0] == {"q": "Which is a star?", "a": "Sun", "b": "Mars", "c": "Io", "r": "A"} and named[1] == []


def test_names_of_a_sheet_that_stand_there_once_more_are_no_row(tmp_path: Path) -> None:
    heads = (("Nr", "Frage", "Antwort", ""), ("", "", "kurz", "lang"))
    texts = ("1", "Wie geht es?", "So.", "Es geht so."), ("2", "Warum ist es so?", "Da.", "Es ist so, da.")
    path = workbooks.write(
        tmp_path / "a.xlsx", {"S": table(*heads, texts[0], *heads, texts[1])}, merged={"S": ["A1:A2"]}
    )
    found, _ = read(path)
    assert [tuple(item.values()) for item in found] == list(texts)
    assert list(found[0]) == ["Nr", "Frage", "Antwort kurz", "Antwort lang"]


def test_sheets_are_chosen_by_the_columns_that_the_user_names_and_named_as_they_are(tmp_path: Path) -> None:
    sheets = {"質問": table(("Was", "Wie"), ("Why?", "So.")), "表": table(("Was", "Ja"), ("Why?", "No.")),
              "余り": table(("Was", "Ja", "Wie"), ("How?", "x", "Thus."))}  # fmt: skip
    path = workbooks.write(tmp_path / "a.xlsx", sheets)
    found, said = read(path, columns={"prompt": "Was", "response": "Wie"})
    assert [item["Was"] for item in found] == ["Why?", "How?"]
    notes = {note.code: note.args for note in said}
    assert notes["data.sheets_read"]["names"] == ["質問", "余り"]
    left = notes["data.sheets_left_out"]
    assert (left["count"], left["names"], left["first"]) == (1, ["表"], '"表"')
    assert left["both"] == '["質問", "余り", "表"]'
    for asked in (0, 4, -1, "x"):
        error = refused(lambda asked=asked: read(path, sheet=asked))  # type: ignore[misc]
        assert error.code == "dataset_missing"
    assert [item["Was"] for item in read(path, sheet=[3, "表", 3])[0]] == ["Why?", "How?"]
