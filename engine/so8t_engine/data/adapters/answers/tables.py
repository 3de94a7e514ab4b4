"""A table that stands in a row as lists or objects, as a text that a model can read: Markdown's."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

HEADS = ("header", "headers", "columns", "cols", "column_names", "fields")
ROWS = ("rows", "data", "values", "cells", "records")


def text_of(value: Any) -> str | None:
    """Of `{header, rows}`, of lists of cells, of records with the same keys, of a list for each column; else None."""
    if isinstance(value, Mapping):
        head = next((value[name] for name in HEADS if isinstance(value.get(name), list)), None)
        rows = next((value[name] for name in ROWS if isinstance(value.get(name), list)), None)
        if head is not None and rows is not None:
            return _written([head, *rows])
        columns = list(value.values())
        is_table = all(isinstance(column, list) and len(column) > 1 for column in columns)
        if not is_table or len({*map(len, columns)}) != 1:
            return None
        return _written([list(value), *([column[n] for column in columns] for n, _ in enumerate(columns[0]))])
    if not isinstance(value, list) or not value:
        return None
    if all(isinstance(row, Mapping) for row in value):
        names = list(value[0])
        alike = all(list(row) == names for row in value)
        return _written([names, *(list(row.values()) for row in value)]) if alike else None
    return _written(value) if len(value) > 1 else None


def _written(rows: Sequence[Any]) -> str | None:
    head = rows[0]
    if not all(isinstance(row, list) and len(row) == len(head) > 1 for row in rows):
        return None
    cells = [[_cell(cell) for cell in row] for row in rows]
    if any(cell is None for row in cells for cell in row):
        return None
    lines = [f"| {' | '.join(map(str, row))} |" for row in cells]
    return "\n".join([lines[0], f"|{' --- |' * len(head)}", *lines[1:]])


def _cell(value: Any) -> str | None:
    if value is None:
        return ""
    return " ".join(str(value).replace("|", "\\|").split()) if isinstance(value, (str, int, float)) else None
