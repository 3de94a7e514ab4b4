"""How long a row may be: as long as the limit, in whatever file it stands, and no character longer."""

from __future__ import annotations

from pathlib import Path

import pytest

from helpers import workbooks
from so8t_engine.data.drop_reasons import TOO_LONG
from so8t_engine.data.files import local_files
from so8t_engine.data.files.row_readers import RawRow

QUIZ = (
    '<question type="shortanswer"><questiontext><text>Why?</text></questiontext>'
    '<answer fraction="100"><text>So.</text></answer></question>'
)
UNIT = '<tu><tuv xml:lang="en"><seg>ice</seg></tuv><tuv xml:lang="de"><seg>Eis</seg></tuv></tu>'
SHEET = workbooks.table(("question", "answer"), *[("x" * 19 + "?", "y" * 20)] * 2)


@pytest.mark.parametrize(
    ("name", "text", "size"),
    [
        ("a.xml", f"<quiz>{QUIZ * 2}</quiz>", 7), ("a.tmx", f"<tmx>{UNIT * 2}</tmx>", 6),
        ("a.xml", "<posts>" + '<row Id="1" PostTypeId="1" Body="So." Views="9"/>' * 2 + "</posts>", 5),
        ("a.txt", "Why? {\n=So\n}\n\nHow? {\n=So\n}\n", 12), ("a.txt", "Q: Why?\nA: So.\nIt is so.\n" * 2, 16),
        ("a.txt", "Q: Why?\nHow?\nA: So.\n" * 2, 11), ("a.xlsx", SHEET, 40),
        ("a.csv", "question,answer\n" + "Why is it so?,So\n" * 2, 16),
    ],
)  # fmt: skip
def test_a_row_may_be_as_long_as_the_limit(tmp_path: Path, name: str, text: str, size: int) -> None:
    if name.endswith(".xlsx"):
        workbooks.write(tmp_path / name, {"S": text})
    else:
        (tmp_path / name).write_text(text, encoding="utf-8")
    [file] = local_files.find(str(tmp_path / name))
    assert [type(item) for item in local_files.read(file, size)] == [RawRow, RawRow]
    found = list(local_files.read(file, size - 1))
    assert [getattr(item, "reason", None) for item in found] == [TOO_LONG, TOO_LONG]
