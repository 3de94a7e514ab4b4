"""Threads of Perplexity as it exports them in Markdown: what was asked as a heading, the answer below, a line between.

A text is one talk, as what is asked next may go on from what was asked before.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import IO, Any

from so8t_engine.data.drop_reasons import TOO_LONG
from so8t_engine.data.files.row_readers import BadRow, RawRow, row, text_lines

LOGO = re.compile(r"\s*<img[^>]*(?:pplx|perplexity)[^>]*>")
HEADING, RULE = re.compile(r"#[ \t]+(?P<asked>\S.*?)[ \t]*"), re.compile(r"[ \t]*---+[ \t]*")
MARKS = re.compile(r"[^\S\n]?(?:\[\^[\w-]+\])+")  # of the sources, which are not there
SOURCES = re.compile(r"[ \t]*(?:\[\^[\w-]+\]:.*|<div[^>]*>\W*</div>|<span[^>]*>.*</span>)[ \t]*")


def is_one(text: str) -> bool:
    """By the picture that the program puts above a thread."""
    return LOGO.match(text) is not None


def rows(file: IO[bytes], limit: int, skip: int = 0) -> Iterator[RawRow | BadRow]:
    """The talk as a row; none where nothing was asked."""
    turns: list[dict[str, Any]] = []
    is_behind = True
    size = 0
    for at, line, problem in text_lines(file, limit):
        size += len(line)
        if problem is not None or size > limit:
            yield from [BadRow(1, "line", at, problem or TOO_LONG)][skip:]
            return
        asked = HEADING.fullmatch(line) if is_behind else None
        if asked is not None:
            turns += [{"role": "user", "content": asked["asked"]}, {"role": "assistant", "content": ""}]
            is_behind = False
        elif RULE.fullmatch(line):
            is_behind = True
        elif turns and not SOURCES.fullmatch(line):
            turns[-1]["content"] += f"{line}\n"
            is_behind = is_behind and not line.strip()
    said = [{**turn, "content": MARKS.sub("", turn["content"]).strip()} for turn in turns]
    yield from [row({"messages": said}, 1, "item", 1)][skip:] if said else []
