"""Rows that a JSON text holds as lists of values: `[["What is ice?", "Frozen water."], ...]`, with or without names."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from typing import Any

from so8t_engine.data.adapters import column_names
from so8t_engine.sentences import Sentence, sentence

LOOKED_AT = 50  # of the first rows
PAIR = ("question", "answer")


def as_rows(items: Iterator[Any], notice: Callable[[Sentence], None]) -> Iterator[Any]:
    """All else as it is. `notice` hears that pairs are read as question and answer."""
    first = next(items, None)
    if first is None or not is_list(first):
        yield from items if first is None else itertools.chain([first], items)
        return
    head = [first, *itertools.islice(items, LOOKED_AT - 1)]
    names = _names(head)
    if names is None:
        yield from itertools.chain(head, items)
        return
    if names == PAIR:
        notice(sentence("data.pairs_ask"))
    for item in itertools.chain(head[1:] if tuple(first) == names else head, items):
        is_row = is_list(item) and len(item) == len(names)
        yield dict(zip(names, item, strict=True)) if is_row else item


def is_list(item: Any) -> bool:
    """Whether it is a list of values, none of which holds others."""
    return isinstance(item, list) and len(item) > 1 and not any(isinstance(value, (list, dict)) for value in item)


def _names(head: list[Any]) -> tuple[str, ...] | None:
    """Those of the columns: what the first row says, question and answer of pairs, else their numbers; None where they
    are no rows.
    """
    if len(head) < 2 or not all(is_list(item) and len(item) == len(head[0]) for item in head):
        return None
    if all(isinstance(value, str) for value in head[0]) and len(set(head[0])) == len(head[0]):
        where = column_names.guess(tuple(head[0]))
        if where is not None and where.prompt and (where.response or where.choices):
            return tuple(head[0])
    texts = all(isinstance(value, str) for item in head for value in item)
    if texts and len(head[0]) == len(PAIR) and len({item[0] for item in head}) > len(head) / 2:
        return PAIR
    return tuple(f"column{number}" for number in range(1, len(head[0]) + 1))
