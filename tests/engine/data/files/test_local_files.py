"""Local files as a source: what they are called, how many rows they may hold, why they cannot be read."""

from __future__ import annotations

import errno
import gzip
import hashlib
import io
import json
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import IO, Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from helpers import workbooks
from helpers.sessions import refused
from so8t_engine.config.run_config import Dataset
from so8t_engine.data.files import local_files
from so8t_engine.data.files.local_files import SourceFile, TooMuch
from so8t_engine.data.files.row_readers import RawRow
from so8t_engine.data.files.table_head import Form

LINE = b'{"question": "Why?", "answer": "So."}\n'


def put(path: Path, data: bytes) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    return path


@pytest.mark.parametrize(
    ("name", "kind", "packing"),
    [
        ("a.jsonl", ".jsonl", None), ("A.JSONL.GZ", ".jsonl", ".gz"), ("a.csv.bz2", ".csv", ".bz2"),
        ("a.tsv", ".tsv", None),
        ("a.ndjson.xz", ".ndjson", ".xz"), ("a.json.zst", ".json", ".zst"), ("a.feather", ".feather", None),
        ("a.arrow", ".arrow", None), ("a.xlsm", ".xlsm", None), ("a.gz", "", ".gz"), ("a.txt", "", None),
        ("jsonl", "", None),
    ],
)  # fmt: skip
def test_what_a_file_is_its_name_says(name: str, kind: str, packing: str | None) -> None:
    assert local_files.is_known(name) is bool(kind)
    forgotten: list[str] = []
    file = local_files.elsewhere(Path("hub/x"), name, lambda: io.BytesIO(LINE), lambda: forgotten.append(name))
    assert (file.path, file.name, file.kind, file.packing, file.member, file.sheet) == (
        Path("hub/x"), name, kind, packing, None, None,
    )  # fmt: skip
    assert file.remote is not None and file.remote().read() == LINE
    assert file.forget is not None and file.forget() is None and forgotten == [name]
    assert local_files.is_known("a.ZIP") and not local_files.is_known("a.tar.gz")


def test_about_how_many_rows_there_are_is_guessed_by_the_bytes_and_known_of_parquet(tmp_path: Path) -> None:
    def guess(*paths: Path) -> int:
        return local_files.guess_rows([file for path in paths for file in local_files.find(str(path))])

    plain = put(tmp_path / "a.jsonl", b"x" * 5_499)
    packed = put(tmp_path / "b.jsonl.gz", b"x" * 5_499)
    pq.write_table(pa.table({"a": range(77)}), tmp_path / "c.parquet")
    assert (guess(plain), guess(packed), guess(tmp_path / "c.parquet"), guess()) == (10, 32, 77, 1)
    assert guess(plain, packed, tmp_path / "c.parquet") == 119
    assert guess(put(tmp_path / "small.jsonl", b"x")) == 1
    book = workbooks.write(tmp_path / "d.xlsx", {name: workbooks.row(1, "a" * 9_000) for name in "abc"})
    sheets = local_files.find(str(book))
    assert local_files.guess_rows(sheets) == 3 * book.stat().st_size // 500 == local_files.guess_rows(sheets[:1])
    away = SourceFile(tmp_path / "gone.jsonl", "gone.jsonl", ".jsonl")
    damaged = SourceFile(put(tmp_path / "e.parquet", b"x" * 9_000), "e.parquet", ".parquet")
    hub = local_files.elsewhere(plain, "a.jsonl", lambda: io.BytesIO(LINE))
    [first] = local_files.find(str(plain))
    assert local_files.guess_rows([away, damaged, hub, first]) == 10
    zipped = tmp_path / "f.zip"
    with zipfile.ZipFile(zipped, "w") as archive:
        archive.write(tmp_path / "c.parquet", "c.parquet")
        archive.write(plain, "a.jsonl")
    assert guess(zipped) == max(1, 3 * zipped.stat().st_size // 500)


def test_each_file_has_its_bytes_and_digest_and_an_archive_that_of_the_whole(tmp_path: Path) -> None:
    plain = put(tmp_path / "in" / "a.jsonl", LINE)
    with zipfile.ZipFile(tmp_path / "in" / "b.zip", "w") as archive:
        archive.writestr("c.jsonl", LINE)
        archive.writestr("d.jsonl", LINE * 2)
    whole = (tmp_path / "in" / "b.zip").read_bytes()
    of_archive = (len(whole), hashlib.sha256(whole).hexdigest())
    files = local_files.find(str(tmp_path / "in"))
    assert local_files.digests(files) == {
        "a.jsonl": (len(LINE), hashlib.sha256(LINE).hexdigest()), "b.zip/c.jsonl": of_archive,
        "b.zip/d.jsonl": of_archive,
    }  # fmt: skip
    plain.unlink()
    error = refused(lambda: local_files.digests(files))
    assert (error.code, error.sentence.code) == ("dataset_missing", "data.no_file") and str(plain) in error.detail


def test_files_that_lie_anywhere_have_the_names_of_their_source(tmp_path: Path) -> None:
    plain = put(tmp_path / "blobs" / "0123.jsonl", LINE)
    with zipfile.ZipFile(tmp_path / "blobs" / "4.zip", "w") as archive:
        archive.writestr("deep/c.jsonl", LINE)
    files = local_files.of_paths([(plain, "data/train.jsonl"), (tmp_path / "blobs" / "4.zip", "data/all.zip")])
    assert [(file.name, file.member) for file in files] == [
        ("data/train.jsonl", None), ("data/all.zip/deep/c.jsonl", "deep/c.jsonl"),
    ]  # fmt: skip


def failing(error: Exception) -> Callable[[], IO[bytes]]:
    def opened() -> IO[bytes]:
        raise error

    return opened


@pytest.mark.parametrize(
    ("error", "name", "wanted"),
    [
        (PermissionError(errno.EACCES, "no"), "a.jsonl", ("dataset_file", "data.no_permission")),
        (FileNotFoundError(errno.ENOENT, "no"), "a.jsonl", ("dataset_missing", "data.no_file")),
        (EOFError("cut"), "a.jsonl.gz", ("dataset_file", "data.not_gzip")),
        (EOFError("cut"), "a.jsonl.bz2", ("dataset_file", "data.not_packed")),
        (RuntimeError("password"), "a.jsonl", ("dataset_file", "data.not_packed")),
        (pa.ArrowInvalid("bad"), "a.parquet", ("dataset_file", "data.not_parquet")),
        (pa.ArrowInvalid("bad"), "a.feather", ("dataset_file", "data.not_arrow")),
        (OSError("bad"), "a.parquet", ("dataset_file", "data.not_parquet")),
        (OSError("bad"), "a.jsonl.xz", ("dataset_file", "data.not_packed")),
        (ValueError("bad\nmore"), "a.jsonl", ("dataset_file", "data.unusable_file")),
        (OSError("bad"), "a.jsonl", None), (OSError(errno.EIO, "disk"), "a.parquet", None),
        (OSError(errno.EIO, "disk"), "a.jsonl.xz", None),
    ],
)  # fmt: skip
def test_why_a_file_cannot_be_read_is_told_but_for_the_disks_own_faults(
    error: Exception, name: str, wanted: tuple[str, str] | None
) -> None:
    file = local_files.elsewhere(Path("in") / name, name, failing(error))
    if wanted is None:
        with pytest.raises(OSError) as raised:
            list(local_files.read(file, 1_000))
        assert raised.value is error
    else:
        told = refused(lambda: list(local_files.read(file, 1_000)))
        assert (told.code, told.sentence.code) == wanted
        assert str(Path("in") / name) in told.detail and "more" not in told.detail


@pytest.mark.parametrize("name", ["a.jsonl", "a.csv", "a.jsonl.gz", "b.parquet"])
def test_no_more_is_read_than_allowed_but_of_a_table_on_the_disk(tmp_path: Path, name: str) -> None:
    rows = [{"q": f"{n}", "a": "x" * 90} for n in range(50)]
    lines = "".join(json.dumps(row) + "\n" for row in rows).encode()
    table = ("q,a\n" + "".join(f"{row['q']},{row['a']}\n" for row in rows)).encode()
    pq.write_table(pa.Table.from_pylist(rows), tmp_path / "b.parquet", compression=None)
    data = {"a.jsonl": lines, "a.csv": table, "a.jsonl.gz": gzip.compress(lines)}.get(name)
    path = put(tmp_path / name, data) if data else tmp_path / name
    [file] = local_files.find(str(path))
    found: list[Any] = []

    def read(most: int) -> int:
        found.clear()
        for item in local_files.read(file, 1_000, most=most):
            assert isinstance(item, RawRow)
            found.append(json.loads(item.text))
        return len(found)

    assert read(10_000) == 50
    if name == "b.parquet":
        assert read(200) == 50
    else:
        with pytest.raises(TooMuch):
            read(1_000)
        assert len(found) < 15 and found == rows[: len(found)] and (found or name == "a.csv")


def test_a_file_that_stands_for_another_is_told_by_its_first_bytes(tmp_path: Path) -> None:
    for data, code in (
        (b"version https://git-lfs.github.com/spec/v1\noid", "data.git_lfs_pointer"),
        (b"PK\x03\x04x", "data.is_workbook"),
        (b" \n<!DOCTYPE HTML>\n", "data.web_page"), (b"<html><body>", "data.web_page"),
    ):  # fmt: skip
        error = refused(
            lambda data=data: list(local_files.read(local_files.find(str(put(tmp_path / "a.csv", data)))[0], 99))
        )  # type: ignore[misc]
        assert (error.code, error.sentence.code) == ("dataset_file", code)


def test_a_tsv_has_tabs_unless_something_else_is_said_and_notes_name_the_file(tmp_path: Path) -> None:
    [file] = local_files.find(str(put(tmp_path / "a.tsv", b"q;x\ta\n1;2\t3\n")))

    def read(**form: Any) -> list[Any]:
        items = local_files.read(file, 1_000, reading=local_files.Reading(form=Form(**form)))
        return [json.loads(item.text) for item in items if isinstance(item, RawRow)]

    assert read() == [{"q;x": "1;2", "a": "3"}] and read(delimiter=";") == [{"q": "1", "x\ta": "2\t3"}]
    said: list[Any] = []
    [table] = local_files.find(str(put(tmp_path / "b.csv", b"q;a\n1;2\n")))
    list(local_files.read(table, 1_000, notice=said.append))
    [note] = said
    assert (note.code, note.args["path"], note.args["what"].code) == (
        "data.of_file", str(tmp_path / "b.csv"), "data.separated_by",
    )  # fmt: skip


def test_files_of_the_names_that_a_source_was_begun_with_are_chosen_without_another_look(tmp_path: Path) -> None:
    for name in ("train.jsonl", "test.jsonl", "rejected.jsonl"):
        put(tmp_path / name, LINE)
    dataset = Dataset(name="d", source="local", path=str(tmp_path))
    again = local_files.choose(dataset, frozenset({"test.jsonl", "rejected.jsonl", "gone.jsonl"}))
    assert ([file.name for file in again.files], again.notes) == (["rejected.jsonl", "test.jsonl"], ())
    assert [file.name for file in local_files.choose(dataset).files] == ["train.jsonl"]


@pytest.mark.parametrize(
    ("name", "code"),
    [("a.tar.gz", "data.other_archive"), ("a.7z", "data.other_archive"), ("a.pdf", "data.document"),
     ("a.EML", "data.mailbox"), ("a.numbers", "data.workbook"), ("a.log", "data.unknown_text"),
     ("a.gz", "data.unknown_kind")],
)  # fmt: skip
def test_a_file_of_a_kind_that_is_not_read_is_refused(tmp_path: Path, name: str, code: str) -> None:
    error = refused(lambda: local_files.find(str(put(tmp_path / name, b"PK\x03\x04 of some kind"))))
    assert (error.code, error.sentence.code) == ("dataset_kind", code)
    empty = tmp_path / "e.zip"
    with zipfile.ZipFile(empty, "w") as archive:
        archive.writestr("a.txt", "x")
        archive.writestr(".hidden/a.jsonl", LINE)
    error = refused(lambda: local_files.find(str(empty)))
    assert (error.code, error.sentence.code) == ("dataset_kind", "data.archive_without_files")


def test_a_table_that_lies_elsewhere_is_read_there_and_a_demo_in_the_program(tmp_path: Path) -> None:
    rows = [{"q": str(n), "a": "x"} for n in range(9)]
    pq.write_table(pa.Table.from_pylist(rows), tmp_path / "0123")
    file = local_files.elsewhere(Path("hub") / "a.parquet", "a.parquet", lambda: (tmp_path / "0123").open("rb"))
    found = [json.loads(item.text) for item in local_files.read(file, 1_000, 3) if isinstance(item, RawRow)]
    assert found == rows[3:]
    near = refused(lambda: local_files.find("demo:chatt")).sentence
    assert (near.code, near.args["near"]) == ("data.no_demo_but_near", "demo:chat")
    assert refused(lambda: local_files.find("demo:zzz")).sentence.code == "data.no_demo"
    [demo] = local_files.find("demo:chat")
    assert (demo.name, demo.path.is_file(), demo.kind) == ("chat.jsonl", True, ".jsonl")
