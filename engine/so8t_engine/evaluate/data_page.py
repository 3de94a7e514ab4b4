"""The report's page about the data: what each rule left out, what is kept, rows before and after; in one language.

The figures are those of `so8t data inspect`; every text from a data set is escaped.
"""

from __future__ import annotations

import functools
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import jinja2
from markupsafe import Markup

import so8t_resources
from so8t_engine.data import inspection
from so8t_engine.data.record import SECTIONS
from so8t_engine.data.thought import thinking
from so8t_engine.errors import EngineError
from so8t_engine.evaluate import report_page
from so8t_engine.sentences import LANGUAGES

KINDS = {"split": "inspected.by_split", "language": "inspected.by_language", "category": "inspected.by_category"}
SPLITS = {"train": "inspected.split_train", "heldout": "inspected.split_heldout"}
TEXTS = {
    "prompt": "inspected.text_prompt",
    "completion": "inspected.text_completion",
    "plain": "inspected.text_plain",
}
TOKENS = {"prompt": "inspected.text_prompt", "prompt + completion": "inspected.text_whole"}
LONGEST_ROW = 4_000  # characters of a row


def file_name(language: str) -> str:
    return f"data.{language}.html"


def pages(session: Path, own: str) -> dict[str, str]:
    """Name to text, a page a language; `own`: the language of report.html.

    Empty where there is nothing to look at: what older versions noted of their data was less, and a report of three
    days' work is made all the same.
    """
    try:
        found = inspection.look(session)
        return {file_name(language): html(found, language, own) for language in LANGUAGES}
    except (
        EngineError, LookupError, TypeError, AttributeError, ValueError, OSError, RuntimeError, jinja2.UndefinedError
    ):  # fmt: skip
        return {}


def html(found: Mapping[str, Any], language: str, own: str) -> str:
    """`found`: as `inspection.look` gives it."""
    speak = report_page.Speaker(language)
    [other] = [name for name in LANGUAGES if name != language]
    return _template(language).render(
        language=language,
        style=Markup(report_page.style()),
        found=found,
        kinds=[(speak.say(code), _shares(found[kind], kind, speak)) for kind, code in KINDS.items()],
        texts={text: speak.say(code) for text, code in TEXTS.items()},
        tokens={text: speak.say(code) for text, code in TOKENS.items()},
        sections=SECTIONS,
        back="report.html" if language == own else report_page.file_name(language),
        other={"language": other, "name": report_page.NAMES[other], "file": file_name(other)},
    )


@functools.cache
def _template(language: str) -> jinja2.Template:
    """Compiled once in a process: that takes longer than to fill it."""
    speak = report_page.Speaker(language)
    environment = jinja2.Environment(
        autoescape=True, undefined=jinja2.StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    environment.filters |= {**report_page.NUMERALS, "parsed": thinking.parse, "row": _row}
    environment.globals |= {"say": speak.say, "word": speak.word, "spoken": speak.spoken, "place": inspection.place}
    return environment.from_string(so8t_resources.path("report", "data.html").read_text(encoding="utf-8"))


def _shares(counts: Mapping[str, int], kind: str, speak: report_page.Speaker) -> list[tuple[str, int, float]]:
    """What each is called, how many records it has, and which share; the largest first."""
    whole = max(1, sum(counts.values()))
    rows = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    return [(_called(name, kind, speak), count, count / whole) for name, count in rows]


def _called(name: str, kind: str, speak: report_page.Speaker) -> str:
    if kind == "split":
        return speak.say(SPLITS[name]) if name in SPLITS else name
    return speak.word("tongue" if kind == "language" else kind, name)


def _row(row: Mapping[str, Any]) -> str:
    text = json.dumps(row, ensure_ascii=False, indent=1)
    return text if len(text) <= LONGEST_ROW else f"{text[:LONGEST_ROW]}…"
