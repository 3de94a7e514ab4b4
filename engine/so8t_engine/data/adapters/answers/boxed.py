r"""What an answer boxes as its result: \boxed{...}, but not where it only speaks of that command."""

from __future__ import annotations

import re

MARK = re.compile(r"\\f?box(?:ed)?\{")
CODE = re.compile(r"```.*?(?:```|\Z)|``.*?``|`[^`\n]*`", re.DOTALL)
NUMBER = re.compile(r"[-+$\s]*[\d.,]+[%\s]*")
ENDS = re.compile(r"[\s.。`$*)\]}]*\Z")
TOLD = re.compile(  # "Use \boxed{x}"; "we get", "is" and the like stand before a result
    r"(?i)(?:\b(?:use|using|write|type|put|inside|within|commands?|macro|like|named|called)(?: the| a| your)?"
    r"|\b(?:command|macro|mark) is)\s*[$\\(\[\s]*\Z"
)
TOLD_BEHIND = re.compile(
    r"\s*[$\\)\]]*\s*(?:のように|と書|と入力|を使|で囲|の中に|に入れ|コマンド|commands?\b|macros?\b)"
)
NEAR = 40  # characters


def results(text: str) -> list[str]:
    """What stands in each, in order; braces may be nested. Those that are only spoken of are none."""
    if "\\boxed{" not in text and "\\fbox{" not in text:
        return []
    codes = [code.span() for code in CODE.finditer(text)] if "`" in text else []
    found = []
    for mark in MARK.finditer(text):
        end = _closed(text, mark.end())
        if end is None:
            continue
        inside = text[mark.end() : end].strip()
        code = next(((start, stop) for start, stop in codes if start < mark.start() < stop), None)
        if inside and not _is_spoken_of(text, inside, mark.start(), end + 1, code):
            found.append(inside)
    return found


def _closed(text: str, start: int) -> int | None:
    deep = 1
    for place in range(start, len(text)):
        deep += {"{": 1, "}": -1}.get(text[place], 0)
        if deep == 0:
            return place
    return None


def _is_spoken_of(text: str, inside: str, start: int, end: int, code: tuple[int, int] | None) -> bool:
    """In code, unless a number ends the answer there; as the object of what is to be written."""
    is_number = NUMBER.fullmatch(inside) is not None
    if code is not None:
        return not (is_number and text[end : code[1]].strip("`$\\]) \n") == "" and ENDS.match(text, code[1]))
    if is_number:
        return False
    told = TOLD.search(text[max(0, start - NEAR) : start]) or TOLD_BEHIND.match(text, end)
    return told is not None
