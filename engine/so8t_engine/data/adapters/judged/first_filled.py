"""Of several columns that may hold the answer (`corrected, draft`) the first one that does.

Where that is what somebody has made of the draft, a `label` that judges the draft says nothing of it.
"""

from __future__ import annotations

import functools
from typing import Any

from so8t_engine.config.run_config import Columns
from so8t_engine.data import drop_reasons
from so8t_engine.data.adapters.judged import judged_others, user_labels, verdict_names, verdicts
from so8t_engine.data.adapters.parsed_row import Fields, Skip
from so8t_engine.data.adapters.talks import ticket_comments


def of(where: Columns, row: Fields) -> Columns:
    """The mapping to that column; as it is where it names one alone. Raises Skip where comments answer nothing."""
    if where.response is not None and where.response in row and ticket_comments.is_named_so(where.response):
        _refuse_thanks(row, where.response)
    if where.response is None or "," not in where.response or where.response in row or "{" in where.response:
        return where
    names = [name.strip() for name in where.response.split(",")]
    beside = (*names, *row)
    filled = next((name for name in names if not _is_none(name, row, beside)), names[0])
    if all(_is_comment(name, row) for name in names):
        _refuse_thanks(row, filled)
    label = where.label
    if label is not None and filled != names[-1] and judged_others.is_made_of(filled, beside):
        left = (
            part for part in verdicts.places(where) if not _is_of_draft(part, user_labels.column_of(row, part), filled)
        )
        label = ", ".join(left) or None
    return _to(where, filled, label)


def _is_none(name: str, row: Fields, beside: tuple[str, ...]) -> bool:
    """Whether a column holds no answer: nothing, a draft's own word, a comment that thanks."""
    value = verdicts.at(row, name)
    if _is_unmended(name, value, beside):
        return True
    return _is_comment(name, row) and isinstance(value, str) and not ticket_comments.answers(row, value)


def _is_comment(name: str, row: Fields) -> bool:
    value = row.get(name)
    stamped = isinstance(value, str) and ticket_comments.STAMPED.match(value) is not None
    return stamped or ticket_comments.is_named_so(name)


def _refuse_thanks(row: Fields, name: str) -> None:
    """Raises Skip where the comment that is left thanks, or whoever asked says more."""
    value = row.get(name)
    if isinstance(value, str) and value.strip() and not ticket_comments.answers(row, value):
        raise Skip(drop_reasons.UNANSWERED)


def _is_unmended(name: str, value: Any, beside: tuple[str, ...]) -> bool:
    if verdict_names.is_unmended(name, value):
        return True
    is_word = isinstance(value, str) and judged_others.is_made_of(name, beside)
    return is_word and verdict_names.says_unmended(value)


@functools.lru_cache(maxsize=512)
def _to(where: Columns, response: str, label: str | None) -> Columns:
    return where.model_copy(update={"response": response, "label": label})


def _is_of_draft(part: str, name: str, mended: str) -> bool:
    """Whether a part of a label judges the draft: no state of the whole, no mark of what is to be used."""
    called = verdict_names.plain(name)
    if called.startswith(verdict_names.plain(mended)) or verdict_names.selects(name):
        return False
    if verdict_names.STATES.fullmatch(called):
        return False
    kind = verdict_names.kind_of(name)
    return kind in (*verdict_names.OF_DRAFTS, "critique", "wrong") or (kind is None and part != name)
