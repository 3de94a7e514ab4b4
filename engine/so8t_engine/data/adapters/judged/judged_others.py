"""Which columns judge another answer than the one that is learnt: the draft that it was made of, a pupil's."""

from __future__ import annotations

import functools

from so8t_engine.config.run_config import Columns
from so8t_engine.data.adapters.answers import answers_given, right_beside
from so8t_engine.data.adapters.judged import pupils, translations
from so8t_engine.data.adapters.judged.verdict_names import (
    DRAFTS,
    OF_DRAFTS,
    STATES,
    Kind,
    is_mended,
    is_revision,
    judging,
    kind_of,
    plain,
    selects,
)


def held_by(where: Columns) -> frozenset[str]:
    """The columns that hold question or answer."""
    given = where.model_dump(exclude={"label"}).values()
    return frozenset(place.strip() for value in given if value for place in (value, *value.split(",")))


def of_others(names: tuple[str, ...], where: Columns) -> tuple[str, ...]:
    """The columns that judge the draft of the answer which is learnt, or a pupil's answer beside it."""
    graded = tuple(name for name, _ in judging(names, None) if of_pupil(names, where, name))
    return (*graded, *of_draft(names, where))


def of_draft(names: tuple[str, ...], where: Columns) -> tuple[str, ...]:
    """The columns that judge the draft of the answer which is learnt."""
    return tuple(name for name, kind in judging(names, None) if is_of_draft(names, where, name, kind))


def is_of_draft(names: tuple[str, ...], where: Columns, name: str, kind: Kind) -> bool:
    """Whether it judges the draft of a mended answer: a critique always does; a verdict where the draft is there, and
    where it does not choose what is to be used.
    """
    if where.response is None:
        return False
    if _is_translation_mended(where.response, names):
        return kind == "critique" or (kind in OF_DRAFTS and not selects(name) and not STATES.fullmatch(plain(name)))
    if not is_revision(where.response):
        return False
    if kind == "critique" or kind not in OF_DRAFTS or selects(name):
        return kind == "critique"
    return has_draft(names, where)


@functools.lru_cache(maxsize=512)
def is_made_of(name: str, names: tuple[str, ...]) -> bool:
    """Whether a column of this name holds what somebody made of a draft, which is one of those beside it."""
    return is_mended(name) or _is_translation_mended(name, names)


def _is_translation_mended(name: str, names: tuple[str, ...]) -> bool:
    """Whether it holds what somebody made of a machine's translation, which stands beside it."""
    called = plain(name)
    if not (translations.MENDED.fullmatch(called) or translations.BY_HAND.fullmatch(called)):
        return False
    return any(other != name and translations.BY_MACHINE.fullmatch(plain(other)) for other in names)


@functools.lru_cache(maxsize=512)
def has_draft(names: tuple[str, ...], where: Columns) -> bool:
    """Whether what is learnt was made of a draft that stands beside it."""
    if where.response is None or not is_revision(where.response):
        return False
    held = held_by(where)
    drafts = (other for other in names if DRAFTS.search(other) and other not in held)
    return any(kind_of(other) in (None, "predicted") for other in drafts)


def of_pupil(names: tuple[str, ...], where: Columns, name: str) -> bool:
    """A grade is of the answer that a pupil gave, where that is there and another one is learnt."""
    held = held_by(where)
    if not pupils.is_grade(name):
        return False
    by_pupil = any(pupils.is_answer(other) and other not in held for other in names)
    return by_pupil or right_beside.judges_another(names, where) or answers_given.judge_another(names, where)
