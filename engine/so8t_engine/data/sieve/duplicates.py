"""What is compared where texts are looked for again, and the key under which two count as the same."""

from __future__ import annotations

import hashlib
import unicodedata

KEY_BYTES = 16
WIDE = tuple(zip("？！（）：　", "?!(): ", strict=True))


def plain(text: str) -> str:
    """Without case and width, with single spaces."""
    if text.isascii() and text.isprintable() and "  " not in text and text[:1] != " " != text[-1:]:
        return text.lower()  # most English text: what follows would leave it so
    for wide, narrow in WIDE:  # as NFKC would, which for one such character takes all of a text apart
        text = text.replace(wide, narrow)
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())


def key_of(*plain_texts: str) -> str:
    """Of texts as `plain` gives them, so that those that differ only in width, case or white space share one.

    Hexadecimal, 32 digits.
    """
    return hashlib.sha256("\x00".join(plain_texts).encode()).hexdigest()[: 2 * KEY_BYTES]
