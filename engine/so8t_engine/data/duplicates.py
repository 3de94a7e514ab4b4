"""The key under which two texts count as the same."""

from __future__ import annotations

import hashlib
import unicodedata

KEY_BYTES = 16


def duplicate_key(*texts: str) -> str:
    """Hexadecimal, 32 digits; the same for texts that differ only in width, case or white space."""
    plain = (" ".join(unicodedata.normalize("NFKC", text).casefold().split()) for text in texts)
    return hashlib.sha256("\x00".join(plain).encode()).hexdigest()[: 2 * KEY_BYTES]
