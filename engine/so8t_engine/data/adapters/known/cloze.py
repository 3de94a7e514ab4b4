"""Anki's notes with gaps: "{{c1::Lima}} is in Peru." asks for what stands in the gap; another gap shows its word."""

from __future__ import annotations

import re

from so8t_engine.data import drop_reasons
from so8t_engine.data.adapters.parsed_row import Fields, Index, ParsedRow, Skip
from so8t_engine.data.adapters.talks import talk

GAP = re.compile(r"\{\{c(\d+)::(.*?)(?:::(.*?))?\}\}(?!\})", re.DOTALL)
BEGINS = re.compile(r"\{\{c\d+::")
JAPANESE = re.compile("[ぁ-んァ-ヶ]")
PICTURE = re.compile(r"(?i)<img\b")


def place(row: Fields) -> str | None:
    """The column of the text with gaps."""
    return next((name for name, value in row.items() if has_gaps(value)), None)


def read(row: Fields, index: Index) -> ParsedRow:
    """The gap that comes first is asked for. Raises Skip where there is none, or a letter of a word is one."""
    name = place(row)
    if name is None:
        raise Skip(drop_reasons.NO_QUESTION)
    talk.refuse_media(row, [])
    text = row[name]
    first = min(int(gap[1]) for gap in GAP.finditer(text))
    asked = [gap for gap in GAP.finditer(text) if int(gap[1]) == first]
    if PICTURE.search(text):
        raise Skip(drop_reasons.NEEDS_MEDIA)
    if any(_cuts_a_word(text, gap) for gap in asked):
        raise Skip(drop_reasons.NO_QUESTION)
    answers = list(dict.fromkeys(gap[2].strip() for gap in asked))
    shown = GAP.sub(lambda gap: _gap(gap[3]) if int(gap[1]) == first else gap[2], text).strip()
    asks = "空欄に入る言葉は何ですか。" if JAPANESE.search(shown) else "Fill in the gap:"
    only = answers[0] if len(answers) == 1 else None
    return ParsedRow(f"{asks}\n\n{shown}", ", ".join(answers), "chat", only, "text" if only else None)


def _gap(hint: str | None) -> str:
    return f"____ ({hint.strip()})" if hint else "____"


def has_gaps(value: object) -> bool:
    return isinstance(value, str) and "{{c" in value and BEGINS.search(value) is not None


def _cuts_a_word(text: str, gap: re.Match[str]) -> bool:
    """Of letters that have words with spaces between them."""
    beside = text[max(gap.start() - 1, 0) : gap.start()] + text[gap.end() : gap.end() + 1]
    return any(sign.isascii() and sign.isalpha() for sign in beside)
