"""A tool tip is as wide as a line of a page, whatever the script; its lines stay lines."""

from __future__ import annotations

import pytest

from so8t_gui.widgets.tool_tip import CELLS, MOST, tool_tip


@pytest.mark.parametrize(
    ("text", "widths"),
    [
        ("x" * CELLS, [CELLS]),
        ("x" * (CELLS + 1), [CELLS, 1]),
        ("学" * (CELLS // 2), [CELLS // 2]),
        ("学" * (CELLS // 2 + 1), [CELLS // 2, 1]),
        ("学" * 30 + "x" * 30, [60]),  # half and half is not mostly wide
        ("学" * 31 + "x" * 29, [50, 10]),
        ("word " * 25, [99, 24]),
        ("one\n\ntwo", [3, 0, 3]),
        ("", [0]),
    ],
)
def test_lines_are_broken_by_their_cells(text: str, widths: list[int]) -> None:
    assert [len(line) for line in tool_tip(text).split("\n")] == widths


def test_a_long_text_ends() -> None:
    assert len(tool_tip("word " * 1_000)) <= MOST
