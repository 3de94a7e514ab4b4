"""Text in columns of a terminal, where a Japanese character is as wide as two Latin ones."""

from __future__ import annotations

from collections.abc import Sequence

from rich.cells import cell_len


def padded(text: str, width: int) -> str:
    """With spaces up to `width` cells; longer text stays as it is."""
    return text + " " * (width - cell_len(text))


def aligned(rows: Sequence[Sequence[str]]) -> list[str]:
    """A line a row, every column but the last as wide as its widest text."""
    widths = [max(map(cell_len, column)) for column in zip(*rows, strict=True)]
    return ["  ".join(map(padded, row, widths)).rstrip() for row in rows]
