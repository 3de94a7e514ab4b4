"""A text that somebody has mended, in the same object as what was there before: `edited_content` beside `content`."""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping
from typing import Any

from so8t_engine.data.adapters.judged import verdict_names

ALONE = re.compile(r"edited|corrected|revised|improved|rewritten")  # or whether it was, or when
PROSE = re.compile(r"[^\W\d_].*\s.*[^\W\d_]|[ぁ-んァ-ヶ一-龠가-힣]{3}|[^\W\d_]\s+\d", re.DOTALL)


def text_of(said: Mapping[str, Any]) -> str | None:
    """The mended text of an object; None where there is none, as in most."""
    for name in _names(tuple(said)):
        value = said[name]
        if isinstance(value, str) and value.strip() and (not _is_alone(name) or PROSE.search(value)):
            return value
    return None


def alone(said: Mapping[str, Any]) -> str | None:
    """The key of such a text, where its name may as well say only that it was mended."""
    found = next((name for name in _names(tuple(said)) if _is_alone(name)), None)
    return found if found is not None and text_of(said) is said[found] else None


@functools.lru_cache(maxsize=1024)
def _names(names: tuple[str, ...]) -> tuple[str, ...]:
    revised = tuple(name for name in names if verdict_names.is_revised(name))
    return revised or tuple(name for name in names if _is_alone(name))


@functools.lru_cache(maxsize=1024)
def _is_alone(name: str) -> bool:
    return ALONE.fullmatch(verdict_names.plain(name)) is not None
