"""What people get who ask for their own chats: the `conversations.json` of ChatGPT's and of Claude's data export."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from so8t_engine.config.run_config import Columns
from so8t_engine.data import drop_reasons
from so8t_engine.data.adapters import mapped
from so8t_engine.data.adapters.parsed_row import Fields, Index, ParsedRow, Skip

# What the web page draws as a link: U+E200 to U+E201 in today's exports, 【11†source】 in older ones.
CITATION = re.compile("\ue200[^\ue201]*\ue201|【\\d+(?::\\d+)?†[^】]*】|\\[citation:\\d+\\]")
TEXTS, CODE, OUTPUT = ("text", "multimodal_text"), "code", ("execution_output", "system_error", "tether_quote")
HEARD = ("text", "transcript")  # of a part that was spoken
CUT_SHORT = ("finished_partial_completion", "in_progress")  # an answer's status
STOPPED = ("interrupted", "max_tokens")  # how it ended
CONTINUE = re.compile(
    r"(?i)\s*(?:please |pls )?(?:continue|go on|keep going|carry on|resume)(?: please)?[.!…]*\s*"
    r"|\s*(?:続き|つづき|続けて|つづけて)(?:を?(?:お願い(?:します)?|ください|下さい|書いて(?:ください)?|どうぞ))?[。!！…]*\s*"
)
CUT = {"finish_reason": "length"}  # as logs of an API have it
Message = dict[str, str]


def chatgpt(row: Fields, index: Index) -> ParsedRow:
    """A tree of messages; `current_node` ends the branch that is shown, the others are earlier tries."""
    talk: list[Message] = []
    for message in shown(row["mapping"], row.get("current_node")):
        _say(talk, message)
    return mapped.read(Columns(messages="talk"), {"talk": talk}, index=index)


def claude(row: Fields, index: Index) -> ParsedRow:
    """A list of messages in their order, each with typed parts."""
    talk: list[Message] = []
    for message in row["chat_messages"]:
        parts = [part for part in message.get("content") or [] if part.get("type") in ("text", "thinking")]
        text = "\n\n".join(part["text"] for part in parts if part.get("text")) or message.get("text") or ""
        files = "\n\n".join(one["extracted_content"] for one in _files(message) if one.get("extracted_content"))
        if message["sender"] == "human" and not files and (_files(message) or message.get("files")):
            raise Skip(drop_reasons.NEEDS_MEDIA)
        thought = "\n\n".join(part["thinking"] for part in parts if part.get("thinking"))
        _add(talk, message["sender"], "\n\n".join(filter(None, (files, text))), thought)
    return mapped.read(Columns(messages="talk"), {"talk": talk}, index=index)


def shown(tree: Mapping[str, Any], last: str | None) -> list[Mapping[str, Any]]:
    """The messages of the branch that ends with node `last`, or with the newest where it is not said; first to last."""
    node = last if last in tree else next(reversed(list(tree)), None)
    branch: list[Mapping[str, Any]] = []
    seen: set[str] = set()
    while node is not None and node in tree and node not in seen:
        seen.add(node)
        message = tree[node].get("message")
        if message is not None:
            branch.append(message)
        node = tree[node].get("parent")
    return branch[::-1]


def _say(talk: list[Message], message: Mapping[str, Any]) -> None:
    """Adds what one message says, unless it is the program's own note. Raises Skip for a picture."""
    role, content = message["author"]["role"], message["content"]
    kind = content["content_type"]
    if role == "system" or (message.get("metadata") or {}).get("is_visually_hidden_from_conversation"):
        return
    if kind == "thoughts":
        thought = "\n\n".join(one["content"] for one in content["thoughts"] if one.get("content"))
        _add(talk, role, "", thought)
    elif kind in TEXTS and role != "tool" and message.get("recipient", "all") == "all":
        _add(talk, role, "\n".join(_heard(content["parts"])), is_cut=_is_cut(message))
    elif kind in (CODE, *TEXTS) and role == "assistant":
        talk.append({"role": "tool_call", "content": content.get("text") or "\n".join(_heard(content["parts"]))})
    elif role == "tool" and kind in (*OUTPUT, *TEXTS):
        said = content.get("text") or "\n".join(part for part in content.get("parts", []) if isinstance(part, str))
        if said.strip():
            talk.append({"role": "tool", "content": said})


def _is_cut(message: Mapping[str, Any]) -> bool:
    """Whether an answer was stopped, or came to its limit, before its end."""
    ended = (message.get("metadata") or {}).get("finish_details") or {}
    return message.get("status") in CUT_SHORT or ended.get("type") in STOPPED


def _goes_on(talk: list[Message], role: str) -> bool:
    """Whether what follows is only the rest of an answer that was cut off: whole answers begin at their beginning."""
    if role != "assistant" or len(talk) < 2 or "finish_reason" not in talk[-2]:
        return False
    return CONTINUE.fullmatch(talk[-1]["content"]) is not None


def _add(talk: list[Message], role: str, text: str, thought: str = "", is_cut: bool = False) -> None:
    """What somebody says goes on with what they said last: a cut answer, thoughts before their answer."""
    said = f"<think>{thought}</think>" if thought.strip() else ""
    text = said + CITATION.sub("", text).strip()
    if not text:
        return
    if talk and talk[-1]["role"] == role:
        before = talk.pop()["content"]
        text = before + ("" if before.endswith("</think>") else "\n\n") + text
    talk.append({"role": role, "content": text, **(CUT if is_cut or _goes_on(talk, role) else {})})


def _heard(parts: list[Any]) -> Iterator[str]:
    """The texts of a message's parts, spoken ones in writing. Raises Skip where one is a picture."""
    for part in parts:
        if isinstance(part, str):
            yield part
        elif "audio" in str(part.get("content_type")):
            yield next((part[name] for name in HEARD if isinstance(part.get(name), str)), "")
        else:
            raise Skip(drop_reasons.NEEDS_MEDIA)


def _files(message: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    return list(message.get("attachments") or [])
