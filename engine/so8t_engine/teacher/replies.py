"""What came back from a teacher, read leniently: a JSON object, perhaps in a code fence or among words, or our tags."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any, NamedTuple

from so8t_engine.data.record import SECTIONS
from so8t_engine.data.texts.normalise import clean
from so8t_engine.data.thought import thinking
from so8t_engine.data.thought.thinking import FINAL, Sections

OPENING = re.compile(r"\{")
MOST_TRIES = 20  # opening braces that are tried: what precedes the object may hold some
THINKING = re.compile(r"^\s*<think>.*?</think>", re.DOTALL)  # of a reasoning model, before what was asked for


class Reply(NamedTuple):
    """`fault`: "" where the text came to its end by itself; else a reason of `verdicts.REASONS`."""

    text: str
    fault: str = ""


def read(text: str) -> Sections | None:
    """The sections of a reply, cleaned; None where it is in no form that was asked for."""
    tagged = thinking.parse(text)
    if tagged is not None:
        return tagged
    text = THINKING.sub("", text)
    for opening in list(OPENING.finditer(text))[:MOST_TRIES]:
        try:
            value, _ = json.JSONDecoder(strict=False).raw_decode(text, opening.start())
        except (ValueError, RecursionError):
            continue
        found = _sections(value)
        if found is not None:
            return found
    return None


def _sections(value: Mapping[str, Any]) -> Sections | None:
    texts = {str(key).strip().lower().removeprefix("think-"): _text(item) for key, item in value.items()}
    final = texts.get(FINAL)
    if not final:
        return None
    return Sections(final, {name: text for name in SECTIONS if (text := texts.get(name))})


def _text(value: Any) -> str:
    """Small models write numbers, and steps as a list; anything deeper is no text."""
    if isinstance(value, list) and all(isinstance(item, str) for item in value):
        return clean("\n".join(value))
    if isinstance(value, bool) or not isinstance(value, (str, int, float)):
        return ""
    return clean(str(value))
