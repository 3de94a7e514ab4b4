"""gpt-oss' form of a talk (harmony), with calls of tools in its commentary channel, in one text or in one turn."""

from __future__ import annotations

import json
import re

from so8t_engine.data import drop_reasons
from so8t_engine.data.adapters.parsed_row import Skip

Turns = list[tuple[str, str]]

MESSAGE = re.compile(
    r"\s*<\|start\|>(?P<head>[^<]*(?:<\|(?:channel|constrain)\|>[^<]*)*)<\|message\|>(?P<body>.*?)"
    r"(?:<\|(?:end|call|return)\|>|(?=<\|start\|>)|\Z)",
    re.DOTALL,
)
BEGUN = re.compile(r"<\|start\|>assistant\s*\Z")  # an answer that is yet to come
CHANNEL = re.compile(r"<\|channel\|>\s*(\w+)")
CALLED = re.compile(r"\bto=(?:functions\.)?([\w.-]+)")
OF_ANALYSIS = "# Valid channels:"  # in what it tells the model of itself
INSTRUCTIONS = "# Instructions"
ROLES = {"system": "system", "developer": "system", "user": "user"}


def may_be(text: str) -> bool:
    """Whether there may be more than a thought and an answer; told by a look for two words, which is quick."""
    return "commentary" in text and "<|message|>" in text


def turns(text: str) -> Turns | None:
    """None where anything stands between its messages; what was thought stands in the answer behind it."""
    whole = BEGUN.sub("", text)
    found: Turns = []
    thoughts: list[str] = []
    end = 0
    while (message := MESSAGE.match(whole, end)) is not None:
        end = message.end()
        role, body = _turn(message["head"], message["body"].strip())
        if role == "thought":
            thoughts.append(body)
            continue
        thought = "\n\n".join(thoughts) if role == "assistant" else ""
        thoughts = []
        if body:
            found.append((role, f"<think>{thought}</think>{body}" if thought else body))
    return found if found and not whole[end:].strip() else None


def with_channels(whole: Turns) -> Turns:
    """A talk, the messages in an assistant's turns as turns. Raises Skip where the last ones come to no answer."""
    if not any(role == "assistant" and may_be(text) for role, text in whole):
        return whole
    inside = [turns(_begun(text)) if role == "assistant" and may_be(text) else None for role, text in whole]
    if inside[-1] is not None and inside[-1][-1][0] != "assistant":
        raise Skip(drop_reasons.BROKEN_TRACE)
    return [turn for one, of_one in zip(whole, inside, strict=True) for turn in of_one or [one]]


def _begun(text: str) -> str:
    """With its first header, which the prompt has begun."""
    return text if text.lstrip().startswith("<|start|>") else f"<|start|>assistant{text}"


def _turn(head: str, body: str) -> tuple[str, str]:
    """(role, text), "thought" for what nobody but the model reads; empty of what only gpt-oss is told."""
    name = next(iter(head.split("<|")[0].split()), "")
    if name in ROLES:
        told = "" if name == "system" and OF_ANALYSIS in body else body
        return ROLES[name], told.removeprefix(INSTRUCTIONS).strip() if name == "developer" else told
    if name != "assistant":
        return "tool", body
    channel, called = CHANNEL.search(head), CALLED.search(head)
    if called is not None:
        return "call", json.dumps([{"name": called[1], "arguments": _arguments(body)}], ensure_ascii=False)
    return "thought" if channel is not None and channel[1] == "analysis" else "assistant", body


def _arguments(body: str) -> object:
    try:
        return json.loads(body)
    except ValueError:
        return body
