"""Limits that a part of `columns.label` sets: `rating >= 4`, `Schulnote <= 3`, `grade = A|B`, `until >= 2026-12-31`."""

from __future__ import annotations

import functools
import re
from typing import NamedTuple

from so8t_engine.sentences import sentence

SIGNS = {"≥": ">=", "≧": ">=", "=>": ">=", "≤": "<=", "≦": "<=", "=<": "<=", "==": "="}
ORDERED = re.compile(
    r"(?P<place>.*?\S)\s*(?P<sign>>=|=>|<=|=<|[≥≧≤≦<>])\s*(?P<bound>\d{4}-\d\d-\d\d|-?\d{1,9}(?:\.\d{1,9})?)"
)
ONE_OF = re.compile(r"(?P<place>.*?\S)\s+(?P<sign>={1,2})\s+(?P<bound>\S.*)")
LIKE_ONE = re.compile(r"[<>]=|=[<>]|[≥≧≤≦]|\S\s+[<>](?:\s|$)")
UNHELD = frozenset("|,<>=≥≧≤≦\n")  # in a value, which then cannot stand behind =

COMMA = re.compile(r",(?![^(（]*[)）])")


class LabelLimit(NamedTuple):
    """`sign`: >=, <=, >, < or =; `bound`: a number or a day, behind = the good values with bars between them."""

    place: str
    sign: str
    bound: str

    def __str__(self) -> str:
        return f"{self.place} {self.sign} {self.bound}"


@functools.lru_cache(maxsize=512)
def limit_of(part: str) -> LabelLimit | None:
    """None where it is nothing but a column."""
    match = ORDERED.fullmatch(part.strip()) or ONE_OF.fullmatch(part.strip())
    return match and LabelLimit(match["place"], SIGNS.get(match["sign"], match["sign"]), match["bound"])


@functools.lru_cache(maxsize=512)
def parts(label: str) -> tuple[str, ...]:
    """The columns and limits of a label; a comma in parentheses belongs to a name: `Note (1=gut, 6=schlecht) <= 3`."""
    return tuple(part.strip() for part in COMMA.split(label))


def checked(label: str) -> str:
    """Raises ValueError where a part seems to set a limit and sets none."""
    for part in parts(label):
        if limit_of(part) is None and LIKE_ONE.search(part):
            raise ValueError(sentence("config.no_limit", value=part))
    return label
