"""Files of lines that are one talk: a turn, or a part of one, in each line (agent_sessions.py)."""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import islice
from typing import IO, Any

from so8t_engine.data.adapters.known import agent_sessions
from so8t_engine.data.drop_reasons import TOO_LONG
from so8t_engine.data.files.row_readers import BOM, BadRow, RawRow, json_lines, lone_object, row

MARKS = (b'"character_name"', b'"sessionId"', b'"leafUuid"', b'"snapshot"', b'"session_meta"')  # of first lines


def program(file: IO[bytes], limit: int) -> agent_sessions.Program | None:
    """Whose talk a file is; None of any other file. Goes back."""
    first = file.readline(limit).removeprefix(BOM).strip()
    found = None
    if any(mark in first for mark in MARKS) and (line := lone_object(first)) is not None:
        others = islice(json_lines(file, limit), agent_sessions.LOOKED_AT)
        found = agent_sessions.program([line, *_objects(others)])
    file.seek(0)
    return found


def rows(file: IO[bytes], limit: int, of: agent_sessions.Program) -> list[RawRow | BadRow]:
    """The talk as a row; none where nobody said anything, a bad one where it is too long or a line of it is bad."""
    lines: list[Any] = []
    size = 0
    for line in json_lines(file, limit * agent_sessions.SIZE):
        if isinstance(line, BadRow):
            return [line]
        size += len(line.text)
        if size > limit * agent_sessions.SIZE:
            return [BadRow(1, "line", line.number, TOO_LONG)]
        lines.append(json.loads(line.text))
    said = agent_sessions.turns(of, lines)
    whole = row({"messages": said}, 1, "item", 1)
    if isinstance(whole, RawRow) and len(whole.text) > limit:
        return [BadRow(1, "item", 1, TOO_LONG)]
    return [whole] if said else []


def _objects(lines: Iterator[RawRow | BadRow]) -> Iterator[dict[str, Any]]:
    return (json.loads(line.text) for line in lines if isinstance(line, RawRow))
