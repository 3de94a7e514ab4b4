"""However the lines of a text end, whatever encoding it is in and whatever program made its spaces: the same rows."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from so8t_engine.data.files import local_files
from so8t_engine.data.files.row_readers import RawRow

TEXTS = {
    "gift.txt": "::Q1:: Which is a river? {~Alps =Nile ~Etna}\n\n::Q2:: Which is hot? {~Ice =Fire}\n",
    "aiken.txt": "Who is it?\nA. Me\nB. You\nANSWER: B\n\nWhy is it?\nA. So\nB. Not\nANSWER: A\n",
    "cards.md": "What is it?::Gold\nWhat is that?::Iron\nWhat is this?::Tin\n",
    "marked.md": "Q: Why?\nA: So it is.\n\nQ: How?\nA: Thus.\n",
    "headed.md": "## Where is it?\n\nIn the leaf.\n\n## What is it?\n\nSugar.\n\n## Who saw it first?\n\nHe did.\n",
    "asked.txt": "How do I reset it?\nChoose that.\n\nCan I change the town?\nYes.\n\nWhich cards are there?\nAll.\n",
    "numbered.txt": "1. Who was it?\na) he\nb) she\nAnswer: a\n\n2. What was it?\na) ice\nb) fog\nAnswer: b\n",
    "table.md": "| question | answer |\n|---|---|\n| Why? | So it is. |\n| How? | Thus. |\n",
    "table.csv": "question;answer\nWhy?;So it is.\nHow?;Thus.\n",
    "table.tsv": "question\tanswer\nWhy?\tSo it is.\nHow?\tThus.\n",
    "anki.txt": "#separator:tab\n#html:true\nWhat is ice?\tFrozen water.\nWhat is dew?\tWater.\n",
}  # fmt: skip


def read(path: Path, data: bytes) -> list[Any]:
    path.write_bytes(data)
    [file] = local_files.find(str(path))
    return [
        json.loads(item.text) if isinstance(item, RawRow) else item.reason for item in local_files.read(file, 10_000)
    ]


@pytest.mark.parametrize("name", TEXTS)
@pytest.mark.parametrize(
    "written",
    [
        lambda text: b"\xef\xbb\xbf" + text.encode(), lambda text: text.replace("\n", "\r\n").encode(),
        lambda text: text.encode("utf-16"), lambda text: text.replace("\n", "\r\n").encode("utf-16"),
        lambda text: text.rstrip("\n").encode(), lambda text: f"{text}\n \n".encode(),
    ],
    ids=["marked", "of Windows", "UTF-16", "UTF-16 of Windows", "without an end", "with an empty end"],
)  # fmt: skip
def test_a_text_is_the_same_rows_however_it_is_written(
    tmp_path: Path, name: str, written: Callable[[str], bytes]
) -> None:
    rows = read(tmp_path / name, TEXTS[name].encode())
    assert len(rows) > 1 and all(isinstance(row, dict) for row in rows)
    assert read(tmp_path / name, written(TEXTS[name])) == rows


@pytest.mark.parametrize("name", [name for name in TEXTS if name != "anki.txt"])
def test_a_carriage_return_may_end_a_line(tmp_path: Path, name: str) -> None:
    rows = read(tmp_path / name, TEXTS[name].encode())
    assert read(tmp_path / name, TEXTS[name].replace("\n", "\r").encode()) == rows


@pytest.mark.parametrize("name", [name for name in TEXTS if not name.startswith(("table.c", "table.t", "anki"))])
def test_a_space_that_breaks_no_line_is_one_as_any_other(tmp_path: Path, name: str) -> None:
    rows = read(tmp_path / name, TEXTS[name].encode())
    assert read(tmp_path / name, TEXTS[name].replace(" ", "\xa0").encode()) == rows


def test_a_line_of_spaces_in_a_table_is_no_row(tmp_path: Path) -> None:
    rows = read(tmp_path / "a.csv", b"question;answer\n  \nWhy?;So.\n \nHow?;Thus.\n\t\n")
    assert rows == [{"question": "Why?", "answer": "So."}, {"question": "How?", "answer": "Thus."}]
