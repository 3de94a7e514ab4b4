"""Records of a table as rows: ditto marks and merged cells filled in, tables put behind each other, what is damaged."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from so8t_engine.data.drop_reasons import WRONG_FIELDS
from so8t_engine.data.files import merged_cells, pairs_in_rows
from so8t_engine.data.files.merged_cells import QuestionCells
from so8t_engine.data.files.row_readers import BadRow, RawRow, Unit, row
from so8t_engine.data.files.tables_below import TablesBelow
from so8t_engine.sentences import Sentence, sentence

DITTO = frozenset(
    (
        "〃", "″", "同上", "（同上）", "(同上)", "上に同じ", "same as above", "Same as above", "(same as above)",
        "(same)",
        "ditto", "Ditto", "(ditto)", "dito", "Dito",
    )
)  # fmt: skip


class TableRecord(NamedTuple):
    """`at`: its line in a text, its row in a sheet."""

    fields: list[str]
    at: int
    problem: Sentence | None = None


@dataclass(frozen=True)
class TableForm:
    """`header`: the names of the columns; `heads`: the records that hold them; `asked`: as in Form. `numbered`:
    rows are known by the number they have in a sheet, not by how many stood before.
    """

    header: list[str]
    heads: list[Sequence[str]]
    questions: QuestionCells | None
    asked: tuple[str | None, str | None] | None = None
    numbered: bool = False


def look(
    header: list[str],
    below: Sequence[list[str]],
    asked: tuple[str | None, str | None] | None,
    notice: Callable[[Sentence], None],
) -> QuestionCells | None:
    """The columns of questions and answers whose cells are merged; what the first records show is said."""
    questions = merged_cells.look(header, below, asked)
    if questions is not None and questions.note is not None:
        notice(questions.note)
    repeated = next((field for record in below for field in record if field in DITTO), None)
    if repeated is not None:
        notice(sentence("data.as_above", word=repeated))
    return questions if questions is not None and questions.are_merged else None


def rows(
    table: TableForm, records: Iterator[TableRecord], skip: int, notice: Callable[[Sentence], None]
) -> Iterator[RawRow | BadRow]:
    """Rows behind number `skip`, every value a string. Records without fields stand for empty lines."""
    header, merged = table.header, table.questions
    unit: Unit = "row" if table.numbered else "line"
    tables = TablesBelow(header, table.asked, unit, notice) if table.heads else None
    pairs = pairs_in_rows.look(tuple(header), table.asked)
    if pairs is not None:
        notice(pairs_in_rows.note(pairs))
    number = 0
    above: list[str] = []
    question = ""
    for fields, at, problem in records:
        names = None
        if tables is None:
            if not fields and problem is None:
                continue
        else:
            if fields in table.heads:  # of tables put behind each other
                tables.first_again(at)
                continue
            if not tables.is_row(fields, at, is_whole=problem is None):
                number += bool(fields)
                continue
            names = tables.names
        if not DITTO.isdisjoint(fields):  # as above
            known = [*above, *fields[len(above) :]]
            fields = [up if field in DITTO else field for field, up in zip(fields, known, strict=False)]
        whole = fields
        if names is not None:
            fields = [fields[place] for place in names if place < len(fields)]
        columns = header if names is None else list(names.values())
        problem = problem or (None if len(fields) == len(columns) else WRONG_FIELDS)
        above = whole if problem is None else []  # what stands above is not known of a bad one
        if merged is not None and names is None:
            is_answered = problem is None and fields[merged.answered].strip()
            question = (fields[merged.asked] if fields[merged.asked].strip() else question) if is_answered else ""
            if is_answered:
                fields[merged.asked] = question
        if pairs is not None and names is None and not problem:
            inside = pairs_in_rows.rows_of(dict(zip(columns, fields, strict=True)), pairs)
            number = max(number, (at - 1) * len(pairs.groups)) if table.numbered else number
            for one in inside:
                number += 1
                if number > skip:
                    yield row(one, number, unit, at)
            continue
        number = max(number, at) if table.numbered else number + 1
        if number <= skip:
            continue
        if problem:
            yield BadRow(number, unit, at, problem)
        else:
            yield row(dict(zip(columns, fields, strict=True)), number, unit, at)
