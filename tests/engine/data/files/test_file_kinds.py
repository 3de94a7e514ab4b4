"""Files that are not read say what to do; those that only stand for others are no data, whatever they are called."""

from __future__ import annotations

from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from engine.data.files.test_files_people_have import put, read
from helpers import workbooks
from helpers.sessions import refused
from helpers.workbooks import table
from so8t_engine.data.files import file_kinds, source_folder

ROW = {"question": "Why?", "answer": "So."}
LINE = '{"question": "Why?", "answer": "So."}\n'


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("a.docx", "document"), ("a.PDF", "document"), ("chat.html", "saved_page"), ("chats.db", "database"),
        ("a.sqlite3", "database"), ("deck.apkg", "anki_deck"), ("a.pkl", "object_file"), ("a.json5", "loose_json"),
        ("a.gsheet", "shortcut"), ("a.csv.crdownload", "half_fetched"), ("a.7z", "other_archive"),
        ("a.jsonl.tar.gz", "other_archive"), ("a.xls", "workbook"), ("inbox.mbox", "mailbox"),
        ("a.srt", "unknown_kind"),
    ],
)  # fmt: skip
def test_what_is_not_read_is_refused_by_what_it_is(tmp_path: Path, name: str, code: str) -> None:
    error = refused(lambda: read(put(tmp_path / name, b"\0\1\2")))
    assert (error.code, error.sentence.code) == ("dataset_kind", f"data.{code}")
    assert str(tmp_path / name) in error.detail


def test_no_kind_that_is_read_is_refused() -> None:
    refused = [ending for endings in file_kinds.REFUSED.values() for ending in endings]
    assert len({*refused}) == len(refused) and not {*refused} & {*file_kinds.ENDINGS, *file_kinds.NOTES}


@pytest.mark.parametrize(
    ("name", "data", "code", "of"),
    [
        ("~$faq.xlsx", b"\5name", "lock_file", "faq.xlsx"), (".~lock.faq.ods#", b",me,", "lock_file", "faq.ods"),
        (".a.jsonl.icloud", b"bplist00", "in_icloud", "a.jsonl"), ("a.xlsx", b"", "empty_file", None),
        ("a.parquet", b"", "empty_file", None), ("a.zip", b"", "empty_file", None), ("a.txt", b"", "empty_file", None),
    ],
)  # fmt: skip
def test_what_only_stands_for_a_file_or_is_empty_is_named_as_such(
    tmp_path: Path, name: str, data: bytes, code: str, of: str | None
) -> None:
    error = refused(lambda: read(put(tmp_path / name, data)))
    assert (error.code, error.sentence.code, error.sentence.args.get("name")) == ("dataset_file", f"data.{code}", of)


def test_in_a_folder_they_stop_nothing_and_those_that_hold_data_elsewhere_are_named(tmp_path: Path) -> None:
    put(tmp_path / "a.jsonl", LINE)
    workbooks.write(tmp_path / "faq.xlsx", {"S": table(("question", "answer"), ("Why?", "So."))})
    pq.write_table(pa.Table.from_pylist([ROW]), tmp_path / "b.parquet")
    for name in (
        "~$faq.xlsx",
        ".~lock.faq.xlsx#",
        ".DS_Store",
        "Thumbs.db",
        "desktop.ini",
        "sub/ehthumbs.db",
    ):
        put(tmp_path / name, b"\0")
    assert read(tmp_path) == ([ROW] * 3, [])
    assert source_folder.is_aside(Path("sub", "Icon\r")) and not source_folder.is_aside(Path("icons.csv"))

    put(tmp_path / "empty.parquet", b"")
    put(tmp_path / "sub" / ".more.csv.icloud", b"bplist00")
    found, said = read(tmp_path)
    assert found == [ROW] * 3
    assert [(note.code, note.args["names"]) for note in said] == [
        ("data.not_read", ["empty.parquet"]), ("data.left_in_icloud", ["sub/more.csv"]),
    ]  # fmt: skip


def test_a_folder_whose_files_all_lie_in_icloud_says_so(tmp_path: Path) -> None:
    put(tmp_path / ".more.csv.icloud", b"bplist00")
    error = refused(lambda: read(tmp_path))
    assert (error.code, error.sentence.code) == ("dataset_file", "data.left_in_icloud")
    assert error.sentence.args["names"] == ["more.csv"]


def test_texts_in_a_folder_that_would_be_read_alone_are_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = "Q: Why?\nA: So.\nQ: How?\nA: Thus.\n"
    put(tmp_path / "a.jsonl", LINE)
    for name in ("sub/faq.md", "more.txt", "README.md", ".hidden.md"):
        put(tmp_path / name, asked)
    put(tmp_path / "notes.txt", "Words.\n")
    put(tmp_path / "notes.md", "Words.\n")
    found, said = read(tmp_path)
    assert found == [ROW]
    assert [(note.code, note.args["names"]) for note in said] == [
        ("data.not_read", ["notes.txt"]), ("data.texts_alone", ["more.txt", "sub/faq.md"]),
    ]  # fmt: skip
    monkeypatch.setattr(source_folder, "MOST_TEXTS", 1)
    assert [note.args["names"] for note in read(tmp_path)[1]][1] == ["more.txt"]


def test_of_a_folder_of_notes_alone_those_that_ask_are_read_and_the_others_named(tmp_path: Path) -> None:
    put(tmp_path / "Bio" / "a.md", "## Where does it happen?\n\nIn the leaf.\n\n## What does it make?\n\nSugar.\n")
    put(
        tmp_path / "Bio" / "b.md", "> [!question] What is a cell?\n> A room.\n\n> [!faq]- Who saw it first?\n> Hooke.\n"
    )
    for name in ("Daily.md", "README.md"):
        put(tmp_path / name, "- 09:00 shopping\n")
    found, said = read(tmp_path)
    assert [(row["question"], row["answer"]) for row in found] == [
        ("Where does it happen?", "In the leaf."), ("What does it make?", "Sugar."), ("What is a cell?", "A room."),
        ("Who saw it first?", "Hooke."),
    ]  # fmt: skip
    assert [(note.code, note.args["names"]) for note in said] == [("data.not_read", ["Daily.md"])]
    (tmp_path / "Bio" / "a.md").unlink()
    (tmp_path / "Bio" / "b.md").unlink()
    assert refused(lambda: read(tmp_path)).sentence.code == "data.folder_without_files"


@pytest.mark.parametrize("comment", ["// my rows\n", "\ufeff\n/* my\nrows */ "])
def test_json_that_begins_with_a_comment_is_named_as_such(tmp_path: Path, comment: str) -> None:
    error = refused(lambda: read(put(tmp_path / "a.json", f"{comment}[\n{LINE}]")))
    assert (error.code, error.sentence.code) == ("dataset_file", "data.json_with_comments")
    assert read(put(tmp_path / "b.json", f"[\n{LINE}]"))[0] == [ROW]


def test_what_cannot_be_opened_tells_nothing(tmp_path: Path) -> None:
    assert not file_kinds.is_told(tmp_path / "gone.txt") and not file_kinds.is_told(tmp_path)
