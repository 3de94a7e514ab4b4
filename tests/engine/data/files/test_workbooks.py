"""Workbooks are read as the tables they show: sheets, titles, merged cells, numbers as people see them."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from engine.data.files.test_files_people_have import put, read
from helpers import workbooks
from helpers.rows import of_source
from helpers.sessions import refused
from helpers.workbooks import cell, row, table
from so8t_engine.config.run_config import Dataset
from so8t_engine.data import drop_reasons
from so8t_engine.data.files import local_files, sheet_files, sheet_xml, workbook
from so8t_engine.data.files.row_readers import BadRow, RawRow
from so8t_engine.data.files.table_head import Form
from so8t_engine.data.hub import hub

FAQ = table(("question", "answer"), ("Why is it so?", "Because."), ("How is it done?", "Thus."))
ROWS = [{"question": "Why is it so?", "answer": "Because."}, {"question": "How is it done?", "answer": "Thus."}]


def codes(said: list[Any]) -> list[str]:
    return [str(note.args["what"].code if note.code == "data.of_file" else note.code) for note in said]


def values(tmp_path: Path, cells: str, **book: Any) -> dict[str, Any]:
    """The row that cells A2, B2, ... are."""
    names = row(1, *"abcdefgh"[: cells.count("<c ")])
    path = workbooks.write(tmp_path / "a.xlsx", {"S": f'{names}<row r="2">{cells}</row>'}, **book)
    return dict(read(path, header=True)[0][0])


@pytest.mark.parametrize("absolute", [False, True])
def test_a_sheet_is_read_from_any_row_on_by_the_numbers_that_excel_shows(tmp_path: Path, absolute: bool) -> None:
    rows = (
        row(1, "Our FAQ") + row(4, "", "question", "answer") + row(5, "", "Why?", "So.") + row(9, "", "How?", "Thus.")
    )
    path = workbooks.write(tmp_path / "a.xlsx", {"FAQ": rows}, absolute=absolute)
    [file] = local_files.find(str(path))

    items = list(local_files.read(file, 1_000))
    assert [(item.number, json.loads(item.text)) for item in items if isinstance(item, RawRow)] == [
        (5, {"question": "Why?", "answer": "So."}),
        (9, {"question": "How?", "answer": "Thus."}),
    ]
    assert list(local_files.read(file, 1_000, 5)) == items[1:]
    assert file.name == "a.xlsx/FAQ"
    by_line = local_files.Reading(form=Form(header=5))
    assert [
        json.loads(item.text) for item in local_files.read(file, 1_000, reading=by_line) if isinstance(item, RawRow)
    ] == [{"Why?": "How?", "So.": "Thus."}]


def test_texts_that_cells_share_are_read_without_how_to_say_them(tmp_path: Path) -> None:
    strings = [
        '<t>東京</t><rPh sb="0" eb="2"><t>トウキョウ</t></rPh><phoneticPr fontId="1"/>',
        '<r><rPr><b/></rPr><t>It is </t></r><r><t xml:space="preserve">a &lt;b&gt;_x000D_ &amp; _x005F_x0041_</t></r>',
    ]
    cells = '<c r="A2" t="s"><v>0</v></c><c r="B2" t="s"><v>1</v></c>'

    assert values(tmp_path, cells, strings=strings) == {"a": "東京", "b": "It is a <b>\r & _x0041_"}


@pytest.mark.parametrize(
    ("code", "number", "shown"),
    [
        ("General", "3.0", "3"), ("General", "0.30000000000000004", "0.3"), ("General", "491761234567", "491761234567"),
        ("0%", "0.15", "15%"), ("0.0%", "0.125", "12.5%"), ("00000", "42", "00042"), ("#,##0.00", "1234.5", "1,234.50"),
        ('[$¥-411]#,##0', "1200", "¥1,200"), ('0"個"', "3", "3個"), ("yyyy/m/d", "45292", "2024-01-01"),
        ("yyyy/m/d h:mm", "45292.5", "2024-01-01 12:00"), ("h:mm", "0.75", "18:00"), ("[h]:mm", "1.5", "36:00"),
        ("d-mmm", "45293", "2-Jan"), ('m"月"d"日"', "45293", "1月2日"), ("0.00E+00", "12", "12"), ("@", "7", "7"),
        ("0;[Red]-0", "-3", "-3"), ("#,##0.##", "2.50", "2.5"), ("yyyy-mm-dd", "1E+300", "1E+300"),
        ("yyyy-mm-dd", "1", "1900-01-01"), ("yyyy-mm-dd", "59", "1900-02-28"), ("yyyy-mm-dd", "61", "1900-03-01"),
    ],
)  # fmt: skip
def test_a_number_is_what_the_sheet_shows(tmp_path: Path, code: str, number: str, shown: str) -> None:
    assert values(tmp_path, f'<c r="A2" s="1"><v>{number}</v></c>{cell("B2", "x")}', formats=[code])["a"] == shown


def test_days_of_a_workbook_of_a_mac_of_old_are_counted_from_1904(tmp_path: Path) -> None:
    day = '<c r="A2" s="1"><v>1</v></c>' + cell("B2", "x")
    assert values(tmp_path, day, formats=["yyyy-mm-dd"], since_1904=True)["a"] == "1904-01-02"


def test_truths_errors_and_results_of_formulas_are_read_as_shown(tmp_path: Path) -> None:
    cells = (
        '<c r="A2" t="b"><v>1</v></c><c r="B2" t="e"><v>#N/A</v></c><c r="C2" t="str"><f>A1</f><v>a</v></c>'
        '<c r="D2"><f>1+1</f><v>2</v></c>'
    )
    assert values(tmp_path, cells) == {"a": "TRUE", "b": "#N/A", "c": "a", "d": "2"}


def test_formulas_without_a_result_and_hidden_rows_are_counted(tmp_path: Path) -> None:
    rows = FAQ + '<row r="4"><c r="A4"><f>A1</f></c></row>' + row(5, "Who?", "I.", hidden=True)
    found, said = read(workbooks.write(tmp_path / "a.xlsx", {"S": rows}))

    assert [item["question"] for item in found] == ["Why is it so?", "How is it done?", "Who?"]
    assert codes(said) == ["data.hidden_rows", "data.uncomputed_formulas"]
    assert [note.args["what"].args["count"] for note in said] == [1, 1]


@pytest.mark.parametrize(
    ("formula", "count"),
    [
        ('<c r="B4"><f>48+37</f><v/></c>', 1), ('<c r="B4"><f>48+37</f><v></v></c>', 1),  # as programs write them
        ('<c r="B4" t="n"><f>48+37</f><v /></c>', 1), ('<c r="B4" t="str"><f>A9&amp;A9</f><v></v></c>', 0),
        ('<c r="B4"><f>48-48</f><v>0</v></c>', 0), ('<c r="B4"><v/></c>', 0),
    ],
)  # fmt: skip
def test_a_formula_with_an_empty_result_has_none_unless_that_is_a_text(
    tmp_path: Path, formula: str, count: int
) -> None:
    _, said = read(workbooks.write(tmp_path / "a.xlsx", {"S": f'{FAQ}<row r="4">{cell("A4", "Sum?")}{formula}</row>'}))
    assert [note.args["what"].args["count"] for note in said] == [count][:count]


def test_what_is_struck_through_is_not_read_and_counted_as_are_cells_with_comments(tmp_path: Path) -> None:
    strings = [
        "<r><t>A day. </t></r><r><rPr><strike/></rPr><t>A week.</t></r>",
        '<r><rPr><strike val="0"/></rPr><t>A year.</t></r>',
    ]
    rows = FAQ + "".join(
        f'<row r="{number}">{cell(f"A{number}", f"How long does step {number} take?")}{given}</row>'
        for number, given in enumerate(
            (
                '<c r="B4" t="s"><v>0</v></c>', '<c r="B5" t="s"><v>1</v></c>', '<c r="B6" s="1"><v>7</v></c>',
                '<c r="B7" s="2"><v>8</v></c><c r="C7" s="1"/>', cell("B8", "A month."),
                '<c r="B9" t="inlineStr"><is><r><rPr><strike/></rPr><t>An hour.</t></r></is></c>',
                '<c r="B10" t="inlineStr"><is><r><t>A </t></r><r><rPr><strike/></rPr><t>decade</t></r>'
                "<r><t>minute.</t></r></is></c>",
            ),
            4,
        )
    )  # fmt: skip
    given = {"strings": strings, "formats": ["0", "0"], "struck": [1], "comments": ["B2", "B3", "B3"]}
    found, said = read(workbooks.write(tmp_path / "a.xlsx", {"S": rows}, **given))

    answers = ["Because.", "Thus.", "A day.", "A year.", "8", "A month.", "A minute."]
    assert [item["answer"] for item in found] == answers
    counts = {note.args["what"].code: note.args["what"].args["count"] for note in said}
    assert counts == {"data.struck_through": 4, "data.cells_with_comments": 2}


def test_a_text_is_struck_through_that_says_so_itself_and_no_other(tmp_path: Path) -> None:
    strings = ["<t>a</t>", "<r><rPr><strike/></rPr><t>b</t></r>", "<t>c</t>"]
    for number, count in enumerate((0, 1, 0)):
        rows = FAQ + f'<row r="4">{cell("A4", "How long?")}<c r="B4" t="s"><v>{number}</v></c></row>'
        _, said = read(workbooks.write(tmp_path / f"{number}.xlsx", {"S": rows}, strings=strings))
        assert codes(said) == ["data.struck_through"] * count


def test_how_to_say_a_text_is_left_out_where_it_stands_in_the_cell_too(tmp_path: Path) -> None:
    spoken = '<is><t>東京</t><rPh sb="0" eb="2"><t>トウキョウ</t></rPh></is>'
    assert values(tmp_path, f'<c r="A2" t="inlineStr">{spoken}</c>{cell("B2", "x")}')["a"] == "東京"


def test_a_table_below_a_gap_is_told_by_its_row_and_the_first_one_goes_on(tmp_path: Path) -> None:
    rows = FAQ + row(5, "Terms") + row(6, "Term", "Meaning") + row(7, "VAT", "A tax.") + row(9, "Question", "Answer ")
    found, said = read(workbooks.write(tmp_path / "a.xlsx", {"S": rows + row(10, "Who?", "I.")}))

    assert found == [*ROWS, {"question": "Terms", "answer": ""}, {"question": "Who?", "answer": "I."}]
    assert [str(note.args["what"].args["place"]) for note in said] == ["row 6"]


def test_below_its_own_names_in_another_order_a_table_is_read_by_that(tmp_path: Path) -> None:
    rows = FAQ + row(4, "answer", "question") + row(5, "Of rain.", "Why wet?")
    found, said = read(workbooks.write(tmp_path / "a.xlsx", {"S": rows}))

    assert found == [*ROWS, {"question": "Why wet?", "answer": "Of rain."}]
    assert [str(note.args["what"].args["place"]) for note in said] == ["row 4"]


def test_a_row_that_is_too_long_is_left_out_and_those_below_it_are_read(tmp_path: Path) -> None:
    rows = table(("question", "answer"), ("Why?", "Because " * 20), ("How?", "Thus."))
    [file] = local_files.find(str(workbooks.write(tmp_path / "a.xlsx", {"S": rows})))
    long, short = local_files.read(file, 100)

    assert isinstance(long, BadRow) and (long.number, long.reason) == (2, drop_reasons.TOO_LONG)
    assert isinstance(short, RawRow) and json.loads(short.text) == {"question": "How?", "answer": "Thus."}


@pytest.mark.parametrize(("module", "limit"), [(workbook, "MOST"), (sheet_xml, "MOST_WITHOUT")])
def test_a_workbook_that_unpacks_to_too_much_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, module: ModuleType, limit: str
) -> None:
    """Be it as a whole, or as bytes among which no row ends."""
    path = workbooks.write(tmp_path / "a.xlsx", {"S": FAQ + f"<!--{' ' * 400_000}-->{row(4, 'Who?', 'I.')}"})
    assert len(read(path)[0]) == 3
    monkeypatch.setattr(module, limit, 200_000)
    assert refused(lambda: read(path)).code == "dataset_file"


def test_a_merged_question_is_asked_by_each_of_its_rows_where_each_answers_it(tmp_path: Path) -> None:
    rows = table(
        ("topic", "question", "answer"), ("A", "Why is it so?", "Because."), ("", "", "By law."), ("", "How?", "So.")
    )
    merged = {"S": ["A2:A4", "B2:B3"]}
    found, said = read(workbooks.write(tmp_path / "a.xlsx", {"S": rows}, merged=merged))

    assert [tuple(item.values()) for item in found] == [
        ("A", "Why is it so?", "Because."), ("A", "Why is it so?", "By law."), ("A", "How?", "So."),
    ]  # fmt: skip
    assert "data.cells_are_merged" in codes(said)

    beside = {"S": ["A2:A4", "B2:B3", "D2:D4", "Z1:Z9"]}
    assert read(workbooks.write(tmp_path / "c.xlsx", {"S": rows}, merged=beside))[0] == found

    steps = table(("question", "answer"), ("How is it made?", "1. Mix it"), ("", "2. Bake it"), ("Who eats it?", "We."))
    found, said = read(workbooks.write(tmp_path / "b.xlsx", {"S": steps}, merged={"S": ["A2:A3"]}))
    assert [item["question"] for item in found] == ["How is it made?", "", "Who eats it?"]
    assert "data.questions_missing" in codes(said) and "data.cells_are_merged" not in codes(said)


@pytest.mark.parametrize(
    ("first", "second", "names"),
    [
        (("ID", "Input", "", "Output"), ("", "Question", "Context", "Answer"), ("ID", "Question", "Context", "Answer")),
        (("Nr", "Frage", "Antwort", ""), ("", "", "kurz", "lang"), ("Nr", "Frage", "Antwort kurz", "Antwort lang")),
        (("No", "質問", "回答", ""), ("", "本文", "本文", "担当"), ("No", "本文", "回答 本文", "回答 担当")),
        (("No", "質問", "", "回答"), ("", "件名", "本文", "本文"), ("No", "質問 件名", "質問 本文", "本文")),
    ],
)  # fmt: skip
def test_names_in_two_rows_are_known_by_a_cell_that_spans_both(
    tmp_path: Path, first: tuple[str, ...], second: tuple[str, ...], names: tuple[str, ...]
) -> None:
    rows = table(first, second, ("1", "How?", "Like this.", "So."), ("2", "Why?", "As it is.", "Thus."))
    path = workbooks.write(tmp_path / "a.xlsx", {"S": rows}, merged={"S": ["A1:A2"]})
    [file] = local_files.find(str(path))
    found = [json.loads(item.text) for item in local_files.read(file, 1_000) if isinstance(item, RawRow)]

    assert [tuple(item) for item in found] == [names] * 2
    assert tuple(found[0].values()) == ("1", "How?", "Like this.", "So.")


def test_of_several_sheets_those_with_questions_and_answers_are_read_and_the_others_named(tmp_path: Path) -> None:
    sheets = {"Guide": table(("Fill in column A",), ("one a row",)), "FAQ": FAQ, "Empty": "", "Old": FAQ}
    path = workbooks.write(tmp_path / "a.xlsx", sheets, hidden=["Old"])
    found, said = read(path)

    assert found == ROWS
    assert said[0].args["names"] == ["Guide", "Old"]
    assert read(path, sheet="Old")[0] == read(path, sheet=4)[0] == ROWS
    assert read(path, sheet=["Old", 2, "FAQ"])[0] == ROWS * 2
    assert said[0].args["both"] == '["FAQ", "Guide"]'
    error = refused(lambda: read(path, sheet="New"))
    assert error.code == "dataset_missing" and "no sheet 'New'" in str(error)


def test_a_sheet_whose_names_cannot_be_used_is_left_out_beside_others_and_told_by_itself(tmp_path: Path) -> None:
    twice = table(("question", "answer", "question", "answer"), ("Why?", "So.", "How?", "Thus."))
    found, said = read(workbooks.write(tmp_path / "a.xlsx", {"FAQ": FAQ, "Two": twice}))
    assert found == ROWS and [note.args["names"] for note in said] == [["Two"]]
    plain = table(("x", "y"), ("1", "2"))
    path = workbooks.write(tmp_path / "b.xlsx", {"Plain": plain, "Two": twice})
    assert refused(lambda: read(path)).sentence.args["why"].code == "data.header_of_two_tables"
    decks = table(("Deck A", "", "Deck B", ""), ("Front", "Back", "Front", "Back"), ("a", "b", "c", "d"))
    found, said = read(workbooks.write(tmp_path / "c.xlsx", {"Decks": decks}))
    assert codes(said) == ["data.title_passed_over", "data.tables_side_by_side"] and len(found[0]) == 4


def test_a_sheet_that_is_called_bad_is_not_read_beside_others(tmp_path: Path) -> None:
    bad = table(("question", "answer"), ("Why?", "Nonsense."))
    found, said = read(workbooks.write(tmp_path / "a.xlsx", {"FAQ": FAQ, "rejected": bad, "More": FAQ}))

    assert found == ROWS * 2 and codes(said) == ["data.called_bad", "data.sheets_read"]


def test_workbooks_are_read_in_folders_and_archives_too(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    path = workbooks.write(tmp_path / "in" / "a.xlsx", {"FAQ": FAQ})
    with zipfile.ZipFile(tmp_path / "b.zip", "w") as archive:
        archive.write(path, "deep/a.xlsx")

    assert read(tmp_path / "in")[0] == read(tmp_path / "b.zip")[0] == ROWS
    assert [file.name for file in local_files.find(str(tmp_path / "b.zip"))] == ["b.zip/deep/a.xlsx/FAQ"]
    again = local_files.choose(Dataset(name="d", source="local", path=str(path)), frozenset({"a.xlsx/FAQ"}))
    assert [file.sheet for file in again.files] == ["FAQ"]


def test_a_damaged_workbook_among_others_is_named_and_they_are_read(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    path = workbooks.write(tmp_path / "in" / "a.xlsx", {"FAQ": FAQ})
    damaged = put(tmp_path / "in" / "b.xlsx", path.read_bytes()[:700])
    with zipfile.ZipFile(tmp_path / "c.zip", "w") as archive:
        archive.write(path, "a.xlsx")
        archive.write(damaged, "b.xlsx")
    for source in (tmp_path / "in", tmp_path / "c.zip"):
        found, said = read(source)
        assert found == ROWS and [note.args["names"] for note in said] == [["b.xlsx"]]

    path.unlink()
    assert refused(lambda: read(tmp_path / "in")).sentence.code == "data.no_workbook"


def test_the_rows_before_a_damaged_place_of_a_sheet_are_read_and_it_is_said(tmp_path: Path) -> None:
    sheets = {"Whole": FAQ, "Cut": FAQ + '<row r="9"><c r="A9"><<&'}
    for order in (["Whole", "Cut"], ["Cut", "Whole"]):
        path = workbooks.write(tmp_path / f"{order[0]}.xlsx", {name: sheets[name] for name in order})
        rows, said = read(path)
        assert rows == ROWS + ROWS
        told = [note.args["what"] for note in said if note.code == "data.of_file"]
        assert [(what.code, what.args["row"]) for what in told] == [("data.sheet_ends_damaged", 3)]
    nothing = workbooks.write(tmp_path / "b.xlsx", {"Cut": '<row r="1"><c r="A1"><<&'})
    assert "damaged" in str(refused(lambda: read(nothing)))


def test_of_a_workbook_of_the_hub_the_same_sheets_are_read_and_it_is_fetched_whole(tmp_path: Path) -> None:
    path = workbooks.write(tmp_path / "a.xlsx", {"FAQ": FAQ, "Old": FAQ}, hidden=["Old"])
    files = local_files.of_paths([(path, "data/a.xlsx")])
    dataset = Dataset(name="d", path="owner/name")

    assert [file.name for file in files] == ["data/a.xlsx/FAQ", "data/a.xlsx/Old"]
    assert [file.sheet for file in sheet_files.chosen(files, dataset).files] == ["FAQ"]
    assert not hub._can_be_cut("data/a.XLSX") and hub._can_be_cut("data/a.csv")


def test_entities_and_cells_that_no_sheet_has_are_refused(tmp_path: Path) -> None:
    lol = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>'
    for name, book in (("a", {"rows": FAQ, "head": lol}), ("b", {"rows": '<row r="1"><c r="ZZZ1"><v>1</v></c></row>'}),
                       ("c", {"rows": '<row r="1048577"/>'}), ("d", {"rows": "<row>"})):  # fmt: skip
        path = workbooks.write(tmp_path / f"{name}.xlsx", {"S": book["rows"]}, head=book.get("head", ""))
        error = refused(lambda path=path: read(path))  # type: ignore[misc]
        assert error.code == "dataset_file" and str(path) in str(error), name
    last = '<row r="1048576"><c r="A1048576"><v>2.5</v></c><c r="XFD1048576"><v>3</v></c></row>'
    path = workbooks.write(tmp_path / "e.xlsx", {"S": row(1, "a") + last})
    assert read(path, header=["q", "a"])[0][-1] == {"q": "2.5", "a": "3"}


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [
        ("a.xlsx", b"PK\x03\x04 and no more", "data.no_workbook"),
        ("a.xlsx", b"question,answer\nWhy?,So.\n", "data.workbook_is_text"),
        ("a.xlsx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "data.workbook_locked_or_old"),
        ("a.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "data.workbook"),
        ("a.numbers", b"PK", "data.workbook"),
        ("a.xls", b"<html><table><tr><td>Why?", "data.workbook_is_text"),
        ("a.csv", b"PK\x03\x04 and more", "data.is_workbook"),
    ],
)
def test_what_is_no_workbook_or_called_as_something_else_is_refused_with_what_to_do(
    tmp_path: Path, name: str, data: bytes, code: str
) -> None:
    assert refused(lambda: read(put(tmp_path / name, data))).sentence.code == code


def test_a_row_of_which_half_is_struck_through_is_withdrawn_and_a_single_cell_is_empty(tmp_path: Path) -> None:
    struck = '<c r="{}" s="1" t="inlineStr"><is><t>Withdrawn.</t></is></c>'
    rows = f'<row r="1">{cell("A1", "question")}{cell("B1", "answer")}{cell("C1", "tag")}</row>'
    rows += f'<row r="2">{struck.format("A2")}{struck.format("B2")}{cell("C2", "x")}</row>'
    rows += f'<row r="3">{cell("A3", "Why?")}{cell("B3", "So.")}{struck.format("C3")}</row>'
    rows += f'<row r="4">{cell("A4", "How?")}{cell("B4", "Thus.")}{cell("C4", "y")}</row>'
    found, said = read(workbooks.write(tmp_path / "a.xlsx", {"S": rows}, formats=["0", "0"], struck=[1]))
    assert [tuple(row.values()) for row in found] == [("Why?", "So.", ""), ("How?", "Thus.", "y")]
    assert [note.args["what"].args["count"] for note in said] == [3]


def test_a_question_or_an_answer_that_is_struck_through_alone_is_left_out_as_such(tmp_path: Path) -> None:
    struck = '<c r="{}" s="1" t="inlineStr"><is><t>Withdrawn.</t></is></c>'
    rows = f'<row r="1">{cell("A1", "question")}{cell("B1", "answer")}{cell("C1", "tag")}</row>'
    rows += f'<row r="2">{cell("A2", "Why?")}{struck.format("B2")}{cell("C2", "x")}</row>'
    rows += f'<row r="3">{struck.format("A3")}{cell("B3", "So.")}{cell("C3", "x")}</row>'
    rows += f'<row r="4">{cell("A4", "How?")}{cell("B4", "Thus.")}{cell("C4", "y")}</row>'
    found, _ = read(workbooks.write(tmp_path / "a.xlsx", {"S": rows}, formats=["0", "0"], struck=[1]))
    read_so = [getattr(item, "response", item) for item in of_source([dict(row) for row in found])]
    assert read_so == [drop_reasons.STRUCK_OUT, drop_reasons.STRUCK_OUT, "Thus."]
