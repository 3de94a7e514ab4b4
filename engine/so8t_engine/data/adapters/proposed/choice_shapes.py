"""Multiple choice by its shape alone, whatever language its columns are named in: options named alike, letters beside.

Only proposed: names that are known (options.py) are read without a line.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from so8t_engine.config.run_config import Columns
from so8t_engine.data.adapters import column_names
from so8t_engine.data.adapters.answers import options, right_options
from so8t_engine.data.adapters.answers.right_options import KANA, half_width
from so8t_engine.data.adapters.parsed_row import LETTERS, Fields
from so8t_engine.data.adapters.talks import talk

END = re.compile(rf"(.*?)[\s_.(-]*([A-Za-z1-9А-Я{KANA}])[).]?")
ORDERS = (LETTERS, LETTERS.lower(), "123456789", KANA, "АБВГДЕЖЗ")
FEWEST_ROWS, FEWEST_OPTIONS = 3, 3
NAMED = 0.8  # of the rows name one of their options


def mapping(rows: Sequence[Fields]) -> Columns | None:
    """The question, its options and the column that names one of them in most rows."""
    if len(rows) < FEWEST_ROWS:
        return None
    names = tuple(rows[0])
    for where in (*_spread(names), *_lists(rows)):
        others = [name for name in names if name not in where]
        right = next((name for name in others if _names_one(rows, where, name)), None)
        asked = [name for name in others if name != right and _is_text(rows, name)]
        if right is None or not asked:
            continue
        reasoning = next((name for name in asked if column_names.answering((name,))[2]), None)
        asks = [name for name in asked if name != reasoning] or asked
        prompt = next(
            (name for name in asks if column_names.is_part(name)), max(asks, key=lambda name: _size(rows, name))
        )
        reasoning = None if reasoning == prompt else reasoning
        return Columns(prompt=prompt, choices=", ".join(where), answer=right, reasoning=reasoning)
    return None


def _spread(names: Sequence[str]) -> list[tuple[str, ...]]:
    """Columns that are named alike but for a letter or number at the end, which are in order."""
    found: dict[str, dict[str, str]] = {}
    for name in names:
        match = END.fullmatch(half_width(options.bare(name)).strip())
        if match is not None and not (
            match[1]
            and match[1][-1:].isalpha()
            and half_width(name)[len(match[1])].isalpha()
            and name == options.bare(name)
        ):
            found.setdefault(match[1].lower(), {})[match[2]] = name
    return [
        tuple(ends.values())
        for ends in found.values()
        if len(ends) >= FEWEST_OPTIONS and any("".join(ends) == order[: len(ends)] for order in ORDERS)
    ]


def _lists(rows: Sequence[Fields]) -> list[tuple[str, ...]]:
    """Columns that hold lists of options, each with its letter, or one text of them: "a | b | c"."""
    return [(name,) for name in rows[0] if all(len(_labels(row, (name,))[1]) >= FEWEST_OPTIONS for row in rows)]


def _labels(row: Fields, where: Sequence[str]) -> tuple[list[str], list[str]]:
    """(the options, their letters)"""
    if len(where) > 1:
        return [talk.words_if_any(row.get(name)).strip() for name in where], [
            half_width(options.bare(name)).strip(" ).")[-1] for name in where
        ]
    value = talk.opened(row.get(where[0]))
    if isinstance(value, str):
        texts, marks = options.in_one_text(value)
        return texts, marks or list(LETTERS[: len(texts)])
    if isinstance(value, list) and all(isinstance(one, str) for one in value) and len({*value}) == len(value):
        return [one.strip() for one in value], list(LETTERS[: len(value)])
    if not isinstance(value, list) or not all(isinstance(one, Mapping) for one in value):
        return [], []
    labels = [options.label_of(one) for one in value]
    return ([talk.words_if_any(one).strip() for one in value], labels) if all(labels) else ([], [])


def _names_one(rows: Sequence[Fields], where: Sequence[str], name: str) -> bool:
    said = set[str]()
    named = 0
    for row in rows:
        texts, labels = _labels(row, where)
        right = talk.opened(row.get(name))
        parts = right_options.parts(right) or [right]
        words = [talk.words(one).strip() for one in parts if isinstance(one, (str, int, float))]
        known = {*texts, *labels, *(label.upper() for label in labels)} - {""}
        named += bool(words) and known.issuperset(words)
        said.update(words)
    return named >= NAMED * len(rows) and len(said) > 1


def _is_text(rows: Sequence[Fields], name: str) -> bool:
    return sum(isinstance(row.get(name), str) and bool(row[name].strip()) for row in rows) * 2 >= len(rows)


def _size(rows: Sequence[Fields], name: str) -> int:
    return sum(len(str(row.get(name))) for row in rows)
