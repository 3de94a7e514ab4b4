"""The sheets of workbooks as files of a source: which of them are read, and their rows."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from so8t_engine.config.run_config import Dataset
from so8t_engine.data.files import sheet_choice, sheet_pairs, sheet_rows, workbook_files
from so8t_engine.data.files.row_readers import BadRow, RawRow
from so8t_engine.data.files.source_file import FilesOfSource, Reading, SourceFile
from so8t_engine.data.files.workbook import Sheet
from so8t_engine.sentences import Sentence, sentence

LIMIT = 1 << 20  # bytes of a row that is looked at
Notice = Callable[[Sentence], None]


def chosen(files: Sequence[SourceFile], dataset: Dataset) -> FilesOfSource:
    """The same with the sheets alone that are to be read of workbooks. Raises EngineError."""
    return _each(files, lambda book: _of_workbook(book, dataset))


def as_before(files: Sequence[SourceFile], dataset: Dataset, before: frozenset[str]) -> FilesOfSource:
    """The same, with those joined that were read at first, by their names. Raises EngineError."""

    def of_book(book: list[SourceFile]) -> FilesOfSource:
        read = _joined([file for file in book if file.name in before], dataset)
        return FilesOfSource([*read.files, *(file for file in book if file.name not in before)], read.notes)

    return _each(files, of_book)


def rows(
    file: SourceFile, limit: int, reading: Reading, notice: Notice = lambda said: None, skip: int = 0
) -> Iterator[RawRow | BadRow]:
    """Those of a sheet behind number `skip`. Raises ValueError with a Sentence, EngineError."""

    def of_sheet(what: Sentence) -> None:
        notice(sentence("data.of_file", path=f"{file.place} ({file.sheet})", what=what))

    if file.beside is not None:
        yield from sheet_pairs.rows(file, lambda sheet: _alone(sheet, limit, reading, of_sheet), skip)
    else:
        yield from _alone(file, limit, reading, of_sheet, skip)


def _alone(file: SourceFile, limit: int, reading: Reading, notice: Notice, skip: int = 0) -> Iterator[RawRow | BadRow]:
    with workbook_files.opened(file.place, file.opened, whole=not file.is_plain) as opened:
        yield from sheet_rows.rows(opened, str(file.sheet), limit, skip, reading.form, notice)


def _each(files: Sequence[SourceFile], of_book: Callable[[list[SourceFile]], FilesOfSource]) -> FilesOfSource:
    books: dict[Path, list[SourceFile]] = {}
    for file in files:
        books.setdefault(file.place, []).append(file)
    read = [of_book(book) if book[0].sheet is not None else FilesOfSource(book) for book in books.values()]
    return FilesOfSource(
        [file for book in read for file in book.files], tuple(note for book in read for note in book.notes)
    )


def _of_workbook(book: list[SourceFile], dataset: Dataset) -> FilesOfSource:
    """The sheets of one that are read."""
    form = Reading.of(dataset).form
    with workbook_files.opened(book[0].place, book[0].opened, whole=not book[0].is_plain) as opened:
        sheets = workbook_files.book(opened).sheets

        def of_sheet(sheet: Sheet) -> Iterator[RawRow | BadRow]:
            return sheet_rows.rows(opened, sheet.name, LIMIT, 0, form, lambda said: None)

        wanted, notes = sheet_choice.choose(book[0].place, sheets, dataset, of_sheet)
    names = {sheet.name for sheet in wanted}
    pairs = _joined([file for file in book if file.sheet in names], dataset)
    said = [note for note in notes if note.code != "data.sheets_read"] if pairs.notes else notes
    return FilesOfSource(pairs.files, (*said, *pairs.notes))


def _joined(book: list[SourceFile], dataset: Dataset) -> FilesOfSource:
    return sheet_pairs.joined(book, dataset, lambda sheet: _alone(sheet, LIMIT, Reading.of(dataset), lambda said: None))
