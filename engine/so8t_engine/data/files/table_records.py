"""Records of a table as rows: ditto marks and merged cells filled in, tables put behind each other, what is damaged."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from so8t_engine.data.adapters.judged import verdict_names
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


LEFT = frozenset(("同左", "（同左）", "(同左)", "左に同じ", "(same as left)", "same as left", "Same as left"))


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
    mended = _mended(header)
    cells = [(place, field) for record in below for place, field in enumerate(record)]
    repeated = next((field for place, field in cells if field in DITTO and place not in mended), None)
    if repeated is not None:
        notice(sentence("data.as_above", word=repeated))
    left = next((field for place, field in cells if field in LEFT or (field in DITTO and place in mended)), None)
    if left is not None:
        notice(sentence("data.as_left", word=left))
    return questions if questions is not None and questions.are_merged else None


def rows(
    table: TableForm, records: Iterator[TableRecord], skip: int, notice: Callable[[Sentence], None]
) -> Iterator[RawRow | BadRow]:
    """Rows behind number `skip`, every value a string. Records without fields stand for empty lines."""
    header, merged, mended = table.header, table.questions, _mended(table.header)
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
        if not (DITTO.isdisjoint(fields) and LEFT.isdisjoint(fields)):
            fields = _filled_in(fields, [*above, *fields[len(above) :]], mended)
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


def _mended(header: Sequence[str]) -> frozenset[int]:
    """The columns that hold what was made of the one at their left: a mark there says that nothing was to be made."""
    return frozenset(place for place, name in enumerate(header) if place and verdict_names.is_mended(name))


def _filled_in(fields: Sequence[str], above: Sequence[str], mended: frozenset[int]) -> list[str]:
    """With what stands above a mark that says so, or at its left."""
    filled = list[str]()
    for place, (field, up) in enumerate(zip(fields, above, strict=False)):
        is_left = place and (field in LEFT or (field in DITTO and place in mended))
        filled.append(filled[-1] if is_left else up if field in DITTO else field)
    return filled
