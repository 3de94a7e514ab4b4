"""Chats that a program hands out all together: a backup of Cherry Studio, the chats of AnythingLLM as a table."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from so8t_engine.config.run_config import Columns
from so8t_engine.data import drop_reasons
from so8t_engine.data.adapters import mapped
from so8t_engine.data.adapters.parsed_row import Fields, Index, ParsedRow, Skip

OF_ANYTHINGLLM = ("prompt", "response", "workspace", "sent_at")
BAD = "BAD"  # a thumb down; GOOD is one up, -- is none
FAILED = ("error", "paused")  # answers that came to no end
SEEN = ("image", "file", "video")  # blocks of which a backup holds no text
SPOKEN = ("user", "assistant", "system")


def anythingllm(row: Fields, index: Index) -> ParsedRow:
    """A row of AnythingLLM's export as CSV or JSON: one question, its answer, a thumb; pictures beside them."""
    if row.get("attachments"):
        raise Skip(drop_reasons.NEEDS_MEDIA)
    if row.get("rating") == BAD:
        raise Skip(drop_reasons.labelled_bad("rating", BAD))
    return mapped.read(Columns(prompt="prompt", response="response"), row)


def is_backup(item: Mapping[str, Any]) -> bool:
    """Whether it is a backup of Cherry Studio's (its `data.json`)."""
    kept = item.get("indexedDB")
    return isinstance(kept, dict) and isinstance(kept.get("topics"), list) and "localStorage" in item


def talks(backup: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """Each talk as messages; where its context was cleared another begins."""
    kept = backup["indexedDB"]
    blocks = {block["id"]: block for block in kept.get("message_blocks") or [] if isinstance(block, dict)}
    for topic in kept["topics"]:
        talk: list[Mapping[str, Any]] = []
        for message in [*(topic.get("messages") or []), {"type": "clear"}]:
            if message.get("type") != "clear":
                talk.append(message)
                continue
            if turns := [_turn(one, blocks) for one in _shown(talk)]:
                yield {"topic": topic.get("id"), "messages": [turn for turn in turns if turn["content"]]}
            talk = []


def _shown(talk: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """Of several models' answers to one question the one that was called useful, else the first: the program goes on
    from that.
    """
    told = [one for one in talk if one.get("role") in SPOKEN and one.get("status") not in FAILED]
    kept: list[Mapping[str, Any]] = []
    for message in told:
        rivals = [one for one in told if one.get("askId") and one.get("askId") == message.get("askId")]
        if not rivals or message is next((one for one in rivals if one.get("useful")), rivals[0]):
            kept.append(message)
    return kept


def _turn(message: Mapping[str, Any], blocks: Mapping[str, Mapping[str, Any]]) -> dict[str, Any]:
    """Before version 3 a message holds its text itself."""
    parts = [blocks[name] for name in message.get("blocks") or [] if name in blocks]
    text = "\n\n".join(_contents(parts, "main_text", "code")) or message.get("content") or ""
    thought = "\n\n".join(_contents(parts, "thinking")) or message.get("reasoning_content") or ""
    said = (f"<think>{thought}</think>" if thought.strip() else "") + text
    if any(part.get("type") in SEEN for part in parts) or message.get("images") or message.get("files"):
        return {"role": message["role"], "content": [{"type": "text", "text": said}, {"type": "image"}]}
    return {"role": message["role"], "content": said}


def _contents(parts: Sequence[Mapping[str, Any]], *kinds: str) -> list[str]:
    return [part["content"] for part in parts if part.get("type") in kinds and isinstance(part.get("content"), str)]
