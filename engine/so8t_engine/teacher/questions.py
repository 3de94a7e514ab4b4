"""What the teacher is asked about a record: one question for all sections that its kind needs and that it lacks.

The words are files, `resources/so8t_resources/teacher/`, one a language; the record's language chooses.
"""

from __future__ import annotations

import functools
import hashlib
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import so8t_resources
from so8t_engine.config.teaching import Teaching
from so8t_engine.config.types import Category
from so8t_engine.data.record import SECTIONS, Record
from so8t_engine.data.thought.thinking import FINAL, Sections
from so8t_engine.sentences import ENGLISH, JAPANESE
from so8t_engine.teacher.repetition import repeats

LONG_PROMPT = 400  # characters; from here on there is something to say about what is asked
MAX_SHOWN = 6_000  # characters of a given answer that are shown

# `sections: auto`: of a short question, of a long one. Easy questions stay short.
AUTO: Mapping[Category, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "maths": (("logic",), ("task", "logic")),
    "choice": (("logic",), ("task", "logic")),
    "code": (("logic",), ("task", "logic", "practical")),
    "chat": (("logic",), ("task", "logic", "practical")),
    "safety": (("safety",), ("task", "safety")),
}
UNSAFE = ("safety", "ethics")


@dataclass(frozen=True)
class Question:
    """`text` is the user's turn; `known` are the record's own sections, which stay; `sections` are wanted of the
    teacher. `solving`: the answer is not in the text.
    """

    record: Record
    known: Sections
    sections: tuple[str, ...]
    solving: bool
    text: str

    @property
    def digest(self) -> str:
        return hashlib.sha256(self.text.encode()).hexdigest()


def of_record(record: Record, sections: Sections, settings: Teaching) -> Question | None:
    """None where nothing is missing, or where the record has no answer that a reply could be held against.

    Sections that only repeat the prompt or the answer are missing, too.
    """
    final = sections.final
    if not final.strip():
        return None
    own = {name: text for name, text in sections.thoughts.items() if not repeats(text, record.prompt, final)}
    wanted = tuple(name for name in _needed(record, settings) if name not in own)
    if not wanted:
        return None
    solving = settings.solve and "logic" in wanted and gold(record) is not None
    return Question(record, Sections(final, own), wanted, solving, _text(record, final, wanted, solving))


def gold(record: Record) -> str | None:
    return record.answer if record.answer and record.answer_kind is not None else None


def keys(question: Question) -> tuple[str, ...]:
    """Of the JSON object that is asked for: thoughts first, or the answer would come before them."""
    return (*question.sections, FINAL)


def schema(question: Question) -> dict[str, Any]:
    """JSON Schema of the reply."""
    names = keys(question)
    return {
        "type": "object",
        "properties": {name: {"type": "string"} for name in names},
        "required": list(names),
        "additionalProperties": False,
    }


def _needed(record: Record, settings: Teaching) -> tuple[str, ...]:
    if settings.sections != "auto":
        return tuple(name for name in SECTIONS if name in settings.sections)
    if record.safety == "unsafe":
        return UNSAFE
    return AUTO[record.category][len(record.prompt) >= LONG_PROMPT]


def _text(record: Record, final: str, wanted: tuple[str, ...], solving: bool) -> str:
    words = _words(JAPANESE if record.language == JAPANESE else ENGLISH)
    kind = (record.answer_kind or "text") if gold(record) is not None else "given"
    asked = [f'- "{name}": {words["sections"][name]}' for name in wanted]
    asked.append(f'- "{FINAL}": {words["final"][kind]}')
    template = words["solve" if solving else "explain"]
    return template.format(prompt=record.prompt, answer=final[:MAX_SHOWN], keys="\n".join(asked)).strip()


@functools.cache
def _words(language: str) -> Mapping[str, Any]:
    return tomllib.loads(so8t_resources.path("teacher", f"{language}.toml").read_text(encoding="utf-8"))
