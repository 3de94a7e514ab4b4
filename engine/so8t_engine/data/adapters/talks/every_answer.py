"""Each answer of a talk by itself, with all that was said before it: `turns: all` of a source.

A row is read once for each of its answers, up to that one, by the adapter that reads it whole: what holds of the last
answer (thought in front of it, calls of tools, placeholders, what somebody thinks of it) holds of the others.
"""

from __future__ import annotations

import itertools
from collections import ChainMap
from collections.abc import Callable, Mapping
from typing import Any

from so8t_engine.data.adapters.parsed_row import Fields, Index, ParsedRow, Skip
from so8t_engine.data.adapters.talks import talk
from so8t_engine.data.adapters.talks.talk import ASSISTANT, CALL, Turns
from so8t_engine.sentences import Sentence

UP_TO = "\0up to answer"  # in the index: how many answers come before the one that is read
ENOUGH = 3  # results that are that of the last answer
CALLS = ("tool_calls", "function_call")


class NoEarlier(Exception):
    """The answer that is asked for is the last one, or there is none."""


def earlier(
    read: Callable[[Fields, Index], ParsedRow], row: Fields, index: Index, whole: ParsedRow | Sentence
) -> list[ParsedRow | Sentence]:
    """Those before the last one, of which `whole` came, in their order; or why one is left out. `read`: as the row is.

    None of a talk that is judged as a whole, or has one gold answer: that is said of all, or of the last.
    """
    found: list[ParsedRow | Sentence] = []
    while len(found) < ENOUGH or any(one != whole for one in found):  # else its adapter knows no answers but one
        try:
            found.append(read(row, ChainMap({UP_TO: (str(len(found)), "")}, index)))  # type: ignore[arg-type]
        except NoEarlier:
            break
        except Skip as skip:
            found.append(skip.reason)
    return [] if all(_is_of_all(one, whole) for one in found) else found


def _is_of_all(one: ParsedRow | Sentence, whole: ParsedRow | Sentence) -> bool:
    """Whether what is said of the last answer is no more than what is said of the row."""
    if isinstance(one, Sentence) or isinstance(whole, Sentence):
        return one == whole
    of_all = one.answer is not None and one.answer == whole.answer
    return of_all or whole.safety is not None or (one.bad_answer is not None and one.bad_answer == whole.bad_answer)


def mark(index: Index) -> Index:
    """What it says of this and nothing else."""
    return {UP_TO: index[UP_TO]} if UP_TO in index else {}


def as_far(row: Fields, place: str | None, roles: Mapping[str, str], index: Index) -> tuple[Fields, Index]:
    """The row with its list of messages (in column `place`) as far as the answer that is asked for, which is the last
    one then: somebody may have judged it. All as it is where there is no such list, or none is asked for.

    Raises NoEarlier.
    """
    said = talk.opened(row.get(place)) if place is not None and UP_TO in index else None
    if not isinstance(said, list) or not all(isinstance(item, Mapping) and talk.name_of(item) for item in said):
        return row, index
    whose = [_role_of(item, roles) for item in said]
    without = index.parents if isinstance(index, ChainMap) else {}  # not copied: it may hold a whole source
    return {**row, str(place): said[: _end(whose, index)]}, without


def _role_of(item: Mapping[str, Any], roles: Mapping[str, str]) -> str | None:
    role = roles.get(str(talk.name_of(item))) or talk.role_of(item)
    return CALL if role == ASSISTANT and any(item.get(name) for name in CALLS) else role


def up_to(turns: Turns, index: Index) -> Turns:
    """The turns as far as the answer that is asked for; all where none is. Raises NoEarlier."""
    return turns[: _end([role for role, _ in turns], index)] if UP_TO in index else turns


def _end(roles: list[str | None] | list[str], index: Index) -> int:
    """Behind the answer that is asked for. What somebody goes on saying, or calls, is no answer yet."""
    ends = [
        place
        for place, (role, after) in enumerate(itertools.pairwise([*roles, ""]), 1)
        if role == ASSISTANT and after not in (ASSISTANT, CALL)
    ]
    number = int(index[UP_TO][0])
    if number >= len(ends) - 1:
        raise NoEarlier
    return ends[number]
