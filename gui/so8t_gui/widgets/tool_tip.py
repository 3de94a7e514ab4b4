"""A tool tip of whatever text: words, in lines that fit beside the pointer. (theme.py keeps Qt from reading HTML.)"""

from __future__ import annotations

import textwrap
import unicodedata
from functools import lru_cache

from so8t_engine.plain_text import plain

CELLS = 100  # of a line; a Japanese character takes two
MOST = 1_200  # characters of all lines
KEPT = 1_000  # texts: a form has hundreds, each put several times, and a run says the same ones every second


@lru_cache(KEPT)
def tool_tip(text: str) -> str:
    lines = plain(text, most=MOST, lines=True).split("\n")
    return "\n".join(part for line in lines for part in _wrapped(line))


def _wrapped(line: str) -> list[str]:
    wide = sum(unicodedata.east_asian_width(character) in "WF" for character in line)
    width = CELLS // 2 if 2 * wide > len(line) else CELLS
    return textwrap.wrap(line, width) or [""]
