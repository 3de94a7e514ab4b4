"""Multiple choice by its shape alone, whatever language its columns are named in: options named alike, letters beside.

Only proposed: names that are known (options.py) are read without a line.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from so8t_engine.config.run_config import Columns
from so8t_engine.data.adapters import column_names, column_words
from so8t_engine.data.adapters.answers import options, options_beside, right_options
from so8t_engine.data.adapters.answers.option_marks import KANA
from so8t_engine.data.adapters.answers.right_options import half_width
from so8t_engine.data.adapters.judged import verdict_names
from so8t_engine.data.adapters.parsed_row import LETTERS, Fields
from so8t_engine.data.adapters.proposed import completed, nearest_mapping, never_proposed, tags
from so8t_engine.data.adapters.talks import talk

GLUED = re.compile(r"[^\W\d_]{2}[).]?$")  # to a word, as the d of "second"
END = re.compile(rf"(.*?)[\s_.(-]*([A-Za-z0-9А-Я{KANA}])[).]?")
ORDERS = (LETTERS, LETTERS.lower(), "123456789", "0123456789", KANA, "АБВГДЕЖЗ")
FEWEST_ROWS, FEWEST_OPTIONS = 3, 3
NAMED = 0.8  # of the rows name one of their options; of numbered ones all, as they may count from another
SCORED = re.compile(r"(?i)target|score|option|choice|answer|right|correct|選択|正解|antwort|réponse|respuesta|risposta")
FIGURES = re.compile(r"[\d\s.,:/+-]*")
ASKS = re.compile(r"(?:[?？:：…]|_{2,}|\.{3})\s*$|[?？]|_{3,}")


def mapping(rows: Sequence[Fields]) -> Columns | None:
    """The question, its options and the column that names one of them in most rows."""
    if len(rows) < FEWEST_ROWS:
        return None
    for where in _places(rows):
        others = [name for name in rows[0] if name not in where]
        right = _right(rows, where, others)
        asked = [name for name in others if name != right and _is_text(rows, name)]
        if right is None or not asked:
            continue
        reasoning = next((name for name in asked if column_names.answering((name,))[2]), None)
        asks = [name for name in asked if name != reasoning] or asked
        prompt = max(asks, key=lambda name: (_is_called_so(name), _asks(rows, name), _size(rows, name)))
        reasoning = None if reasoning == prompt else reasoning
        return Columns(prompt=prompt, choices=", ".join(where), answer=right, reasoning=reasoning)
    return _lettered(rows)


def _lettered(rows: Sequence[Fields]) -> Columns | None:
    """The same of columns with any names, as many next to the question or to letters as these name."""
    asked = [name for name in rows[0] if _is_text(rows, name) and _asks(rows, name)]
    if not asked:
        return None
    prompt = max(asked, key=lambda name: (_is_called_so(name), _size(rows, name)))
    for name in rows[0]:
        where = Columns(prompt=prompt, response=name)
        if name != prompt and _may_name(rows, name) and (found := options_beside.beside(rows, where)):
            return options_beside.asked_of(where, found)
    return None


def are_there(rows: Sequence[Fields]) -> bool:
    """Whether options stand beside: letters say nothing without them."""
    return next(_places(rows), None) is not None


def are_options(names: Sequence[str], rows: Sequence[Fields]) -> bool:
    """Whether columns that might be rival answers are options, one of which another column names."""
    where = mapping(rows)
    short = all(len(str(row.get(name) or "")) <= options.LONGEST_OPTION for row in rows for name in names)
    return short and where is not None and {*names} <= {*str(where.choices).split(", ")}


def are_told_apart(place: str, rows: Sequence[Fields]) -> bool:
    """Whether it is a list of options, or the first of one, of which another column names the right one."""
    name = place.partition(".0")[0]
    told = [row for row in rows if isinstance(talk.opened(row.get(name)), list) and len(_labels(row, (name,))[1]) > 1]
    others = [other for other in rows[0] if other != name]
    return 2 * len(told) >= len(rows) and any(
        _names_one(told, (name,), other) for other in others if _may_name(told, other)
    )


def _places(rows: Sequence[Fields]) -> Iterator[tuple[str, ...]]:
    for where in _spread(tuple(rows[0])):
        from_0 = options.bare(where[0]).rstrip(").")[-1:] == "0"  # as measures are, too
        if not from_0 or any(not FIGURES.fullmatch(talk.words_if_any(row.get(where[0]))) for row in rows):
            yield where
    yield from _lists(rows)


def _right(rows: Sequence[Fields], where: Sequence[str], others: Sequence[str]) -> str | None:
    """A column that is called right before others; where the options are scored themselves theirs."""
    if _are_scored(rows, where[0]):
        return where[0]
    able = [name for name in others if _may_name(rows, name) and _names_one(rows, where, name)]
    called = options.right_column(able, (), None)
    return called or next(iter(able), None)


def _may_name(rows: Sequence[Fields], name: str) -> bool:
    """Whether it may tell options apart: no number of the row, no marks that one may get, nothing that sorts."""
    if options.right_column((name,), (), None) is not None:
        return True
    no = (nearest_mapping.SAYS_NOTHING, never_proposed.MARKS, completed.FIGURE)
    if tags.is_tag(name) or any(names.fullmatch(verdict_names.plain(name)) for names in no):
        return False
    said = [talk.words_if_any(row.get(name)).strip() for row in rows]
    return not all(map(str.isdecimal, said)) or [*map(int, said)] != [*range(int(said[0]), int(said[0]) + len(said))]


def _spread(names: Sequence[str]) -> list[tuple[str, ...]]:
    """Columns that are named alike but for a letter or number at the end, which are in order."""
    found: dict[str, dict[str, str]] = {}
    for name in names:
        bare = half_width(options.bare(name)).strip()
        match = END.fullmatch(bare)
        if match is not None and (name != options.bare(name) or GLUED.search(bare) is None):
            found.setdefault(match[1].lower(), {})[match[2]] = name
    return [
        tuple(ends.values())
        for ends in found.values()
        if len(ends) >= FEWEST_OPTIONS and any("".join(ends) == order[: len(ends)] for order in ORDERS)
    ]


def _lists(rows: Sequence[Fields]) -> list[tuple[str, ...]]:
    """Columns that hold lists of options, each with its letter, or one text of them: "a | b | c"; or their scores."""
    return [
        (name,)
        for name in rows[0]
        if _are_scored(rows, name) or all(len(_labels(row, (name,))[1]) >= FEWEST_OPTIONS for row in rows)
    ]


def _are_scored(rows: Sequence[Fields], name: str) -> bool:
    """Whether it is called so, and one option is right in each row: flags of a text may be true as they like."""
    found = [right_options.scored(talk.opened(row.get(name))) for row in rows] if SCORED.search(name) else [None]
    return all(scored is not None and len(scored[1]) == 1 for scored in found)


def _labels(row: Fields, where: Sequence[str]) -> tuple[list[str], list[str]]:
    """(the options, their letters)"""
    if len(where) > 1:
        return [talk.words_if_any(row.get(name)).strip() for name in where], [
            half_width(options.bare(name)).strip(" ).")[-1] for name in where
        ]
    value = talk.opened(row.get(where[0]))
    if isinstance(value, str):
        texts, marks = options.in_one_text(value)
        return texts, marks or list(LETTERS[: len(texts)])
    if isinstance(value, Mapping):
        texts = [talk.words_if_any(one).strip() for one in value.values()]
        lettered = any("".join(map(str, value)) == order[: len(value)] for order in ORDERS) and all(texts)
        return (texts, [str(name) for name in value]) if lettered else ([], [])
    if isinstance(value, list) and all(isinstance(one, str) for one in value) and len({*value}) == len(value):
        return [one.strip() for one in value], list(LETTERS[: len(value)])
    if isinstance(value, list) and all(isinstance(one, Mapping) and options.label_of(one) for one in value):
        return [talk.words_if_any(one).strip() for one in value], [options.label_of(one) for one in value]
    return right_options.labelled(value) or ([], [])


def _names_one(rows: Sequence[Fields], where: Sequence[str], name: str) -> bool:
    said = set[str]()
    named, numbered = 0, True
    for row in rows:
        texts, labels = _labels(row, where)
        right = talk.opened(row.get(name))
        parts = right_options.parts(right) or [right]
        words = [talk.words(one).strip() for one in parts if isinstance(one, (str, int, float))]
        known = {*texts, *labels, *(label.upper() for label in labels)} - {""}
        known |= {*LETTERS[: len(where)]} if len(where) > 1 else set()  # by their places
        numbered = numbered and len(where) == 1 and all(map(str.isdecimal, labels))
        named += bool(words) and known.issuperset(words)
        said.update(words)
    return named >= (1 if numbered else NAMED) * len(rows) and len(said) > 1


def _is_text(rows: Sequence[Fields], name: str) -> bool:
    return sum(isinstance(row.get(name), str) and bool(row[name].strip()) for row in rows) * 2 >= len(rows)


def _is_called_so(name: str) -> bool:
    """Whether its name says that it asks; not what sorts questions, as a category does."""
    sorts = tags.is_tag(name) or column_words.CLASSES.fullmatch(verdict_names.plain(name)) is not None
    return column_names.is_part(name) and not sorts


def _asks(rows: Sequence[Fields], name: str) -> bool:
    return 2 * sum(ASKS.search(str(row.get(name))) is not None for row in rows) >= len(rows)


def _size(rows: Sequence[Fields], name: str) -> int:
    return sum(len(str(row.get(name))) for row in rows)
