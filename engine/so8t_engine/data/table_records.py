"""Records of a table as rows: ditto marks and merged cells filled in, tables put behind each other, what is damaged."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from so8t_engine.data import merged_cells
from so8t_engine.data.drop_reasons import WRONG_FIELDS
from so8t_engine.data.merged_cells import QuestionCells
from so8t_engine.data.row_readers import BadRow, RawRow, Unit, row
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
    """`header`: the names of the columns; `names`: the record that holds them, if one does. `numbered`: rows are known
    by the number they have in a sheet, not by how many stood before.
    """

    header: list[str]
    names: list[str] | None
    questions: QuestionCells | None
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


def rows(table: TableForm, records: Iterator[TableRecord], skip: int) -> Iterator[RawRow | BadRow]:
    """Rows behind number `skip`, every value a string."""
    header, names, merged = table.header, table.names, table.questions
    unit: Unit = "row" if table.numbered else "line"
    number = 0
    above: list[str] = []
    question = ""
    for fields, at, problem in records:
        if fields == names:  # of tables put behind each other
            continue
        if not DITTO.isdisjoint(fields):  # as above
            fields = [up if field in DITTO else field for field, up in zip(fields, above or fields, strict=False)]
        above = fields
        problem = problem or (None if len(fields) == len(header) else WRONG_FIELDS)
        if merged is not None:
            is_answered = problem is None and fields[merged.answered].strip()
            question = (fields[merged.asked] if fields[merged.asked].strip() else question) if is_answered else ""
            if is_answered:
                fields[merged.asked] = question
        number = at if table.numbered else number + 1
        if number <= skip:
            continue
        if problem:
            yield BadRow(number, unit, at, problem)
        else:
            yield row(dict(zip(header, fields, strict=True)), number, unit, at)
