"""Talks whose turns lie in rows of their own (conversation_id, turn, speaker, text): read as talks at their first rows.

Rows of a talk may lie anywhere; where a number says in which order they are, that is theirs. A thread of a channel in
Slack where nobody's role is told is a question and somebody else's first reply.
"""

from __future__ import annotations

import functools
import itertools
import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from so8t_engine.config.run_config import Columns
from so8t_engine.data import drop_reasons
from so8t_engine.data.adapters import mapped
from so8t_engine.data.adapters.parsed_row import Fields, Index, ParsedRow, Skip
from so8t_engine.data.adapters.talks import (
    counted_turns,
    every_answer,
    replies,
    talk,
    ticket_marks,
    turn_columns,
    turn_times,
)
from so8t_engine.data.adapters.talks.turn_columns import TurnColumns

MOST_OPEN = 200_000  # talks that lie among each other
BY_ID = "\0id"  # in the index: the column that says which talk a turn is of
CHANNEL = "\0channel"  # in the index: several people write in threads, nobody by the name of a role
NAMES = "\0names"  # in the index: what the people of a channel are called, by their numbers
NUMBERED = re.compile(r"<@([UW][A-Z0-9]+)>")


def look(rows: Iterator[Fields]) -> dict[str, tuple[str, str]]:
    """talk -> (its turns in order as JSON, the row that comes first); nothing where no talk has two turns.

    A talk whose rows lie together becomes text at its last one, which takes a third of the memory of its turns.
    """
    head = list(itertools.islice(rows, 1))
    if not head or turn_columns.counted(head[0]) is None:
        return _joined(itertools.chain(head, rows), None)
    head += itertools.islice(rows, counted_turns.LOOKED_AT)
    rows, by = itertools.chain(head, rows), counted_turns.talk_column(head)
    if by is None:
        return counted_turns.look(rows)
    found = _joined(rows, by)
    are_whole = found and counted_turns.are_whole(turns for turns, _ in found.values())
    return {**found, BY_ID: (by, "")} if are_whole else {}


def _joined(rows: Iterator[Fields], by: str | None) -> dict[str, tuple[str, str]]:
    """`by`: what says of which talk a turn is, where no column is called so. Nothing where too many talks are open."""
    closed: dict[str, str] = {}
    open_talks: dict[str, list[turn_columns.Turn]] = {}
    first: dict[str, str] = {}
    name: str | None = None
    names: dict[str, str] = {}
    several = of_slack = False
    times = turn_times.Times()
    for row in rows:
        where = _columns(row, by)
        if where is None or where.talk is None or row.get(where.talk) in (None, ""):
            continue
        of_slack = of_slack or (not first and row.keys() >= turn_columns.OF_SLACK)
        if of_slack and isinstance(profile := row.get("user_profile"), Mapping):
            names[str(row["user"])] = str(profile.get("real_name") or profile.get("display_name") or "")
        if where.ticket and _is_unread(row, where):
            continue
        before, name = name, str(row[where.talk])
        if before is not None and before != name and before not in closed:
            closed[before] = turn_times.as_text(open_talks.pop(before))
        if name not in first:
            first[name] = turn_columns.key(row, where)
        turns = open_talks.get(name)
        if turns is None:  # which was closed too early stays open from now on
            turns = open_talks[name] = [tuple(turn) for turn in json.loads(closed.get(name, "[]"))]
        turns.append(turn_columns.turn(row, where, times.place(row.get(str(where.order)), len(turns))))
        several = several or len(turns) > 1
        if by is not None and len(open_talks) > MOST_OPEN:
            return {}
    if not several:
        return {}
    closed |= {name: turn_times.as_text(turns) for name, turns in open_talks.items()}
    found = {name: (turns, first[name]) for name, turns in times.in_order(closed).items()}
    found |= {NAMES: (json.dumps(names), "")} if names else {}
    return {**found, CHANNEL: ("[]", "")} if of_slack and _is_channel(closed.values()) else found


def _is_channel(talks: Iterable[str]) -> bool:
    threads = [turns for one in talks if len(turns := json.loads(one)) > 1]
    who, began = {speaker for one in threads for _, speaker, *_ in one}, {one[0][1] for one in threads}
    several = len(who) >= replies.FEWEST or len(began) > 1  # two who ask each other have no roles
    return several and not any(name.strip().lower() in talk.ROLES for name in who)


def _columns(row: Fields, by: str | None) -> TurnColumns | None:
    where = turn_columns.columns(tuple(row))
    return where._replace(talk=by) if where is not None and by is not None else where


def read(row: Fields, index: Index, roles: Mapping[str, str] = {}) -> ParsedRow:
    """The whole talk, at its first row. Raises Skip at all others."""
    where = _columns(row, index[BY_ID][0] if BY_ID in index else None)
    if where is not None and where.talk is None and index and turn_columns.counted(row) is not None:
        if (key := turn_columns.key(row, where)) not in index:
            raise Skip(drop_reasons.OF_A_TALK)
        turns, first = index[key]
        if turns == "[]":
            raise Skip(drop_reasons.SAME_BEGINNING)
    elif where is None or where.talk is None:
        raise KeyError("a column for the talk")
    elif where.ticket and index and str(row[where.talk]) not in index:  # of which no customer reads anything
        raise Skip(drop_reasons.OF_A_TALK)
    else:
        turns, first = index[str(row[where.talk])]
    if turn_columns.key(row, where) != first:
        raise Skip(drop_reasons.OF_A_TALK)
    said: list[turn_columns.Turn] = _named(json.loads(turns), index)
    if CHANNEL in index and not roles:
        return _first_reply(said, str(row[str(where.talk)]))
    messages = [{"role": speaker, "content": text, **next(iter(more), {})} for _, speaker, text, *more in said]
    if len(messages) < 2:
        raise Skip(drop_reasons.UNANSWERED)
    return mapped.read(
        Columns(messages="messages"), {"messages": messages}, roles=roles, index=every_answer.mark(index)
    )


def _named(turns: list[turn_columns.Turn], index: Index) -> list[turn_columns.Turn]:
    """The turns with the names of those whom they call by their numbers, where the rows have them."""
    if NAMES not in index:
        return turns
    names = {number: name for number, name in json.loads(index[NAMES][0]).items() if name}
    called = functools.partial(
        NUMBERED.sub, lambda who: f"<@{who[1]}|{names[who[1]]}>" if who[1] in names else str(who[0])
    )
    return [(at, speaker, called(text), *more) for at, speaker, text, *more in turns]


def _first_reply(said: list[turn_columns.Turn], thread: str) -> ParsedRow:
    """What began a thread, which is called by its time, and what somebody else replied first. Raises Skip."""
    (begun, asker, question, *_), *others = said
    if str(begun) != str(float(thread)):
        raise Skip(drop_reasons.NO_QUESTION)  # it was said before what is exported
    answer = next((text for _, speaker, text, *_ in others if speaker != asker and text.strip()), None)
    if answer is None:
        raise Skip(drop_reasons.UNANSWERED)
    return mapped.read(Columns(prompt="question", response="answer"), {"question": question, "answer": answer})


def speakers_of(rows: Sequence[Fields], roles: Mapping[str, str] = {}) -> list[tuple[str, list[str]]]:
    """(column, who speaks) of each talk; nobody where no roles are needed."""
    where = next((turn_columns.columns(tuple(row)) for row in rows if turn_columns.is_one(row)), None)
    if where is None:
        return []
    found = look(iter(rows))
    if CHANNEL in found and not roles:
        return []
    turns = [json.loads(said) for name, (said, _) in found.items() if name not in (BY_ID, NAMES)]
    return [(where.speaker, [speaker for _, speaker, *_ in one]) for one in turns if len(one) > 1]


def _is_unread(row: Fields, where: TurnColumns) -> bool:
    """Whether it is a note among agents, or a receipt that a program sent."""
    noted = {plain: row.get(name) for plain, name in where.ticket}
    if ticket_marks.is_hidden({name: value for name, value in noted.items() if name in turn_columns.HIDES}):
        return True
    if any(ticket_marks.OF_NOTES.search(str(noted[name])) for name in turn_columns.KINDS if noted.get(name)):
        return True
    if any(ticket_marks.UNSEEN.search(str(noted[name])) for name in turn_columns.VISIBLE if noted.get(name)):
        return True
    of_desk = any(name in noted for name in (*turn_columns.HIDES, *turn_columns.VISIBLE, *turn_columns.OF_TICKETS))
    return of_desk and ticket_marks.is_receipt(turn_columns.words(row[where.text]))
