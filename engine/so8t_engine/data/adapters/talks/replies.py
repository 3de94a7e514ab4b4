"""Channels in which several people write, as Discord and Telegram export them: what answers what is told by replies.

With two who speak it stays a talk, whose roles are to be told.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from so8t_engine.data.adapters.talks import talk

FEWEST = 3  # who write: else it is a talk of two


def pairs(messages: Any) -> list[dict[str, Any]] | None:
    """A row for each reply to what somebody else began, and for what nobody replied to; None where it is no channel."""
    if not isinstance(messages, list) or not any(_replied_to(one) is not None for one in messages):
        return None
    said = [one for one in messages if isinstance(one, Mapping) and talk.name_of(one) and _text(one)]
    if len({talk.name_of(one) for one in said}) < FEWEST:
        return None
    by_id = {str(one.get("id")): one for one in said}
    rows: list[dict[str, Any]] = []
    answered: set[str] = set()
    for one in said:
        begun = by_id.get(str(_replied_to(one)))
        if begun is None or talk.name_of(begun) == talk.name_of(one) or _replied_to(begun) is not None:
            continue
        answered.add(str(begun.get("id")))
        rows.append({"question": _text(begun), "answer": _text(one)})
    alone = [one for number, one in by_id.items() if number not in answered and _replied_to(one) is None]
    return rows + [{"question": _text(one), "answer": ""} for one in alone] if rows else None


def _replied_to(message: Any) -> Any:
    """The id of the message that one is a reply to."""
    if not isinstance(message, Mapping):
        return None
    reference = message.get("reference")
    return message.get("reply_to_message_id") or (
        reference.get("messageId") if isinstance(reference, Mapping) and message.get("type") == "Reply" else None
    )


def _text(message: Mapping[str, Any]) -> str:
    return talk.words_if_any(next((message[name] for name in ("content", "text") if name in message), "")).strip()
