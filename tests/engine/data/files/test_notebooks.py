"""Notebooks of Jupyter: which are read as questions with answers, and which are refused."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from helpers.sessions import refused
from so8t_engine.data.files import local_files
from so8t_engine.data.files.row_readers import RawRow


def put(path: Path, *cells: str, **more: Any) -> Path:
    """Cells of text; those that begin with > are code."""
    kinds = [("code", cell[1:]) if cell.startswith(">") else ("markdown", cell) for cell in cells]
    told = [{"cell_type": kind, "source": said.splitlines(keepends=True), "outputs": []} for kind, said in kinds]
    path.write_text(json.dumps({"cells": told, "nbformat": 4, "metadata": {}, **more}), encoding="utf-8")
    return path


def read(path: Path) -> list[tuple[str, str]]:
    [file] = local_files.find(str(path))
    rows = [json.loads(item.text) for item in local_files.read(file, 10_000) if isinstance(item, RawRow)]
    return [(row["question"], row["answer"]) for row in rows]


HOW, WHY, WHEN = "## How is a file opened?", "## Why is it closed?", "## When is it read?"


@pytest.mark.parametrize(
    ("cells", "pairs"),
    [
        ((HOW, "With open.", WHY, "It frees it.", WHEN, "Line by line."),
         [("How is a file opened?", "With open."), ("Why is it closed?", "It frees it."),
          ("When is it read?", "Line by line.")]),
        ((f"{HOW}\n\nWith open:", ">open(x)", WHY, ">x.close()", WHEN, "Late."),
         [("How is a file opened?", "With open:\n\n```python\nopen(x)\n```"), ("Why is it closed?", ""),
          ("When is it read?", "Late.")]),
        ((HOW, "With open.", "Can you print it?", ">print(1)", "### In code", ">open(x)", WHY, "So.", WHEN, "Late."),
         [("How is a file opened?", "With open.\n\nCan you print it?"), ("Why is it closed?", "So."),
          ("When is it read?", "Late.")]),
        (("# Basics\n\n**Q:** What is a list?", "**A:** An order.", "**Q:** What is a set?\n\n**A:** None."),
         [("What is a list?", "An order."), ("What is a set?", "None.")]),
    ],
)  # fmt: skip
def test_headings_that_ask_are_answered_by_the_cells_below(
    tmp_path: Path, cells: tuple[str, ...], pairs: list[tuple[str, str]]
) -> None:
    assert read(put(tmp_path / "a.ipynb", *cells, metadata={"language_info": {"name": "python"}})) == pairs


@pytest.mark.parametrize(
    "cells",
    [
        ("# Sales", "Load them", ">load()", "## Plot", ">plot()"),
        ("**Question 1.** What is the mean?", ">mean(x)", "**Question 2.** How many are there?", ">len(x)"),
        (),
    ],
)
def test_work_that_somebody_did_is_no_answer_to_what_was_set(tmp_path: Path, cells: tuple[str, ...]) -> None:
    error = refused(lambda: local_files.find(str(put(tmp_path / "a.ipynb", *cells))))
    assert (error.code, error.sentence.code) == ("dataset_kind", "data.notebook")


def test_what_is_no_notebook_is_refused_as_one(tmp_path: Path) -> None:
    for text in ("{", "[]", "3", '{"cells": 3}', '{"metadata": {}}', '{"cells": [3]}'):
        (tmp_path / "a.ipynb").write_text(text, encoding="utf-8")
        assert refused(lambda: local_files.find(str(tmp_path / "a.ipynb"))).sentence.code == "data.notebook", text


@pytest.mark.parametrize("ending", [".qmd", ".Rmd", ".mdx"])
def test_texts_of_programs_that_write_markdown_are_read_as_such(tmp_path: Path, ending: str) -> None:
    text = f"---\ntitle: x\n---\n\n{HOW}\n\nSo.\n\n{WHY}\n\nThus.\n\n{WHEN}\n\nThen.\n"
    (tmp_path / f"a{ending}").write_text(text, encoding="utf-8")
    assert [answer for _, answer in read(tmp_path / f"a{ending}")] == ["So.", "Thus.", "Then."]
