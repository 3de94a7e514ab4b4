"""Whether a final answer says what the gold answer says: numbers by value, choices by letter, texts by their words."""

from __future__ import annotations

import re
import unicodedata
from fractions import Fraction

from so8t_engine.data.record import AnswerKind

NUMBER = re.compile(r"[-+]?(?:\d[\d,]*\.?\d*|\.\d+)(?:/\d+)?")
LETTER = re.compile(r"(?<![A-Za-z])([A-Z])(?![A-Za-z])")


def credit(said: str, gold: str, kind: AnswerKind) -> float:
    """1.0 for right, else 0.0; text that is not the same earns up to half for shared words."""
    if kind == "number":
        value, wanted = number(said), number(gold)
        return float(value is not None and value == wanted)
    if kind == "choice":
        letters = LETTER.findall(unicodedata.normalize("NFKC", said))
        return float(letters[:1] == [gold.strip().upper()])
    ours, theirs = words(said), words(gold)
    if ours == theirs:
        return 1.0
    shared = len(set(ours) & set(theirs))
    return 0.5 * 2 * shared / (len(set(ours)) + len(set(theirs))) if shared else 0.0


def number(text: str) -> Fraction | None:
    """The last number in a text: `1,200`, `-3.5`, `3/4`, full-width digits; None where there is none."""
    found = NUMBER.findall(unicodedata.normalize("NFKC", text))
    if not found:
        return None
    try:
        return Fraction(found[-1].replace(",", "").rstrip("."))
    except (ValueError, ZeroDivisionError):
        return _decimal_fraction(found[-1])


def _decimal_fraction(text: str) -> Fraction | None:
    """`1.5/2`, which Fraction does not read."""
    above, _, below = text.replace(",", "").partition("/")
    try:
        return Fraction(above.rstrip(".")) / (Fraction(below) if below else 1)
    except (ValueError, ZeroDivisionError):
        return None


def words(text: str) -> list[str]:
    """Lower-case words; each character of a script without spaces counts as one."""
    plain = unicodedata.normalize("NFKC", text).casefold()
    return re.findall(r"[a-z0-9']+|[^\s\W]", plain)
