"""Normal forms of text: cleaned, its language by script, the key that finds its duplicates, its place in a split."""

from __future__ import annotations

import hashlib
import re
import unicodedata

from so8t_engine.data.record import TAGS

KANA = re.compile(r"[\u3040-\u30ff\uff66-\uff9d]")
HAN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]")
# Control characters but tab and newline; byte order marks and zero-width spaces (joiners stay: emoji need them).
UNWANTED = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufeff\u200b\u2060\ufffe\uffff]")
TEMPLATE_MARK = re.compile(r"<\|[a-z0-9_]+\|>")
KEY_BYTES = 16


def clean(text: str) -> str:
    """NFC, one kind of newline, no control characters, no space at the ends."""
    text = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
    return UNWANTED.sub("", text).strip()


def language(text: str, hint: str | None = None) -> str:
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


def holds_marks(text: str) -> bool:
    """True if it holds a tag of the thinking format or a mark of a chat template: it would be read as ours."""
    if "<" not in text:
        return False
    return TEMPLATE_MARK.search(text) is not None or any(tag in text for tag in TAGS)


def key(*texts: str) -> str:
    """Hexadecimal, 32 digits; the same for texts that differ only in width, case or white space."""
    plain = (" ".join(unicodedata.normalize("NFKC", text).casefold().split()) for text in texts)
    return hashlib.sha256("\x00".join(plain).encode()).hexdigest()[: 2 * KEY_BYTES]


def is_heldout(seed: int, prompt_key: str, fraction: float) -> bool:
    """Depends on the prompt and the seed alone: equal prompts never straddle, order and restarts do not matter."""
    draw = hashlib.sha256(f"{seed}:{prompt_key}".encode()).digest()[:8]
    return int.from_bytes(draw, "big") < fraction * 2**64
