"""Talks whose turns are counted, and no column is called the talk's: each that begins anew at the first is one.

Where talks lie among each other only a column `id` that comes back tells them apart.
"""

from __future__ import annotations

import itertools
import json
from collections.abc import Iterable, Iterator, Sequence

from so8t_engine.data.adapters.parsed_row import Fields
from so8t_engine.data.adapters.talks import talk, turn_columns

FIRST = (0, 1)  # what turns are counted from
LOOKED_AT = 2000  # rows


class _Ids:
    """What stands in the column `id` of turns that are counted anew in each talk: row after row."""

    def __init__(self) -> None:
        self.name = ""
        self._last, self._seen, self._offsets = "", set[str](), set[int | None]()
        self._came_back = False

    def hear(self, row: Fields, number: int) -> None:
        self.name = name = next((name for name in row if turn_columns.ID.fullmatch(name.strip().lower())), "")
        if (said := str(row.get(name) or "")) != self._last:
            self._came_back = self._came_back or said in self._seen
        self._seen.add(said)
        self._last, counted = said, turn_columns.number(row.get(name))
        self._offsets.add(None if counted is None else counted - number)

    def tell_talks_apart(self) -> bool:
        """Whether one came back behind another one: of talks that lie among each other the counts tell nothing.

        Not where it counts the turns, too.
        """
        return self._came_back and (None in self._offsets or len(self._offsets) > 1)


def talk_column(rows: Sequence[Fields]) -> str | None:
    """The column `id` that says of which talk each turn is, where these lie among each other."""
    ids = _Ids()
    for row in rows:
        if (found := turn_columns.counted(row)) is None:
            return None
        ids.hear(row, found[1])
    return ids.name if ids.tell_talks_apart() else None


def are_whole(talks: Iterable[str]) -> bool:
    """Whether the turns of each are counted without a gap, and who speaks asks and answers in turn."""
    for one in talks:
        turns = json.loads(one)
        numbers = [int(turn[0]) for turn in turns]
        if numbers[0] not in FIRST or numbers != [*range(numbers[0], numbers[0] + len(turns))]:
            return False
        who = [None, *(turn[1] for turn in turns)]
        if not all(itertools.starmap(_follows, itertools.pairwise(who))):
            return False
    return True


def look(rows: Iterator[Fields]) -> dict[str, tuple[str, str]]:
    """The talks, by their first row, of turns that are counted anew in each; nothing where a number, or who speaks,
    leaves a doubt: 1, 2, 1, 2, ask and answer in turn.
    """
    found: dict[str, tuple[str, str]] = {}
    turns: list[turn_columns.Turn] = []
    first, start, talks = "", None, 0
    ids = _Ids()
    for row in rows:
        if (counted := turn_columns.counted(row)) is None:
            return {}
        where, number = counted
        ids.hear(row, number)
        start = number if start is None else start
        if number == start:
            talks += 1
            _close(found, first, turns)
            turns, first = [], turn_columns.key(row, where)
        elif number != start + len(turns):
            return {}
        turn = turn_columns.turn(row, where, number)
        if not _follows(turns[-1][1] if turns else None, turn[1]):
            return {}
        turns.append(turn)
    _close(found, first, turns)
    return found if start in FIRST and talks > 1 and not ids.tell_talks_apart() else {}


def _follows(before: str | None, speaker: str) -> bool:
    """Whether the one may speak behind the other; None: nobody has spoken before."""
    role, last = (talk.ROLES.get(str(name or "").strip().lower()) for name in (speaker, before))
    follows = {None: (talk.USER, talk.SYSTEM), talk.SYSTEM: (talk.USER,), talk.USER: (talk.ASSISTANT,)}
    return role in follows.get(last, (talk.USER,))


def _close(found: dict[str, tuple[str, str]], first: str, turns: list[turn_columns.Turn]) -> None:
    """Of talks that begin alike and go on otherwise nothing tells which row is whose."""
    if turns:
        said = json.dumps(turns, ensure_ascii=False)
        found[first] = (said if found.get(first, (said,))[0] == said else "[]", first)
