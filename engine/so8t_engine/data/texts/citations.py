"""Marks of sources that are not there: `[3]`, `[2, 3]`, `[^1]`, as a page has them behind what it says.

Not where they may be anything else: a list, a place in one (`a[3]`), a formula, code, a step or a figure that is named;
nor where the row, the question or the answer itself has what they point to.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping
from typing import Any

_ONE = r"\[[1-9]\d{0,2}(?:\s?[,–-]\s?[1-9]\d{0,2})*\]"
_MARKS = rf"{_ONE}(?:,?[^\S\n]?{_ONE})*"
MARK = re.compile(_ONE)
BEHIND_A_SENTENCE = re.compile(
    rf"(?<=[.!?。！？])(?:{_MARKS}(?=\s|\Z|[^\W\d_a-z])"
    rf"|[^\S\n]{_MARKS}(?=\Z|\s*\n|\s[\"'“「(]?[^\W\d_a-z]))"
)
SEVERAL = re.compile(rf"(?<=[^\W_])[^\S\n](?:{_ONE}){{2,}}(?=[.,;:。、]|\Z)")
INSIDE = re.compile(
    rf"(?P<word>(?<![^\W\d_])[^\W\d_]++|\d{{4}}|[%)」”\"])(?P<mark>[^\S\n]?{_MARKS})(?P<end>\Z|\s*\n|[.!?。！？])?"
    r"(?=[.,;:。、！？!?)]|\s|\Z|(?<=[。！？]))"
)
NUMBER = re.compile(r"\d+")
# What a number in brackets belongs to: "is [3]", "step [2]", "see [4]".
OWNERS = re.compile(
    r"(?i)is|are|was|were|be|been|equals?|to|in|of|from|by|at|with|for|and|or|as|see|cf|than|the|an?|into|on|about|under"
    r"|via|us(?:ing|es?|ed)|steps?|equation|eq|formula|refs?|references?|figure|fig|section|chapter|items?|line|rule|note"
    r"|page|option|question|answer|number|no|nr|version|level|problem|exercise|paper|contains?|gives?|prints?|shows?"
    r"|displays?|says?|reads?|writes?|leaves?|returns?|becomes?|gets?|yields?|like|both|choose|pick|select|add|remove"
    r"|append|holds?|means?|call|[a-z]|.*[はがをにのとへも]|.*(?:から|まで|より)"
)
NO_PROSE = re.compile(
    r"[`$\\={}]|(?i:\b(?:python|java\w*|code|program\w*|arrays?|lists?|vectors?|matri\w+|tuples?|intervals?|index|elements?"
    r"|sort\w*|print\w*|returns?|outputs?|functions?|variables?|stack|queue|regex|json|sets?|sequences?|coordinates?"
    r"|modul\w+|mod|numpy|pandas|sql|excel|brackets?)\b)|配列|リスト|関数|コード|要素|区間|行列|プログラム|括弧|集合"
)
LISTED = re.compile(  # what they point to
    r"(?im)^\s*(?:[*-]\s*)?\[\^?\d{1,3}\]|^\s*(?:#+\s*|\*\*)?(?:references|sources|citations|bibliography|footnotes|notes)\b"
    r"|^\s*(?:#+\s*|\*\*)?(?:出典|参考文献|引用文献|脚注|参照)|\$|```"
)
FOOTNOTE = re.compile(r"(?<=[\w.!?。、」)])[^\S\n]?(?:\[\^\w{1,12}\])++(?!:)")
DEFINED = re.compile(r"(?m)^\s*\[\^\w{1,12}\]:")
ASKS = re.compile(r"(?i)cit(?:e|ation|ing)|source|referenc|footnote|\[\d|出典|引用|参考|脚注")
OF_ROWS = re.compile(  # columns that hold sources
    r"(?:\w+_)?(?:sources?|references?|citations?|refs?|bibliography|footnotes?|urls?|links?|documents?|docs?|passages?"
    r"|contexts?|chunks?|search_results?|evidences?|quotes?)|出典|参考文献|引用|脚注|資料"
)


def are_listed(row: Mapping[str, Any]) -> bool:
    """Whether a row has sources in a column of their own, which marks may point to."""
    return any(isinstance(row[name], (list, Mapping, str)) and len(row[name]) > 0 for name in _of_sources(tuple(row)))


@functools.lru_cache(maxsize=512)
def _of_sources(names: tuple[str, ...]) -> tuple[str, ...]:
    plain = {name: re.sub(r"[^\w]+", "_", name.strip().lower()) for name in names}
    return tuple(name for name in names if plain[name] != "source" and OF_ROWS.fullmatch(plain[name]))


def without_marks(answer: str, asked: str) -> str:
    """The answer without them; with all of its numbers where one of them may be anything else."""
    if ASKS.search(asked):
        return answer
    text = FOOTNOTE.sub("", answer) if "[^" in answer and not DEFINED.search(answer) else answer
    if "[" not in text or LISTED.search(text) or not MARK.search(text):
        return text
    proven = BEHIND_A_SENTENCE.search(text) is not None or SEVERAL.search(text) is not None
    if not proven and not _are_plain(text, asked):
        return text
    numbers = {number for mark in MARK.findall(text) for number in NUMBER.findall(mark)}
    at_ends = len(numbers) < 2 and not proven
    plain = SEVERAL.sub("", BEHIND_A_SENTENCE.sub("", text))
    plain = INSIDE.sub(lambda found: _without(found, at_ends), plain).strip()
    return text if MARK.search(plain) or not plain else plain


def _are_plain(text: str, asked: str) -> bool:
    """Whether nothing in question and answer is of programs or sums, where brackets have a meaning of their own."""
    return not NO_PROSE.search(text) and not NO_PROSE.search(asked)


def _without(found: re.Match[str], at_ends: bool) -> str:
    """`at_ends`: only where a sentence ends."""
    if OWNERS.fullmatch(found["word"]) or (at_ends and found["end"] is None):
        return found[0]
    return f"{found['word']}{found['end'] or ''}"
