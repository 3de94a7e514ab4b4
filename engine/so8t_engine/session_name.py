"""What a person calls a session, and the folder's name that follows from it: by one rule for the key `name` of a
configuration, for Rename and for folders that are adopted.
"""

from __future__ import annotations

import re
import unicodedata

from so8t_engine.plain_text import plain

LONGEST = 80  # characters
LONGEST_FOLDER = 40
FOLDER = re.compile(r"[a-z0-9][a-z0-9-]{0,39}")
NAMELESS = "session"


def kept(typed: str) -> str:
    """One line of visible characters, however many."""
    return plain(typed, most=None).strip()


def folder(name: str) -> str:
    """Small letters, digits and `-`, as every file system and program takes them; what is such a name stays as it is.

    Of a name in other letters what is left of it (`社内 FAQ`: faq).
    """
    return name if FOLDER.fullmatch(name) else letters(name)[:LONGEST_FOLDER].strip("-") or NAMELESS


def letters(text: str) -> str:
    """`Café №5` is cafe-no5; empty where nothing is left."""
    apart = unicodedata.normalize("NFKD", text.casefold())
    bare = "".join(sign for sign in apart if not unicodedata.combining(sign)).lower()
    return re.sub(r"[^a-z0-9]+", "-", bare).strip("-")
