"""The engine's sentences in the user's language.

The engine speaks English, with values filled in; i18n/engine_sentences.json lists its sentences as templates. A text is
read as that sequence of sentences, with sentences in their places, of which the most letters are known; what is in no
list is left as it is. In English nothing is looked at.
"""

from __future__ import annotations

import json
import re
import string
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from PySide6.QtCore import QCoreApplication

import so8t_resources
from so8t_gui.i18n.translate import tr

CONTEXT = "engine"
LONGEST = 2_000  # characters; beyond it is a log, no sentence
BREAK = re.compile(r"(?<=[.?])\s+|[,;]\s+|^- |\n(?:- )?|(?<=\w):\s+|^\s+|\s+$")


@dataclass(frozen=True)
class Template:
    """`text` as in the list, the pattern it makes, and how many of its letters are its own."""

    text: str
    pattern: re.Pattern[str]
    letters: int


def spoken(text: str) -> str:
    """What the engine said, in the user's language."""
    language = tr("en")  # a translation says its own name
    return text if language == "en" or len(text) > LONGEST else _read(text, language)[1]


@lru_cache(maxsize=512)
def _read(text: str, language: str) -> tuple[int, str]:
    """(letters that were known, the text in the user's language)."""
    best = (0, text)
    for template in _templates():
        found = template.pattern.fullmatch(text)
        if found:
            parts = {name: _read(value, language) for name, value in found.groupdict().items()}
            known = template.letters + sum(letters for letters, _ in parts.values())
            if known > best[0]:
                words = _in_place(template.text, {name: value for name, (_, value) in parts.items()})
                best = (known, words)
    for start, end in _cuts(text):
        (left, first), (right, second) = _read(text[:start], language), _read(text[end:], language)
        if left + right > best[0]:
            best = (left + right, f"{first}{_gap(text[start:end], first, language)}{second}")
    return best


def _gap(gap: str, before: str, language: str) -> str:
    """Between two sentences: Japanese full stops need no space, and there is one of them."""
    if gap in (" ", ".") and before.endswith(("。", "?")):
        return ""
    return "。" if gap == "." and language == "ja" else gap


def _cuts(text: str) -> Iterator[tuple[int, int]]:
    """Where one sentence may end and another begin: (end of the first, begin of the second)."""
    for gap in BREAK.finditer(text):
        yield gap.span()
    for fixed in _fixed():
        length = len(fixed)
        if text.startswith(f"{fixed} "):
            yield length, length + 1
        elif text.endswith(f" {fixed}"):
            yield len(text) - length - 1, len(text) - length
    if text.endswith(".") and len(text) > 1:
        yield len(text) - 1, len(text)


def _in_place(template: str, values: dict[str, str]) -> str:
    translated = QCoreApplication.translate(CONTEXT, template)
    try:
        return translated.format(**values)
    except (KeyError, IndexError, ValueError):
        return template.format(**values)


@lru_cache(maxsize=1)
def _templates() -> tuple[Template, ...]:
    listed = json.loads(so8t_resources.path("i18n", "engine_sentences.json").read_text(encoding="utf-8"))
    return tuple(sorted(map(_compiled, listed), key=lambda template: (-template.letters, -len(template.text))))


@lru_cache(maxsize=1)
def _fixed() -> tuple[str, ...]:
    """Templates without places: they can be told from what stands beside them."""
    return tuple(template.text for template in _templates() if "{" not in template.text)


def _compiled(text: str) -> Template:
    pattern, letters = "", 0
    for literal, name, _, _ in string.Formatter().parse(text):
        pattern += re.escape(literal) + (f"(?P<{name}>.+?)" if name else "")
        letters += sum(ch.isalpha() for ch in literal)
    return Template(text, re.compile(pattern, re.DOTALL), letters)
