"""A table in text: what separates its fields, what stands above it, which of its lines cannot be read."""

from __future__ import annotations

import csv
import io
import json
from typing import Any

import pytest

from so8t_engine.data import drop_reasons
from so8t_engine.data.files import csv_rows
from so8t_engine.data.files.row_readers import BadRow, RawRow
from so8t_engine.data.files.table_head import Form
from so8t_engine.sentences import Sentence

Q, A = {"q": "1", "a": "2"}, {"q": "3", "a": "4"}
LONG = "x" * 201
TWO = {"column1": "a", "column2": "b"}


def read(text: str | bytes, limit: int = 400, skip: int = 0, **form: Any) -> tuple[list[Any], list[Sentence]]:
    """(rows, or line and reason of a bad one; what was said)."""
    said: list[Sentence] = []
    file = io.BytesIO(text if isinstance(text, bytes) else text.encode())
    items = csv_rows.csv_rows(file, limit, skip, Form(**form), said.append)
    return [json.loads(item.text) if isinstance(item, RawRow) else (item.at, item.reason) for item in items], said


def test_tables_side_by_side_are_told_where_the_file_is_read() -> None:
    rows, said = read("Deck A,,Deck B,\nFront,Back,Front,Back\na,b,c,d\n")
    assert rows == [{"Deck A Front": "a", "Deck A Back": "b", "Deck B Front": "c", "Deck B Back": "d"}]
    assert [note.code for note in said] == ["data.title_passed_over", "data.tables_side_by_side"]


@pytest.mark.parametrize(
    ("text", "rows", "delimiter"),
    [
        ("#separator:Semicolon\n#html:true\na;b\n", [TWO], ";"), ("#separator:comma\na,b\n", [TWO], None),
        ("#separator:space\na b\n", [TWO], " "), ("#separator:colon\na:b\n", [TWO], ":"),
        ("#separator:pipe\na|b\n", [TWO], "|"), ("\ufeff#separator:tab\r\na\tb\r\n", [TWO], "tab"),
        ("#separator:!\na!b\n", [TWO], "!"), ("#separator:other\na;b\n", [TWO], ";"),
        ("#html:true\na\tb\n", [TWO], "tab"),
        ("#separator:tab\r\n#tags column:3\r\na\tb\tt\r\n", [{**TWO, "tags": "t"}], "tab"),
        ("#separator:|\n#notetype column:1\n#deck column: 2\n#guid column:3\nB|D|g|a|b\n",
         [{"notetype": "B", "deck": "D", "guid": "g", "column4": "a", "column5": "b"}], "|"),
        ("#separator:,\n#columns:q,a\nq,a\n1,2\n", [Q], None),
        ("#separator:tab\n#columns:q\ta\nq\ta\n1\t2\n", [Q], "tab"),
        ("#separator:tab\n#columns:q\ta\tx\n#tags column:3\nq\ta\tx\n1\t2\t3\n", [{**Q, "x": "3"}], "tab"),
        ("q,a;b;c\n1,2;3;4\n", [{"q": "1", "a;b;c": "2;3;4"}], None),
        ("q;a\n1;2\n3", [Q, (3, drop_reasons.WRONG_FIELDS)], ";"), ("\ufeffq;a\n1;2\n", [Q], ";"),
        ("sep=;\r\nq;a\r\n1;2\r\n", [Q], ";"), ("sep=\t\nq\ta\n1\t2\n", [Q], "tab"),
        ("\ufeffsep=|\nq|a\n1|2\n", [Q], "|"),
        ("sep=,\nq;q,a\n1,2\n", [{"q;q": "1", "a": "2"}], None),
        ("q|a\n1|2\n", [Q], "|"), ("q\ta\n1\t2\n", [Q], "tab"), ("q;a\n1;2\n", [Q], ";"),
        ("q,a;b\n1,2;3\n", [{"q": "1", "a;b": "2;3"}], None), ("q\n1\n", [{"q": "1"}], None), ("", [], None),
        ("q,a", [], None), ("q;a|b\n1;2|3\n4;5\n6;7\n", [{"q": "1", "a|b": "2|3"}, {"q": "4", "a|b": "5"},
                                                      {"q": "6", "a|b": "7"}], ";"),
    ],
)  # fmt: skip
def test_what_separates_fields_is_said_above_them_or_found(text: str, rows: list[Any], delimiter: str | None) -> None:
    found, said = read(text)
    assert found == rows
    assert [note.args for note in said if note.code == "data.separated_by"] == (
        [{"delimiter": delimiter}] if delimiter else []
    )


def test_bytes_of_a_title_that_are_no_text_are_no_fault_of_the_names() -> None:
    found, said = read(b"Title \xff,\nq,a\n1,2\n3,4\n")
    assert (found, [note.code for note in said]) == ([Q, A], ["data.title_passed_over"])


def test_what_the_user_says_counts_more() -> None:
    assert read("#separator:tab\nq\ta\n1\t2\n", header=True)[0] == [Q]
    assert read("#separator:tab\na\tb\n", delimiter=",") == ([{"column1": "a\tb"}], [])
    assert read("q;a\n1;2\n", delimiter=",") == ([{"q;a": "1;2"}], [])
    assert read("Title,\nq,a\n1,2\n", header=True)[0] == [{"Title": "q", "": "a"}, {"Title": "1", "": "2"}]
    assert read("Title,\n\n7,8\nq,a\n1,2\n", header=4) == ([Q], []) and read("q,a\n1,2\n", header=1) == ([Q], [])
    assert read("q,a\n1,2\n", header=9)[0] == [] and read('"T\nu",\nq,a\n1,2\n', header=3)[0] == [Q]


@pytest.mark.parametrize(
    ("bad", "share"),
    [(0, ";"), (1, ";"), (2, ";"), (3, None)],
)
def test_a_separator_is_one_under_which_four_in_five_records_have_as_many_fields(bad: int, share: str | None) -> None:
    """A comma inside texts is none: as few of ten lines have one."""
    lines = ["q;a", *["3;4;5"] * bad, *["1;2"] * (9 - bad), "6;7"]
    _, said = read("\n".join(lines) + "\n")
    assert [note.args["delimiter"] for note in said if note.code == "data.separated_by"] == ([share] if share else [])


def test_a_title_above_names_is_passed_over_whatever_separates_them() -> None:
    found, said = read("Title\n\nq;a\n1;2\n3;4\n5;6\n")
    assert found == [Q, A, {"q": "5", "a": "6"}]
    assert [(note.code, note.args) for note in said] == [
        ("data.separated_by", {"delimiter": ";"}), ("data.title_passed_over", {"count": 2, "first": "Title"}),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("q,a\n1,%s\n3,4\n" % ("x" * 401), [(2, drop_reasons.TOO_LONG), A]),
        ('q,a\n1,"x\n%s\n"\n3,4\n' % ("x" * 401), [(4, drop_reasons.TOO_LONG), A]),
        (f'q,a\n1,"{LONG}\n{LONG}"\n3,4\n', [(3, drop_reasons.TOO_LONG), A]),
        ('q,a\n1,"x\ny\n3,4\n1,2\n', [(2, drop_reasons.OPEN_QUOTE), (3, drop_reasons.WRONG_FIELDS), A, Q]),
        ('q,a\n1,"x\n3,4\n', [(2, drop_reasons.OPEN_QUOTE), A]),
        ('q,a\n1,"x\ny"\n3,4\n', [{"q": "1", "a": "x\ny"}, A]),
        ('q\n"x\ny\nz\n', [{"q": "x\ny\nz\n"}]),
        (b"q,a\n\xff,2\n3,4\n", [(2, drop_reasons.NOT_UTF8), A]),
        (b'q,a\n1,"x\n\xff"\n3,4\n', [(3, drop_reasons.NOT_UTF8), A]),
        ("q,a\r1,2\r3,4\r", [Q, A]), ("q,a\r1,2\r3,%s\r3,4" % ("y" * 500), [Q, (3, drop_reasons.TOO_LONG), A]),
        ("q,a\r1,2\r3,%s" % ("y" * 500), [Q, (3, drop_reasons.TOO_LONG)]),
        ("q,a\n1,2,3\n1\n\n3,4\n", [(2, drop_reasons.WRONG_FIELDS), (3, drop_reasons.WRONG_FIELDS), A]),
    ],
)  # fmt: skip
def test_a_record_that_cannot_be_read_is_named_by_its_line(text: str | bytes, rows: list[Any]) -> None:
    assert read(text) == (rows, [])
    for skip in range(len(rows) + 1):
        assert read(text, skip=skip)[0] == rows[skip:]


@pytest.mark.parametrize("text", ["\n", "\n\n\n", b"q,\xff\n1,2\n", ",\n1,2\n", "q,%s\n1,2\n" % ("x" * 401)])
def test_a_file_of_empty_lines_or_without_names_is_refused(text: str | bytes) -> None:
    with pytest.raises(ValueError) as error:
        read(text)
    assert error.value.args[0].code == "data.header_unusable"


def test_lines_that_end_with_a_carriage_return_alone_may_lie_across_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    for size in range(4, 12):
        monkeypatch.setattr(csv_rows, "LOOKED_AT", size)
        assert read("q,a\r1,2\r3,4\r1,2", limit=6)[0] == [Q, A, Q]
        assert read("q,a\r1,2\r3,45678\r1,2", limit=6)[0] == [Q, (3, drop_reasons.TOO_LONG), Q]


def test_a_field_may_be_as_long_as_a_row_whatever_python_allows() -> None:
    allowed = csv.field_size_limit(10)
    try:
        text = f'q,a\nWhy?,"{"x" * 5_000}\n{"y" * 4_999}"\nHow?,{"z" * 10_001}\n'
        first, second = csv_rows.csv_rows(io.BytesIO(text.encode()), 10_000)
        assert isinstance(first, RawRow) and json.loads(first.text)["a"] == f"{'x' * 5_000}\n{'y' * 4_999}"
        assert isinstance(second, BadRow) and second.reason == drop_reasons.TOO_LONG
        assert csv.field_size_limit() == 10_000
    finally:
        csv.field_size_limit(allowed)
