"""The words of a text, as everything that compares texts counts them."""

from __future__ import annotations

import re
import unicodedata

WORD = re.compile(r"[a-z0-9']+|[^\s\W]")


def words(text: str) -> list[str]:
    """Lower-case words; each character of a script without spaces counts as one."""
    return WORD.findall(unicodedata.normalize("NFKC", text).casefold())
