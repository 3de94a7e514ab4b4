"""The tables of a Markdown text: those that ask and answer, or that have the columns which the user names.

`| question | answer |`, a line of dashes, a row a line; `\\|` is no end of a cell, `<br>` a new line in it.
"""

from __future__ import annotations

import dataclasses
import io
import itertools
import re
from collections.abc import Callable, Iterator, Sequence
from typing import IO, NamedTuple

from so8t_engine.data.files import repeated_names, table_head, table_records
from so8t_engine.data.files.row_readers import BadRow, RawRow, place, text_lines
from so8t_engine.data.files.table_head import Form
from so8t_engine.data.files.table_records import TableForm, TableRecord
from so8t_engine.sentences import Sentence, sentence

DASHES = re.compile(r"[ ]{0,3}\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*")
PIPE, ESCAPED = re.compile(r"(?<!\\)\|"), re.compile(r"\\\||&#124;|&vert;")
NEW_LINE = re.compile(r"(?i)[ \t]*<br[ \t]*/?>[ \t]*")
FENCE = re.compile(r"[ ]{0,3}(```|~~~)")
MOST_TABLES = 1_000  # of other columns each


class _TableLine(NamedTuple):
    """A row of a table, or its names, where `record` is none."""

    table: int
    names: tuple[str, ...]
    at: int
    record: TableRecord | None


def is_one(text: str) -> bool:
    """Whether a text, or its beginning, holds a table."""
    data = text.encode(errors="replace")
    return any(line.record is None for line in _lines(io.BytesIO(data), len(data)))


def rows(
    file: IO[bytes], limit: int, skip: int, form: Form, notice: Callable[[Sentence], None]
) -> Iterator[RawRow | BadRow]:
    """Those behind number `skip`. Raises ValueError with a Sentence."""
    read = _read(file, limit, form, notice)
    file.seek(0)
    number = 0
    for _, group in itertools.groupby(_lines(file, limit), key=lambda line: line.table):
        names = next(group).names  # that line holds no record
        header = _header(names)
        if names not in read or header is None:
            continue
        records = (line.record for line in group if line.record is not None)  # noqa: B031 - behind that line
        table = TableForm(header, [], None, form.asked)
        for item in table_records.rows(table, records, 0, notice):
            number += 1
            if number > skip:
                yield _numbered(item, number)


def _numbered(item: RawRow | BadRow, number: int) -> RawRow | BadRow:
    return item._replace(number=number) if isinstance(item, RawRow) else dataclasses.replace(item, number=number)


def _read(file: IO[bytes], limit: int, form: Form, notice: Callable[[Sentence], None]) -> set[tuple[str, ...]]:
    """The names of the tables that are read: of all that fit, else as the first has them."""
    found: dict[tuple[str, ...], int] = {}
    for line in _lines(file, limit):
        if line.record is None and len(found) < MOST_TABLES:
            found.setdefault(line.names, line.at)
    usable = {names: header for names in found if (header := _header(names)) is not None}
    if found and not usable:
        names = next(iter(found))
        again = sorted({one for one in names if names.count(one) > 1})
        raise ValueError(Sentence(table_head.side_by_side(list(names)), {"names": again}))
    read = {*([names for names, header in usable.items() if _fits(header, form.asked)] or [*usable][:1])}
    for names in sorted(read):
        if (said := repeated_names.note(names, usable[names])) is not None:
            notice(said)
    file.seek(0)
    others = [line for line in _lines(file, limit) if line.record is None and line.names not in read]
    if others:
        first = place("line", others[0].at)
        notice(sentence("data.tables_passed_over", count=len(others), place=first, names=list(others[0].names)))
    return read


def _header(names: Sequence[str]) -> list[str] | None:
    """The names as they are read, those with numbers that are repeated; None where nobody can tell what is meant."""
    return list(names) if len({*names}) == len(names) else repeated_names.numbered(names)


def _fits(names: Sequence[str], asked: tuple[str | None, str | None] | None) -> bool:
    wanted = [name for name in asked or () if name is not None]
    return {*wanted} <= {*names} if wanted else table_head.ask_and_answer(names)


def _lines(file: IO[bytes], limit: int) -> Iterator[_TableLine]:
    names: tuple[str, ...] | None = None
    table, above, fence = 0, "", ""
    for at, text, problem in text_lines(file, limit):
        if (mark := FENCE.match(text)) and fence in ("", mark[1]):
            fence = "" if fence else mark[1]
            names, above = None, ""
        elif fence:
            continue
        elif names is not None and problem is not None:
            yield _TableLine(table, names, at, TableRecord(["-"], at, problem))
        elif names is not None and (cells := _cells(text)):
            yield _TableLine(table, names, at, TableRecord([*cells, *[""] * (len(names) - len(cells))], at))
        else:
            names, above = _names(above, text), text
            if names is not None:
                table += 1
                yield _TableLine(table, names, at - 1, None)


def _names(above: str, below: str) -> tuple[str, ...] | None:
    """Of the columns, where dashes stand below them."""
    if "|" not in above or not DASHES.fullmatch(below):
        return None
    cells = _cells(above)
    if len(cells) != len(_cells(below) or [""]):
        return None
    return tuple(cell.strip("*` ") or f"column{number}" for number, cell in enumerate(cells, 1))


def _cells(line: str) -> list[str]:
    """None of a line that is no row."""
    text = line.strip()
    if not PIPE.search(text) or line.startswith(("    ", "\t")):
        return []
    parts = PIPE.split(text)
    inner = parts[not parts[0] : -1 if len(parts) > 1 and not parts[-1] else None]
    return [NEW_LINE.sub("\n", ESCAPED.sub("|", part)).strip() for part in inner]
