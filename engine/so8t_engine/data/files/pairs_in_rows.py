"""Several questions with their answers side by side in one row: 質問1, 回答1, 質問2, 回答2. Each pair becomes a row.

With what is numbered as they are (解説1), and what stands once for all of them. Two answers to one question are none.
"""

from __future__ import annotations

import functools
import itertools
import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any, NamedTuple

from so8t_engine.data.adapters import column_names
from so8t_engine.sentences import Sentence, sentence

NUMBERED = re.compile(r"(.*?[^\W\d].*?)[\s_.\-]*([1-9]\d?|[１-９]|[①-⑨])")
DIGITS = {chr(first + number): number for first in (0xFF10, 0x245F) for number in range(1, 10)}  # １, ①
FEWEST = 2


class Pairs(NamedTuple):
    """`groups`: (column, what it is called without its number) of each pair; `others`: columns for all of them."""

    groups: tuple[tuple[tuple[str, str], ...], ...]
    others: tuple[str, ...]


Look = Callable[[tuple[str, ...]], Pairs | None]  # at the names of a row


def none(names: tuple[str, ...]) -> Pairs | None:
    """Of rows that are read as they are."""
    return None


@functools.lru_cache(maxsize=512)
def look(names: tuple[str, ...], asked: tuple[str | None, ...] | None = None) -> Pairs | None:
    """None where the columns are anything else, or some of them are `asked` for as they are called."""
    numbered = {name: (found[1].strip(), _number(found[2])) for name in names if (found := NUMBERED.fullmatch(name))}
    if len(numbered) < 2 * FEWEST:
        return None
    by_number: dict[int, dict[str, str]] = {}
    for name, (base, number) in numbered.items():
        by_number.setdefault(number, {}).setdefault(base, name)
    first = by_number.get(1, {})
    numbers = [*range(1, len(by_number) + 1)]
    if asked is not None and not (any(asked) and {*filter(None, asked)} <= first.keys()):
        return None
    if len(numbers) < FEWEST or any(by_number.get(number, {}).keys() != first.keys() for number in numbers):
        return None
    others = tuple(name for name in names if name not in numbered)
    where = column_names.guess((*first, *others))
    if where is None or where.prompt not in first or where.response not in first or {*first} & {*others}:
        return None
    held = column_names.guess(names)
    if held is not None and (held.messages or held.prompt in others):  # turns of a talk: q1, a1, q2, a2
        return None
    return Pairs(tuple(tuple((by_number[number][base], base) for base in first) for number in numbers), others)


def but_for(asked: tuple[str | None, ...] | None) -> Look:
    return functools.partial(look, asked=asked)


def rows_of(row: Mapping[str, Any], pairs: Pairs) -> list[dict[str, Any]]:
    """A row for each pair that is there."""
    shared = {name: row[name] for name in pairs.others}
    groups: list[dict[str, Any]] = [{base: row[name] for name, base in group} for group in pairs.groups]
    return [shared | group for group in groups if any(value not in ("", None) for value in group.values())]


def of_objects(items: Iterator[Any], plan: Look) -> Iterator[Any]:
    """The same of objects, where the first one is such a row."""
    first = next(items, None)
    pairs = plan(tuple(first)) if isinstance(first, dict) else None
    all_items = items if first is None else itertools.chain([first], items)
    if pairs is None:
        yield from all_items
        return
    for item in all_items:
        fits = isinstance(item, dict) and plan(tuple(item)) == pairs
        yield from rows_of(item, pairs) if fits else [item]


def note(pairs: Pairs) -> Sentence:
    names = [name for name, _ in pairs.groups[0]]
    return sentence("data.pairs_in_rows", count=len(pairs.groups), names=names)


def _number(digits: str) -> int:
    return DIGITS.get(digits) or int(digits)
