r"""Whether two mathematical expressions have the same value (`\frac{1}{2}` and 0.5, `(x+1)^2` and `x^2+2x+1`).

By math-verify on sympy. Its timeouts are signals on Linux (main thread only) and processes on Windows, so they are
off. Instead only expressions that cannot take long are tried (short and flat ones with small powers, without sums,
products, integrals or factorials), numbers put in for the variables rule out most wrong ones, and what is left has a
budget of function calls. The answer depends on the two texts alone: sympy's own random numbers are seeded for each
pair and its caches emptied.
"""

from __future__ import annotations

import functools
import logging
import math
import re
import unicodedata
from typing import Any

from math_verify import parse, verify
from math_verify.errors import TimeoutException
from sympy import Expr, Rational
from sympy.core import random as sympy_random
from sympy.core.cache import clear_cache

from so8t_engine.rewards import call_budget

LONGEST = 100  # characters of an expression
DEEPEST = 6  # braces and brackets within each other
MOST_POWERS = 4
HIGHEST, HIGHEST_NUMBER = 12, 150  # all powers together, where there is a variable and where there is none
MOST_FUNCTIONS = 2
MOST_VARIABLES = 3
CALLS = 200_000  # school algebra takes 20,000 to 60,000, 0.1 s
POINTS = (Rational(7, 5), Rational(-11, 3), Rational(17, 2))  # put in for the first variable, and so on from there
CLEARLY = 1e-3  # two values further apart than this share of them are not the same number rounded
MARKS = re.compile(r"\\[A-Za-z(\[{]|[\^√]|\$(?!\s)[^$]+(?<!\s)\$(?!\d)|\bsqrt\b")  # `$5 or $6` is money
BOXED = re.compile(r"\\boxed\s*\{")
PIECE = re.compile(r"\$\$(.+?)\$\$|\$(?!\s)([^$]+)(?<!\s)\$(?!\d)|\\\((.+?)\\\)|\\\[(.+?)\\\]", re.DOTALL)
COMMANDS = frozenset({
    "frac", "dfrac", "tfrac", "sqrt", "pi", "cdot", "times", "div", "pm", "left", "right", "infty", "cup", "cap",
    "text", "mathrm", "le", "leq", "ge", "geq", "lt", "gt", "ne", "neq", "in", "sin", "cos", "tan", "log", "ln", "exp",
    "alpha", "beta", "theta", "circ", "degree", "begin", "end", "quad",
})  # fmt: skip
FUNCTIONS = frozenset({"sin", "cos", "tan", "log", "ln", "exp"})
COMMAND = re.compile(r"\\([A-Za-z]+)")
POWER = re.compile(r"\^\s*(?:\{\s*([^{}]*)\s*\}|(.))")
SMALL_POWER = re.compile(r"-?(?:\d{1,2}|[a-z]|\\circ|\d{1,2}/\d{1,2})")
VARIABLE = re.compile(r"(?<![A-Za-z\\])[A-Za-z](?![A-Za-z])")
DIGITS = re.compile(r"\d{16,}")
SPACING = re.compile(r"\\[,;:! $]|~")

FAILURES = (ArithmeticError, ValueError, TypeError, AttributeError, RuntimeError, TimeoutException)

logging.getLogger("math_verify").setLevel(logging.ERROR)  # it warns of the missing timeouts; this module replaces them


def looks_mathematical(text: str) -> bool:
    """True if there is more than plain numbers and words: a command, a power, a root, `$...$`."""
    return MARKS.search(text) is not None


def same(answer: str, gold: str) -> bool | None:
    """None where one of the two cannot be read, or might take too long."""
    return _same(expression(answer), expression(gold))


def expression(text: str) -> str:
    """The last boxed or marked piece of a text, or the whole of it: what is compared."""
    plain = unicodedata.normalize("NFKC", text).strip()
    boxed = [match.end() for match in BOXED.finditer(plain)]
    if boxed:
        return _closed(plain[boxed[-1] :]).strip()
    pieces = [next(group for group in groups if group) for groups in PIECE.findall(plain)]
    return (pieces[-1] if pieces else plain).strip().strip("$").rstrip(".。").strip()


def bounded(text: str) -> bool:
    """True if this can be worked out in little time, whatever it says."""
    powers = [(match[1] if match[1] is not None else match[2]).strip() for match in POWER.finditer(text)]
    commands, variables = COMMAND.findall(text), set(VARIABLE.findall(COMMAND.sub(" ", text)))
    degree = sum(int(number) for power in powers for number in re.findall(r"\d+", power)[:1])
    return (
        0 < len(text) <= LONGEST
        and _depth(text) <= DEEPEST
        and "!" not in text
        and "**" not in text
        and not DIGITS.search(text)
        and len(powers) == text.count("^") <= MOST_POWERS
        and all(SMALL_POWER.fullmatch(power) for power in powers)
        and set(commands) <= COMMANDS
        and sum(command in FUNCTIONS for command in commands) <= MOST_FUNCTIONS
        and len(variables) <= MOST_VARIABLES
        and degree <= (HIGHEST if variables else HIGHEST_NUMBER)
    )


@functools.lru_cache(maxsize=4096)
def _same(answer: str, gold: str) -> bool | None:
    if answer == gold:
        return True
    wanted, given = _parsed(gold), _parsed(answer)
    if not wanted or not given:
        return None
    try:
        return call_budget.within(CALLS, lambda: _verified(list(wanted), list(given)))
    except (*FAILURES, call_budget.Exceeded):
        return None


def _verified(wanted: list[Any], given: list[Any]) -> bool:
    sympy_random.seed(0)
    clear_cache()
    return not _differ(wanted[0], given[0]) and bool(verify(wanted, given, timeout_seconds=None))


def _differ(wanted: Any, given: Any) -> bool:
    """True if two expressions in the same variables have clearly different values somewhere; False: not known."""
    if not (isinstance(wanted, Expr) and isinstance(given, Expr)) or wanted.free_symbols != given.free_symbols:
        return False
    variables = sorted(wanted.free_symbols, key=str)
    for shift in range(len(POINTS)) if variables else ():
        values = {name: POINTS[(shift + place) % len(POINTS)] for place, name in enumerate(variables)}
        a, b = (complex(expression.subs(values).evalf(20)) for expression in (wanted, given))
        if math.isfinite(abs(a)) and math.isfinite(abs(b)) and abs(a - b) > CLEARLY * max(1.0, abs(a)):
            return True
    return False


@functools.lru_cache(maxsize=4096)
def _parsed(text: str) -> tuple[Any, ...]:
    if not bounded(text):
        return ()
    try:
        return tuple(parse(f"${SPACING.sub(' ', text)}$", parsing_timeout=None))
    except FAILURES:
        return ()


def _depth(text: str) -> int:
    deepest = depth = 0
    for character in text:
        depth += (character in "({[") - (character in ")}]")
        deepest = max(deepest, depth)
    return deepest


def _closed(text: str) -> str:
    r"""Up to the brace that closes the one before `text`."""
    depth = 1
    for place, character in enumerate(text):
        depth += (character == "{") - (character == "}")
        if depth == 0:
            return text[:place]
    return text
