"""Talks in lists whose entries name who speaks and what they say otherwise than is known: which names those are.

They are not read by themselves (a list of names and texts may be anything), but told with what to call them.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from so8t_engine.data.adapters.parsed_row import Fields
from so8t_engine.data.adapters.talks import talk

WHO = re.compile(
    r"(?i)(?:speaker|sender|user|display|character)?[ _]?names?|who|persons?|characters?|participant|sprecher(?:in)?"
    r"|nom|locuteur|nombre|hablante|nome|parlante|名前|氏名|発話者|話し手|人物?|キャラ(?:クター)?名?|登場人物"
)
WHAT = re.compile(
    r"(?i)sentence|line|utterances?|words|speech|says?|said|msg|body|phrase|satz|äußerung|replik|réplique|frase|battuta|fala"
    r"|文章?|セリフ|台詞|せりふ|発話(?:内容)?|ことば|言葉|コメント|会話文"
)


class NamedTalk(NamedTuple):
    """The column that holds the talk, and what its entries call who speaks and what is said."""

    place: str
    speaker: str
    text: str


def of(rows: Sequence[Fields]) -> NamedTalk | None:
    """The list in whose entries people take turns, some of them more than once in a row of these, or known ones."""
    found = _of_row(rows[0])
    if found is None:
        return None
    talks = [_speakers(row, found) for row in rows]
    again = any(len(who) > len({*who}) > 1 and not any(map(str.__eq__, who, who[1:])) for who in talks)
    known = all(name.strip().lower() in talk.ROLES for who in talks for name in who)
    return found if again or known else None


def _of_row(row: Fields) -> NamedTalk | None:
    for place, value in row.items():
        entries = talk.opened(value)
        if not isinstance(entries, list) or len(entries) < 2 or not all(isinstance(one, Mapping) for one in entries):
            continue
        speaker, text = _key(entries, talk.WHO, WHO), _key(entries, talk.WHAT, WHAT)
        if speaker is not None and text is not None and not (speaker in talk.WHO and text in talk.WHAT):
            return NamedTalk(place, speaker, text)
    return None


def _speakers(row: Fields, found: NamedTalk) -> list[str]:
    entries = talk.opened(row.get(found.place))
    return [str(one.get(found.speaker)) for one in entries] if isinstance(entries, list) else []


def renamed(row: Fields, found: NamedTalk) -> Fields:
    """The row with the names that are known."""
    entries = talk.opened(row.get(found.place))
    turns = [{"role": one.get(found.speaker), "content": one.get(found.text)} for one in entries or []]
    return {**row, found.place: turns}


def _key(entries: Sequence[Mapping[str, Any]], known: Sequence[str], names: re.Pattern[str]) -> str | None:
    """The key of that name under which each entry has a text."""
    keys = [str(key) for key in entries[0]]
    wanted = [key for key in known if key in keys] + [key for key in keys if names.fullmatch(key.strip())]
    return next((key for key in wanted if all(isinstance(one.get(key), str) for one in entries)), None)
