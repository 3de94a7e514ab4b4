r"""Whether a final answer says what the gold answer says: by value, by the letter of an option, or by its words.

A plain number (the last one in the text) is read exactly, as a fraction; math-verify is asked only where there is more
than that: a LaTeX command, a power, a root.
"""

from __future__ import annotations

import re
import unicodedata
from fractions import Fraction

from so8t_engine.data.record import AnswerKind
from so8t_engine.data.texts.words import words as words
from so8t_engine.rewards import math_equivalence

NUMBER = re.compile(r"[-+]?(?:\d[\d,]*\.?\d*|\.\d+)(?:/\d+)?")
STATED = re.compile(
    r"(?:(?i:answer)(?:\s+is|\s*:)?|(?i:option|choice)|答えは|正解は|答え\s*:)\W{0,4}([A-Z])(?![A-Za-z])"
)
OPENING = re.compile(r"\W*([A-Z])(?:[.:)\]、。,]|\s*$|\s+\()")
ITEM = re.compile(r"(?:^|[\n,;.。、])\s*([A-Z])\s*[.:)]")  # an option that is gone through
LAST = re.compile(r"(?<![A-Za-z'])([A-HJ-Z])(?![A-Za-z'])")
DECIMAL_COMMA = re.compile(r"([-+]?\d+),(\d{1,2})")
MOST_DIGITS = 200  # a longer number is noise, and int() of thousands of digits is slow


def credit(answer: str, gold: str, kind: AnswerKind) -> float:
    """1.0 for a right answer, else 0.0; a text that is not the same earns up to 0.5 for the words they share."""
    if kind == "choice":
        return float(letter(answer) == gold.strip().upper())
    if kind == "number" or math_equivalence.looks_mathematical(gold):
        return float(_same_value(answer, gold))
    ours, theirs = words(answer), words(gold)
    if ours == theirs:
        return 1.0
    shared = len(set(ours) & set(theirs))
    return 0.5 * 2 * shared / (len(set(ours)) + len(set(theirs))) if shared else 0.0


def letter(text: str) -> str | None:
    """The option an answer names: stated ("the answer is B"), or first ("B. ..."), or else the last single letter.

    Options that are gone through in their order ("A: animal, B: fruit, ...") name none; what stands behind them does.
    """
    plain = unicodedata.normalize("NFKC", text).strip()
    stated = STATED.findall(plain)
    if stated:
        return str(stated[-1])
    end = _end_of_review(plain)
    if end:
        return letter(plain[end:])
    opening = OPENING.match(plain)
    if opening:
        return opening[1]
    letters = LAST.findall(plain)
    return str(letters[-1]) if letters else None


def _end_of_review(plain: str) -> int:
    """Where a look at option after option, from A on, has come to its last mark; 0 where it begins otherwise."""
    marks = list(ITEM.finditer(plain))
    if not marks or marks[0].start():
        return 0
    count = next((n for n, mark in enumerate(marks) if mark[1] != chr(ord("A") + n)), len(marks))
    return marks[count - 1].end() if count > 1 else 0


def number(text: str) -> Fraction | None:
    """The last number in a text: `1,200`, `-3.5`, `3/4`, full-width digits; None where there is none."""
    numbers = NUMBER.findall(unicodedata.normalize("NFKC", text))
    if not numbers or len(numbers[-1]) > MOST_DIGITS:
        return None
    try:
        return Fraction(numbers[-1].replace(",", "").rstrip("."))
    except (ValueError, ZeroDivisionError):
        return _decimal_fraction(numbers[-1])


def _same_value(answer: str, gold: str) -> bool:
    r"""The last number of `\frac{1}{2}` is 2: where there is mathematics, math-verify decides if it can."""
    if math_equivalence.looks_mathematical(answer) or math_equivalence.looks_mathematical(gold):
        verdict = math_equivalence.same(answer, gold)
        if verdict is not None:
            return verdict
        if math_equivalence.looks_mathematical(gold):
            return words(answer) == words(gold)
    value, gold_value = number(answer), number(gold)
    return value is not None and gold_value in (value, _with_decimal_comma(answer))


def _with_decimal_comma(text: str) -> Fraction | None:
    """The last number, which is there, as 3,5 is meant: no thousands have one or two digits."""
    *_, last = NUMBER.findall(unicodedata.normalize("NFKC", text))
    match = DECIMAL_COMMA.fullmatch(last.rstrip("."))
    return Fraction(f"{match[1]}.{match[2]}") if match is not None else None


def _decimal_fraction(text: str) -> Fraction | None:
    """`1.5/2`, which Fraction does not read."""
    above, _, below = text.replace(",", "").partition("/")
    try:
        return Fraction(above.rstrip(".")) / Fraction(below)
    except (ValueError, ZeroDivisionError):
        return None
