"""Reads the rows of a text file one at a time: JSON lines, a JSON document, CSV; a bad one never stops the rest.

A line longer than the limit is never held in memory: its rest is read in small pieces and thrown away.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO, Any, Literal

from so8t_engine.data.drop_reasons import NOT_JSON, NOT_OBJECT, NOT_UNICODE, NOT_UTF8, TOO_LONG, WRONG_FIELDS
from so8t_engine.sentences import Sentence, sentence

PIECE = 1 << 16
MAX_DOCUMENT_BYTES = 1 << 30
BOM = b"\xef\xbb\xbf"


Unit = Literal["line", "row", "item"]  # what a person counts: lines of a text, rows of a table, items of an array


@dataclass(frozen=True)
class RawRow:
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
    """Lines without their ends; None for one that is longer than `limit` bytes."""
    while line := file.readline(limit + 2):
        whole = line.endswith(b"\n") or len(line) < limit + 2
        body = line.rstrip(b"\r\n")
        if len(body) <= limit and whole:
            yield body
            continue
        while not line.endswith(b"\n"):
            line = file.readline(PIECE)
            if not line:
                break
        yield None


def json_lines(file: IO[bytes], limit: int, skip: int = 0) -> Iterator[RawRow | BadRow]:
    """Rows of a JSONL file behind line `skip`. Blank lines are no rows, but count as lines."""
    for number, line in enumerate(bounded(file, limit), 1):
        if number <= skip:
            continue
        if line is None:
            yield BadRow(number, "line", number, TOO_LONG)
            continue
        if number == 1:
            line = line.removeprefix(BOM)
        try:
            text = line.decode()
        except UnicodeDecodeError:
            yield BadRow(number, "line", number, NOT_UTF8)
            continue
        if text.strip():
            yield parse(text, number)


def parse(text: str, number: int) -> RawRow | BadRow:
    """A line of JSON as a row."""
    try:
        value = json.loads(text)
    except (ValueError, RecursionError):
        return BadRow(number, "line", number, NOT_JSON)
    return row(value, number, "line", number)


def row(value: Any, number: int, unit: Unit, at: int) -> RawRow | BadRow:
    """A Python value as a row, where it is an object whose text can be written down."""
    if not isinstance(value, dict):
        return BadRow(number, unit, at, NOT_OBJECT)
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"), default=_plain)
    try:
        text.encode()
    except UnicodeEncodeError:
        return BadRow(number, unit, at, NOT_UNICODE)
    return RawRow(number, text)


def json_document(file: IO[bytes], limit: int, skip: int = 0) -> Iterator[RawRow | BadRow]:
    """Rows of a .json file: an array, {"data": [...]}, or (as many datasets have it) JSON lines under that name.

    Raises ValueError with a Sentence where it is none of them or too large to be read whole.
    """
    if _objects(file, limit, 1):
        yield from json_lines(file, limit, skip)
        return
    data = file.read(MAX_DOCUMENT_BYTES + 1)
    if len(data) > MAX_DOCUMENT_BYTES:
        raise ValueError(sentence("data.document_too_large"))
    try:
        value = json.loads(data.removeprefix(BOM).decode())
    except (ValueError, RecursionError) as error:
        file.seek(0)
        if not _objects(file, limit, 5):
            raise ValueError(_why_no_json(error)) from error
        yield from json_lines(file, limit, skip)
        return
    if isinstance(value, dict) and isinstance(value.get("data"), list):
        value = value["data"]
    if isinstance(value, dict):
        value = [value]
    if not isinstance(value, list):
        raise ValueError(sentence("data.no_array"))
    for number, item in enumerate(value, 1):
        if number > skip:
            yield row(item, number, "item", number)


def _objects(file: IO[bytes], limit: int, count: int) -> bool:
    """Looks at the first `count` lines that are not blank, and goes back: is one of them a row by itself?"""
    is_row, seen = False, 0
    for line in bounded(file, limit):
        text = (line or b"-").removeprefix(BOM).strip()
        if not text:
            continue
        try:
            value = json.loads(text.decode())
        except (ValueError, RecursionError):
            value = None
        seen += 1
        is_row = isinstance(value, dict) and not isinstance(value.get("data"), list)
        if is_row or seen == count:
            break
    file.seek(0)
    return is_row


def _why_no_json(error: Exception) -> Sentence:
    if isinstance(error, UnicodeDecodeError):
        return sentence("data.document_not_utf8", byte=error.start)
    if isinstance(error, json.JSONDecodeError):
        return sentence("data.document_not_json", line=error.lineno, error=error.msg)
    return sentence("data.nested_too_deeply")


class _CsvLines:
    """Feeds csv.reader line by line; `reason` is what was wrong with a line of the record that is being read."""

    def __init__(self, file: IO[bytes], limit: int) -> None:
        self._lines = bounded(file, limit)
        self._first = True
        self.reason: Sentence | None = None

    def __iter__(self) -> _CsvLines:
        return self

    def __next__(self) -> str:
        line = next(self._lines)
        if line is None:
            self.reason = TOO_LONG
            return "\n"
        if self._first:
            line, self._first = line.removeprefix(BOM), False
        try:
            return line.decode() + "\n"
        except UnicodeDecodeError:
            self.reason = NOT_UTF8
            return line.decode(errors="replace") + "\n"


def csv_rows(file: IO[bytes], limit: int, skip: int = 0) -> Iterator[RawRow | BadRow]:
    """Rows of a CSV file with a header, every value a string.

    Raises ValueError with a Sentence where the header is unusable.
    """
    lines = _CsvLines(file, limit)
    csv.field_size_limit(limit)
    reader = csv.reader(lines)
    try:
        header = [name.strip() for name in next(reader)]
    except StopIteration:
        return
    except csv.Error as error:
        raise ValueError(sentence("data.header_unreadable", error=error)) from error
    if lines.reason or len(set(header)) != len(header) or not any(header):
        raise ValueError(sentence("data.header_unusable", why=lines.reason or sentence("data.header_names")))
    number = 0
    while True:
        lines.reason = None
        try:
            fields = next(reader)
            problem = None
        except StopIteration:
            return
        except csv.Error:
            fields, problem = ["-"], TOO_LONG  # the field limit is the only error without strict mode
        if not fields and lines.reason is None:
            continue
        number += 1
        if number <= skip:
            continue
        problem = problem or lines.reason or (None if len(fields) == len(header) else WRONG_FIELDS)
        if problem:
            yield BadRow(number, "line", reader.line_num, problem)
        else:
            yield row(dict(zip(header, fields, strict=True)), number, "line", reader.line_num)


def _plain(value: Any) -> Any:
    """JSON for what Parquet and Arrow hold besides: bytes as hexadecimal, dates and decimals as text."""
    if isinstance(value, (bytes, bytearray, memoryview)):
        return bytes(value).hex()
    if hasattr(value, "tolist"):
        return value.tolist()
    return str(value)
