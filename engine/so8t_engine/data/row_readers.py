"""Reads the rows of a text file one at a time: JSON lines, a JSON document, CSV; a bad one never stops the rest.

A line longer than the limit is never held in memory: its rest is read in small pieces and thrown away.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO, Any

PIECE = 1 << 16
MAX_DOCUMENT_BYTES = 1 << 30
BOM = b"\xef\xbb\xbf"

NOT_UTF8 = "not UTF-8"
TOO_LONG = "longer than collect.max_line_bytes"
NOT_JSON = "not JSON"
NOT_OBJECT = "not a JSON object"
NOT_TEXT = "holds text that is not Unicode"
WRONG_FIELDS = "another number of fields than the header"


@dataclass(frozen=True)
class Row:
    """One good row as JSON text. `number` counts rows or lines of its file from 1, the bad ones too."""

    number: int
    text: str


@dataclass(frozen=True)
class Bad:
    """One skipped row: where it is for a person, and why."""

    number: int
    place: str
    reason: str


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


def json_lines(file: IO[bytes], limit: int, skip: int = 0) -> Iterator[Row | Bad]:
    """Rows of a JSONL file behind line `skip`. Blank lines are no rows, but count as lines."""
    for number, line in enumerate(bounded(file, limit), 1):
        if number <= skip:
            continue
        place = f"line {number}"
        if line is None:
            yield Bad(number, place, TOO_LONG)
            continue
        if number == 1:
            line = line.removeprefix(BOM)
        try:
            text = line.decode()
        except UnicodeDecodeError:
            yield Bad(number, place, NOT_UTF8)
            continue
        if text.strip():
            yield parse(text, number, place)


def parse(text: str, number: int, place: str) -> Row | Bad:
    try:
        value = json.loads(text)
    except (ValueError, RecursionError):
        return Bad(number, place, NOT_JSON)
    return row(value, number, place)


def row(value: Any, number: int, place: str) -> Row | Bad:
    """A Python value as a row, where it is an object whose text can be written down."""
    if not isinstance(value, dict):
        return Bad(number, place, NOT_OBJECT)
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"), default=_plain)
    try:
        text.encode()
    except UnicodeEncodeError:
        return Bad(number, place, NOT_TEXT)
    return Row(number, text)


def json_document(file: IO[bytes], limit: int, skip: int = 0) -> Iterator[Row | Bad]:
    """Rows of a .json file: an array, {"data": [...]}, or (as many datasets have it) JSON lines under that name.

    Raises ValueError where it is none of them or too large to be read whole.
    """
    if _objects(file, limit, 1):
        yield from json_lines(file, limit, skip)
        return
    data = file.read(MAX_DOCUMENT_BYTES + 1)
    if len(data) > MAX_DOCUMENT_BYTES:
        raise ValueError("it is one JSON document of more than 1 GB; write it as JSON lines")
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
        raise ValueError('it holds neither an array nor {"data": [...]}')
    for number, item in enumerate(value, 1):
        if number > skip:
            yield row(item, number, f"item {number}")


def _objects(file: IO[bytes], limit: int, count: int) -> bool:
    """Looks at the first `count` lines that are not blank, and goes back: is one of them a row by itself?"""
    found, seen = False, 0
    for line in bounded(file, limit):
        text = (line or b"-").removeprefix(BOM).strip()
        if not text:
            continue
        try:
            value = json.loads(text.decode())
        except (ValueError, RecursionError):
            value = None
        seen += 1
        found = isinstance(value, dict) and not isinstance(value.get("data"), list)
        if found or seen == count:
            break
    file.seek(0)
    return found


def _why_no_json(error: Exception) -> str:
    if isinstance(error, UnicodeDecodeError):
        return f"it is not UTF-8 (byte {error.start})"
    if isinstance(error, json.JSONDecodeError):
        return f"it is not JSON (line {error.lineno}: {error.msg})"
    return "it is nested too deeply"


class _CsvLines:
    """Feeds csv.reader. Has state: it remembers what was wrong with the lines of the record being read."""

    def __init__(self, file: IO[bytes], limit: int) -> None:
        self._lines = bounded(file, limit)
        self._first = True
        self.reason: str | None = None

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


def csv_rows(file: IO[bytes], limit: int, skip: int = 0) -> Iterator[Row | Bad]:
    """Rows of a CSV file with a header, every value a string. Raises ValueError where the header is unusable."""
    lines = _CsvLines(file, limit)
    csv.field_size_limit(limit)
    reader = csv.reader(lines)
    try:
        header = [name.strip() for name in next(reader)]
    except StopIteration:
        return
    except csv.Error as error:
        raise ValueError(f"its header cannot be read ({error})") from error
    if lines.reason or len(set(header)) != len(header) or not any(header):
        raise ValueError(f"its header cannot be used ({lines.reason or 'empty or doubled names'})")
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
        place = f"line {reader.line_num}"
        if problem:
            yield Bad(number, place, problem)
        else:
            yield row(dict(zip(header, fields, strict=True)), number, place)


def _plain(value: Any) -> Any:
    """JSON for what Parquet and Arrow hold besides: bytes as hexadecimal, dates and decimals as text."""
    if isinstance(value, (bytes, bytearray, memoryview)):
        return bytes(value).hex()
    if hasattr(value, "tolist"):
        return value.tolist()
    return str(value)
