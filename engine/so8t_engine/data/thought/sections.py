"""The sections that a record itself gives evidence for; what it does not say is left out.

Thought is a trace, a worked solution, a rationale (trace_sections.py). What only repeats the prompt or the final answer
is no thought (repeats.py): a question copied out of the prompt, the option chosen, the first sentence of a refusal.
Versions before this one took those for task, logic and safety; `keep_repeated` does as they did.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from so8t_engine.data.adapters.parsed_row import LETTERS
from so8t_engine.data.record import Example, Record
from so8t_engine.data.thought import trace_sections
from so8t_engine.data.thought.repeats import repeats
from so8t_engine.data.thought.thinking import Sections, render

SENTENCE = re.compile(r"[^.!?。！？\n]*(?:[.!?](?=\d)[^.!?。！？\n]*)*(?:[.!?。！？]+[」』”\"')）]*|\n|$)")
ASKS = re.compile(r"(?:[?？][」』”\"')）]*|か。)$")
MAX_TASK_CHARS = 200


class Evidence(NamedTuple):
    """`thinks`: any section says more than prompt and answer do. `circular`: the record's logic (where it is about
    safety, its reason) does not, whether or not it was left out for that.
    """

    sections: Sections
    thinks: bool
    circular: bool


def of_record(record: Record, keep_repeated: bool = False) -> Sections:
    return evidence(record, keep_repeated).sections


def evidence(record: Record, keep_repeated: bool = False) -> Evidence:
    final = _final(record)
    if keep_repeated:
        texts = {"task": _task(record), "safety": _safety(record), "logic": _logic(record)}
        thoughts = {name: text for name, text in texts.items() if text}
        circular = {name: repeats(text, record.prompt, final) for name, text in thoughts.items()}
        return Evidence(Sections(final, thoughts), not all(circular.values()), circular.get("logic", False))
    main = "safety" if record.category == "safety" else "logic"
    said = trace_sections.split(record.reasoning, otherwise=main) if record.reasoning else {}
    thoughts = {name: text for name, text in said.items() if not repeats(text, record.prompt, final)}
    return Evidence(Sections(final, thoughts), bool(thoughts), main in said and main not in thoughts)


def example(record: Record, sections: Sections, taught: bool = True) -> Example:
    """`taught`: whether anybody learns its answer; else it is a prompt alone, without a completion."""
    completion = render(sections) if taught else ""
    return Example(
        record.id, record.source, record.category, record.language, record.split, record.prompt, completion,
        sections.final, record.answer, record.answer_kind, record.safety, record.messages,
    )  # fmt: skip


def _final(record: Record) -> str:
    return record.answer if record.answer and record.answer_kind == "number" else record.response


def _logic(record: Record) -> str | None:
    if record.reasoning and record.category != "safety":
        return record.reasoning
    if record.choices and record.answer and record.answer_kind == "choice":
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
