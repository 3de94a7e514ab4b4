"""Rows of a table in text: the character between its fields and whether it has a header are looked for and said."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import IO, NamedTuple

from so8t_engine.data import merged_cells, text_rules
from so8t_engine.data.adapters import column_names
from so8t_engine.data.adapters.parsed_row import LETTERS
from so8t_engine.data.drop_reasons import NOT_UTF8, OPEN_QUOTE, TOO_LONG, WRONG_FIELDS
from so8t_engine.data.row_readers import BOM, BadRow, RawRow, bounded, row
from so8t_engine.sentences import Sentence, sentence

DELIMITERS = (",", "\t", ";", "|")
LOOKED_AT = 1 << 16  # bytes at the beginning
RECORDS = 50
LENGTH = re.compile(r" - (?:max \d+ characters|choose at least one)$")  # Kahoot says it behind its columns' names
ABOVE = 10  # records that may stand above the names of the columns
AGREE = 0.8  # of the first records have as many fields as the header
LONGEST_NAME = 60  # of a column
ALIKE = 0.25  # of the texts below end as what should be their name: it is one of them
NAMES = ("question", "answer", "prompt", "response", "q", "a", "input", "output", "質問", "回答", "答え", "問題")
SEPARATOR_LINE = re.compile(rb"(?:\xef\xbb\xbf)?sep=([ -~\t])\r?\n")  # in front of the header, for Excel
DIRECTIVES = re.compile(rb"(?:\xef\xbb\xbf)?(?:#(?:separator|html|tags|columns|notetype|deck|guid)[a-z ]*:[^\n]*\n)+")
DITTO = frozenset(
    (
        "〃", "″", "同上", "（同上）", "(同上)", "上に同じ", "same as above", "Same as above", "(same as above)",
        "(same)",
        "ditto", "Ditto", "(ditto)", "dito", "Dito",
    )
)  # fmt: skip
FEWEST_OPTIONS = 3
MAY_ASK = re.compile(r"[?？。:：_…]|\.$|(?:\S+\s+){3}\S")  # and no name, of a table of marks
SENTENCE_END = re.compile(r"[.!?。！？][\"'”」]?$")


@dataclass(frozen=True)
class Form:
    """`delimiter`; `header`: whether the first record holds names, or the names themselves; `asked`: the columns of
    questions and answers. None: look for it.
    """

    delimiter: str | None = None
    header: bool | tuple[str, ...] | None = None
    asked: tuple[str | None, str | None] | None = None


def csv_rows(
    file: IO[bytes],
    limit: int,
    skip: int = 0,
    form: Form = Form(),
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
    delimiter = form.delimiter or (for_excel[1].decode() if for_excel else _delimiter(head))
    if form.delimiter is None and delimiter != ",":
        notice(sentence("data.separated_by", delimiter="tab" if delimiter == "\t" else delimiter))
    if for_anki and form.header is None and b"#columns" not in for_anki[0]:
        form = replace(form, header=False)
    lines = _Lines(file, limit, one_line=b"\n" not in head and b"\r" in head)
    for _ in range(for_anki[0].count(b"\n") if for_anki else 1 if for_excel else 0):
        next(lines)
    csv.field_size_limit(limit)
    reader = csv.reader(lines, delimiter=delimiter)
    title = _title(_text(head[for_excel.end() if for_excel else 0 :]), delimiter) if form.header is None else []
    if title:
        said = next((" ... ".join(filter(None, record)) for record in title if any(record)), "")
        notice(sentence("data.title_passed_over", count=len(title), first=said[:LONGEST_NAME]))
    try:
        for _ in title:
            next(reader)
        lines.begin_record()
        first = [text_rules.repaired(LENGTH.sub("", name.strip())) for name in next(reader)]
    except StopIteration:
        return
    except csv.Error as error:
        raise ValueError(sentence("data.header_unreadable", error=error)) from error
    below = _below_title(_text(head), delimiter)[1:]
    header, is_names = _header(first, lines, form, below)
    if not is_names and form.header is None:
        notice(sentence("data.options_without_names", count=len(header) - 2))
    names = first if is_names else None
    questions = merged_cells.look(header, below if is_names else [first, *below], form.asked)
    if questions is not None and questions.note is not None:
        notice(questions.note)
    repeated = next((field for record in below for field in record if field in DITTO), None)
    if repeated is not None:
        notice(sentence("data.as_above", word=repeated))
    merged = questions if questions is not None and questions.are_merged else None
    number = 0
    above: list[str] = []
    question = ""
    pending = None if is_names else first
    while True:
        lines.begin_record()
        try:
            fields, pending = (next(reader), None) if pending is None else (pending, None)
            problem = None
        except StopIteration:
            return
        except csv.Error:
            fields, problem = ["-"], TOO_LONG  # the field limit is the only error without strict mode
        if (not fields and lines.reason is None) or fields == names:  # of tables put behind each other
            continue
        at = lines.number
        if len(lines.record) > 1 and _is_left_open(lines.record, delimiter, len(header)):
            at, problem = lines.back_to_second(), OPEN_QUOTE
        if not DITTO.isdisjoint(fields):  # as above
            fields = [up if field in DITTO else field for field, up in zip(fields, above or fields, strict=False)]
        above = fields
        problem = problem or lines.reason or (None if len(fields) == len(header) else WRONG_FIELDS)
        if merged is not None:
            is_answered = problem is None and fields[merged.answered].strip()
            question = (fields[merged.asked] if fields[merged.asked].strip() else question) if is_answered else ""
            if is_answered:
                fields[merged.asked] = question
        number += 1
        if number <= skip:
            continue
        if problem:
            yield BadRow(number, "line", at, problem)
        else:
            yield row(dict(zip(header, fields, strict=True)), number, "line", at)


def _header(first: list[str], lines: _Lines, form: Form, below: list[list[str]]) -> tuple[list[str], bool]:
    """(names, whether the first record holds them)."""
    numbered = [f"column{number}" for number in range(1, len(first) + 1)]
    if form.header is False:
        return numbered, False
    if isinstance(form.header, tuple):
        if len(form.header) != len(first):
            raise ValueError(sentence("data.header_length", names=len(form.header), fields=len(first)))
        return list(form.header), False
    exam = _of_exam([first, *below]) if form.header is None else None
    if exam is not None:
        return exam, False
    if first.count("") > 1 and any(first):
        first = [name or number for name, number in zip(first, numbered, strict=True)]
    repeated = [name for name, count in Counter(filter(None, first)).items() if count > 1]
    if repeated and lines.reason is None:
        raise ValueError(sentence("data.header_repeated", names=repeated))
    if lines.reason or len(set(first)) != len(first) or not any(first):
        raise ValueError(sentence("data.header_unusable", why=lines.reason or sentence("data.header_names")))
    columns = [[record[place] for record in below if len(record) == len(first)] for place in range(len(first))]
    names = [first[0], *columns[0]]
    if form.header is None and len(first) > len(names) > 1 and all(name.lower() in NAMES for name in names):
        raise ValueError(sentence("data.table_lies_on_its_side", names=names))
    if form.header is None and len(first) > 1 and any(map(_is_another, first, columns)):
        lengths = {place: _reads(first[place], columns[place]) for place in range(len(first))}
        shorter, *longest = sorted([-1, *lengths], key=lambda place: lengths.get(place, 0))[-3:]
        if 2 * lengths.get(shorter, 0) > lengths[longest[0]]:  # which of them answers nobody can tell
            raise ValueError(sentence("data.header_and_columns_missing", first=first[0][:LONGEST_NAME]))
        asked, said = sorted(longest)
        line = f"header: false, columns: {{prompt: {numbered[asked]}, response: {numbered[said]}}}"
        raise ValueError(sentence("data.header_missing", first=first[0][:LONGEST_NAME], line=line))
    return first, True


def _of_exam(records: Sequence[Sequence[str]]) -> list[str] | None:
    """Names for a table of questions, options and the letter of the right one that has none, as MMLU's files."""
    letters = LETTERS[: max(len(records[0]) - 2, 0)]
    named = any(text in letters for text in records[0][1:-1])  # question, A, B, C, D
    right = sum(len(record) == len(records[0]) and record[-1] in letters and record[-1] != "" for record in records)
    if len(letters) < FEWEST_OPTIONS or named or len(records) < 2 or records[0][-1] not in letters:
        return None
    asked = sum(MAY_ASK.search(record[0]) is not None for record in records if record)
    return ["question", *letters, "answer"] if min(right, 2 * asked) >= AGREE * len(records) else None


def _reads(first: str, below: Sequence[str]) -> int:
    """How long the texts of a column are that differ from each other."""
    return sum(map(len, {first, *below}))


def _is_another(name: str, below: Sequence[str]) -> bool:
    """Whether what should be a name is one more of the texts below it: a sentence that ends as they do, or as long."""
    if not _is_no_name(name):
        return False
    end = name[-1] if SENTENCE_END.search(name) else ""
    alike = sum(text.endswith(end) if end else len(text) > LONGEST_NAME // 2 for text in below)
    return alike > 0 and alike >= ALIKE * len(below)


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


def _is_no_name(field: str) -> bool:
    return len(field) > LONGEST_NAME or SENTENCE_END.search(field) is not None


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
    return io.StringIO(head.removeprefix(BOM).decode(errors="replace"), newline=None).read()


def _title(text: str, delimiter: str) -> list[list[str]]:
    """The records above the names of the columns, most of them empty: a title, what a table is of, a blank line."""
    records = _records(text, delimiter)
    above = next((number for number, record in enumerate(records) if sum(map(bool, record)) > 1), 0)
    if above + 1 < len(records) and _names_groups(records[above], records[above + 1]):
        above += 1
    below = [record for record in records[above + 1 : -1] or records[above + 1 :] if record]
    alike = sum(len(record) == len(records[above]) for record in below)
    return records[:above] if above <= ABOVE and alike and alike >= AGREE * len(below) else []


def _names_groups(record: list[str], below: list[str]) -> bool:
    """Whether merged cells above the names of the columns say what several of them are about."""
    groups = "" in record and len(record) == len(below) and all(below) and len(set(below)) == len(below)
    where = column_names.guess(tuple(below)) if groups else None
    return where is not None and bool(where.prompt and (where.response or where.choices))


def _records(text: str, delimiter: str) -> list[list[str]]:
    """The first of them, as far as they can be read, without spaces around their fields."""
    found: list[list[str]] = []
    try:
        for fields in csv.reader(io.StringIO(text), delimiter=delimiter):
            found.append([field.strip() for field in fields])
            if len(found) > RECORDS:
                break
    except csv.Error:
        pass
    return found


def _below_title(text: str, delimiter: str) -> list[list[str]]:
    return _records(text, delimiter)[len(_title(text, delimiter)) :]


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

    def __init__(self, file: IO[bytes], limit: int, one_line: bool) -> None:
        self._lines = _old_mac(file, limit) if one_line else bounded(file, limit)
        self._again: list[_Line] = []  # to be read once more, the last one first
        self._first = True
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
        if self._first:
            line, self._first = line.removeprefix(BOM), False
        try:
            return _Line(line.decode() + "\n")
        except UnicodeDecodeError:
            return _Line(line.decode(errors="replace") + "\n", NOT_UTF8)


def _old_mac(file: IO[bytes], limit: int) -> Iterator[bytes | None]:
    """Lines that end with a carriage return alone (Excel for Mac still writes them)."""
    rest = b""
    while data := file.read(LOOKED_AT):
        *whole, rest = (rest + data).split(b"\r")
        yield from (line if len(line) <= limit else None for line in whole)
        rest = rest[: limit + 1]
    if rest:
        yield rest if len(rest) <= limit else None
