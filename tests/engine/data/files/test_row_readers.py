"""A file is read row by row: a bad one is named and passed over, the others come in order."""

from __future__ import annotations

import csv
import gzip
import io
import json
import tracemalloc
from collections.abc import Iterable
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from helpers.sessions import refused
from so8t_engine.config.run_config import Dataset
from so8t_engine.data import drop_reasons
from so8t_engine.data.files import csv_rows, json_documents, local_files, row_readers, table_rows
from so8t_engine.data.files.row_readers import BadRow, RawRow

ROWS = [{"a": 1, "b": "x"}, {"a": 2, "b": "é日本"}, {"a": 3, "b": 'with "quotes", and\na line'}]


def values(items: Iterable[RawRow | BadRow]) -> list[object]:
    return [json.loads(item.text) if isinstance(item, RawRow) else (str(item.place), item.reason) for item in items]


def test_every_kind_of_bad_line_is_named_and_the_rest_comes_in_order() -> None:
    data = b"\n".join(
        [
            b'\xef\xbb\xbf{"a": 1}',
            b'{"a": ',
            b'{"a": "\xff\xfe"}',
            b"[1, 2]",
            b"",
            b'{"a": "' + b"x" * 300 + b'"}',
            b'{"a": "\\ud800"}',
            b"[" * 5_000,
            b'{"a": 2}\r',
            b'{"a": 3}',
        ]
    )

    assert values(row_readers.json_lines(io.BytesIO(data), 200)) == [
        {"a": 1},
        ("line 2", drop_reasons.NOT_JSON),
        ("line 3", drop_reasons.NOT_UTF8),
        ("line 4", drop_reasons.NOT_OBJECT),
        ("line 6", drop_reasons.TOO_LONG),
        ("line 7", drop_reasons.NOT_UNICODE),
        ("line 8", drop_reasons.TOO_LONG),
        {"a": 2},
        {"a": 3},
    ]


@pytest.mark.parametrize("size", [99, 100, 101, 102, 103])
@pytest.mark.parametrize("end", [b"", b"\n", b"\r\n"])
def test_the_limit_is_on_the_line_without_its_end(size: int, end: bytes) -> None:
    line = b"x" * size

    assert list(row_readers.bounded(io.BytesIO(line + end), 100)) == [line if size <= 100 else None]


def test_deeply_nested_json_is_one_bad_line() -> None:
    data = b'{"a":' + b"[" * 100_000 + b'\n{"a": 1}\n'

    assert values(row_readers.json_lines(io.BytesIO(data), 1 << 20)) == [("line 1", drop_reasons.NOT_JSON), {"a": 1}]


def test_a_huge_line_is_passed_over_without_being_held(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    with path.open("wb") as file:
        for _ in range(64):
            file.write(b"x" * (1 << 20))
        file.write(b'\n{"a": 1}\n')
    tracemalloc.start()
    result = values(local_files.read(local_files.find(str(path))[0], 100_000))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert result == [("line 1", drop_reasons.TOO_LONG), {"a": 1}]
    assert peak < 8 << 20


def csv_text() -> bytes:
    return b'a,b\n1,x\n2,"\xc3\xa9\xe6\x97\xa5\xe6\x9c\xac"\n3,"with ""quotes"", and\na line"\n'


def parquet_bytes() -> bytes:
    sink = io.BytesIO()
    pq.write_table(pa.Table.from_pylist(ROWS), sink, row_group_size=2)
    return sink.getvalue()


FORMATS = {
    "a.jsonl": b"".join(json.dumps(row).encode() + b"\n" for row in ROWS),
    "lines.json": b"".join(json.dumps(row).encode() + b"\n" for row in ROWS),
    "array.json": json.dumps(ROWS, indent=1).encode(),
    "data.json": json.dumps({"version": 1, "data": ROWS}).encode(),
    "pretty.json": b'{"data": [\n' + b",\n".join(json.dumps(row).encode() for row in ROWS) + b"\n]}",
    "a.csv": csv_text(),
    "a.parquet": parquet_bytes(),
}


@pytest.mark.parametrize("zipped", [False, True])
@pytest.mark.parametrize("name", FORMATS)
def test_the_same_rows_come_out_of_every_format_from_any_row_on(tmp_path: Path, name: str, zipped: bool) -> None:
    path = tmp_path / (name + ".gz" * zipped)
    path.write_bytes(gzip.compress(FORMATS[name]) if zipped else FORMATS[name])
    [file] = local_files.find(str(path))
    wanted = [{**row, "a": str(row["a"])} for row in ROWS] if ".csv" in name else ROWS

    items = list(local_files.read(file, 10_000))
    assert values(items) == wanted
    for count, item in enumerate(items, 1):
        assert values(local_files.read(file, 10_000, item.number)) == wanted[count:]


def test_bad_csv_records_are_named_and_the_rest_goes_on() -> None:
    data = b"a,b\n1,2\n1,2,3\n1\n\xff,2\n" + b"x" * 300 + b",2\n3,4\n"

    assert values(csv_rows.csv_rows(io.BytesIO(data), 200)) == [
        {"a": "1", "b": "2"},
        ("line 3", drop_reasons.WRONG_FIELDS),
        ("line 4", drop_reasons.WRONG_FIELDS),
        ("line 5", drop_reasons.NOT_UTF8),
        ("line 6", drop_reasons.TOO_LONG),
        {"a": "3", "b": "4"},
    ]


def test_a_quotation_mark_that_nobody_closes_costs_its_own_row_and_no_other() -> None:
    """The rest of the file stood in one learnt answer; between two such marks thousands of rows were gone unsaid."""
    rows = [b"q%d,a%d" % (number, number) for number in range(9)]
    rows[2], rows[5], rows[6], rows[8] = b'q2,"a2', b'q5,"a5', b"q6,\xff", b'q8,"whole\nb,c ""so""\nd,e"'
    good = [{"a": f"q{number}", "b": f"a{number}"} for number in (0, 1, 3, 4, 7)]
    last = {"a": "q8", "b": 'whole\nb,c "so"\nd,e'}
    expected = [
        *good[:2], ("line 4", drop_reasons.OPEN_QUOTE), *good[2:4], ("line 7", drop_reasons.OPEN_QUOTE),
        ("line 8", drop_reasons.NOT_UTF8), good[4],
    ]  # fmt: skip
    for skip in range(len(expected)):
        data = io.BytesIO(b"\n".join([b"a,b", *rows]))
        assert values(csv_rows.csv_rows(data, 400, skip)) == [*expected, last][skip:]
    cut = io.BytesIO(b"a,b\n" + b"\n".join(rows[:5]))
    assert values(csv_rows.csv_rows(cut, 400)) == expected[:5]
    sloppy = io.BytesIO(b'a,b\nq,"one\nand "two" of it"\n')
    assert values(csv_rows.csv_rows(sloppy, 400)) == [{"a": "q", "b": 'one\nand two" of it"'}]


@pytest.mark.parametrize(
    ("document", "expected"),
    [
        ({"q": {"0": "a", "1": "b"}, "r": {"0": "x", "1": "y"}}, [{"q": "a", "r": "x"}, {"q": "b", "r": "y"}]),
        ({"q": {"0": "a", "1": "b"}, "r": {"0": "x", "2": "y"}}, None),
        ({"q": ["a", "b"], "r": ["x", "y"]}, [{"q": "a", "r": "x"}, {"q": "b", "r": "y"}]),
    ],
)
def test_columns_by_number_are_rows_where_all_have_the_same_numbers(
    document: object, expected: list[object] | None
) -> None:
    """Else the document is one row."""
    found = values(json_documents.json_rows(io.BytesIO(json.dumps(document).encode()), 200))
    assert found == (expected or [document])


def test_a_json_file_whose_first_line_is_broken_is_still_read_as_lines() -> None:
    data = b'{"a": \n{"a": 1}\n{"a": 2}\n'

    assert values(json_documents.json_rows(io.BytesIO(data), 200)) == [
        ("line 1", drop_reasons.NOT_JSON),
        {"a": 1},
        {"a": 2},
    ]


@pytest.mark.parametrize(
    ("name", "data", "why"),
    [
        ("a.json", b"[1, 2", "it is not JSON (line 1"),
        ("a.json", b'"text"', 'neither an array nor {"data": [...]}'),
        ("a.json", b'["' + b"x" * 400_000 + b"\xff", "it is not UTF-8 (byte 400002)"),
        ("a.jsonl.gz", b"this is not gzip", "not gzip"),
        ("a.jsonl.gz", gzip.compress(b'{"a": 1}\n' * 1_000, mtime=0)[:-20], "damaged"),
        ("a.parquet", b"PAR1 nothing PAR1", "not a Parquet file"),
        ("a.csv", b"a,a\n1,2\n", "its header names columns twice ('a')"),
        ("a.csv", b",\n1,2\n", "its header cannot be used (names are empty or repeated)"),
    ],
)
def test_a_file_that_is_not_what_its_name_says_is_refused_by_name(
    tmp_path: Path, name: str, data: bytes, why: str
) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    error = refused(lambda: list(local_files.read(local_files.find(str(path))[0], 10_000)))

    assert error.code == "dataset_file"
    assert str(path) in error.detail
    assert why in error.detail


def test_folders_and_globs_are_read_in_the_order_of_their_names(tmp_path: Path) -> None:
    for name in ("b.jsonl", "a.jsonl.gz", "deep/c.csv", ".hidden/d.jsonl", "notes.txt", "_made/e.jsonl"):
        path = tmp_path / "data" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"")

    assert [file.name for file in local_files.find(str(tmp_path / "data"))] == ["a.jsonl.gz", "b.jsonl", "deep/c.csv"]
    assert [file.name for file in local_files.find(str(tmp_path / "data" / "*.jsonl*"))] == ["a.jsonl.gz", "b.jsonl"]
    assert [file.name for file in local_files.find(str(tmp_path / "**" / "*.csv"))] == ["data/deep/c.csv"]


@pytest.mark.parametrize(
    ("path", "code", "sentence"),
    [
        ("nowhere.jsonl", "dataset_missing", "data.no_file_or_folder"),
        ("*.parquet", "dataset_missing", "data.no_match"),
        ("empty", "dataset_kind", "data.folder_without_files"),
        ("notes.txt", "dataset_file", "data.empty_file"),
        ("notes.docx", "dataset_file", "data.empty_file"),
        ("demo:nothing", "dataset_missing", "data.no_demo"),
    ],
)
def test_a_path_that_leads_nowhere_is_named(tmp_path: Path, path: str, code: str, sentence: str) -> None:
    (tmp_path / "empty").mkdir()
    for name in ("notes.txt", "notes.docx"):
        (tmp_path / name).touch()
    error = refused(lambda: local_files.find(path if path.startswith("demo:") else str(tmp_path / path)))

    assert (error.code, error.sentence.code) == (code, sentence)
    assert path.removeprefix("demo:") in error.detail


def test_a_table_that_is_open_in_excel_is_read_and_its_mark_is_not(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "sales.csv").write_text("question,answer\na,b\n")
    (tmp_path / "~$sales.csv").write_bytes(b"\x05owner" + b" " * 160)
    chosen = local_files.choose(Dataset(name="d", source="local", path=str(tmp_path)))
    assert ([file.name for file in chosen.files], chosen.notes) == (["sales.csv"], ())
    monkeypatch.chdir(tmp_path)
    assert refused(lambda: local_files.find("~$sales.csv")).sentence.code == "data.lock_file"
    assert [file.name for file in local_files.find(str(tmp_path / "*.csv"))] == ["sales.csv"]
    assert refused(lambda: local_files.find("~$letter.docx")).code == "dataset_missing"


def test_values_json_does_not_know_become_text() -> None:
    table = pa.table({"when": pa.array([0], pa.timestamp("s")), "raw": [b"\x00\xff"], "list": [[1, 2]]})
    sink = io.BytesIO()
    pq.write_table(table, sink)
    sink.seek(0)

    assert values(table_rows.parquet_rows(sink, 0)) == [{"when": "1970-01-01 00:00:00", "raw": "00ff", "list": [1, 2]}]


@pytest.mark.parametrize("end", ["", "\r", "\rx,y"])
def test_a_line_that_ends_with_a_carriage_return_alone_may_be_as_long_as_the_limit(end: str) -> None:
    def read(text: str) -> object:
        return values(csv_rows.csv_rows(io.BytesIO((text + end).encode()), 6))[0]

    assert read("q,a\rx,1234") == {"q": "x", "a": "1234"}
    assert read("q,a\rx,12345") == ("line 2", drop_reasons.TOO_LONG)


def test_a_number_that_is_none_is_no_value(tmp_path: Path) -> None:
    line = b'{"a": "NaN is a bread", "b": NaN, "c": [1.5, -Infinity, {"d": NaN}], "e": 3}\n'
    expected = {"a": "NaN is a bread", "b": None, "c": [1.5, None, {"d": None}], "e": 3}

    (tmp_path / "a.jsonl").write_bytes(line)
    [file] = local_files.find(str(tmp_path / "a.jsonl"))
    assert values(local_files.read(file, 1_000)) == [expected]
    table = pa.table({"a": ["x"], "b": pa.array([float("nan")])})
    pq.write_table(table, tmp_path / "b.parquet")
    [file] = local_files.find(str(tmp_path / "b.parquet"))
    assert values(local_files.read(file, 1_000)) == [{"a": "x", "b": None}]


def test_a_field_of_a_csv_may_be_as_long_as_a_row_may() -> None:
    long = "x" * 3_000
    before = csv.field_size_limit(1_000)  # as some other reader may have left it
    try:
        assert values(csv_rows.csv_rows(io.BytesIO(f"a,b\nq,{long}\n".encode()), 4_000)) == [{"a": "q", "b": long}]
        list(csv_rows.csv_rows(io.BytesIO(b"a,b\n1,2\n"), 6))
        assert csv.field_size_limit() == 4_000, "it is that of every other reader, too"
    finally:
        csv.field_size_limit(before)


@pytest.mark.parametrize(
    ("line", "value"),
    [
        (b"\xef\xbb\xbf\n", None), (b"\xef\xbb\xbf{\"a\": 1},", {"a": 1}),
        (b"{'a': None, 'b': (1, 2)}", {"a": None, "b": [1, 2]}),
        (b'{"a": Infinity}', {"a": None}), (b'{"a": -Infinity, "b": "Infinity"}', {"a": None, "b": "Infinity"}),
        (b'[{"role": "user"}, {"from": "x"}]', {"messages": [{"role": "user"}, {"from": "x"}]}),
        (b'[{"role": "user"}, {"x": 1}]', drop_reasons.NOT_OBJECT), (b'[{"role": "user"}]', drop_reasons.NOT_OBJECT),
        (b'[{"role": "user"}, 1]', drop_reasons.NOT_OBJECT), (b"{'a': __import__('os')}", drop_reasons.NOT_JSON),
        (b"{1: 2", drop_reasons.NOT_JSON), (b'{"a": 1},,', {"a": 1}), (b"null", drop_reasons.NOT_OBJECT),
    ],
)  # fmt: skip
def test_a_line_is_a_row_however_it_was_printed(line: bytes, value: object) -> None:
    wanted = [] if value is None else [value if isinstance(value, dict) else ("line 1", value)]
    assert values(row_readers.json_lines(io.BytesIO(line), 200)) == wanted
    first = row_readers.lone_object(line.removeprefix(b"\xef\xbb\xbf"))
    assert (first is not None) is (isinstance(value, dict) and line.endswith((b"}", b",")))


@pytest.mark.parametrize(("unit", "said"), [("line", "line 3"), ("item", "item 3"), ("row", "row 3")])
def test_where_a_bad_row_stands_is_told_in_what_people_count(unit: row_readers.Unit, said: str) -> None:
    assert str(row_readers.place(unit, 3)) == said == str(BadRow(9, unit, 3, drop_reasons.NOT_JSON).place)


@pytest.mark.parametrize(
    ("value", "text"),
    [(b"a\nb\tc", "a\nb\tc"), (b"a\x00b", "610062"), (b"a\x1fb", "611f62"), (b"\xff", "ff"), ("é".encode(), "é"),
     (bytearray(b"ab"), "ab"), (memoryview(b"ab"), "ab"), (b"", "")],
)  # fmt: skip
def test_bytes_are_the_text_that_they_are_or_hexadecimal(value: object, text: str) -> None:
    assert values([row_readers.row({"a": value}, 1, "row", 1)]) == [{"a": text}]


def test_of_wanted_columns_those_alone_are_read_and_what_says_that_a_picture_is_needed() -> None:
    sink = io.BytesIO()
    pq.write_table(pa.table({"q": ["1"], "image": ["x.png"], "a": ["2"], "b": ["3"]}), sink)
    for columns, found in (
        (("a", "q"), {"a": "2", "q": "1", "image": "x.png"}), (("image", "a"), {"image": "x.png", "a": "2"}),
        (("a", "x"), {"q": "1", "image": "x.png", "a": "2", "b": "3"}),
    ):  # fmt: skip
        sink.seek(0)
        assert values(table_rows.parquet_rows(sink, 0, columns)) == [found]


def test_a_lone_talk_is_a_line_with_turns_alone() -> None:
    turns = b'[{"role": "user"}, {"role": "assistant"}]'
    assert row_readers.lone_talk(turns) and row_readers.lone_talk(turns + b",")
    for line in (turns[:-1], b" " + turns, b'[{"role": "user"}]', b'{"role": "user"}', b"[1, 2]", b"[" * 9_000):
        assert not row_readers.lone_talk(line)
