"""Topics of a forum as Discourse gives them: the first post asks, the one that is accepted answers."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from so8t_engine.data import drop_reasons
from so8t_engine.data.adapters.answers import left_overs
from so8t_engine.data.adapters.parsed_row import Fields, Index, ParsedRow, Skip
from so8t_engine.data.texts import markup

COLUMNS = ("post_stream",)
ACCEPTED, NUMBER = "accepted_answer", "post_number"
GONE = ("deleted_at", "user_deleted", "hidden")
QUOTED = re.compile(r"<aside\b[^<>]*>.*?</aside>", re.DOTALL | re.IGNORECASE)
BBCODE_QUOTE = re.compile(r"\[quote\b[^\]\n]*\].*?\[/quote\]", re.DOTALL | re.IGNORECASE)
MENTION = re.compile(r"<a\b[^<>]*class=[\"']?mention[^<>]*>(.*?)</a>", re.DOTALL | re.IGNORECASE)


def is_topic(row: Mapping[str, Any]) -> bool:
    """Whether it is a topic with its posts."""
    stream = row.get("post_stream")
    posts = stream.get("posts") if isinstance(stream, Mapping) else None
    return isinstance(posts, list) and bool(posts) and all(isinstance(one, Mapping) and NUMBER in one for one in posts)


def discourse(row: Fields, index: Index) -> ParsedRow:
    """The question, its title first, with the answer that is accepted; nobody says of others that they are right."""
    posts = sorted(row["post_stream"]["posts"], key=lambda one: int(one[NUMBER]))
    asks, others = posts[0], posts[1:]
    if int(asks[NUMBER]) != 1:
        raise Skip(drop_reasons.NO_QUESTION)
    told = _numbers(row.get(ACCEPTED))
    best = [one for one in others if one.get(ACCEPTED) is True or int(one[NUMBER]) in told]
    there = [one for one in best if not any(one.get(name) for name in GONE)]
    if not there:
        raise Skip(drop_reasons.NOT_ACCEPTED if others else drop_reasons.UNANSWERED)
    title, more = str(row.get("title") or "").strip(), _text(asks)
    asked = "\n\n".join(part for part in (title, more if more != title else "") if part)
    said = _text(there[0])
    if not asked or not said:
        raise Skip(drop_reasons.EMPTY_FIELD)
    left_overs.refuse(asked, said)
    return ParsedRow(asked, said, "chat")


def _numbers(accepted: Any) -> set[int]:
    """Of the posts that the topic calls its solution."""
    each = accepted if isinstance(accepted, list) else [accepted]
    return {int(one[NUMBER]) for one in each if isinstance(one, Mapping) and NUMBER in one}


def _text(post: Mapping[str, Any]) -> str:
    """As it was written, else the page that was made of it; without what it quotes of other posts."""
    if isinstance(post.get("raw"), str) and post["raw"].strip():
        return BBCODE_QUOTE.sub("", post["raw"]).strip()
    page = MENTION.sub(r"\1", QUOTED.sub("", str(post.get("cooked") or "")))
    return markup.without_left_overs(page).strip()
