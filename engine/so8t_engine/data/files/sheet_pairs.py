"""Workbooks with the questions on one sheet and their answers on another: joined by the number that both give them.

Only where no sheet is to be learnt by itself, two together are, and the number tells the rows of each from one another.
"""

from __future__ import annotations

import dataclasses
import itertools
import json
import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from so8t_engine.config.run_config import Dataset
from so8t_engine.data.adapters import column_names
from so8t_engine.data.files import sheet_choice
from so8t_engine.data.files.row_readers import BadRow, RawRow, row
from so8t_engine.data.files.source_file import FilesOfSource, SourceFile
from so8t_engine.sentences import sentence

NUMBER = re.compile(
    r"(?i).*番号|(?:問題?|設問|question|frage|pregunta|domanda|item)?[ _]?(?:no|nr|num|number|id|n°|nº|#)\.?|問|設問|q"
)
MOST_SHEETS, MOST_ROWS = 8, 20_000  # that are looked at
FEWEST_JOINED = 0.5  # of the questions

Row = dict[str, Any]
Read = Callable[[SourceFile], Iterator[RawRow | BadRow]]


class _Pair(NamedTuple):
    """The sheet that asks and the one that answers, with what each calls the number; none where nothing joins them."""

    asks: SourceFile
    answers: SourceFile
    numbers: tuple[str, str] | None


def joined(book: Sequence[SourceFile], dataset: Dataset, read: Read) -> FilesOfSource:
    """The same sheets; the one with questions knows where its answers are, which give no rows of their own."""
    whole = FilesOfSource(list(book))
    if not 1 < len(book) <= MOST_SHEETS:
        return whole
    if any(sheet_choice.fits(first, dataset) for sheet in book for first in _rows(sheet, read, 1)):
        return whole  # without a look at more than the first row of each: there may be a million
    rows = {sheet: _rows(sheet, read) for sheet in book}
    found = [
        pair
        for asks, answers in itertools.permutations([sheet for sheet in book if rows[sheet]], 2)
        if (pair := _pair(asks, answers, rows, dataset)) is not None
    ]
    with_number = [pair for pair in found if pair.numbers is not None]
    if len(with_number) == 1:
        [(asks, answers, numbers)] = with_number
        named = {"questions": asks.sheet, "answers": answers.sheet, "numbers": list(dict.fromkeys(numbers or ()))}
        read_so = [_with(sheet, asks, answers) for sheet in book if sheet in (asks, answers)]
        return FilesOfSource(read_so, (sentence("data.sheets_joined", path=asks.place, **named),))
    if len(found) == 1:
        [(asks, answers, _)] = found
        said = sentence("data.sheets_apart", path=asks.place, questions=asks.sheet, answers=answers.sheet)
        return FilesOfSource(list(book), (said,))
    return whole


def rows(file: SourceFile, read: Read, skip: int) -> Iterator[RawRow | BadRow]:
    """Each row of the sheet that asks, with what the other one has of that number; none of the other."""
    if not file.beside:
        return
    [answers] = file.beside
    told = _rows(answers, read)
    more = tuple(dict.fromkeys(name for one in told for name in one))
    numbers = _numbers(_rows(file, read), told)
    by_number = {_number(one.get(numbers[1])): one for one in told} if numbers is not None else {}
    for item in read(file):
        if item.number <= skip:
            continue
        if isinstance(item, BadRow):
            yield item
            continue
        asked = json.loads(item.text)
        found = by_number.get(_number(asked.get(numbers[0]))) if numbers is not None else None
        yield row(_together(asked, found or dict.fromkeys(more, "")), item.number, "row", item.number)


def _with(sheet: SourceFile, asks: SourceFile, answers: SourceFile) -> SourceFile:
    return dataclasses.replace(sheet, beside=(answers,) if sheet == asks else ())


def _rows(sheet: SourceFile, read: Read, first: int = MOST_ROWS + 1) -> list[Row]:
    """The `first` ones; none of a sheet that is too long to be looked at, or cannot be read."""
    try:
        found = list(itertools.islice((one for one in read(sheet) if isinstance(one, RawRow)), first))
    except ValueError:
        return []
    return [json.loads(one.text) for one in found] if len(found) <= MOST_ROWS else []


def _pair(
    asks: SourceFile, answers: SourceFile, rows: Mapping[SourceFile, list[Row]], dataset: Dataset
) -> _Pair | None:
    """Whether rows of both are to be learnt together, the question from one and the answer from the other."""
    asked, told = rows[asks], rows[answers]
    where = dataset.columns or column_names.guess(tuple(dict.fromkeys([*asked[0], *told[0]])))
    if where is None or where.prompt not in asked[0] or where.prompt in told[0]:
        return None
    gives = [name for name in (where.response, where.answer) if name is not None]
    if not gives or not all(name in told[0] and name not in asked[0] for name in gives):
        return None
    if not sheet_choice.fits(_together(asked[0], told[0]), dataset):
        return None
    return _Pair(asks, answers, _numbers(asked, told))


def _together(asked: Row, told: Row) -> Row:
    return {**asked, **{name: value for name, value in told.items() if name not in asked}}


def _numbers(asked: Sequence[Row], told: Sequence[Row]) -> tuple[str, str] | None:
    """What both call the number of a question, where it is another one in each row and most are in both."""
    if not asked or not told:
        return None
    alike = [(name, name) for name in asked[0] if name in told[0]]
    numbered = [[name for name in one if NUMBER.fullmatch(name.strip())] for one in (asked[0], told[0])]
    for ours, theirs in [*alike, *itertools.product(*numbered)]:
        first, second = ([_number(one.get(name)) for one in table] for name, table in ((ours, asked), (theirs, told)))
        is_key = all(len({*values}) == len(values) and "" not in values for values in (first, second))
        if is_key and len({*first} & {*second}) >= max(1, FEWEST_JOINED * len(first)):
            return ours, theirs
    return None


def _number(value: Any) -> str:
    return unicodedata.normalize("NFKC", str(value if value is not None else "")).strip().removesuffix(".0")
