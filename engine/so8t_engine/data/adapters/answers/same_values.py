r"""Results that are one, though written otherwise: "1, 2" and [1, 2], \{2, 1\} and {1, 2}, 2x+3 and 3+2x, 2\pi and 2π.

Nothing is worked out: what is not the same part by part is not said to be the same, nor to be another.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple

LONGEST = 200  # characters
BRACKETS = {"[": "]", "(": ")", "{": "}"}
BETWEEN = re.compile(r"\s*(?:[;；、，]|,(?:\s+(?:and|or)\b)?|\b(?:and|or)\b|\\text\{\s*(?:and|or)\s*\}|または|と)\s*")
IN_ANY_ORDER = re.compile(r"\bor\b|または")
OF_THOUSANDS = re.compile(r"[-+]?\d{1,3}(?:,\d{2,3})*,\d{3}(?:\.\d+)?")
NO_MARKS = re.compile(r"\\(?:left|right|displaystyle|[!,;: ])|\$")
FORMULA = re.compile(r"[0-9A-Za-z+\-*/^(){}.,=\\πθ√²³·×−\s]+")
WORDS = re.compile(r"(?<![\\A-Za-z])[A-Za-z]{4,}")
SIGNS = str.maketrans({"−": "-", "·": "*", "×": "*", "²": "^2", "³": "^3"})
NAMED = re.compile(r"\\(pi|theta|alpha|beta|infty)\b")
SHORT_FRACTION = re.compile(r"\\[dt]?frac(\d)(\d)")
FRACTION = re.compile(r"\\[dt]?frac\{([^{}]*)\}\{([^{}]*)\}")
ROOT = re.compile(r"\\sqrt\{([^{}]*)\}|\\sqrt(\w)|√\(([^()]*)\)|√(\w+)")
IN_BRACES = re.compile(r"\^\{(-?\w+)\}|\^\((-?\w+)\)")
ONE_TOKEN = re.compile(r"\w+")
SIGN = re.compile(r"(?<![\^*/(+\-])[+-]")


class Listed(NamedTuple):
    """`bracket`: empty where there is none."""

    bracket: str
    items: tuple[str, ...]
    is_unordered: bool


def are_one(one: str, other: str, same: Callable[[str, str], bool]) -> bool:
    """`same`: whether two items of a list are."""
    if len(one) > LONGEST or len(other) > LONGEST:
        return False
    first, second = listed(one), listed(other)
    if first is not None and second is not None:
        return _are_one_list(first, second, same)
    if first is not None or second is not None:
        alone = first or second  # [7] is 7
        return alone is not None and len(alone.items) == 1 and same(alone.items[0], other if first is not None else one)
    formula = terms(one)
    return formula is not None and formula == terms(other)


def listed(text: str) -> Listed | None:
    """A list, a set, a pair; several values with commas between them."""
    bare = NO_MARKS.sub("", text).replace("\\{", "{").replace("\\}", "}").strip(" .。")
    bracket = bare[:1] if _is_in_brackets(bare) else ""
    inside = bare[1:-1].strip() if bracket else bare
    if not bracket and OF_THOUSANDS.fullmatch(inside):
        return None
    items = _split(inside)
    if not all(items) or (len(items) < 2 and bracket not in ("[", "{")):
        return None
    return Listed(bracket, tuple(items), bracket == "{" or IN_ANY_ORDER.search(inside) is not None)


def terms(text: str) -> tuple[str, ...] | None:
    """The terms of a sum, however they are ordered and written; None of what is no formula."""
    bare = NO_MARKS.sub("", text)
    if FORMULA.fullmatch(bare) is None or WORDS.search(bare):
        return None
    bare = bare.translate(SIGNS).replace("\\cdot", "*").replace("\\times", "*")
    bare = re.sub(r"\s+", "", NAMED.sub(_letter, bare)).rstrip(".")
    bare = SHORT_FRACTION.sub(r"\\frac{\1}{\2}", bare)
    while bare != (inner := FRACTION.sub(_as_quotient, ROOT.sub(_as_root, bare))):
        bare = inner
    bare = IN_BRACES.sub(lambda match: f"^{match[1] or match[2]}", bare)
    found, start, deep = list[str](), 0, 0
    for place, sign in enumerate(bare):
        deep += {"(": 1, "{": 1, ")": -1, "}": -1}.get(sign, 0)
        if deep == 0 and place > start and SIGN.match(bare, place):
            found.append(bare[start:place])
            start = place
    found.append(bare[start:])
    return tuple(sorted(term.removeprefix("+") for term in found)) if deep == 0 and "=" not in bare else (bare,)


def _are_one_list(one: Listed, other: Listed, same: Callable[[str, str], bool]) -> bool:
    if len(one.items) != len(other.items) or {one.bracket, other.bracket} == {"[", "("}:  # which may be intervals
        return False
    if not (one.is_unordered or other.is_unordered):
        return all(map(same, one.items, other.items))
    left = list(other.items)
    for item in one.items:
        found = next((number for number, there in enumerate(left) if same(item, there)), None)
        if found is None:
            return False
        del left[found]
    return True


def _is_in_brackets(text: str) -> bool:
    """Whether the first bracket is closed by the last sign."""
    if BRACKETS.get(text[:1]) != text[-1:]:
        return False
    deep = 0
    for place, sign in enumerate(text):
        deep += 1 if sign in BRACKETS else -1 if sign in BRACKETS.values() else 0
        if deep == 0:
            return place == len(text) - 1
    return False


def _split(text: str) -> list[str]:
    """At what stands between values, but not inside brackets; where commas have spaces behind them, at those alone."""
    spaced = re.search(r",\s", text) is not None
    found, start, deep, place = list[str](), 0, 0, 0
    while place < len(text):
        sign = text[place]
        deep += 1 if sign in BRACKETS else -1 if sign in BRACKETS.values() else 0
        between = BETWEEN.match(text, place) if deep == 0 else None
        if between is None or (spaced and between[0] == ","):
            place += 1
            continue
        found.append(text[start:place].strip())
        start = place = between.end()
    return [*found, text[start:].strip()]


def _as_root(match: re.Match[str]) -> str:
    return f"√({next(filter(None, match.groups()), '')})"


def _as_quotient(match: re.Match[str]) -> str:
    above, below = (part if ONE_TOKEN.fullmatch(part) else f"({part})" for part in match.groups())
    return f"{above}/{below}"


def _letter(match: re.Match[str]) -> str:
    return {"pi": "π", "theta": "θ"}.get(match[1], match[0])
