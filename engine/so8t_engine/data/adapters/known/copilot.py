"""Chats that VS Code exports of Copilot: requests with their message, the parts of the response, a vote for it.

Of the parts some are words, one may be what was thought, others name a file or a symbol; calls and edits are neither.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from so8t_engine.data.adapters.known import chat_exports

VOTES = {0: "thumbs down", 1: "thumbs up"}


def is_request(item: Mapping[str, Any]) -> bool:
    """Whether it is a question with its response as VS Code keeps both."""
    asked = item.get("message")
    told = "requestId" in item and isinstance(item.get("response"), list)
    return told and isinstance(asked, dict) and isinstance(asked.get("text"), str)


def is_chat(item: Mapping[str, Any]) -> bool:
    """Whether it is a chat with its requests."""
    asked = item.get("requests")
    return isinstance(asked, list) and bool(asked) and all(isinstance(one, dict) and is_request(one) for one in asked)


def talks(requests: Sequence[Mapping[str, Any]]) -> Iterator[dict[str, Any]]:
    """Each request with what came before it in its chat, by which "and the second?" is understood."""
    before: list[dict[str, Any]] = []
    for request in requests:
        if turns := _turns(request):
            before = [*before, *turns]
            yield {"messages": before}


def _turns(item: Mapping[str, Any]) -> list[dict[str, Any]]:
    """A thumb stands on the answer, one that was cancelled or failed ends too early; without any there is no turn."""
    said = {"role": "assistant", "content": "".join(_texts(item["response"])).strip()}
    vote = item.get("vote")
    noted = {"feedback": VOTES[vote]} if isinstance(vote, int) and vote in VOTES else {}
    result = item.get("result")
    failed = item.get("isCanceled") or (isinstance(result, Mapping) and result.get("errorDetails"))
    cut = chat_exports.CUT if failed else {}
    asked = {"role": "user", "content": item["message"]["text"]}
    thought = _thought(item["response"])
    before = [{"role": "thinking", "content": thought}] if thought else []
    return [asked, *before, {**said, **noted, **cut}] if said["content"] else []


def _texts(parts: list[Any]) -> Iterator[str]:
    """The words of a response: those of calls, edits and progress are none."""
    for part in parts:
        if not isinstance(part, dict):
            continue
        if part.get("kind") == "inlineReference":
            if name := _name(part):
                yield f"`{name}`"
        elif part.get("kind") in (None, "markdownContent"):
            value = part.get("value", part.get("content"))
            value = value.get("value") if isinstance(value, dict) else value
            if isinstance(value, str):
                yield value


def _thought(parts: list[Any]) -> str:
    """What was thought, as far as it is kept in words."""
    found = (part.get("value") for part in parts if isinstance(part, dict) and part.get("kind") == "thinking")
    pieces = ("".join(map(str, value)) if isinstance(value, list) else value for value in found)
    return "\n\n".join(piece.strip() for piece in pieces if isinstance(piece, str) and piece.strip())


def _name(part: Mapping[str, Any]) -> str:
    """Of a symbol its name, of a file or a place in one the file's."""
    told: Any = part.get("inlineReference")
    told = told if isinstance(told, Mapping) else {}
    if name := next((one["name"] for one in (part, told) if isinstance(one.get("name"), str)), ""):
        return str(name)
    at: Any = next((told[name] for name in ("uri", "location") if isinstance(told.get(name), Mapping)), told)
    path = at.get("path") or at.get("fsPath")
    return path.replace("\\", "/").rstrip("/").rpartition("/")[2] if isinstance(path, str) else ""
