"""Answer keys of quizzes: where one begins, what it says to which question: "1. B", 問1 イ 問2 ア, 解説 for each."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from so8t_engine.data.files import quiz_lines, quiz_options
from so8t_engine.data.files.quiz_lines import DRESS, FEWEST, KANJI, N

NEAR = 40  # lines
KEY_WORDS = (
    r"[\W_]*(?:(?:解答|正解|正答|(?:参考|參考|标准|標準)?答案|答え?|回答|정답)(?:(?:と|・|及び|および|＆)?解説)?(?:一覧表?|番号|例|欄|集|編)?"
    r"|(?i:(?:the )?(?:answer[ -]?key|(?:correct )?answers?(?: keys?)?|key|solutions?)(?: (?:and|&) \w+)?|lösungen"
    r"|antworten|réponses|respuestas|risposte))"
)
KEY = re.compile(rf"{KEY_WORDS}[\W_]*")
KEY_AHEAD = re.compile(rf"{KEY_WORDS}[】\])）*]*[ 　]*[:：][ \t　]*(?=\S)")
KEY_OF_WHY = re.compile(r"[\W_]*(?:解説|(?:答案)?解析|해설|(?i:explanations?|rationales?))[\W_]*")
COMMA = r"[,，](?![0-9０-９]{2})"
NUMBERED = (
    rf"(?:(?:問題?|設問|第)[ 　]*|(?i:question|q|no)\.?[ 　]*)?[(（\[【]?(?:(?P<n>{N}|(?<=[問題第])[{KANJI}]{{1,3}}))"
    rf"(?![0-9０-９])[)）\]】]?[ 　]*問?[ \t　]*(?:[.．:：、)）=＝→|-]|[–—]|{COMMA})*[)）]?(?:\*\*|__)?[ \t　]*"
)
AFTER = r"(?:(?<![0-9０-９])|(?=[^\W0-9０-９]|[①-⑩]))"  # a digit, no digit
ENTRY = re.compile(
    NUMBERED + rf"{AFTER}[(（「\[]?(?P<mark>{quiz_options.MARK})[)）」\]]?(?![^\s　,、;；/|・。.])[\s　,、;；/|・。.]*"
)
ENTRY_LINE = re.compile(rf"{DRESS}{NUMBERED}(?P<rest>(?![,，][0-9０-９])\S.*)")


class KeyEntry(NamedTuple):
    """Of an answer key: which question's, what it says, and whether that explains the answer."""

    number: str
    said: list[str]
    why: list[str]


def begins(texts: Sequence[str], style: re.Pattern[str] | None) -> Iterator[int]:
    """Where answer keys begin: at headings below several questions, none with its own, and above several entries."""
    asked, headings = 0, 0
    for at, text in enumerate(texts):
        if style is None:
            return
        if KEY.fullmatch(text) and asked:
            headings += 1
        if asked >= FEWEST and headings == 1 and KEY.fullmatch(text):
            below = list(itertools.islice((line for line in texts[at + 1 :] if line.strip()), NEAR))
            first = itertools.takewhile(lambda line: KEY.fullmatch(line) is None, below)
            if count([*first]) >= FEWEST and any(map(ENTRY_LINE.match, below[:2])):
                yield at
                asked, headings = 0, 0
        asked += style.match(text) is not None


def begins_without_heading(texts: Sequence[str]) -> int:
    """Where nothing but entries of a key follow; the end where none do."""
    start = len(texts)
    while start and (not texts[start - 1].strip() or _entries_in(texts[start - 1])):
        start -= 1
    return start if count(texts[start:]) >= FEWEST else len(texts)


def end(texts: Sequence[str], style: re.Pattern[str] | None, key: int, other: int) -> int:
    """Where the next part begins, which has a key of its own; that key where no heading says it."""
    for at in range(key + 1, other):
        if quiz_lines.SECTION.fullmatch(texts[at]) and not KEY_OF_WHY.fullmatch(texts[at]):
            below = [text for text in texts[at + 1 : at + NEAR] if text.strip()]
            if style is not None and below and style.match(below[0]) and not _entries_in(below[0]):
                return at
    return other


def count(texts: Sequence[str]) -> int:
    """How many entries there are."""
    return sum(max(len(_entries_in(text)), ENTRY_LINE.match(text) is not None) for text in texts)


def _entries_in(text: str) -> list[tuple[str, str]]:
    """(number, mark) of each entry of a line that holds nothing but such; none of any other."""
    ahead = KEY_AHEAD.match(text)
    rest, found = text[ahead.end() if ahead else 0 :].strip(" \t　|*"), list[tuple[str, str]]()
    while rest:
        entry = ENTRY.match(rest)
        if entry is None:
            return []
        found.append((quiz_lines.number(entry["n"]), entry["mark"]))
        rest = rest[entry.end() :]
    numbers = [int(number) for number, _ in found if number.isdecimal()]
    return found if len(found) < 2 or numbers == [*range(numbers[0], numbers[0] + len(found))] else []


def entries(texts: Sequence[str]) -> Iterator[KeyEntry]:
    """Of the lines of a key; what explains an answer may be an entry of its own."""
    explains = False
    last: KeyEntry | None = None
    for text in texts:
        several, line = _entries_in(text), ENTRY_LINE.match(text)
        if KEY_OF_WHY.fullmatch(text) or KEY.fullmatch(text):
            if last is not None:
                yield last
            last, explains = None, KEY_OF_WHY.fullmatch(text) is not None
        elif not several and quiz_lines.SECTION.fullmatch(text):
            continue
        elif several or line is not None:
            if last is not None:
                yield last
            last = None
            if several and not explains:
                yield from (KeyEntry(number, [mark], []) for number, mark in several[:-1])
                last = KeyEntry(several[-1][0], [several[-1][1]], [])
            elif line is not None:
                said, why = quiz_lines.split(line["rest"])
                last = KeyEntry(
                    quiz_lines.number(line["n"]), [] if explains else [said], [line["rest"]] if explains else why
                )
        elif last is not None:
            labelled = quiz_lines.WHY.match(text)
            is_open = not (explains or labelled or last.why or quiz_options.is_mark(last.said[0]))
            (last.said if is_open else last.why).append(text if labelled is None else labelled["rest"])
    if last is not None:
        yield last
