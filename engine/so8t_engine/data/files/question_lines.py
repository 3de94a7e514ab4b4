"""Questions of a text whose answers have no mark: behind "Q.", numbered, in bold, or lines that ask, above the answers.

Only where nearly all of it is so: every question has text below it, which asks nothing itself and is no choice.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Literal

from so8t_engine.data.files import question_headings

FEWEST, ODD = 3, 0.2  # questions; share of them that may be otherwise
LONGEST = 240  # characters of a question
LONGEST_ABOVE, MOST_ABOVE = 80, 3  # characters, lines above the first one, where no sign tells them
LONGEST_TITLE = 30
MOST_BETWEEN = 4  # lines for each question, where no empty lines part them
GREETS = re.compile(
    r"(?i)^\s*(?:dear|hi|hello|hey|liebe[rs]?|sehr geehrte|hallo|chère?s?|bonjour|querid[oa])\b|[,、]\s*$|様\s*$|拝啓"
)
NUMBER = re.compile(
    r"[ \t　]*(?:\*\*|__)?[(（\[【<＜]?(?:No\.?[ 　]*|問[ 　]*)?(?P<number>[0-9０-９]{1,3})"
    r"(?:[.．)）、:：\]】>＞]{1,2}|[ 　]-[ 　]|[ \t　]{2,})(?:\*\*|__)?[ \t　]*"
)
BULLET = re.compile(r"[ \t　]*(?:[-*+・●○◆◇■□▶►▼✓][ \t　]*|[—–][ \t　]+)?")
ENDS = re.compile(r"[.。!！?？:：;；」』）)\"”'’]\s*$")
SPEAKS = re.compile(r"[^\s:：]{1,20}(?: [^\s:：]{1,20})?[:：]\s*\S")
OPTION = re.compile(r"[ \t　]*[(（]?(?:[A-Da-d]|[ア-エ])[.)）．、][ \t　]*\S")
BLANK = re.compile(r"_{3,}|＿{2,}|[(（][ 　]{2,}[)）]|…{3,}|\.{6,}")

Style = Literal["labelled", "numbered", "bold", "bare"]
STYLES: tuple[Style, ...] = ("labelled", "numbered", "bold", "bare")
Label = Callable[[str], str | None]  # what stands behind "Q1."; None of other lines
Mark = tuple[Literal["heads", "ends"], str]


@dataclass
class _Unmarked:
    asked: str
    said: list[str] = field(default_factory=list)


class LinesThatAsk:
    """Of lines in their order: which of them begin a question."""

    def __init__(self, style: Style, label: Label) -> None:
        self._style, self._label = style, label
        self._number, self._above = 0, ""
        self.passed_over = 0  # lines that ask in this style and do not fit
        self.below_gaps = self.below_sentences = 0  # of those that fit

    def mark(self, text: str) -> Mark | None:
        asked = self._asked(text)
        self._above = text
        if asked is None and question_headings.HEADING.fullmatch(text):
            return "ends", ""
        return None if asked is None else ("heads", asked)

    def _asked(self, text: str) -> str | None:
        if not text.strip():
            return None
        if self._style == "labelled":
            return self._label(text)
        if self._style == "numbered":
            return self._numbered(text)
        if self._style == "bold":
            bold = question_headings.BOLD.fullmatch(text.strip())
            said = without_number(bold[2]).strip() if bold is not None else ""
            return said if question_headings.asks(said) else None
        said = text[BULLET.match(text).end() :].strip()  # type: ignore[union-attr] # which fits nothing, too
        if not question_headings.asks(said) or not question_headings.stands_alone(said):
            return None
        above = self._above.strip()
        self.below_gaps += not above
        self.below_sentences += bool(above) and not _is_title(above)
        goes_on = said[:1].islower() or not (ENDS.search(above) or _is_title(above))
        if above and goes_on:
            self.passed_over += 1  # the end of a sentence that began above it
            return None
        return said

    def _numbered(self, text: str) -> str | None:
        found = NUMBER.match(text)
        said = text[found.end() :].strip().removesuffix("**").removesuffix("__").rstrip() if found is not None else ""
        if found is None or not question_headings.asks(said):
            return None
        number = int(found["number"])
        if number not in (1, self._number + 1):
            self.passed_over += 1
            return None
        self._number = number
        return said


def style_of(lines: Sequence[str], label: Label) -> Style | None:
    return next((style for style in STYLES if _fits(lines, style, label)), None)


def _fits(lines: Sequence[str], style: Style, label: Label) -> bool:
    marks, items, above = LinesThatAsk(style, label), list[_Unmarked](), list[str]()
    for line in lines:
        kind, said = marks.mark(line) or ("", line)
        if kind == "heads":
            items.append(_Unmarked(said))
        elif not kind:
            (items[-1].said if items else above).append(line)
    if len(items) < FEWEST or marks.passed_over or not all(0 < len(item.asked) <= LONGEST for item in items):
        return False
    odd = sum(not _is_answered(item) for item in items)
    ask = sum(question_headings.asks(item.asked) for item in items)
    if odd > ODD * len(items) or 2 * ask < len(items) or any(map(_is_exercise, items)):
        return False
    return style != "bare" or _are_plain(items, [line for line in above if line.strip()], marks)


def _are_plain(items: Sequence[_Unmarked], above: Sequence[str], marks: LinesThatAsk) -> bool:
    """Whether lines that only ask are no letter, story or talk: all behind empty lines or titles, or one in four."""
    if len(above) > MOST_ABOVE or any(len(line) > LONGEST_ABOVE or GREETS.search(line) for line in above):
        return False
    if 2 * sum(SPEAKS.match(item.asked) is not None for item in items) >= len(items):
        return False
    lines = len(items) + len(above) + sum(bool(line.strip()) for item in items for line in item.said)
    return not marks.below_sentences or (not marks.below_gaps and len(items) * MOST_BETWEEN >= lines)


def _is_answered(item: _Unmarked) -> bool:
    """Whether text that asks nothing stands below it."""
    text = "\n".join(item.said).strip()
    return bool(text) and not question_headings.asks(text)


def _is_exercise(item: _Unmarked) -> bool:
    """Whether options stand below it, or a place to write."""
    return sum(OPTION.match(line) is not None for line in item.said) > 1 or any(
        BLANK.search(text) is not None for text in (item.asked, *item.said)
    )


def without_number(said: str) -> str:
    found = NUMBER.match(said)
    return said[found.end() :] if found is not None else said


def without_title(said: Sequence[str]) -> list[str]:
    """An answer without the title of the section in which the next question stands."""
    kept = list(said)
    while kept and not kept[-1].strip():
        kept.pop()
    before = [line for line in kept[:-1] if line.strip()]
    if not before or not _is_title(kept[-1]) or not ENDS.search(before[-1]):
        return list(said)
    return kept[:-1]


def _is_title(line: str) -> bool:
    """Whether a line may be a heading: short, in words, and no sentence."""
    text = line.strip()
    plain = text[BULLET.match(text).end() :]  # type: ignore[union-attr] # which fits nothing, too
    return (
        plain == text.lstrip("#■□●◆◇▼ 　")
        and len(text) <= LONGEST_TITLE
        and not (ENDS.search(text) or any(map(str.isdecimal, text)))
    )
