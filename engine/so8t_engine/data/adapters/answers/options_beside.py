"""Choice questions whose key no name tells: the answers are letters, and what these stand for stands beside them.

`Solución: b` beside columns a) to d) is read as what it is, row by row. Where the columns are not named alike the
source is refused, with the line for it: letters alone teach nothing.
"""

from __future__ import annotations

import functools
import itertools
import re
from collections.abc import Iterator, Sequence
from typing import Any

from so8t_engine.config.run_config import Columns
from so8t_engine.data import drop_reasons
from so8t_engine.data.adapters.answers import options, paragraphs, right_options
from so8t_engine.data.adapters.answers.option_marks import KANA
from so8t_engine.data.adapters.answers.right_options import IROHA, half_width
from so8t_engine.data.adapters.parsed_row import Fields, Index, Skip
from so8t_engine.data.adapters.talks import talk

MARK = "\0letters of options"  # in what all rows tell
LONGEST_KEY = 24  # characters: "A, C, D"
END = re.compile(rf"(.*?\W|)([A-Ha-h{KANA}{IROHA}])")
ORDERS = ("ABCDEFGH", "abcdefgh", KANA, IROHA)
FEWEST, MOSTLY = 3, 0.9  # rows that tell
FEWEST_OPTIONS, FEWEST_NUMBERED = 3, 5  # of numbers more rows: they may count something
NUMBER = re.compile(
    r"(?i)\bhow (?:many|much|often|old|long)\b|\bnumber\b|\bsum\b|\brate\b|\bscale\b|\d\s*[-+*/x×÷]\s*\d"
    r"|何[人個本枚回年歳点円匹頭冊番月日時分度倍割]|いくつ|いくら|評価|\bcombien\b|\bwie ?viele?\b|\bcu[aá]nt|\bquant"
)
SORTS = re.compile(  # names of columns that hold no options
    r"(?:.*_)?(?:topics?|categor(?:y|ies)|subjects?|authors?|sources?|tags?|level|difficulty|type|kind|date|chapter|section"
    r"|unit|grade|title|url|id|names?|lang(?:uage)?|country|city|comment|note|分類|カテゴリー?|科目|出典|難易度|種類|日付|章|単元"
    r"|学年|題名|備考|著者)"
)


def mapping(row: Fields, where: Columns | None) -> Columns | None:
    """The mapping to the options, where what should be the answer names one of those that nothing is read of."""
    if where is None or where.choices or where.messages or where.chosen or where.response not in row:  # most rows
        return None
    said = row[str(where.response)]
    if type(said) not in (str, int, float):
        return None
    found = next((names for names in _named_alike(tuple(row), where) if _names_one(row, names, said)), None)
    return None if found is None else asked_of(where, found)


def asked_of(where: Columns, found: Sequence[str]) -> Columns:
    asked = str(where.prompt) if where.query is None else f"{{{where.query}}}\\n\\n{{{where.prompt}}}"
    return Columns(prompt=asked, choices=", ".join(found), answer=where.response, reasoning=where.reasoning)


@functools.lru_cache(maxsize=512)
def _named_alike(names: tuple[str, ...], where: Columns) -> tuple[tuple[str, ...], ...]:
    """Columns that nothing is read of, and that are called as options are, or alike but for a letter at their end."""
    free = _free(names, where)
    known, alike = options.spread(free), dict[str, dict[str, str]]()
    for name in free:
        if (end := END.fullmatch(half_width(options.bare(name)).strip().strip("().:"))) is not None:
            alike.setdefault(end[1].lower(), {})[end[2]] = name
    orders = [found for found in alike.values() if any("".join(found) == order[: len(found)] for order in ORDERS)]
    return tuple(filter(None, [known, *(tuple(found.values()) for found in orders if len(found) >= FEWEST_OPTIONS)]))


def _free(names: Sequence[str], where: Columns) -> list[str]:
    said = [str(place) for place in where.model_dump(exclude={"label"}).values() if place]
    taken = {part.strip() for place in said for part in (place, *place.split(","), *paragraphs.PLACE.findall(place))}
    return [name for name in names if name not in taken]


def _names_one(row: Fields, names: Sequence[str], said: Any) -> bool:
    texts = {name: talk.words_if_any(row.get(name)).strip() for name in names}
    filled = {name: text for name, text in texts.items() if text}
    if len(filled) < 2 or max(map(len, filled.values())) > options.LONGEST_OPTION:
        return False
    known = options.spread(names) == tuple(names)
    whole = talk.words(said).strip()
    if known and whole in filled.values():
        return True
    labels = {_label(name) for name in filled}
    counted = {str(number + 1) for number in range(len(names))} if known else set()
    parts = (
        [talk.words(part).strip() for part in right_options.parts(said) or [said]] if len(whole) <= LONGEST_KEY else []
    )
    return bool(parts) and all(right_options.bare(part).upper() in labels | counted for part in parts)


def _label(name: str) -> str:
    return half_width(options.bare(name)).strip(" ().:")[-1].upper()


def look(rows: Sequence[Fields], where: Columns) -> dict[str, tuple[str, str]]:
    """MARK with the columns that may hold the options; nothing where the answers are no letters. `rows`: the first."""
    found = beside(rows, where)
    return {MARK: ("\n".join(found), "")} if found else {}


def refuse(row: Fields, where: Columns, index: Index) -> None:
    """Raises Skip for an answer that is a letter of such options."""
    value = row.get(str(where.response)) if MARK in index and not where.choices else None
    said = str(value).strip() if value is not None else ""
    if said and len(said) <= LONGEST_KEY and all(len(right_options.bare(part)) == 1 for part in _parts(said)):
        raise Skip(drop_reasons.OTHER_SHAPE)


def beside(rows: Sequence[Fields], where: Columns) -> tuple[str, ...]:
    """As many columns of short texts next to the question or its answer as there are letters, or numbers."""
    if where.choices or where.messages or where.chosen or not rows or where.response not in rows[0]:
        return ()
    values = (row.get(str(where.response)) for row in rows)
    said = [one for value in values if value is not None and (one := str(value).strip())]
    if len(said) < FEWEST or max(map(len, said)) > LONGEST_KEY:
        return ()
    marks = {right_options.bare(part).upper() for one in said for part in _parts(one)}
    numbered = _count_of(marks) if len(said) >= FEWEST_NUMBERED and not _asks_for_numbers(rows, where) else None
    order = next((order for order in ORDERS if marks <= {*order}), "")
    if len(marks) < 2 or not (order or numbered):
        return ()
    count, most = (numbered, numbered) if numbered else (max(map(order.index, marks)) + 1, len(order))
    names, free = tuple(rows[0]), {*_free(tuple(rows[0]), where)}
    for near in (where.prompt, where.response):
        for block in _around(names, near, free):
            texts = [name for name in block if _is_of_options(rows, name)]
            if max(count, FEWEST_OPTIONS) <= len(texts) == len(block) <= most:
                sorts = any(SORTS.fullmatch(name.lower()) for name in (*block, str(where.response)))
                return () if numbered and sorts else tuple(block)
    return ()


def _count_of(marks: set[str]) -> int | None:
    """How many options have these numbers, which begin at 0 or 1; None where they are none."""
    if not marks or not all(len(one) == 1 and one.isdecimal() for one in marks):
        return None
    return int(max(marks)) + ("0" in marks)


def _asks_for_numbers(rows: Sequence[Fields], where: Columns) -> bool:
    """Whether a number may be the very answer."""
    asked = [str(row.get(str(where.prompt))) for row in rows]
    return 10 * sum(NUMBER.search(one) is not None for one in asked) > len(asked)


def _parts(said: str) -> list[str]:
    return [talk.words_if_any(part).strip() for part in right_options.parts(said) or [said]]


def _around(names: Sequence[str], near: str | None, free: set[str]) -> Iterator[list[str]]:
    """The columns that follow another one, and those before it, as far as nothing is read of them."""
    if near not in names:
        return
    at = names.index(near)
    yield list(itertools.takewhile(free.__contains__, names[at + 1 :]))
    yield list(itertools.takewhile(free.__contains__, names[:at][::-1]))[::-1]


def _is_of_options(rows: Sequence[Fields], name: str) -> bool:
    """Whether a column holds short texts that differ from row to row."""
    texts = [talk.words_if_any(row.get(name)).strip() for row in rows]
    filled = [text for text in texts if text]
    if len(filled) < MOSTLY * len(rows) or max(map(len, filled)) > options.LONGEST_OPTION:
        return False
    return 2 * len({*filled}) > len(filled)
