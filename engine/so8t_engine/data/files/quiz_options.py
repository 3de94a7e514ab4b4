"""The options that a question of a quiz ends with, a line each or behind each other, and which of them is right."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from typing import NamedTuple

KANA, CIRCLED, LATIN, DIGITS = "アイウエオカキク", "①②③④⑤⑥⑦⑧⑨⑩", "ABCDEFGHIJ", "123456789"
AHEAD = r"^[ \t　]*(?:[-+•・][ \t　]+)?"
OPENS, CLOSES, GAP = r"(?:\*\*|__)?[(（\[【]?", r"[)）\]】.．:：、]{1,2}(?:\*\*|__)?", r"[ \t　]+"
OF_KANA, OF_DIGITS = "[アイウエオカキクｱｲｳｴｵｶｷｸ]", "[1-9１-９]"


class _Style(NamedTuple):
    """How options are marked: by which marks, and how these stand before them."""

    order: str
    mark: re.Pattern[str]


def _style(order: str, marks: str, behind: str, anywhere: bool) -> _Style:
    place = rf"(?:{AHEAD}|(?<=[ \t　]))" if anywhere else AHEAD
    return _Style(order, re.compile(rf"(?m){place}(?P<star>\*(?![*\s]))?{OPENS}(?P<mark>{marks}){behind}(?=\S)"))


STYLES = (
    _style(KANA, OF_KANA, rf"(?:{CLOSES}[ \t　]*|{GAP})", True),
    _style(CIRCLED, "[①-⑩]", r"[ \t　.．]*", True),
    _style(LATIN, "[A-JＡ-Ｊ]", rf"{CLOSES}[ \t　]*", True),
    _style(LATIN.lower(), "[a-jａ-ｊ]", rf"{CLOSES}[ \t　]*", True),
    _style(DIGITS, OF_DIGITS, rf"{CLOSES}(?![0-9])[ \t　]*", True),
    _style(LATIN, "[A-JＡ-Ｊ]", GAP, False),
    _style(LATIN.lower(), "[a-jａ-ｊ]", GAP, False),
    _style(DIGITS, OF_DIGITS, GAP, False),
)
MARK = rf"(?:{OF_KANA}|[①-⑩A-Ja-jＡ-Ｊａ-ｊ]|{OF_DIGITS})"
NAMED = re.compile(
    rf"[(（「【\[*]*(?P<mark>{MARK})(?:(?:[)）」】\].．:：、。*]|番(?!目))+[ \t　]*|{GAP}|(?=[(（])|\Z)"
    r"(?P<rest>[\s\S]*)"
)
SEVERAL = re.compile(
    rf"[(（]?{MARK}[)）]?(?:(?:[ \t　]*(?:[,、・と&+/]|and)[ \t　]*|[ \t　]+)[(（]?{MARK}[)）]?)+[。.]?"
)
MOST_BEGUN = 20  # times that options may seem to begin in one question
BETWEEN = " \t　\n|｜,;/、，；／"
DRESS = " \t　()（）「」『』。."


def is_mark(said: str) -> bool:
    """Whether an answer is nothing but what options are called by."""
    return re.fullmatch(MARK, said.strip(DRESS)) is not None


class Options(NamedTuple):
    """Of a question: what stands above them, mark -> text, and the one that a star marks as right."""

    asked: str
    texts: dict[str, str]
    starred: str


def found(text: str) -> list[Options]:
    """Each way to read options in a text, that with the earliest first one first."""
    read = [found for style in STYLES if (found := _by(style, text)) is not None]
    return [options for _, options in sorted(read, key=lambda found: found[0])]


def _by(style: _Style, text: str) -> tuple[int, Options] | None:
    marks = [*style.mark.finditer(text)]
    firsts = [at for at, mark in enumerate(marks) if _plain(mark["mark"]) == style.order[0]]
    runs = [run for at in firsts[-MOST_BEGUN:] if len(run := _run(style.order, marks[at:])) > 1]
    if not runs:
        return None
    in_lines = [run for run in runs if run[0].start() == 0 or text[run[0].start() - 1] == "\n"]
    run = (in_lines or runs)[-1]
    ends = [mark.start() for mark in run[1:]] + [len(text)]
    texts = {
        _plain(mark["mark"]): re.split(r"\n[ \t　]*\n", text[mark.end() : end].strip(BETWEEN))[0].strip(BETWEEN)
        for mark, end in zip(run, ends, strict=True)
    }
    stars = [_plain(mark["mark"]) for mark in run if mark["star"]]
    if not all(texts.values()):
        return None
    asked = text[: run[0].start()].rstrip()
    return run[0].start(), Options(asked, texts, stars[0] if len(stars) == 1 else "")


def _run(order: str, marks: Sequence[re.Match[str]]) -> list[re.Match[str]]:
    """The marks that follow each other in that order."""
    ahead, run = iter(order), list[re.Match[str]]()
    wanted = next(ahead)
    for mark in marks:
        if _plain(mark["mark"]) == wanted:
            run.append(mark)
            wanted = next(ahead, "")
    return run


def _plain(mark: str) -> str:
    return mark if mark in CIRCLED else unicodedata.normalize("NFKC", mark)


def right(said: str, texts: dict[str, str]) -> tuple[str, str] | None:
    """(the mark or marks of what an answer names, what it says besides); None where it names none of the options."""
    bare = said.strip(DRESS)
    same = [mark for mark, text in texts.items() if text.strip(DRESS) == bare]
    if len(same) == 1:
        return same[0], ""
    if SEVERAL.fullmatch(said.strip()):
        marks = [_among(mark, texts) for mark in re.findall(MARK, re.sub("and", " ", said))]
        return (",".join(filter(None, marks)), "") if all(marks) else None
    named = NAMED.fullmatch(said.strip())
    mark = _among(named["mark"], texts) if named is not None else None
    if named is None or mark is None:
        return None
    rest = named["rest"].strip()
    if rest.strip(DRESS) == texts[mark].strip(DRESS):
        return mark, ""
    return None if any(_by(style, f"{named['mark']}. {rest}") for style in STYLES) else (mark, rest)


def _among(mark: str, texts: dict[str, str]) -> str | None:
    """Which of the options a mark names, by its case or not, by a number in a circle or not."""
    plain = unicodedata.normalize("NFKC", mark)
    same = [one for one in texts if unicodedata.normalize("NFKC", one).casefold() == plain.casefold()]
    return same[0] if len(same) == 1 else None


def columns(texts: dict[str, str]) -> dict[str, str]:
    """Options under names that say their marks."""
    return {
        f"option{at}" if mark in CIRCLED + DIGITS else mark.upper(): text
        for at, (mark, text) in enumerate(texts.items(), 1)
    }
