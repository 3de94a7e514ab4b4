"""Whether the first line of a table holds names, and what is said where it cannot."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from helpers.sessions import refused
from so8t_engine.data import local_files
from so8t_engine.data.row_readers import RawRow


def put(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8", newline="")
    return path


def read(path: Path) -> list[Any]:
    items = [item for file in local_files.find(str(path)) for item in local_files.read(file, 10_000)]
    return [json.loads(item.text) for item in items if isinstance(item, RawRow)]


def test_names_that_ask_are_names_where_no_text_below_them_does(tmp_path: Path) -> None:
    text = "question,answer,Correct?\nWhich is it?,The small one.,Y\nIs it new?,No.,N\n"
    assert list(read(put(tmp_path / "a.csv", text))[0]) == ["question", "answer", "Correct?"]
    form = "Email,What is 2+2?\ns@x.com,4\nt@x.com,5\n"
    assert list(read(put(tmp_path / "b.csv", form))[0]) == ["Email", "What is 2+2?"]


def test_tables_side_by_side_or_on_their_side_are_called_so(tmp_path: Path) -> None:
    beside = put(tmp_path / "a.csv", "Question,Answer,,Question,Answer\na,b,,c,d\n")
    assert "two tables stand side by side" in refused(lambda: read(beside)).detail
    lying = put(tmp_path / "b.csv", "Question,Is it old?,Is it new?,Is it red?\nAnswer,No.,Yes.,No.\n")
    assert "exchange them" in refused(lambda: read(lying)).detail


def test_what_anki_exports_has_no_names(tmp_path: Path) -> None:
    cards = put(tmp_path / "a.txt.tsv", "#separator:tab\n#html:true\nWhich is it?\tThe small one.\nIs it new?\tNo.\n")
    assert read(cards)[0] == {"column1": "Which is it?", "column2": "The small one."}
