"""The language of a text, by its script."""

from __future__ import annotations

import re

KANA = re.compile(r"[\u3040-\u30ff\uff66-\uff9d]")
HAN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]")


def detect_language(text: str, hint: str | None = None) -> str:
    """`ja`, `en` or `other`, by script: Han characters alone are Japanese only where the source says so.

    Latin text counts as English unless its source says otherwise; a text without letters (a formula) does, too.
    """
    if KANA.search(text):
        return "ja"
    if HAN.search(text):
        return "ja" if hint == "ja" else "other"
    if hint is not None and hint not in ("en", "ja"):
        return "other"
    if text.isascii():
        return "en"
    letters = [letter for letter in text if letter.isalpha()]
    latin = sum(letter.isascii() for letter in letters)
    return "en" if latin >= 0.9 * len(letters) else "other"
