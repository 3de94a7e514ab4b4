"""Sessions of programs that write code, of which a file is one talk: Claude Code, Codex, SillyTavern's chats.

A line is a message or a part of one, a note of the program's, or what a helper did that the assistant had started.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Literal

from so8t_engine.data.adapters.known import chat_exports
from so8t_engine.data.adapters.talks import talk

Line = Mapping[str, Any]
Turn = dict[str, Any]
Program = Literal["claude_code", "codex", "silly_tavern"]

SIZE = 16  # times as long as a row may be a file is, most of which are notes
LOOKED_AT = 50  # lines at the beginning, of which one must be a message
NOTES = frozenset(("sessionId", "leafUuid", "snapshot", "messageId"))  # that Claude Code begins a file with
TYPED = re.compile(  # commands to the program and what it said to them, not to the assistant
    r"\s*<(?:command-(?:name|message|args)|local-command-\w+|bash-(?:input|stdout|stderr)|user-prompt-submit-hook)>"
)
REMINDER = re.compile(r"<system-reminder>.*?</system-reminder>\s*", re.DOTALL)
INTERRUPTED = "[Request interrupted by user"
AROUND = re.compile(
    r"\s*<(?:environment_context|user_instructions|permissions instructions|INSTRUCTIONS)>|\s*# AGENTS.md"
)


def program(first: Sequence[Line]) -> Program | None:
    """Whose session begins with these lines; None where it is none, or not known yet."""
    if not first:
        return None
    if {"user_name", "character_name"} <= first[0].keys():
        return "silly_tavern"
    if first[0].get("type") == "session_meta" and isinstance(first[0].get("payload"), Mapping):
        return "codex"
    if "type" not in first[0] or NOTES.isdisjoint(first[0]):
        return None
    is_summary = "leafUuid" in first[0] and "summary" in first[0]
    return "claude_code" if is_summary or any(map(_is_message, first)) else None


def turns(of: Program, lines: Iterable[Line]) -> list[Any]:
    """What was said in a session, as turns; nothing where nobody said anything."""
    if of == "silly_tavern":
        return [*lines][1:]
    return [*_of_codex(lines)] if of == "codex" else _of_claude_code([*lines])


def _is_message(line: Line) -> bool:
    return "isSidechain" in line and isinstance(line.get("message"), Mapping)


def _of_claude_code(lines: Sequence[Line]) -> list[Turn]:
    """The branch that the last message ends: what was asked anew in other words lies on another one."""
    said = [line for line in lines if _is_message(line)]
    of_main = [line for line in said if not line.get("isSidechain")] or said  # a helper's own file has no other
    found: list[Turn] = []
    before: Any = None
    for line in _branch(of_main, lines):
        message = line["message"]
        role, number = message.get("role"), message.get("id")
        parts = _parts(message.get("content"))
        if any(INTERRUPTED in str(part.get("text")) for part in parts) and found:
            found[-1] |= chat_exports.CUT if found[-1]["role"] == talk.ASSISTANT else {}
            continue
        if line.get("isMeta") or line.get("isApiErrorMessage") or line.get("isCompactSummary") or not parts:
            continue
        if found and number is not None and number == before and found[-1]["role"] == role:
            found[-1]["content"] = [*found[-1]["content"], *parts]
        else:
            found.append({"role": role, "content": parts})
        if message.get("stop_reason") == "max_tokens":
            found[-1] |= chat_exports.CUT
        before = number
    return found


def _branch(said: Sequence[Line], lines: Sequence[Line]) -> list[Line]:
    """All that was said where it cannot be told, as of a part of a session."""
    nodes = {line["uuid"]: line for line in lines if isinstance(line.get("uuid"), str)}
    place: Any = said[-1].get("uuid") if said else None
    branch = set[Any]()
    while place in nodes and place not in branch:
        branch.add(place)
        place = nodes[place].get("parentUuid") or nodes[place].get("logicalParentUuid")
    of_calls = {line.get("parentUuid") for line in said if line.get("uuid") in branch}
    kept = [line for line in said if line.get("uuid") in branch or (_calls(line) and line.get("uuid") in of_calls)]
    whole = place is None and any(line["message"].get("role") == "user" for line in kept)
    return kept if whole else list(said)


def _calls(line: Line) -> bool:
    return any(part.get("type") in ("tool_use", "tool_result") for part in _parts(line["message"].get("content")))


def _parts(content: Any) -> list[dict[str, Any]]:
    """Typed parts without what the program has written into them."""
    if isinstance(content, str):
        content = [{"type": "text", "text": content}]
    found = [dict(part) for part in content if isinstance(part, Mapping)] if isinstance(content, list) else []
    for part in found:
        if isinstance(part.get("text"), str):
            part["text"] = "" if TYPED.match(part["text"]) else REMINDER.sub("", part["text"])
    return [part for part in found if part.get("text") != ""]


def _of_codex(lines: Iterable[Line]) -> Iterator[Turn]:
    for line in lines:
        item = line.get("payload")
        if line.get("type") != "response_item" or not isinstance(item, Mapping):
            continue
        said = talk.of_output(item)
        if item.get("type") == "message" and item.get("role") not in ("user", "assistant"):
            continue
        text = talk.words_if_any(said.get("content"))
        if text.strip() and not (said.get("role") == "user" and AROUND.match(text)):
            yield {"role": said["role"], "content": text}
