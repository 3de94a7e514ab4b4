"""Notebooks of Jupyter as texts: read where their cells of text ask in headings or behind marks and answer below.

A cell of code goes with the words above it; below a bare question it is work that somebody did, and no answer to it.
"""

from __future__ import annotations

import io
import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import IO, Any

from so8t_engine.data.files import question_headings, question_texts
from so8t_engine.errors import EngineError
from so8t_engine.sentences import sentence

ENDING, KIND = ".ipynb", ".notebook"
MOST = 64 << 20  # bytes, most of them pictures


def reader_of(path: Path) -> str:
    """KIND where one is read. Raises EngineError."""
    try:
        with path.open("rb") as file:
            if kind_of(_text(file)) is not None:
                return KIND
    except (OSError, ValueError):
        pass
    raise EngineError("dataset_kind", sentence("data.notebook", path=path))


def opened(file: IO[bytes]) -> tuple[IO[bytes], question_texts.Kind]:
    """The text of one, and how it asks. Raises ValueError where it is none."""
    text = _text(file)
    return io.BytesIO(text.encode(errors="replace")), kind_of(text) or "headed"


def kind_of(text: str) -> question_texts.Kind | None:
    """Not by lines that may ask or not: a notebook sets tasks."""
    kind = question_texts.kind_of(text)
    return kind if kind in ("marked", "headed") else None


def _text(file: IO[bytes]) -> str:
    """Raises ValueError where it is no notebook."""
    whole = json.loads(file.read(MOST))
    if not isinstance(whole, Mapping) or not isinstance(whole.get("cells"), list):
        raise ValueError("no notebook")
    return "\n\n".join(_cells(whole["cells"], _language(whole)))


def _cells(cells: list[Any], language: str) -> Iterator[str]:
    is_said = False
    for cell in cells:
        said = cell.get("source", "") if isinstance(cell, Mapping) else ""
        source = ("".join(map(str, said)) if isinstance(said, list) else str(said)).strip()
        if not source:
            continue
        if cell.get("cell_type") == "markdown":
            *_, last = source.splitlines()
            is_said = question_headings.HEADING.fullmatch(last) is None and not question_headings.asks(last)
            yield source
        elif cell.get("cell_type") == "code" and is_said:
            yield f"```{language}\n{source}\n```"


def _language(notebook: Mapping[str, Any]) -> str:
    told = notebook.get("metadata")
    info = told.get("language_info") if isinstance(told, Mapping) else None
    name = info.get("name") if isinstance(info, Mapping) else None
    return name if isinstance(name, str) and name.isalnum() else ""
