"""The first line of an exception's text: as much of it as fits into a sentence."""

from __future__ import annotations

LONGEST = 200


def first_line(error: BaseException | str) -> str:
    """At most LONGEST characters, without the full stop: it stands inside a sentence."""
    return str(error).strip().split("\n")[0][:LONGEST].rstrip(".")
