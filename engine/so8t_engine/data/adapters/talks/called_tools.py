"""Turns of an assistant that call a tool, told from answers, whatever marks the call."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

from so8t_engine.data.adapters.answers import shown_formats
from so8t_engine.data.adapters.talks import harmony, trajectories
from so8t_engine.data.adapters.talks.role_words import ASSISTANT, CALL, USER

Turns = list[tuple[str, str]]

CLOSED = ("</tool_call>", "</tool_calls>", "</function_call>", "</function_calls>", "</function>")
MARKS = re.compile(  # that begin a call in the last paragraph
    r"<functioncall>|<tool_call>|(?:^[^\S\n]*|</think(?:ing)?>\s*)(?:<tool_calls>|<function_calls?>|<function=[\w.-]+>"
    r"|\[TOOL_CALLS\]|<\|python_tag\|>|<\|tool_calls?(?:_begin|_start)?\|>|<｜tool▁calls?▁begin｜>|```tool_(?:call|code)\b)",
    re.MULTILINE,
)
ACTION = re.compile(
    r"(?:^|\n)(?:Action|行動|アクション)\s*[:：].+\n(?:Action Input|行動入力|アクション入力)\s*[:：].*\Z", re.DOTALL
)
SEEN = re.compile(r"(?m)^(?:Observation|Final Answer|観察|観測|最終回答)\s*[:：]")
FENCED = re.compile(r"```(?:json)?\s*\n(.*?)\n\s*```", re.DOTALL)
OF_CALL = frozenset(("name", "arguments", "parameters", "id", "type", "function", "function_name", "tool", "tool_name"))
ARGUMENTS = ("arguments", "parameters")


def with_steps(turns: Turns) -> Turns:
    """A talk in which calls, what an agent did step by step, and gpt-oss' channels are turns. Raises Skip."""
    return harmony.with_channels(trajectories.with_steps(told(turns)))


def told(turns: Turns) -> Turns:
    """The turns, those that end by calling a tool told from answers; so is what was said right before the last call."""
    found: Turns = []
    asked = ""
    for role, text in turns:
        asked = text if role == USER else asked
        found.append((CALL, text) if role == ASSISTANT and _calls(text, asked) else (role, text))
    while (last := max((at for at, (role, _) in enumerate(found) if role == ASSISTANT), default=None)) is not None:
        if last + 1 == len(found) or found[last + 1][0] != CALL:
            break
        found[last] = (CALL, found[last][1])
    return found


def _calls(text: str, asked: str) -> bool:
    if "call" in text or "function=" in text or "TOOL_CALLS" in text or "tool_code" in text or "python_tag" in text:
        ended = text.rstrip().endswith(CLOSED) or MARKS.search(text.rpartition("\n\n")[2]) is not None
        if ended and not shown_formats.are_asked_for(asked):
            return True
    if ("Action" in text or "行動" in text or "アクション" in text) and ACTION.search(text) is not None:
        return not SEEN.search(text) and not shown_formats.are_asked_for(asked)
    return '"name"' in text and "json" not in asked.lower() and _is_call(text)


def _is_call(text: str) -> bool:
    """Whether all of it is a call in JSON, or a list of calls."""
    bare = text.strip()
    fenced = FENCED.fullmatch(bare)
    bare = fenced[1].strip() if fenced else bare
    if bare[:1] not in ("{", "["):
        return False
    try:
        value = json.loads(bare)
    except (ValueError, RecursionError):
        return False
    calls = value if isinstance(value, list) else [value]
    return bool(calls) and all(map(_names_a_call, calls))


def _names_a_call(value: Any) -> bool:
    if not isinstance(value, Mapping) or not OF_CALL.issuperset(value):
        return False
    value = value["function"] if isinstance(value.get("function"), Mapping) else value
    given = next((value[name] for name in ARGUMENTS if name in value), None)
    return isinstance(value.get("name"), str) and isinstance(given, (Mapping, str))
