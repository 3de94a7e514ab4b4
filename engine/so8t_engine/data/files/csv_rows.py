"""Rows of a table in text: the character between its fields and whether it has a header are looked for and said."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import IO, NamedTuple

from so8t_engine.data.drop_reasons import NOT_UTF8, OPEN_QUOTE, TOO_LONG
from so8t_engine.data.files import alternating_rows, repeated_names, table_head, table_records
from so8t_engine.data.files.row_readers import BOM, BadRow, RawRow, lines_of
from so8t_engine.data.files.table_head import AGREE, RECORDS, Form
from so8t_engine.data.files.table_records import TableForm, TableRecord
from so8t_engine.sentences import Sentence, sentence

DELIMITERS = (",", "\t", ";", "|")
LOOKED_AT = 1 << 16  # bytes at the beginning
LOOKED_FOR = Form()  # delimiter and header
SEPARATOR_LINE = re.compile(rb"(?:\xef\xbb\xbf)?sep=([ -~\t])\r?\n")  # in front of the header, for Excel
DIRECTIVES = re.compile(rb"(?:\xef\xbb\xbf)?(?:#(?:separator|html|tags|columns|notetype|deck|guid)[a-z ]*:[^\n]*\n)+")

ANKI_SEPARATOR = re.compile(rb"(?m)^(?:\xef\xbb\xbf)?#separator:([^\n]*)")
ANKI_COLUMN = re.compile(rb"(?m)^#(notetype|deck|guid|tags) column:\s*(\d{1,3})")  # what is neither front nor back
ANKI_NAMES = re.compile(rb"(?m)^#columns:([^\r\n]*)")
ANKI_SEPARATORS = {"comma": ",", "semicolon": ";", "tab": "\t", "space": " ", "pipe": "|", "colon": ":"}


def csv_rows(
    file: IO[bytes],
    limit: int,
    skip: int = 0,
    form: Form = LOOKED_FOR,
    notice: Callable[[Sentence], None] = lambda said: None,
) -> Iterator[RawRow | BadRow]:
    """Rows behind number `skip`, every value a string. `notice` hears of a delimiter that was found.

    Columns without names are `column1`, `column2`. Raises ValueError with a Sentence where the header is unusable.
    """
    head = file.read(LOOKED_AT)
    file.seek(0)
    for_anki = DIRECTIVES.match(head)
    for_excel = SEPARATOR_LINE.match(head)
    head = head[for_anki.end() :] if for_anki else head
    told = for_excel[1].decode() if for_excel else _of_anki(for_anki)
    delimiter = form.delimiter or told or _delimiter(head)
    if form.delimiter is None and delimiter != ",":
        notice(sentence("data.separated_by", delimiter="tab" if delimiter == "\t" else delimiter))
    if for_anki and form.header is None:
        form = replace(form, header=_names_of_anki(for_anki[0], head, delimiter))
    lines = _Lines(file, limit)
    for _ in range(for_anki[0].count(b"\n") if for_anki else 1 if for_excel else 0):
        next(lines)
    csv.field_size_limit(max(limit, csv.field_size_limit()))  # of the whole process: never less
    reader = csv.reader(lines, delimiter=delimiter)
    seen = _records(_text(head[for_excel.end() if for_excel else 0 :]), delimiter) if form.header is None else []
    title = table_head.title(seen)
    if title:
        notice(table_head.title_note(title))
    above = len(title)
    try:
        for _ in title:
            next(reader)
        while type(form.header) is int and lines.number + 1 < form.header:
            next(reader)
            above += 1
        lines.begin_record()
        named = next(reader)
        own = list(map(table_head.name, named))
        first = table_head.below_groups(title, own)
        if (beside := table_head.tables_note(title, own, first)) is not None:
            notice(beside)
    except StopIteration:
        return
    except csv.Error as error:
        raise ValueError(sentence("data.header_unreadable", error=error)) from error
    below = _below_title(_text(head), delimiter, above if type(form.header) is int else None)[1:]
    if (turns := alternating_rows.of_table([first, *below], form)) is not None:
        notice(alternating_rows.note(turns))
        pending = None if turns.named else TableRecord(named, lines.number)
        records = alternating_rows.pairs(_table_records(reader, lines, delimiter, len(first), pending), turns)
        yield from table_records.rows(TableForm(alternating_rows.NAMES, [], None), records, skip, notice)
        return
    header, is_names = table_head.header(first, below, form, lines.reason)
    if is_names and (alike := repeated_names.note(first, header)) is not None:
        notice(alike)
    for called, number in ANKI_COLUMN.findall(for_anki[0]) if for_anki and not is_names else ():
        header = [called.decode() if place == int(number) else name for place, name in enumerate(header, 1)]
    if not is_names and form.header is None:
        notice(sentence("data.options_without_names", count=len(header) - 2))
    questions = table_records.look(header, below if is_names else [first, *below], form.asked, notice)
    table = TableForm(header, [named, first, *table_head.groups(title)] if is_names else [], questions, form.asked)
    pending = None if is_names else TableRecord(first, lines.number)
    yield from table_records.rows(table, _table_records(reader, lines, delimiter, len(header), pending), skip, notice)


def _of_anki(directives: re.Match[bytes] | None) -> str | None:
    """The delimiter that Anki says its cards have."""
    said = ANKI_SEPARATOR.search(directives[0]) if directives else None
    if said is None:
        return None
    name = said[1].decode(errors="replace").strip("\r").lower()
    return ANKI_SEPARATORS.get(name) or (name if len(name) == 1 else None)


def _names_of_anki(directives: bytes, head: bytes, delimiter: str) -> tuple[str, ...] | bool | None:
    """What Anki says that the columns are called; None where the first line says it, too; False where nothing does."""
    said = ANKI_NAMES.search(directives)
    if said is None:
        return False
    names, first = (_records(_text(text), delimiter)[:1] for text in (said[1], head))
    return tuple(names[0]) if names and first and len(names[0]) == len(first[0]) and names != first else None


def _table_records(
    reader: Iterator[list[str]], lines: _Lines, delimiter: str, columns: int, pending: TableRecord | None
) -> Iterator[TableRecord]:
    """`pending`: the first one, where it was no header."""
    if pending is not None:
        yield pending
    while True:
        lines.begin_record()
        try:
            fields = _filled(next(reader))
            problem = TOO_LONG if len(lines.record) > 1 and any(len(field) > lines.limit for field in fields) else None
        except StopIteration:
            return
        except csv.Error:
            fields, problem = ["-"], TOO_LONG  # the field limit is the only error without strict mode
        at = lines.number
        if len(lines.record) > 1 and _is_left_open(lines.record, delimiter, columns):
            at, problem = lines.back_to_second(), OPEN_QUOTE
        yield TableRecord(fields, at, problem or lines.reason)


def _is_left_open(record: Sequence[_Line], delimiter: str, columns: int) -> bool:
    """Whether a quotation mark that nobody closed made whole rows a part of this record, which spans several lines.

    Lines of a text that is properly quoted are no sign of it, whatever they look like.
    """
    try:
        next(csv.reader([line.text for line in record], delimiter=delimiter, strict=True))
        return False
    except csv.Error:
        alone = (next(csv.reader([line.text], delimiter=delimiter), []) for line in record[1:])
        return columns > 1 and any(len(fields) == columns for fields in alone)


def _delimiter(head: bytes) -> str:
    """The one under which the first records have as many fields as the header; a comma where none or several do."""
    text = _text(head)
    found = {delimiter: _fields(_records(text, delimiter)) for delimiter in DELIMITERS}
    if max(found.values()) < 2:
        found = {delimiter: _fields(_below_title(text, delimiter)) for delimiter in DELIMITERS}
    if found[","] > 1 or max(found.values()) < 2:
        return ","
    return max(DELIMITERS, key=lambda delimiter: found[delimiter])


def _text(head: bytes) -> str:
    return io.StringIO(head.replace(BOM, b"").decode(errors="replace"), newline=None).read()


def _records(text: str, delimiter: str) -> list[list[str]]:
    """The first of them, as far as they can be read, without spaces around their fields."""
    found: list[list[str]] = []
    try:
        for fields in csv.reader(io.StringIO(text), delimiter=delimiter):
            found.append(_filled(fields) and [field.strip() for field in fields])
            if len(found) > RECORDS:
                break
    except csv.Error:
        pass
    return found


def _filled(fields: list[str]) -> list[str]:
    """None of a line that holds nothing but spaces."""
    return fields if len(fields) > 1 or "".join(fields).strip() else []


def _below_title(text: str, delimiter: str, above: int | None = None) -> list[list[str]]:
    records = _records(text, delimiter)
    return records[len(table_head.title(records)) if above is None else above :]


def _fields(records: list[list[str]]) -> int:
    """How many fields the header has, if enough of the records have as many; else 0."""
    counts = [len(fields) for fields in records if fields]
    whole = counts[:-1] if 2 < len(counts) <= RECORDS else counts  # the last one may be cut off
    return whole[0] if whole and Counter(whole)[whole[0]] >= AGREE * len(whole) else 0


class _Line(NamedTuple):
    text: str
    reason: Sentence | None = None


class _Lines:
    """Feeds csv.reader line by line; `record`: the lines of the record that is being read, `number` that of its last.

    `reason`: what was wrong with one of them.
    """

    def __init__(self, file: IO[bytes], limit: int) -> None:
        self._lines = lines_of(file, limit)
        self._again: list[_Line] = []  # to be read once more, the last one first
        self.limit = limit
        self.number = 0
        self.begin_record()

    def begin_record(self) -> None:
        self.record: list[_Line] = []

    def back_to_second(self) -> int:
        """All lines of the record but its first, whose number is returned, are read again."""
        self._again += reversed(self.record[1:])
        self.number -= len(self.record) - 1
        return self.number

    @property
    def reason(self) -> Sentence | None:
        return next((line.reason for line in self.record if line.reason is not None), None)

    def __iter__(self) -> _Lines:
        return self

    def __next__(self) -> str:
        self.record.append(self._again.pop() if self._again else self._read())
        self.number += 1
        return self.record[-1].text

    def _read(self) -> _Line:
        line = next(self._lines)
        if line is None:
            return _Line("\n", TOO_LONG)
        try:
            return _Line(line.decode() + "\n")
        except UnicodeDecodeError:
            return _Line(line.decode(errors="replace") + "\n", NOT_UTF8)
