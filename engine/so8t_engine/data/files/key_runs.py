"""Answer keys without an entry for each question: runs (1-5 BCADB), a row of numbers above one of marks, marks alone.

Each becomes a line of entries ("1. B 2. C"); one whose marks are not as many as its questions says nothing.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from so8t_engine.data.files import quiz_options

MOST = 200  # questions of a run
NUMBER = r"[0-9０-９]{1,3}"
AHEAD = r"(?:第|問題?|设问|設問|(?i:questions?|no\.?|q)\.?)?[ 　]*[(（]?"
TO = r"[)）]?[ 　]*(?:[-‐－–—―~～〜]{1,2}|から|to|至|到)[ 　]*"
BETWEEN = r"[ \t　,，、・/|;；]*"
OF_ONE_KIND = "|".join(  # a digit behind letters is the number of the next question
    rf"{one}(?:{BETWEEN}{one})*"
    for one in ("[A-Ja-jＡ-Ｊａ-ｊ]", "[①-⑩]", quiz_options.OF_KANA, quiz_options.OF_DIGITS)
)
RUN = re.compile(
    rf"{AHEAD}(?P<first>{NUMBER}){TO}{AHEAD}(?P<last>{NUMBER})[)）]?[ 　]*[问問题題]?[ 　]*[.．:：、)）]?[ \t　]*"
    rf"(?P<marks>{OF_ONE_KIND})(?!\w)[ \t　,，、;；。.|]*"
)
MARKS = re.compile(rf"{BETWEEN}(?:{quiz_options.MARK}{BETWEEN})+")
NUMBERS = re.compile(rf"{BETWEEN}(?:[^\W\d]{{1,10}}\.?{BETWEEN})?(?:問?{NUMBER}[.．]?{BETWEEN}){{2,}}")
NAMED = re.compile(r"[ \t　|]*(?!(?:[A-Ja-j])[ \t　|])[^\W\d]{2,10}[ \t　]*[|:：\t]")  # "| Answer | B | C |"
RULE = re.compile(r"[ \t]*\|?[-:| \t]{3,}")
ALONE = 3  # marks without a number beside each


def laid_out(texts: Sequence[str], heading: re.Pattern[str], ahead: re.Pattern[str], asked: int) -> list[str]:
    """The lines, those of such keys as entries. `heading`, `ahead`: what a key begins with; `asked`: the questions."""
    found = list(texts)
    for at, text in enumerate(texts):
        begins = ahead.match(text)
        start = begins.end() if begins else 0
        if (runs := _runs(text[start:])) is not None:
            found[at] = text[:start] + runs
        elif NUMBERS.fullmatch(text) and (below := _below(texts, at)) is not None:
            numbers = [str(int(number)) for number in re.findall(NUMBER, text)]
            marks = marks_of(NAMED.sub("", texts[below]))
            if marks is not None and len(marks) == len(numbers) >= ALONE and _follow(numbers):
                found[at], found[below] = "", _entries(numbers, marks)
        elif heading.fullmatch(text) and (below := _below(texts, at)) is not None and not any(texts[below + 1 :]):
            marks = marks_of(texts[below])
            if marks is not None and len(marks) == asked >= ALONE:
                found[below] = _entries([*map(str, range(1, asked + 1))], marks)
    return found


def marks_of(text: str) -> list[str] | None:
    """The marks of a line that holds nothing else."""
    return re.findall(quiz_options.MARK, text) if MARKS.fullmatch(text) else None


def _runs(text: str) -> str | None:
    """As entries, where a line holds nothing but runs."""
    rest, found = text.strip(" \t　|*"), list[str]()
    while rest:
        run = RUN.match(rest)
        if run is None:
            return None
        first, last = int(run["first"]), int(run["last"])
        marks = re.findall(quiz_options.MARK, run["marks"])
        if not 0 < last - first < MOST or len(marks) != last - first + 1 or not _are_even(run["marks"]):
            return None
        found.append(_entries([*map(str, range(first, last + 1))], marks))
        rest = rest[run.end() :]
    return " ".join(found) or None


def _are_even(marks: str) -> bool:
    """Whether they stand alone or in groups of a size: in "AB C" two may answer one question."""
    sizes = [len(group) for group in re.split(BETWEEN.replace("*", "+"), marks)]
    return len({*sizes}) == 1 or (len({*sizes[:-1]}) == 1 and sizes[0] >= ALONE and sizes[-1] < sizes[0])


def _below(texts: Sequence[str], at: int) -> int | None:
    """The next line that is more than a rule of a table."""
    after = range(at + 1, min(at + 4, len(texts)))
    return next((below for below in after if texts[below].strip() and not RULE.fullmatch(texts[below])), None)


def _follow(numbers: Sequence[str]) -> bool:
    first = int(numbers[0])
    return [*numbers] == [str(number) for number in range(first, first + len(numbers))]


def _entries(numbers: Sequence[str], marks: Sequence[str]) -> str:
    return " ".join(f"{number}. {mark}" for number, mark in zip(numbers, marks, strict=True))
