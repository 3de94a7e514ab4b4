"""Mails as rows of a table, one each: a question and the reply to it stand in two of them, which no line can pair."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from so8t_engine.config.run_config import Columns
from so8t_engine.data.adapters.answers import paragraphs
from so8t_engine.data.adapters.judged import verdict_names

SUBJECT = re.compile(r"(?:(?:mail|message|thread)_)?(?:subject|title)|betreff|objet|asunto|oggetto|件名|题名|タイトル")
BODY = re.compile(
    r"(?:(?:mail|message|plain|text)_)?(?:body|text|content|message)(?:_(?:text|plain))?|inhalt|nachricht|corps"
    r"|cuerpo|corpo|本文|内容"
)
PEOPLE = re.compile(
    r"(?:from|to|sender|recipients?|cc|von|an|absender|empfänger|de|à|para|da|a|差出人|送信者|宛先|受信者|返信先)"
    r"(?:[_:].*)?"
)
LONGEST = 40  # characters of a date, an id, a folder
REPLY = re.compile(r"(?i)\s*(?:re|aw|sv|antw|rif|ref|返信)\s*(?:\[\d+\])?\s*[:：]")


def are_mails(rows: Sequence[Mapping[str, Any]], proposed: Columns | None) -> bool:
    """Whether the rows are mails, of which some reply to others, with no other text that may be a reply; and a
    proposed line is none or names but a mail's own parts.
    """
    names = {name: verdict_names.plain(name) for name in rows[0]}
    subject = next((name for name, plain in names.items() if SUBJECT.fullmatch(plain)), None)
    parts = {name for name, plain in names.items() if name == subject or BODY.fullmatch(plain)}
    people = {name for name, plain in names.items() if PEOPLE.fullmatch(plain)}
    others = [row.get(name) for row in rows for name in names if name not in parts | people]
    if len(parts) < 2 or not people or any(isinstance(text, str) and len(text) > LONGEST for text in others):
        return False
    if proposed is not None and {*_places(proposed.prompt), *_places(proposed.response)} - parts - people:
        return False
    return any(REPLY.match(str(row.get(str(subject)))) is not None for row in rows)


def _places(place: str | None) -> list[str]:
    return paragraphs.PLACE.findall(str(place)) or [str(place)]
