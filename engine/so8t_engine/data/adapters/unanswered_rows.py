"""Rows that ask and have no place for an answer, among others of their source that have one."""

from __future__ import annotations

from collections.abc import Iterable

from so8t_engine.config.run_config import Columns
from so8t_engine.data.adapters import mapped
from so8t_engine.data.adapters.parsed_row import OTHER_SHAPES, Fields, Index

ANSWERED = "\0answered"  # in the index: where its rows ask, and where they answer


def look(rows: Iterable[Fields], where: Columns | None) -> Index:
    """Where the first of these rows that answers does so; nothing where none does."""
    answers = (where.response or where.answer) if where is not None else None
    if where is None or where.prompt is None or answers is None:
        return {}
    is_answered = any(_has(row, where.prompt) and _has(row, answers) for row in rows)
    return {ANSWERED: (where.prompt, answers)} if is_answered else {}


def is_one(row: Fields, index: Index) -> bool:
    """Whether a row that nothing reads asks as others do, and does not answer."""
    if ANSWERED not in index:
        return False
    asks, answers = index[ANSWERED]
    return _has(row, asks) and not _has(row, answers) and row.get(answers) is None  # no empty cell of a table


def _has(row: Fields, place: str) -> bool:
    try:
        return mapped.at(row, place) not in (None, "", [], {})
    except OTHER_SHAPES:
        return False
