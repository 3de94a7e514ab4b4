"""Choice questions with a row for each of their options, of which an x marks the right one: that one is the answer."""

from __future__ import annotations

from collections.abc import Sequence

from so8t_engine.config.run_config import Columns
from so8t_engine.data.adapters.judged import verdict_names, verdict_values
from so8t_engine.data.adapters.parsed_row import Fields

FEWEST = 4  # rows
LONGEST_LETTER = 2


def mapping(rows: Sequence[Fields]) -> Columns | None:
    """The question, the option and the mark; None where a question has no option marked, or several."""
    if len(rows) < FEWEST:
        return None
    names = list(rows[0])
    marks = [name for name in names if verdict_names.is_ticked_by_x(name) and _are_marks(rows, name)]
    texts = [name for name in names if all(_said(row, name) for row in rows) and name not in marks]
    texts = [name for name in texts if max(len(_said(row, name)) for row in rows) > LONGEST_LETTER]
    if len(marks) != 1 or len(texts) != 2:
        return None
    asks, option = sorted(texts, key=lambda name: len({_said(row, name) for row in rows}))
    right = [_said(row, asks) for row in rows if _said(row, marks[0])]
    if sorted(right) != sorted({_said(row, asks) for row in rows}):
        return None
    return Columns(prompt=asks, response=option, label=marks[0])


def _are_marks(rows: Sequence[Fields], name: str) -> bool:
    said = [_said(row, name) for row in rows]
    return "" in said and all(one == "" or verdict_values.is_cross(one) for one in said)


def _said(row: Fields, name: str) -> str:
    return str(row.get(name) if row.get(name) is not None else "").strip()
