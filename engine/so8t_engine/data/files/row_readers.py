"""What a row is and what a bad one; reads JSON lines one at a time: a bad one never stops the rest.

A line longer than the limit is never held in memory: its rest is read in small pieces and thrown away.
"""

from __future__ import annotations

import ast
import json
import math
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO, Any, Literal, NamedTuple

from so8t_engine.data.drop_reasons import NOT_JSON, NOT_OBJECT, NOT_UNICODE, NOT_UTF8, TOO_LONG
from so8t_engine.sentences import Sentence, sentence

PIECE = 1 << 16
BOM = b"\xef\xbb\xbf"
WHOSE = frozenset(("role", "from"))
NO_TEXT = re.compile("[\x00-\x08\x0e-\x1f]")


Unit = Literal["line", "row", "item"]  # what a person counts: lines of a text, rows of a table, items of an array


class RawRow(NamedTuple):
    """One good row as JSON text. `number` counts rows or lines of its file from 1, the bad ones too."""

    number: int
    text: str


@dataclass(frozen=True)
class BadRow:
    """One row that cannot be read: where it stands for a person (`unit`, `at`), and why (drop_reasons.BAD)."""

    number: int
    unit: Unit
    at: int
    reason: Sentence

    @property
    def place(self) -> Sentence:
        return place(self.unit, self.at)


def place(unit: Unit, at: int) -> Sentence:
    """ "line 31": made only of bad rows, as there are millions of others."""
    match unit:
        case "line":
            return sentence("data.line", number=at)
        case "item":
            return sentence("data.item", number=at)
    return sentence("data.row", number=at)


def bounded(file: IO[bytes], limit: int) -> Iterator[bytes | None]:
    """Lines without their ends, and the mark with which each of several files began that were joined; None for one that
    is longer than `limit` bytes.
    """
    while line := file.readline(limit + 2):
        whole = line.endswith(b"\n") or len(line) < limit + 2
        body = line.rstrip(b"\r\n").removeprefix(BOM)
        if len(body) <= limit and whole:
            yield body
            continue
        while not line.endswith(b"\n"):
            line = file.readline(PIECE)
            if not line:
                break
        yield None


def lines_of(file: IO[bytes], limit: int) -> Iterator[bytes | None]:
    """The same from the beginning, also of a text in which a carriage return alone ends them (Excel for Mac)."""
    head = file.read(PIECE)
    file.seek(0)
    return _old_mac(file, limit) if b"\r" in head and b"\n" not in head else bounded(file, limit)


def _old_mac(file: IO[bytes], limit: int) -> Iterator[bytes | None]:
    rest = b""
    while data := file.read(PIECE):
        *whole, rest = (rest + data).split(b"\r")
        yield from (line.removeprefix(BOM) if len(line) <= limit else None for line in whole)
        rest = rest[: limit + 1]
    if rest:
        yield rest if len(rest) <= limit else None


def text_lines(file: IO[bytes], limit: int) -> Iterator[tuple[int, str, Sentence | None]]:
    """The lines of a text for people by their number, and what is wrong with one; a space that breaks no line is one
    as any other.
    """
    for at, line in enumerate(lines_of(file, limit), 1):
        if line is None:
            yield at, "", TOO_LONG
            continue
        try:
            yield at, line.decode().replace("\xa0", " "), None
        except UnicodeDecodeError:
            yield at, "", NOT_UTF8


def json_lines(file: IO[bytes], limit: int, skip: int = 0) -> Iterator[RawRow | BadRow]:
    """Rows of a JSONL file behind line `skip`. Blank lines are no rows, but count as lines."""
    for number, line in enumerate(bounded(file, limit), 1):
        if number <= skip:
            continue
        if line is None:
            yield BadRow(number, "line", number, TOO_LONG)
            continue
        try:
            text = line.decode()
        except UnicodeDecodeError:
            yield BadRow(number, "line", number, NOT_UTF8)
            continue
        if text.strip():
            yield parse(text, number)


def parse(text: str, number: int) -> RawRow | BadRow:
    """A line of JSON as a row; with the comma that follows it where an array lost its brackets."""
    try:
        value = json.loads(text)
    except (ValueError, RecursionError):
        value = lone_object(text.strip().encode(errors="replace"))
        if value is None:
            return BadRow(number, "line", number, NOT_JSON)
    return row(value, number, "line", number)


def lone_object(line: bytes) -> dict[str, Any] | None:
    """The object that a line is, perhaps with a comma behind it, or as Python prints it; None for anything else."""
    try:
        value = json.loads(line.rstrip(b","))
    except (ValueError, RecursionError):
        value = _of_python(line.rstrip(b",")) if line.startswith(b"{'") else None
    return value if isinstance(value, dict) else None


def _of_python(line: bytes) -> Any:
    try:
        return ast.literal_eval(line.decode())
    except (ValueError, SyntaxError, RecursionError, MemoryError):
        return None


def lone_talk(line: bytes) -> bool:
    """Whether a line is a talk without an object around it."""
    try:
        return line.startswith(b"[") and _is_talk(json.loads(line.rstrip(b",")))
    except (ValueError, RecursionError):
        return False


def row(value: Any, number: int, unit: Unit, at: int) -> RawRow | BadRow:
    """A Python value as a row, where it is an object that can be written down, or a talk without one around it."""
    if _is_talk(value):
        value = {"messages": value}
    if not isinstance(value, dict):
        return BadRow(number, unit, at, NOT_OBJECT)
    text = _written(value)
    if "NaN" in text or "Infinity" in text:
        text = _written(_finite(value))
    if not text.isascii():
        try:
            text.encode()
        except UnicodeEncodeError:
            return BadRow(number, unit, at, NOT_UNICODE)
    return RawRow(number, text)


def _is_talk(value: Any) -> bool:
    """A list of turns: objects that say whose they are."""
    return (
        isinstance(value, list) and len(value) > 1
        and all(isinstance(turn, dict) and not WHOSE.isdisjoint(turn) for turn in value)
    )  # fmt: skip


def _finite(value: Any) -> Any:
    """With null for each number that is none: what pandas has where a value is missing."""
    if isinstance(value, dict):
        return {name: _finite(one) for name, one in value.items()}
    if isinstance(value, (list, tuple)):
        return [_finite(one) for one in value]
    return None if isinstance(value, float) and not math.isfinite(value) else value


def _plain(value: Any) -> Any:
    """JSON for what Parquet and Arrow hold besides: bytes as the text they are or as hexadecimal, dates and decimals as
    text.
    """
    if isinstance(value, (bytes, bytearray, memoryview)):
        return _text_of(bytes(value))
    return str(value)


def _text_of(value: bytes) -> str:
    try:
        text = value.decode()
    except UnicodeDecodeError:
        return value.hex()
    return text if text.isprintable() or not NO_TEXT.search(text) else value.hex()


_written = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), default=_plain).encode
