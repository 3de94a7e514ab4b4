"""A column that is called as reasons are, but holds codes, single words or things: by all that its first rows hold."""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Iterator, Sequence

from so8t_engine.config.run_config import Columns
from so8t_engine.data.adapters.answers import words_for_none
from so8t_engine.data.adapters.parsed_row import Fields, Index

MARK = "\0short thoughts"  # in the index
FEWEST = 4  # rows that tell
LONGEST = 40  # characters
MOST_WORDS = 4
FIGURE = re.compile(
    r"(?:(?:19|20)\d\d[-/.年]\d{1,2}(?:[-/.月]\d{1,2})?日?|\d{1,2}([./])\d{1,2}\1(?:19|20)?\d\d"
    r"|(?i:[a-z]{1,4}[-_#. ]?\d[\w./-]*))"
    r"(?:[T ]+\d{1,2}:\d\d(?::\d\d)?)?"
)
SAYS = re.compile(r"[.!?。！？、=＝<>→:：;；+*/×÷]|\d\s*[-−]\s*\d|[ぁ-ん]|[가-힣]\s*다")  # a sentence, a step of a sum


def beside(rows: Iterator[Fields], where: Columns, named: bool, look: Callable[[Iterator[Fields]], Index]) -> Index:
    """What a look at all rows tells, and MARK; not where the user has named the column."""
    first = list(itertools.islice(rows, words_for_none.ROWS)) if where.reasoning and not named else []
    return {**look(itertools.chain(first, rows)), **found(first, where.reasoning)}


def found(rows: Sequence[Fields], place: str | None) -> dict[str, tuple[str, str]]:
    """MARK, where nine in ten of the values there say nothing by themselves."""
    values = [value for row in rows if isinstance(value := row.get(str(place)), str) and value.strip()]
    bare = sum(map(is_bare, values))
    return {MARK: (str(place), str(len(values)))} if len(values) >= FEWEST and 10 * bare >= 9 * len(values) else {}


def is_figure(text: str) -> bool:
    """Whether a text is a day, or the number of a row or of a run: 2025-03, 12/02/2024, Exp-7, R-014."""
    return FIGURE.fullmatch(text.strip()) is not None


def is_bare(text: str) -> bool:
    """Whether a text is a code, a word, or the name of a thing."""
    plain = text.strip().rstrip(".")
    if is_figure(plain):
        return True
    return len(plain) <= LONGEST and len(plain.split()) <= MOST_WORDS and SAYS.search(plain) is None
