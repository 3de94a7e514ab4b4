r"""Whether two mathematical expressions have the same value (`\frac{1}{2}` and 0.5, `(x+1)^2` and `x^2+2x+1`).

By math-verify on sympy. Its timeouts are signals on Linux (main thread only) and processes on Windows, so they are
off; instead only expressions that cannot take long are tried: short ones, small powers, no sums, products, integrals
or factorials. The answer depends on the two texts alone: sympy's own random numbers are seeded for each pair.
"""

from __future__ import annotations

import functools
import logging
import re
import unicodedata
from typing import Any

from math_verify import parse, verify
from math_verify.errors import TimeoutException
from sympy.core import random as sympy_random

LONGEST = 120  # characters of an expression
MOST_POWERS = 3
MARKS = re.compile(r"\\[A-Za-z(\[{]|[\^√]|\$(?!\s)[^$]+(?<!\s)\$(?!\d)|\bsqrt\b")  # `$5 or $6` is money
BOXED = re.compile(r"\\boxed\s*\{")
PIECE = re.compile(r"\$\$(.+?)\$\$|\$(?!\s)([^$]+)(?<!\s)\$(?!\d)|\\\((.+?)\\\)|\\\[(.+?)\\\]", re.DOTALL)
COMMANDS = frozenset({
    "frac", "dfrac", "tfrac", "sqrt", "pi", "cdot", "times", "div", "pm", "left", "right", "infty", "cup", "cap",
    "text", "mathrm", "le", "leq", "ge", "geq", "lt", "gt", "ne", "neq", "in", "sin", "cos", "tan", "log", "ln", "exp",
    "alpha", "beta", "theta", "circ", "degree", "begin", "end", "quad",
})  # fmt: skip
COMMAND = re.compile(r"\\([A-Za-z]+)")
POWER = re.compile(r"\^\s*(?:\{\s*([^{}]*)\s*\}|(.))")
SMALL_POWER = re.compile(r"-?(?:\d{1,2}|[a-z]|\\circ|\d{1,2}/\d{1,2}|\\frac\s*\d\s*\d)")
DIGITS = re.compile(r"\d{16,}")
SPACING = re.compile(r"\\[,;:! $]|~")

logging.getLogger("math_verify").setLevel(logging.ERROR)  # it warns of the missing timeouts; this module replaces them


def looks_mathematical(text: str) -> bool:
    """Whether plain numbers, letters and words do not say all there is: a command, a power, a root, `$...$`."""
    return MARKS.search(text) is not None


def same(said: str, gold: str) -> bool | None:
    """None where one of the two cannot be read, or might take too long."""
    return _same(expression(said), expression(gold))


def expression(text: str) -> str:
    """The last boxed or marked piece of a text, or the whole of it: what is compared."""
    plain = unicodedata.normalize("NFKC", text).strip()
    boxed = [found.end() for found in BOXED.finditer(plain)]
    if boxed:
        return _closed(plain[boxed[-1] :]).strip()
    pieces = [next(part for part in found if part) for found in PIECE.findall(plain)]
    return (pieces[-1] if pieces else plain).strip().strip("$").rstrip(".。").strip()


def bounded(text: str) -> bool:
    """Whether this can be worked out in no time, whatever it says."""
    powers = [found[1] if found[1] is not None else found[2] for found in POWER.finditer(text)]
    return (
        0 < len(text) <= LONGEST
        and "!" not in text
        and "**" not in text
        and not DIGITS.search(text)
        and len(powers) == text.count("^") <= MOST_POWERS
        and all(SMALL_POWER.fullmatch(power.strip()) for power in powers)
        and set(COMMAND.findall(text)) <= COMMANDS
    )


@functools.lru_cache(maxsize=4096)
def _same(said: str, gold: str) -> bool | None:
    if said == gold:
        return True
    wanted, found = _parsed(gold), _parsed(said)
    if not wanted or not found:
        return None
    sympy_random.seed(0)
    try:
        return bool(verify(list(wanted), list(found), timeout_seconds=None))
    except (ArithmeticError, ValueError, TypeError, AttributeError, RecursionError, TimeoutException):
        return None


@functools.lru_cache(maxsize=4096)
def _parsed(text: str) -> tuple[Any, ...]:
    if not bounded(text):
        return ()
    try:
        return tuple(parse(f"${SPACING.sub(' ', text)}$", parsing_timeout=None))
    except (ArithmeticError, ValueError, TypeError, AttributeError, RecursionError, TimeoutException):
        return ()


def _closed(text: str) -> str:
    r"""Up to the brace that closes the one before `text`."""
    depth = 1
    for place, character in enumerate(text):
        depth += (character == "{") - (character == "}")
        if depth == 0:
            return text[:place]
    return text
