"""Numbers as people read them, in report, window and terminal alike: one minus sign, one way to say that there is none.

For programs they lie in JSON and CSV, as they are.
"""

from __future__ import annotations

import math

MINUS = "\N{MINUS SIGN}"
NO_NUMBER = "\N{EN DASH}"
PERCENT = "\N{NO-BREAK SPACE}%"


def formatted(value: float | None, form: str) -> str:
    """By one of Python's formats, such as ",.2f"; no number is a dash, and what rounds to nothing has no sign."""
    if value is None or not math.isfinite(value):
        return NO_NUMBER
    text = format(value, form)
    if not any(digit in text.partition("e")[0] for digit in "123456789"):
        text = text.lstrip("+-")
    return text.replace("-", MINUS)


def count(value: int | None) -> str:
    """12,345."""
    return formatted(value, ",")


def percent(share: float | None, digits: int = 1) -> str:
    """Of a share from 0 to 1."""
    return share_text(share, digits) + (PERCENT if share is not None and math.isfinite(share) else "")


def share_text(share: float | None, digits: int = 1) -> str:
    """Without its unit, as an end of an interval."""
    return formatted(None if share is None else 100 * share, f".{digits}f")


def points(share: float | None) -> str:
    """A difference of shares in points, with its sign."""
    return formatted(None if share is None else 100 * share, "+.1f")


def points_between(before: float | None, after: float | None) -> str:
    """From one share to another, in points, as they are read: 17.4 % and 17.6 % are 0.2 apart, whatever was rounded."""
    if before is None or after is None:
        return NO_NUMBER
    return formatted(round(100 * after, 1) - round(100 * before, 1), "+.1f")


def gained_and_lost(gained: int, lost: int) -> str:
    return f"+{gained:,} / {MINUS}{lost:,}"
