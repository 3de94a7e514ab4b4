"""Reasons that somebody has added to a data set known by name, in a column that it does not have itself."""

from __future__ import annotations

import functools
from typing import Any

from so8t_engine.data.adapters import column_words
from so8t_engine.data.adapters.answers import left_overs
from so8t_engine.data.adapters.column_languages import plain
from so8t_engine.data.adapters.parsed_row import Fields
from so8t_engine.data.adapters.talks import talk


def of(row: Fields) -> str | None:
    """The first that are any: no word for none, no number."""
    said = (_words(row[name]) for name in _places(tuple(row)))
    return next((text for text in said if text and not left_overs.is_no_thought(text)), None)


@functools.lru_cache(maxsize=512)
def _places(names: tuple[str, ...]) -> tuple[str, ...]:
    by_name = {plain(name): name for name in names}
    return tuple(by_name[name] for name in (*column_words.REASONING, *column_words.SOLUTION) if name in by_name)


def _words(value: Any) -> str:
    if isinstance(value, list) and value and all(isinstance(one, str) for one in value):
        return "\n".join(value).strip()
    return talk.words(value).strip() if isinstance(value, str) else ""
