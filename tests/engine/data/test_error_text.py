"""Of an exception's text, a sentence holds one line."""

from __future__ import annotations

import pytest

from so8t_engine.data.error_text import LONGEST, first_line


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("It broke.", "It broke"),
        ("\n It broke.\nAt length.", "It broke"),
        ("x" * 999, "x" * LONGEST),
        ("", ""),
    ],
)
def test_the_first_line_stands_without_its_full_stop(text: str, line: str) -> None:
    assert first_line(ValueError(text)) == first_line(text) == line
