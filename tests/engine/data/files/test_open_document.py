"""Workbooks of LibreOffice's are read as those of Excel's are: what the sheets show, row by row."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path
from typing import Any

import pytest

from engine.data.files.test_files_people_have import put, read
from helpers import open_documents, workbooks
from helpers.open_documents import cell, gap, row, sheet, table
from helpers.sessions import refused
from so8t_engine.data import drop_reasons
from so8t_engine.data.files import local_files, open_document, sheet_xml
from so8t_engine.data.files.row_readers import RawRow

NAMES = ("question", "answer")
FAQ = table(NAMES, ("Why is it so?", "Because."), ("How is it done?", "Thus."))
ROWS = [{"question": "Why is it so?", "answer": "Because."}, {"question": "How is it done?", "answer": "Thus."}]
STRUCK = '<style:text-properties style:text-line-through-style="solid"/>'


def book(path: Path, rows: str, **more: Any) -> Path:
    return open_documents.write(path, sheet("FAQ", rows), **more)


def notes(said: list[Any]) -> list[tuple[str, Any]]:
    inner = [note.args["what"] for note in said if note.code == "data.of_file"]
    return [(note.code, note.args.get("count")) for note in inner]


def shown(tmp_path: Path, cells: str, **more: Any) -> str:
    """The text of a cell, and that of an answer beside it."""
    rows = row("x", "y") + f"<table:table-row>{cells}{cell('z')}</table:table-row>"
    [found] = read(book(tmp_path / "a.ods", rows, **more), header=True)[0]
    assert found["y"] == "z"
    return str(found["x"])


def test_a_sheet_is_read_from_any_row_on_by_the_numbers_that_the_program_shows(tmp_path: Path) -> None:
    rows = row("Our FAQ") + gap(2) + row("", *NAMES) + row("", "Why?", "So.") + gap(3) + row("", "How?", "Thus.")
    path = book(tmp_path / "a.ods", rows + gap(1_048_567))
    [file] = local_files.find(str(path))

    items = list(local_files.read(file, 1_000))
    assert [(item.number, json.loads(item.text)) for item in items if isinstance(item, RawRow)] == [
        (5, {"question": "Why?", "answer": "So."}),
        (9, {"question": "How?", "answer": "Thus."}),
    ]
    assert list(local_files.read(file, 1_000, 5)) == items[1:]
    assert file.name == "a.ods/FAQ"


def test_the_same_table_gives_the_same_rows_as_a_workbook_of_excels(tmp_path: Path) -> None:
    texts = [NAMES, *((f"Why is it {n}?", f"Since it is {n}.\nSo it is.") for n in range(2_000))]
    ours = local_files.find(str(book(tmp_path / "a.ods", table(*texts))))
    excels = local_files.find(str(workbooks.write(tmp_path / "a.xlsx", {"FAQ": workbooks.table(*texts)})))
    assert list(local_files.read(ours[0], 1_000)) == list(local_files.read(excels[0], 1_000))


def test_a_workbook_is_known_by_what_it_holds_and_lies_in_folders_and_archives(tmp_path: Path) -> None:
    data = book(tmp_path / "a.ods", FAQ).read_bytes()
    assert read(put(tmp_path / "called.xlsx", data))[0] == ROWS
    excels = workbooks.write(tmp_path / "b.xlsx", {"S": workbooks.table(NAMES, ("Why?", "So."))})
    assert read(excels.rename(tmp_path / "called.ods"))[0] == [{"question": "Why?", "answer": "So."}]
    with zipfile.ZipFile(tmp_path / "c.zip", "w") as archive:
        archive.writestr("in/a.ods", data)
    assert read(tmp_path / "c.zip")[0] == ROWS
    (tmp_path / "folder").mkdir()
    put(tmp_path / "folder" / "a.ods", data)
    put(tmp_path / "folder" / "b.ods", data[:-50])
    found, said = read(tmp_path / "folder")
    assert found == ROWS and [note.args["names"] for note in said] == [["b.ods"]]


@pytest.mark.parametrize(
    ("inside", "text"),
    [
        ("<text:p>One</text:p><text:p>two</text:p><text:p/><text:p>four</text:p>", "One\ntwo\n\nfour"),
        ("<text:p>a<text:s/>b<text:s text:c='3'/>c<text:tab/>d<text:line-break/>e</text:p>", "a b   c\td\ne"),
        ("<text:p> A   web\n page's <text:span> blanks</text:span> </text:p>", "A web page's blanks"),
        ("<text:p><text:span text:style-name='T1'>bold</text:span> &lt;b&gt; &amp; plain</text:p>", "bold <b> & plain"),
        ("<text:p>See <text:a>here</text:a>.</text:p>", "See here."),
        ("<text:p><text:ruby><text:ruby-base>東京</text:ruby-base><text:ruby-text>とうきょう</text:ruby-text></text:ruby>へ"
         "</text:p>", "東京へ"),
        ("<draw:frame><draw:text-box><text:p>a box</text:p></draw:text-box></draw:frame><text:p>text</text:p>", "text"),
    ],
)  # fmt: skip
def test_a_text_of_several_paragraphs_and_parts_is_read_as_it_is_shown(tmp_path: Path, inside: str, text: str) -> None:
    assert shown(tmp_path, f'<table:table-cell office:value-type="string">{inside}</table:table-cell>') == text
    assert shown(tmp_path, f"<table:table-cell>{inside}</table:table-cell>") == text


def date_style(name: str, *parts: str) -> str:
    inside = "".join(f"<number:{part}/>" for part in parts)
    return (
        f'<number:date-style style:name="N{name}">{inside}</number:date-style>'
        f'<style:style style:name="{name}" style:family="table-cell" style:data-style-name="N{name}"/>'
        f'<style:style style:name="of-{name}" style:family="table-cell" style:parent-style-name="{name}"/>'
    )


@pytest.mark.parametrize(
    ("attributes", "inside", "text"),
    [
        ('office:value-type="percentage" office:value="0.125"', "12.5%", "12.5%"),
        ('office:value-type="currency" office:value="1200"', "￥1,200", "￥1,200"),
        ('office:value-type="float" office:value="42"', "00042", "00042"),
        ('office:value-type="float" office:value="0.30000000000000004"', "", "0.3"),
        ('office:value-type="boolean" office:boolean-value="true"', "WAHR", "TRUE"),
        ('office:value-type="time" office:time-value="PT36H00M00S"', "36:00", "36:00"),
        ('office:value-type="string" office:string-value="told"', "", "told"),
        ('office:value-type="string" office:string-value=""', "#DIV/0!", "#DIV/0!"),
        ('office:date-value="2024-01-02"', "02.01.24", "2024-01-02"),
        ('office:date-value="2024-01-02T03:04:05.000000000"', "x", "2024-01-02 03:04:05"),
        ('office:date-value="2024-01-02" table:style-name="full"', "02.01.24", "2024-01-02"),
        ('office:date-value="2024-01-02T12:00:00" table:style-name="hours"', "x", "2024-01-02 12:00"),
        ('office:date-value="2024-01-02" table:style-name="of-short"', "2. Jan", "1/2"),
        ('office:date-value="2024-01-02" table:style-name="short"', "1月2日", "1月2日"),
        ('office:date-value="2024-01-02" table:style-name="word"', "2. Januar", "2-Jan"),
        ('office:date-value="soon"', "soon", "soon"),
    ],
)  # fmt: skip
def test_a_value_is_what_the_sheet_shows_and_a_day_as_iso_writes_it(
    tmp_path: Path, attributes: str, inside: str, text: str
) -> None:
    styles = date_style("full", "day", "month", "year") + date_style(
        "hours", "day", "month", "year", "hours", "minutes"
    )
    styles += date_style("word", "day", 'month number:textual="true"')
    paragraph = f"<text:p>{inside}</text:p>" if inside else ""
    kind = 'office:value-type="date" ' if "office:value-type" not in attributes else ""
    cells = f"<table:table-cell {kind}{attributes}>{paragraph}</table:table-cell>"
    assert shown(tmp_path, cells, styles=styles, common=date_style("short", "month", "day")) == text


def test_what_a_cell_or_row_repeats_is_written_out_and_what_is_covered_is_not_read(tmp_path: Path) -> None:
    again = 'table:number-columns-repeated="2"'
    rows = row("x", "y", "z") + f"<table:table-row {'table:number-rows-repeated=' + chr(34) + '2' + chr(34)}>"
    rows += cell("a", again) + cell("b") + "</table:table-row>"
    covered = "<table:covered-table-cell office:value-type='string'><text:p>below</text:p></table:covered-table-cell>"
    rows += (
        f"<table:table-row>{cell('c', 'table:number-columns-spanned=' + chr(34) + '2' + chr(34))}{covered}{cell('d')}"
    )
    found, _ = read(book(tmp_path / "a.ods", rows + "</table:table-row>"), header=True)
    twice = {"x": "a", "y": "a", "z": "b"}
    assert found == [twice, twice, {"x": "c", "y": "", "z": "d"}]


def test_a_cell_merged_over_rows_counts_for_each(tmp_path: Path) -> None:
    covered = "<table:covered-table-cell/>"
    rows = row(*NAMES) + f"<table:table-row>{cell('Why?', 'table:number-rows-spanned=' + chr(34) + '2' + chr(34))}"
    rows += f"{cell('So.')}</table:table-row><table:table-row>{covered}{cell('For that.')}</table:table-row>"
    rows += row("", "Nobody asks.") + row("How?", "Thus.")
    found, said = read(book(tmp_path / "a.ods", rows))
    assert [tuple(item.values()) for item in found] == [
        ("Why?", "So."), ("Why?", "For that."), ("", "Nobody asks."), ("How?", "Thus."),
    ]  # fmt: skip
    assert notes(said) == [("data.questions_missing", 1), ("data.cells_are_merged", None)]


def test_hidden_rows_comments_struck_texts_and_formulas_without_result_are_counted(tmp_path: Path) -> None:
    styles = f'<style:style style:name="ce1" style:family="table-cell">{STRUCK}</style:style>'
    styles += f'<style:style style:name="T1" style:family="text">{STRUCK}</style:style>'
    part = (
        '<table:table-cell office:value-type="string"><text:p><text:span text:style-name="T1">I</text:span>.</text:p>'
    )
    comment = "<office:annotation><text:p>Really?</text:p></office:annotation>"
    rows = row(*NAMES) + row("Who is it?", "He.", attributes='table:visibility="filter"')
    rows += row("Who was it?", "She.", attributes='table:visibility="collapse"')
    rows += f"<table:table-row>{cell('Who are you?')}{part}{comment}</table:table-cell></table:table-row>"
    rows += f"<table:table-row>{cell('Who else?', 'table:style-name=' + chr(34) + 'ce1' + chr(34))}"
    rows += '<table:table-cell table:formula="of:=[.A1]"/></table:table-row>'
    nothing = '<table:table-cell table:formula="of:=T([.A9])" office:value-type="string"><text:p/></table:table-cell>'
    rows += f"<table:table-row>{nothing}{nothing}</table:table-row>"  # their result is an empty text
    found, said = read(book(tmp_path / "a.ods", rows, styles=styles))
    assert [item["answer"] for item in found] == ["He.", "She.", "."]
    assert notes(said) == [
        ("data.hidden_rows", 2), ("data.struck_through", 2), ("data.uncomputed_formulas", 1),
        ("data.cells_with_comments", 1),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("line", "count"),
    [('type="single"', 1), ('style="dotted"', 1), ('style="none" style:text-line-through-type="single"', 0),
     ('type="none"', 0), ('color="#000000"', 0)],
)  # fmt: skip
def test_what_is_struck_through_and_styles_that_are_their_own_parents(tmp_path: Path, line: str, count: int) -> None:
    inside = f"<style:text-properties style:text-line-through-{line}/>"
    styles = f'<style:style style:name="a" style:family="table-cell" style:parent-style-name="b">{inside}</style:style>'
    styles += '<style:style style:name="b" style:family="table-cell" style:parent-style-name="c"/>'
    styles += '<style:style style:name="c" style:family="table-cell" style:parent-style-name="b"/>'
    rows = row(*NAMES) + f"<table:table-row>{cell('Why?')}{cell('So.', 'table:style-name=' + chr(34) + 'a' + chr(34))}"
    _, said = read(book(tmp_path / "a.ods", f"{rows}</table:table-row>", styles=styles))
    assert notes(said) == [("data.struck_through", 1)] * count


def test_a_column_says_how_its_cells_look_where_they_and_their_row_do_not(tmp_path: Path) -> None:
    styles = f'<style:style style:name="struck" style:family="table-cell">{STRUCK}</style:style>'
    styles += '<style:style style:name="plain" style:family="table-cell"/>'
    columns = (
        '<table:table-column table:number-columns-repeated="2" table:default-cell-style-name="plain"/>'
        '<table:table-column table:default-cell-style-name="struck"/>'
    )
    rows = row("nr", *NAMES) + row("1", "Why?", "So.") + row("2", "How?", "Thus.", attributes=(
        'table:default-cell-style-name="plain"'
    ))  # fmt: skip
    path = open_documents.write(tmp_path / "a.ods", sheet("S", rows, columns=columns), styles=styles)
    assert notes(read(path)[1]) == [("data.struck_through", 2)]  # with the column's own name


def test_sheets_that_are_hidden_or_copies_of_other_files_are_not_read_unasked(tmp_path: Path) -> None:
    other = "'file:///home/me/b.ods'#$S"
    sheets = sheet("Old", FAQ, "ta2") + sheet("FAQ", FAQ) + sheet(other, FAQ, "ta_extref")
    linked = sheet("x", FAQ).replace(' table:name="x"', "")
    sheets += f"<table:dde-links><table:dde-link>{linked}</table:dde-link></table:dde-links>"
    path = open_documents.write(tmp_path / "a.ods", sheets)
    found, said = read(path)
    assert found == ROWS
    assert [(note.code, note.args["names"]) for note in said] == [("data.sheets_left_out", ["Old"])]
    assert read(path, sheet="Old")[0] == ROWS and read(path, sheet=["FAQ", 1])[0] == ROWS * 2
    assert refused(lambda: read(path, sheet=3)).code == "dataset_missing"


def test_a_row_that_is_too_long_costs_itself_alone_whatever_its_cells_repeat(tmp_path: Path) -> None:
    again = 'table:number-columns-repeated="16000"'
    rows = row(*NAMES) + f"<table:table-row>{cell('a' * 90, again)}</table:table-row>" + row("Why?", "So.")
    assert read(book(tmp_path / "a.ods", rows))[0] == [drop_reasons.TOO_LONG, {"question": "Why?", "answer": "So."}]
    wide = row(*NAMES) + f"<table:table-row>{cell('a', again.replace('16000', '999999999'))}</table:table-row>"
    assert read(book(tmp_path / "b.ods", wide))[0] == [drop_reasons.TOO_LONG]
    beside = row(*NAMES) + "<table:table-row>" + cell("", again) * 2 + cell("a") + "</table:table-row>"
    assert "column 32001" in refused(lambda: read(book(tmp_path / "c.ods", beside))).detail
    last = 'table:number-columns-repeated="{}"'.format
    for many, problem in ((16_384, None), (16_385, "column 16385")):
        named = cell("n") + cell("", last(many - 2)) + cell("z")
        path = book(tmp_path / "d.ods", f"<table:table-row>{named}</table:table-row>" + row("Why?"))
        if problem is None:
            assert next(iter(read(path)[0])).keys() >= {"n", "z"}
        else:
            assert problem in refused(lambda path=path: read(path)).detail  # type: ignore[misc]


def test_rows_that_repeat_beyond_any_sheet_or_measure_are_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = row(*NAMES) + row("Why?", "So.", attributes='table:number-rows-repeated="1048576"')
    assert "row 1048577" in refused(lambda: read(book(tmp_path / "a.ods", rows))).detail
    monkeypatch.setattr(open_document, "MOST", 10_000)
    rows = row(*NAMES) + row("Why?", "So.", attributes='table:number-rows-repeated="2000"')
    assert refused(lambda: read(book(tmp_path / "b.ods", rows))).sentence.args["why"].code == "data.workbook_too_large"


def test_a_part_that_holds_nothing_for_long_ends(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sheet_xml, "MOST_WITHOUT", 1_000)
    monkeypatch.setattr(sheet_xml, "PIECE", 100)
    path = open_documents.write(tmp_path / "a.ods", "<x/>" * 5_000 + sheet("FAQ", FAQ))
    assert refused(lambda: read(path)).sentence.args["why"].code == "data.workbook_damaged"


def test_what_is_locked_damaged_or_no_workbook_is_named(tmp_path: Path) -> None:
    locked = book(tmp_path / "a.ods", FAQ, manifest='<manifest:encryption-data manifest:checksum="x"/>')
    whole = tmp_path / "b.ods"
    with zipfile.ZipFile(whole, "w") as archive:
        archive.writestr("mimetype", open_documents.KIND)
        archive.writestr("encrypted-package", "x")
    for path in (locked, whole):
        assert refused(lambda path=path: read(path)).sentence.args["why"].code == "data.workbook_has_password"  # type: ignore[misc]
    text = book(tmp_path / "c.ods", FAQ, kind="application/vnd.oasis.opendocument.text")
    assert refused(lambda: read(text)).sentence.args["why"].code == "data.no_such_workbook"
    declared = book(tmp_path / "d.ods", FAQ, head='<!DOCTYPE x [<!ENTITY a "b">]>')
    assert refused(lambda: read(declared)).sentence.args["why"].code == "data.workbook_with_entities"
    empty = open_documents.write(tmp_path / "e.ods", "")
    assert refused(lambda: read(empty)).sentence.code == "data.no_workbook"
    assert refused(lambda: read(put(tmp_path / "f.ods", b"question,answer\n"))).sentence.code == "data.workbook_is_text"


def test_rows_before_a_damage_are_read_and_where_they_end_is_said(tmp_path: Path) -> None:
    path = open_documents.write(tmp_path / "a.ods", f"{sheet('FAQ', FAQ + '<broken>')}")
    found, said = read(path)
    assert found == ROWS
    [note] = [one.args["what"] for one in said if one.code == "data.of_file"]
    assert (note.code, note.args["row"]) == ("data.sheet_ends_damaged", 3)
