"""Headings of a Markdown text that are questions: at which level they stand, and which others stop or are passed over.

A question that heads a section of another one's is a question of its own; what asks too little to be understood alone
("Why?") and what does not ask stay in the answer.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Literal, NamedTuple

FEWEST, FEWEST_OF_LEVEL, OTHER, MOST_OTHERS = 3, 2, 1, 0.2
HEADING = re.compile(r"[ ]{0,3}(#{1,6})[ \t]+(.*?)[ \t]*#*[ \t]*")
BOLD = re.compile(r"(\*\*|__|\*|_)([^*_]+)\1")  # all of it
FENCE = re.compile(r"[ ]{0,3}(?:```|~~~)")
NUMBERED = re.compile(  # which says itself that it asks: "Q1. The button does nothing"
    r"(?i)(?:(?:q|ｑ)[ \t]*[-.]?\d{1,3}[ \t]*[.．:：)）、　-]"  # "Q1 2024" is a quarter
    r"|(?:faq|question|質問|frage|pregunta|domanda)[ \t]*[-#.]?[ \t]*\d{1,3}[ \t]*[.．:：)）、　-]?)"
    r"[ \t　]*(?=[^\W\d_])"
)
COUNTED = re.compile(
    r"[0-9０-９]{1,3}(?:[.．)）、:：]|(?:\.[0-9]{1,3}){1,3}[.)]?(?=[ \t　]))[ \t　]*(?=[^\d\s])"
)  # "1. How"
ASKS = re.compile(r".*(?:[?？]|(?:です|ます|ません|でした|ました|でしょう)か。?)")
SHORTEST, FEWEST_WORDS = 6, 3  # characters without spaces, words of a question below another

Mark = tuple[Literal["heads", "ends"], str]


class Found(NamedTuple):
    """A heading: how deep it stands, what it says, and whether it asks."""

    level: int
    said: str
    asks: bool


class LinesOfHeadings:
    """Of lines in their order: knows whether one stands in a block of code, where # heads nothing."""

    def __init__(self, level: int) -> None:
        self._level = level
        self._in_code = self._is_behind = False

    def mark(self, text: str) -> Mark | None:
        """What a line is to the questions of that level; None for one that belongs to what stands above it."""
        if FENCE.match(text):
            self._in_code = not self._in_code
        found = None if self._in_code else _heading(text)
        if found is None:
            return None
        is_title, self._is_behind = not self._is_behind and found.level < self._level, True
        if found.asks and not is_title and (found.level <= self._level or stands_alone(found.said)):
            return "heads", found.said
        return ("ends", "") if found.level <= self._level else None


def level(lines: Sequence[str]) -> int:
    """Of the headings that are questions, as nearly all of their level are; 0 where there are none."""
    found = _headings(lines)
    if not _are_enough(found):
        return 0
    fitting = [one.level for one in found if _fits(_asking(found, one.level), len(_others(found, one.level)))]
    return max(fitting, key=lambda level: _asking(found, level), default=0)


def _fits(asking: int, others: int) -> bool:
    return asking >= FEWEST_OF_LEVEL and others <= max(OTHER, MOST_OTHERS * (asking + others))


def others(lines: Sequence[str], level: int) -> list[str]:
    """What heads sections beside those of the questions, and does not ask."""
    return _others(_headings(lines), level)


def stopping(lines: Sequence[str]) -> list[str]:
    """The headings for which those that ask beside them are not read; none where too few ask."""
    found = _headings(lines)
    levels = [one.level for one in found if _asking(found, one.level) >= FEWEST_OF_LEVEL]
    most = max(levels, key=lambda level: _asking(found, level), default=0)
    return _others(found, most) if _are_enough(found) and not level(lines) else []


def titles(lines: Sequence[str]) -> list[str]:
    """Of sections: what the headings of the level say of which there are most, the page's own title aside."""
    found = [one for one in _headings(lines) if one.level > 1 and one.said]
    levels = [one.level for one in found]
    most = max(levels, key=levels.count, default=0)
    return [one.said for one in found if one.level == most]


def _headings(lines: Sequence[str]) -> list[Found]:
    found, in_code = list[Found](), False
    for line in lines:
        in_code ^= FENCE.match(line) is not None
        if not in_code and (heading := _heading(line)) is not None:
            found.append(heading)
    return found


def _heading(line: str) -> Found | None:
    found = HEADING.fullmatch(line)
    if found is None:
        return None
    bold = BOLD.fullmatch(found[2])
    said = bold[2] if bold else found[2]
    if (number := NUMBERED.match(said)) is not None:
        return Found(len(found[1]), said[number.end() :], asks=True)
    if not asks(said):
        return Found(len(found[1]), said, asks=False)
    number = COUNTED.match(said)
    return Found(len(found[1]), said[number.end() :] if number is not None else said, asks=True)


def _are_enough(found: Sequence[Found]) -> bool:
    """Whether there are questions to be read, the title of the page aside: of two both must end with such a sign."""
    asking = [one.said for number, one in enumerate(found) if one.asks and (number or one.level > 1)]
    signed = [said for said in asking if said.rstrip("*_ 　").endswith(("?", "？")) and stands_alone(said)]
    return len(asking) >= FEWEST or len(asking) == len(signed) == FEWEST - 1


def _asking(found: Sequence[Found], level: int) -> int:
    return sum(one.asks for one in found if one.level == level)


def _others(found: Sequence[Found], level: int) -> list[str]:
    return [one.said for one in found if one.level == level and not one.asks]


def asks(said: str) -> bool:
    """Whether a text ends as a question does."""
    lines = said.rstrip("*_ 　\n").splitlines()
    return bool(lines) and ASKS.fullmatch(lines[-1].rstrip()) is not None


def stands_alone(said: str) -> bool:
    """Whether a question is understood without what is above it."""
    return len(said.split()) >= FEWEST_WORDS or (
        " " not in said.strip() and len(said) > SHORTEST and not said.isascii()
    )
