"""What programs note of their calls of a model: a request with the talk, and the reply as the API gave it.

Of OpenAI (chat completions, also stored ones, and the Responses), Anthropic, Gemini, Ollama, as Helicone and others
keep them, or a table does that has the whole reply where an answer stands; and the prompts that Google AI Studio saves,
with what was thought in pieces of their own.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from so8t_engine.data import drop_reasons
from so8t_engine.data.adapters.judged import verdict_values
from so8t_engine.data.adapters.parsed_row import Fields, Skip
from so8t_engine.data.adapters.talks import talk

REQUESTS, REPLIES = ("request", "request_body"), ("response", "response_body")
TALKS = ("messages", "contents", "input", "prompt")
SYSTEMS = ("system", "systemInstruction", "system_instruction", "instructions")
OF_REPLIES = ("choices", "candidates", "content", "output")
STUDIO = "chunkedPrompt"
NAMED = frozenset(("model", "id", "object", "created", "usage", "created_at", "type", "stop_reason", "role"))
OF_OLLAMA = frozenset(("done", "done_reason"))
OF_REPLY = re.compile(  # what is asked for is a reply itself
    r"(?i)finish_?reason|stop_?reason|chat\.completions?\b|\"(?:choices|candidates)\"|\bapi\b.*\bjson\b|\bjson\b.*\bapi\b"
    r"|api(?:の|の返す)?(?:応答|レスポンス)", re.DOTALL,
)  # fmt: skip


def fits(names: frozenset[str]) -> bool:
    asked = not names.isdisjoint(REQUESTS) and not names.isdisjoint(REPLIES)
    return asked or STUDIO in names or ("choices" in names and "object" in names and not names.isdisjoint(TALKS))


def is_one(row: Fields) -> bool:
    if STUDIO in row:
        return isinstance(row[STUDIO], Mapping) and isinstance(row[STUDIO].get("chunks"), list)
    request, reply = _request(row), _reply(row)
    return isinstance(request, Mapping) and isinstance(reply, Mapping) and not request.keys().isdisjoint(TALKS)


def unpack(row: Fields) -> dict[str, Any]:
    """Raises Skip for a call that failed."""
    if STUDIO in row:
        turns = [_of_studio(one) for one in row[STUDIO]["chunks"]]
        return {"messages": _system(row) + turns}
    request, reply = _request(row), _reply(row)
    asked = next(request[name] for name in TALKS if request.get(name) is not None)
    turns = [{"role": "user", "content": asked}] if isinstance(asked, str) else list(asked)
    answer, ended = _answer(reply)
    whole = {"messages": [*_system(request), *turns], "response": answer, "finish_reason": ended}
    read = {*REQUESTS, *REPLIES, *TALKS, *OF_REPLIES, *SYSTEMS, "object", "status"}
    return whole | {name: value for name, value in row.items() if name not in read and name not in whole}


def opened(row: Fields, place: str | None, asked: Any) -> Fields:
    """The row with what was said alone, where the column of its answer holds an API's whole reply, perhaps as JSON.

    Raises Skip where that was cut off, TypeError where it has several answers.
    """
    value = row.get(str(place))
    if not isinstance(value, (str, Mapping)) or (isinstance(value, str) and not value.lstrip().startswith("{")):
        return row
    reply = _body(value)
    if not isinstance(reply, Mapping) or not _is_reply(reply) or OF_REPLY.search(str(asked)):
        return row
    if any(isinstance(reply.get(name), list) and len(reply[name]) > 1 for name in ("choices", "candidates")):
        raise TypeError("several answers")
    answer, ended = _answer(reply)
    if isinstance(ended, str) and verdict_values.CUT_OFF.fullmatch(ended):
        raise Skip(drop_reasons.cut_off("finish_reason", ended))
    return {**row, str(place): answer}


def _is_reply(reply: Mapping[str, Any]) -> bool:
    for name, holds in (("choices", ("message", "text")), ("candidates", ("content",))):
        listed = reply.get(name)
        if isinstance(listed, list) and listed:
            return all(isinstance(one, Mapping) and any(map(one.get, holds)) for one in listed) and (
                not NAMED.isdisjoint(reply)
                or all(len(one) > 1 or "message" in one or "content" in one for one in listed)
            )
    if not OF_OLLAMA.isdisjoint(reply):
        return isinstance(reply.get("message"), Mapping) or isinstance(reply.get("response"), str)
    if isinstance(reply.get("output"), list):
        return all(isinstance(one, Mapping) and "type" in one for one in reply["output"]) and "status" in reply
    if isinstance(reply.get("completion"), str):
        return "stop_reason" in reply
    return isinstance(reply.get("content"), list) and (reply.get("type") == "message" or "stop_reason" in reply)


def _request(row: Fields) -> Any:
    return _body(next((row[name] for name in REQUESTS if name in row), row))


def _reply(row: Fields) -> Any:
    return _body(next((row[name] for name in REPLIES if name in row), row))


def _body(value: Any) -> Any:
    value = talk.opened(value)
    return talk.opened(value["body"]) if isinstance(value, Mapping) and "body" in value else value


def _system(request: Mapping[str, Any]) -> list[Any]:
    said = next((talk.words(request[name]) for name in SYSTEMS if request.get(name)), "")
    return [{"role": "system", "content": said}] if said.strip() else []


def _answer(reply: Mapping[str, Any]) -> tuple[Any, Any]:
    """(the first answer as a message, why it ended)."""
    if choices := reply.get("choices"):
        first = choices[0]
        return first.get("message") or {"role": "assistant", "content": first["text"]}, first.get("finish_reason")
    if candidates := reply.get("candidates"):
        return {"role": "model", **candidates[0]["content"]}, _plain(candidates[0].get("finishReason"))
    if content := reply.get("content"):
        return {"role": "assistant", "content": content}, reply.get("stop_reason")
    if output := reply.get("output"):
        return output, "length" if reply.get("status") == "incomplete" else None
    if not OF_OLLAMA.isdisjoint(reply) and (said := reply.get("message") or reply.get("response")):
        return said, reply.get("done_reason")
    if completion := reply.get("completion"):
        return {"role": "assistant", "content": completion}, reply.get("stop_reason")
    raise Skip(drop_reasons.UNANSWERED)


def _plain(reason: Any) -> Any:
    return reason.lower() if isinstance(reason, str) else reason


def _of_studio(chunk: Mapping[str, Any]) -> dict[str, Any]:
    """A piece of text; any other is a picture, a file, a sound. Raises Skip."""
    if not isinstance(chunk.get("text"), str):
        raise Skip(drop_reasons.NEEDS_MEDIA)
    role = "thinking" if chunk.get("isThought") is True else chunk["role"]
    return {"role": role, "content": chunk["text"]}
