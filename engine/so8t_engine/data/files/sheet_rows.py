"""Rows of a workbook's sheet as those of a table in text are: title, names, merged cells, which here are known."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator, Sequence, Set
from typing import IO

from so8t_engine.data.adapters import column_names
from so8t_engine.data.adapters.parsed_row import STRUCK
from so8t_engine.data.drop_reasons import TOO_LONG
from so8t_engine.data.files import (
    alternating_rows,
    merged_cells,
    repeated_names,
    table_head,
    table_records,
    workbook_files,
)
from so8t_engine.data.files.open_document import OpenDocument
from so8t_engine.data.files.row_readers import BadRow, RawRow
from so8t_engine.data.files.sheet_xml import Damaged
from so8t_engine.data.files.table_head import Form
from so8t_engine.data.files.table_records import TableForm, TableRecord
from so8t_engine.data.files.workbook import Merge, Sheet, SheetRow, Workbook
from so8t_engine.sentences import Sentence, sentence

ROWS = table_head.RECORDS  # looked at

COUNTED = {"hidden": "data.hidden_rows", "struck": "data.struck_through", "uncomputed": "data.uncomputed_formulas"}

Notice = Callable[[Sentence], None]


def rows(file: IO[bytes], name: str, limit: int, skip: int, form: Form, notice: Notice) -> Iterator[RawRow | BadRow]:
    """Those below row `skip` of the sheet of that name, by the numbers that the program shows.

    Raises ValueError with a Sentence.
    """
    book = workbook_files.book(file)
    sheet = next((sheet for sheet in book.sheets if sheet.name == name), None)
    if sheet is None:
        raise ValueError(sentence("data.no_sheet", sheet=name, sheets=[one.name for one in book.sheets]))
    yield from _table(book, sheet, limit, skip, form, notice)


def _table(
    book: Workbook | OpenDocument, sheet: Sheet, limit: int, skip: int, form: Form, notice: Notice
) -> Iterator[RawRow | BadRow]:
    counted = dict.fromkeys(COUNTED, 0)
    read = _counting(_before_damage(book.rows(sheet, limit), notice), counted)
    seen = list(itertools.islice(read, ROWS))
    width = max((len(row.texts) for row in seen), default=0)
    if not width:
        return
    merges = book.merges(sheet)
    plain = [[text.strip() for text in _padded(row.texts, width)] for row in seen]
    ends = {merge.row: merge.last_row for merge in merges}

    def is_double(above: int) -> bool:
        return ends.get(seen[above].number) == seen[above + 1].number

    title = len(table_head.title(plain, is_double)) if form.header is None else 0
    if type(form.header) is int:
        title = next((above for above, row in enumerate(seen) if row.number >= form.header), 0)
    elif title:
        notice(table_head.title_note(plain[:title]))
    used = [column for column in range(width) if any(record[column] for record in plain[title:])]
    kept = [[record[column] for column in used] for record in plain[title:]]
    groups = [[record[column] for column in used] for record in plain[:title]]
    own = [table_head.name(field) for field in kept[0]]
    first = table_head.below_groups(groups, own)
    if (beside := table_head.tables_note(groups, own, first)) is not None:
        notice(beside)
    if (turns := alternating_rows.of_table([first, *kept[1:]], form)) is not None:
        notice(alternating_rows.note(turns))
        rest = _filled(itertools.chain(seen[title + turns.named :], read), [], used)
        of_pairs = TableForm(alternating_rows.NAMES, [], None, numbered=True)
        yield from table_records.rows(of_pairs, alternating_rows.pairs(rest, turns), skip, notice)
        return
    header, is_names = table_head.header(first, kept[1:], form)
    if is_names and (alike := repeated_names.note(first, header)) is not None:
        notice(alike)
    if not is_names and form.header is None:
        notice(sentence("data.options_without_names", count=len(header) - 2))
    body = title + is_names
    below = kept[is_names:]
    asked = merged_cells.look(header, below, form.asked)
    goes_on = asked is not None and merged_cells.goes_on(below, asked.asked, asked.answered)
    without = used[asked.asked] if asked is not None and goes_on else None
    at_first = {row.number for row in seen[:body]}
    fills = [merge for merge in merges if merge.row not in at_first and merge.column != without]
    of_questions = asked is not None and any(merge.column == used[asked.asked] for merge in fills)
    withdrawn = {used[at] for at in _asked_or_answered(header, form)}
    filled = list(_filled(iter(seen[body:]), fills, used, withdrawn))
    questions = table_records.look(header, [record.fields for record in filled], form.asked, notice)
    if of_questions and asked is not None:
        notice(sentence("data.cells_are_merged", column=header[asked.asked]))
    _say(counted, notice)
    comments = book.comments(sheet)
    if comments:
        notice(sentence("data.cells_with_comments", count=comments))
    said = dict(counted)
    named = [[_padded(row.texts, width)[column] for column in used] for row in seen[:body]]
    heads = [named[-1], first, *table_head.groups(named[:-1])] if is_names else []
    table = TableForm(header, heads, questions, form.asked, numbered=True)
    yield from table_records.rows(
        table, _filled(itertools.chain(seen[body:], read), fills, used, withdrawn), skip, notice
    )
    if counted != said:
        _say({name: count - said[name] for name, count in counted.items()}, notice)


def _before_damage(rows: Iterator[SheetRow], notice: Notice) -> Iterator[SheetRow]:
    """The rows up to a place that cannot be read, which is said; raises Damaged where no row stands before it."""
    last: SheetRow | None = None
    try:
        for last in rows:
            yield last
    except Damaged:
        if last is None:
            raise
        notice(sentence("data.sheet_ends_damaged", row=last.number))


def _say(counted: dict[str, int], notice: Notice) -> None:
    for what, code in COUNTED.items():
        if counted[what]:
            notice(Sentence(code, {"count": counted[what]}))


def _counting(read: Iterator[SheetRow], counted: dict[str, int]) -> Iterator[SheetRow]:
    for row in read:
        counted["hidden"] += row.hidden
        counted["uncomputed"] += row.uncomputed
        counted["struck"] += row.struck
        if row.too_long or any(map(str.strip, row.texts)):
            yield row


def _asked_or_answered(header: Sequence[str], form: Form) -> list[int]:
    """Where the columns stand that hold the question and its answer."""
    where = column_names.guess(tuple(header)) if form.asked is None else None
    named = form.asked or ((where.prompt, where.response) if where is not None else ())
    return [at for at, name in enumerate(header) if name in named]


def _filled(
    read: Iterator[SheetRow], merges: Sequence[Merge], used: Sequence[int], withdrawn: Set[int] = frozenset()
) -> Iterator[TableRecord]:
    """With the text of a merged cell in all of its rows, in the column where it stands. `withdrawn`: columns in which
    it is told that a cell is struck through.
    """
    width = used[-1] + 1
    ahead = 0
    held: dict[int, tuple[int, str]] = {}  # column -> last row, text
    for row in read:
        texts = _padded(row.texts, width)
        while ahead < len(merges) and merges[ahead].row <= row.number:
            merge = merges[ahead]
            ahead += 1
            if merge.column < width:
                held[merge.column] = (merge.last_row, texts[merge.column] if merge.row == row.number else "")
        for column in withdrawn & {*row.withdrawn}:
            texts[column] = STRUCK
        for column, (last, text) in list(held.items()):
            if row.number > last:
                del held[column]
            elif not texts[column]:
                texts[column] = text
        yield TableRecord([texts[column] for column in used], row.number, TOO_LONG if row.too_long else None)


def _padded(texts: list[str], width: int) -> list[str]:
    return [*texts[:width], *[""] * (width - len(texts))]
