"""The sections that a record itself gives evidence for; what it does not say is left out.

task: the question a longer prompt ends with. logic: the worked solution, or the option chosen. safety: what the
refusal says first, or the reason the source gives. ethics, practical and creative have no source in our datasets.
"""

from __future__ import annotations

import re

from so8t_engine.data.adapters.parsed_row import LETTERS
from so8t_engine.data.record import Example, Record
from so8t_engine.data.thinking import Sections, render

SENTENCE = re.compile(r"[^.!?。！？\n]*(?:[.!?](?=\d)[^.!?。！？\n]*)*(?:[.!?。！？]+[」』”\"')）]*|\n|$)")
ASKS = re.compile(r"(?:[?？][」』”\"')）]*|か。)$")
MAX_TASK_CHARS = 200


def of_record(record: Record) -> Sections:
    thoughts = {"task": _task(record), "safety": _safety(record), "logic": _logic(record)}
    return Sections(_final(record), {name: text for name, text in thoughts.items() if text})


def example(record: Record, sections: Sections) -> Example:
    return Example(
        id=record.id, source=record.source, category=record.category, language=record.language, split=record.split,
        prompt=record.prompt, completion=render(sections), plain=sections.final, answer=record.answer,
        answer_kind=record.answer_kind, safety=record.safety,
    )  # fmt: skip


def _final(record: Record) -> str:
    return record.answer if record.answer and record.answer_kind == "number" else record.response


def _logic(record: Record) -> str | None:
    if record.reasoning and record.category != "safety":
        return record.reasoning
    if record.choices and record.answer:
        return record.choices[LETTERS.index(record.answer)]
    return None


def _safety(record: Record) -> str | None:
    if record.safety is None:
        return None
    if record.reasoning and record.category == "safety":
        return record.reasoning
    return sentences(record.response)[0] if record.safety == "unsafe" else None


def _task(record: Record) -> str | None:
    if record.choices or record.category not in ("maths", "chat"):
        return None
    parts = sentences(record.prompt)
    asked = parts[-1]
    return asked if len(parts) > 1 and ASKS.search(asked) and len(asked) <= MAX_TASK_CHARS else None


def sentences(text: str) -> list[str]:
    """The sentences of a text that is not empty; a point between digits does not end one."""
    parts = [match.strip() for match in SENTENCE.findall(text) if match.strip()]
    return parts or [text.strip()]
