r"""Whether a final answer says what the gold answer says: numbers and expressions by value, choices by letter, texts by
their words.

A plain number is read exactly, as a fraction (the last one in the text); math-verify is asked only where there is more
than that: a LaTeX command, a power, a root.
"""

from __future__ import annotations

import re
import unicodedata
from fractions import Fraction

from so8t_engine.data.record import AnswerKind
from so8t_engine.rewards import math_equivalence

NUMBER = re.compile(r"[-+]?(?:\d[\d,]*\.?\d*|\.\d+)(?:/\d+)?")
STATED = re.compile(
    r"(?:(?i:answer)(?:\s+is|\s*:)?|(?i:option|choice)|答えは|正解は|答え\s*:)\W{0,4}([A-Z])(?![A-Za-z])"
)
OPENING = re.compile(r"\W*([A-Z])(?:[.:)\]、。,]|\s*$|\s+\()")
LAST = re.compile(r"(?<![A-Za-z'])([A-HJ-Z])(?![A-Za-z'])")
MOST_DIGITS = 200  # a longer number is noise, and int() of thousands of digits is slow


def credit(said: str, gold: str, kind: AnswerKind) -> float:
    """1.0 for right, else 0.0; text that is not the same earns up to half for shared words."""
    if kind == "choice":
        return float(letter(said) == gold.strip().upper())
    if kind == "number" or math_equivalence.looks_mathematical(gold):
        return float(_same_value(said, gold))
    ours, theirs = words(said), words(gold)
    if ours == theirs:
        return 1.0
    shared = len(set(ours) & set(theirs))
    return 0.5 * 2 * shared / (len(set(ours)) + len(set(theirs))) if shared else 0.0


def letter(text: str) -> str | None:
    """The option an answer names: stated ("the answer is B"), or first ("B. ..."), or else the last single letter."""
    plain = unicodedata.normalize("NFKC", text).strip()
    stated = STATED.findall(plain)
    if stated:
        return str(stated[-1])
    opening = OPENING.match(plain)
    if opening:
        return opening[1]
    found = LAST.findall(plain)
    return str(found[-1]) if found else None


def number(text: str) -> Fraction | None:
    """The last number in a text: `1,200`, `-3.5`, `3/4`, full-width digits; None where there is none."""
    found = NUMBER.findall(unicodedata.normalize("NFKC", text))
    if not found or len(found[-1]) > MOST_DIGITS:
        return None
    try:
        return Fraction(found[-1].replace(",", "").rstrip("."))
    except (ValueError, ZeroDivisionError):
        return _decimal_fraction(found[-1])


def words(text: str) -> list[str]:
    """Lower-case words; each character of a script without spaces counts as one."""
    plain = unicodedata.normalize("NFKC", text).casefold()
    return re.findall(r"[a-z0-9']+|[^\s\W]", plain)


def _same_value(said: str, gold: str) -> bool:
    """The last number of `\\frac{1}{2}` is 2: where there is mathematics, math-verify's word counts if it has one."""
    if math_equivalence.looks_mathematical(said) or math_equivalence.looks_mathematical(gold):
        verdict = math_equivalence.same(said, gold)
        if verdict is not None:
            return verdict
        if math_equivalence.looks_mathematical(gold):
            return words(said) == words(gold)
    value, wanted = number(said), number(gold)
    return value is not None and value == wanted


def _decimal_fraction(text: str) -> Fraction | None:
    """`1.5/2`, which Fraction does not read."""
    above, _, below = text.replace(",", "").partition("/")
    try:
        return Fraction(above.rstrip(".")) / (Fraction(below) if below else 1)
    except (ValueError, ZeroDivisionError):
        return None
