"""A name that no session has yet, next to the one of which it is a copy. No Qt here."""

from __future__ import annotations

import re
from collections.abc import Collection

from so8t_engine.session import display_name

NUMBERED = re.compile(r"(?s)(.*\S) ([1-9]\d{0,5})")


def free_name(name: str, taken: Collection[str]) -> str:
    """`name` where it is free, else its next number: "mine 2", then "mine 3". Never longer than a name may be."""
    numbered = NUMBERED.fullmatch(name)
    stem, number = (numbered[1], int(numbered[2])) if numbered else (name, 1)
    known = {each.casefold() for each in taken}
    free = name
    while free.casefold() in known:
        number += 1
        end = f" {number}"
        free = stem[: display_name.LONGEST - len(end)].rstrip() + end
    return free
