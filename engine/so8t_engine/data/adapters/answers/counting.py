"""What the numbers of right options count from: told by the numbers of all rows, by what other columns say of the right
option ("The answer is B", its text), and at last by what the column is called.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain, islice
from typing import Any, Literal

from so8t_engine.config.run_config import Columns
from so8t_engine.data.adapters.answers import options, right_options
from so8t_engine.data.adapters.answers.option_marks import KANA
from so8t_engine.data.adapters.answers.right_options import half_width
from so8t_engine.data.adapters.parsed_row import LETTERS, Fields, Index
from so8t_engine.data.adapters.talks import talk

FROM, UNTOLD = "counted from", "what numbers count from is told by none"
ROWS = 2_000  # whose other columns are looked at
MOSTLY = 0.9  # of what they say
_MARK = r"([A-H]|[1-9１-９]|[①-⑨]|[アイウエオカキク])"
SAYS_RIGHT = re.compile(
    r"(?:(?i:\banswer|\b(?:correct|right) (?:option|choice|one)|\bantwort|\brespuesta|\bréponse)"
    r"|正解|正答|正しいもの|答え?)(?:番号)?\s*(?:(?i:is|was|ist|es|est)\b|は|が|＝|=|[:：]|、)?\s*"
    r"(?i:the )?(?:(?i:option|choice|number|no\.?)|選択肢)?\s*"
    rf"[(（\[「『]?{_MARK}[)）\]」』番]?(?![A-Za-z0-9]|[.'’]\w|[ァ-ヶ一-龠])"
    rf"|(?:(?i:\boption|\bchoice)|選択肢)\s*[(（]?{_MARK}[)）]?\s*"
    r"(?:(?i:(?:is|was) (?:the )?(?:correct|right|answer))|[がは]正)"
)
OF_NUMBERS = re.compile(
    r"(?:correct|right|answer|option|choice)[a-z]*(?:number|num|no|nr)|(?:正解|正答|解答|答え)の?(?:番号|no)|番号"
)


def look(rows: Iterator[Fields], where: Columns, labels: Mapping[str, str] = {}) -> Index:
    """`labels`: what the user calls values of the answer."""
    answer, places = str(where.answer), options_of(where)
    if where.answer == where.choices:  # where the right ones are marked
        return {}
    named = ({**row, answer: called(row.get(answer), labels)} for row in rows) if labels else rows
    first = list(islice(named, ROWS))
    start = told_by_numbers(chain(first, named), places, answer)
    if start != "untold":
        return {} if start is None else {FROM: (str(start), "")}
    elsewhere = told_elsewhere(first, where)
    if elsewhere is not None:
        return {FROM: (str(elsewhere), "")}
    most = max(len(options.counted_options(row, places)[0]) for row in first)
    found = {UNTOLD: (answer, str(most))}
    return {**found, FROM: ("1", "")} if OF_NUMBERS.fullmatch(right_options.joined(answer)) else found


def options_of(where: Columns) -> list[str]:
    return [place.strip() for place in str(where.choices).split(",")]


def called(right: Any, labels: Mapping[str, str]) -> Any:
    """What says which option is right, as the user calls it."""
    return labels.get(talk.words(right).strip(), right) if labels and isinstance(right, (int, float, str)) else right


def line(start: int, count: int) -> str:
    """The line of the configuration by which numbers count from there."""
    return f"labels: {json.dumps({str(number + start): LETTERS[number] for number in range(count)})}"


def told_elsewhere(rows: Sequence[Fields], where: Columns) -> Literal[0, 1] | None:
    """What they count from by the option that other columns name, where nearly all that say anything agree."""
    votes: Counter[Literal[0, 1]] = Counter()
    places, held = options_of(where), {str(where.answer), str(where.prompt)}
    for row in rows:
        said = _numbers(row.get(str(where.answer)))
        texts, _ = options.counted_options(row, places)
        if len(said) != 1 or len(texts) < 2:
            continue
        others = [value for name, value in row.items() if name not in held and name not in places]
        votes.update(start for value in others if (start := _start(value, said[0], texts)) is not None)
    return next((start for start, count in votes.items() if count >= MOSTLY * votes.total()), None)


def _start(value: Any, number: int, texts: Sequence[str]) -> Literal[0, 1] | None:
    """0 or 1, as another column names the option of this number; None where it names none."""
    if not isinstance(value, str):
        return None
    found = {mark[1] or mark[2] for mark in SAYS_RIGHT.finditer(value)}
    mark = value.strip() if value.strip() in texts else half_width(found.pop()) if len(found) == 1 else ""
    if not mark:
        return None
    if mark in texts:
        place = texts.index(mark)
    elif mark.isdecimal():  # which people count from 1
        place = int(mark) - 1
    else:
        place = next(order.index(mark) for order in (LETTERS, KANA) if mark in order)
    starts: dict[int, Literal[0, 1]] = {place: 0, place + 1: 1}
    return starts.get(number)


def told_by_numbers(rows: Iterable[Fields], where: Sequence[str], answer: str) -> Literal[0, 1, "untold"] | None:
    """What numbers in `answer` count from: 0 where one of them is 0, 1 where one is as great as there are options.

    "untold" where none of them tells, nor the options themselves; None where no number has to be counted. Of columns
    that are numbered from 1 the first number that tells does.
    """
    from_1 = untold = False
    columns = options.from_one(where)
    for row in rows:
        said = _numbers(row.get(answer))
        if not said or (from_1 and min(said)):
            continue
        texts, labels = options.counted_options(row, where)
        if len(texts) < 2 or (not isinstance(row[answer], list) and talk.words(row[answer]).strip() in texts):
            continue
        if min(said) == 0:
            return 0
        if max(said) == (len(where) if columns else len(texts)):
            if columns:
                return 1
            from_1 = True
        elif not labels and not columns:
            untold = True
    return 1 if from_1 else "untold" if untold else None


def _numbers(right: Any) -> list[int]:
    """The numbers by which options are named; none where anything else names them."""
    if right_options.is_circled(right):
        return []
    said = [right_options.plain(right)]
    if not said[0].isdecimal():
        several = isinstance(right, list) or (isinstance(right, str) and (right[:1].isdecimal() or right[:1] == "["))
        said = [right_options.plain(part) for part in right_options.parts(right)] if several else []
    return [int(number) for number in said] if said and all(map(str.isdecimal, said)) else []
