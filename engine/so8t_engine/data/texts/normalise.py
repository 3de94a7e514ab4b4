"""Text as the rest of SO8T wants it: one normal form, no control characters, none of our own marks."""

from __future__ import annotations

import re
import unicodedata

from so8t_engine.data.record import TAGS

# Control characters but tab and newline; byte order marks and zero-width spaces (joiners stay: emoji need them).
UNWANTED = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufeff\u200b\u2060\ufffe\uffff]")
RETURN_OF_EXCEL = re.compile(r"_x000D_(?:\r?\n)?")
TEMPLATE_MARK = re.compile(r"<\|[a-z0-9_]+\|>")


def clean(text: str) -> str:
    """NFC, one kind of newline (a spreadsheet's `_x000D_` too), no control characters, no space at the ends."""
    if "_x000D_" in text:
        text = RETURN_OF_EXCEL.sub("\n", text)
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    text = unicodedata.normalize("NFC", text)
    if not text.isprintable():
        kept = UNWANTED.sub("", text)  # and what stood on both sides of one may belong together
        text = kept if kept == text else unicodedata.normalize("NFC", kept)
    return text.strip()


def holds_marks(text: str) -> bool:
    """True if it holds a tag of the thinking format or a mark of a chat template: it would be read as ours."""
    if "<" not in text:
        return False
    return TEMPLATE_MARK.search(text) is not None or any(tag in text for tag in TAGS)
