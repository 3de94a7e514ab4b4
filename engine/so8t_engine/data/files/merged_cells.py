"""Questions in merged cells, of which a table in text has only the first: whether empty ones below it are its own.

They are where most questions have such cells below them and nothing speaks against it: no number for each row, no
answer missing, no answer that goes on from the one above. Else no row gets a question that is not written in it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from so8t_engine.data.adapters import column_names
from so8t_engine.sentences import Sentence, sentence

FEWEST = 2  # empty cells, which one alone may be by chance
GOES_ON = re.compile(r"[-*•・●◆■]\s*\S|\d{1,2}[.)．）、](?!\d)|[②-⑳]|(?i:step|手順|ステップ)\s*\d")
BROKEN_OFF = re.compile(r"[,、，:：]$")


class QuestionCells(NamedTuple):
    """The columns, by number, of questions and answers; `note`: what there is to say of empty cells."""

    asked: int
    answered: int
    are_merged: bool
    note: Sentence | None


def look(
    header: Sequence[str], records: Sequence[Sequence[str]], named: tuple[str | None, str | None] | None
) -> QuestionCells | None:
    """Of the first records; None where they hold no questions with answers. `named`: the columns, by the user."""
    where = column_names.guess(tuple(header)) if named is None else None
    prompt, response = named or ((where.prompt, where.response) if where and not where.choices else (None, None))
    if prompt not in header or response not in header:
        return None
    asked, answered = header.index(str(prompt)), header.index(str(response))
    rows = [record for record in records if len(record) == len(header)]
    empty = [row for row in rows if row[answered] and not row[asked]]
    if not empty:
        return QuestionCells(asked, answered, False, None)
    if _are_merged(rows, asked, answered):
        return QuestionCells(asked, answered, True, sentence("data.merged_cells", column=prompt))
    note = sentence("data.questions_missing", count=len(empty), rows=len(rows), column=prompt)
    return QuestionCells(asked, answered, False, note)


def _are_merged(rows: Sequence[Sequence[str]], asked: int, answered: int) -> bool:
    filled = [number for number, row in enumerate(rows) if row[asked]]
    below = [number for number, row in enumerate(rows) if row[answered] and not row[asked]]
    if len(below) < FEWEST or below[0] == 0 or any(not rows[number][answered] for number in filled):
        return False
    several = sum(number + 1 in below for number in filled)
    return 2 * several >= len(filled) and not _are_numbered(rows) and not _go_on(rows, filled, below, answered)


def goes_on(rows: Sequence[Sequence[str]], asked: int, answered: int) -> bool:
    """Whether answers are written on into cells below, beside which no question stands."""
    filled = [number for number, row in enumerate(rows) if row[asked]]
    below = [number for number, row in enumerate(rows) if number and row[answered] and not row[asked]]
    return bool(below) and _go_on(rows, filled, below, answered)


def _are_numbered(rows: Sequence[Sequence[str]]) -> bool:
    """Whether a column counts all rows, as no merged cell would."""
    columns = list(zip(*(row for row in rows if any(row)), strict=True))
    return any(all(map(str.isdecimal, column)) and len({*column}) == len(column) for column in columns)


def _go_on(rows: Sequence[Sequence[str]], filled: Sequence[int], below: Sequence[int], answered: int) -> bool:
    """Whether an answer is written on into the cells below it."""
    said = [rows[number][answered] for number in below]
    before = [rows[number - 1][answered] for number in below]
    begin_small = any(rows[number][answered][:1].islower() for number in filled)
    small = not begin_small and any(text[:1].islower() for text in said)
    return small or any(map(GOES_ON.match, said)) or any(map(BROKEN_OFF.search, before))
