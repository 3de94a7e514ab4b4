"""A talk that ends with what a user says: what stands beside it answers that, whatever its column is called.

Where nothing there is known as an answer, nobody may take one of the talk's earlier answers for it.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping, Sequence
from typing import Any

from so8t_engine.config.run_config import Columns
from so8t_engine.data import drop_reasons
from so8t_engine.data.adapters import column_words
from so8t_engine.data.adapters.answers import gold_beside, right_beside
from so8t_engine.data.adapters.judged import verdict_names, verdict_values, verdicts
from so8t_engine.data.adapters.parsed_row import Fields, Skip
from so8t_engine.data.adapters.talks import talk

NAMES = (
    *right_beside.NAMES, *column_words.REFERENCE, *column_words.CHOSEN, "ideal_completion", "ideal_completions",
    "ideal_completions_data", "completion", "response", "answer", "label", "ラベル", "标签", "레이블", "etikett",
    "étiquette", "etiqueta",
)  # fmt: skip
LABELS = frozenset((*NAMES[NAMES.index("label") :], "gold_label", "accepted", "preferred"))  # or a class, a mark
SAYS = re.compile(r"\S(?:\s+\S+)+\s*[.!?。！？]\s*\Z|[^\x00-\x7f]{4,}[。！？]\s*\Z")  # a sentence, no class
HELD = re.compile(  # against which an answer that is not there is held
    r"(?!.*_(?:ids?|url|link|date|count|lang\w*|tokens?|length|format)$)(?:.*_)?(?:rubrics?|criteri(?:a|on|ons)|checklists?|target_questions?|expect(?:ed|ations?)|ideal|gold|reference"
    r"|ground_truths?)(?:_.*)?|.*(?:評価基準|採点基準|期待(?:する|される)?回答|评分标准|评价标准|채점기준|평가기준)"
    r"|(?:bewertungs)?kriterien|critères?|criterios?"
)


def ends_open(value: Any) -> bool:
    """Whether a list of messages ends with a user's."""
    turns = talk.unwrapped(talk.opened(value))
    if not isinstance(turns, list) or not turns or not all(map(talk.is_talk, turns)):
        return False
    return talk.role_of(turns[-1]) == talk.USER


def alone(row: Fields) -> str | None:
    """The only column with such a talk, where something beside it answers that, and more than a reward does."""
    found = [name for name, value in row.items() if ends_open(value)]
    return found[0] if len(found) == 1 and answer(row, found[0]) not in (None, *gold_beside.PLACES) else None


def answer(row: Fields, place: str) -> str | None:
    """Where what answers the talk at `place` stands: a column, or a way into an object."""
    return next((one for one in _places(tuple(row), place) if _answers(one, verdicts.at(row, one))), None) or next(
        (f"{name}.{key}" for name, key, said in _inside(row, place) if _answers(key, said)), None
    )


def refuse(row: Fields, place: str | None) -> None:
    """Raises Skip where a talk that ends with a user's turn is there to be answered by somebody else, and marked."""
    if place in row and _is_held(row) and ends_open(row[str(place)]):
        raise Skip(drop_reasons.UNANSWERED)


def _is_held(row: Fields) -> bool:
    return any(row[name] for name in _held(tuple(row)))


def loses_question(row: Fields, where: Columns) -> bool:
    """Whether a talk is read without its end, as nobody answers that."""
    if where.messages not in row or where.response or where.chosen or _is_held(row):
        return False
    turns = talk.unwrapped(talk.opened(row[str(where.messages)]))
    return ends_open(turns) and any(talk.role_of(turn) == talk.ASSISTANT for turn in turns)


@functools.lru_cache(maxsize=512)
def _held(names: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(name for name in names if HELD.fullmatch(verdict_names.plain(name)))


@functools.lru_cache(maxsize=512)
def _places(names: tuple[str, ...], talk_in: str) -> tuple[str, ...]:
    by_name = {verdict_names.plain(name): name for name in names if name != talk_in}
    golds = tuple(place for place in gold_beside.PLACES[:3] if place.partition(".")[0] in names)
    return (*(by_name[name] for name in NAMES if name in by_name), *golds)


def _inside(row: Fields, talk_in: str) -> Sequence[tuple[str, str, Any]]:
    """(column, key, value) of objects in columns that are called so."""
    return [
        (name, key, value[key]) for name, value in row.items()
        if isinstance(value, Mapping) and name != talk_in and verdict_names.plain(name) in NAMES
        for key in value if verdict_names.plain(key) in NAMES
    ]  # fmt: skip


def _answers(place: str, value: Any) -> bool:
    said = talk.opened(value)
    message = said[0] if isinstance(said, list) and len(said) == 1 else said
    if isinstance(message, Mapping) and talk.role_of(message) == talk.ASSISTANT:
        return bool(talk.words_if_any(message).strip())
    if not isinstance(value, str) or not value.strip():
        return False
    name = verdict_names.plain(place)
    if name not in LABELS:
        return name not in right_beside.MAY_CITE or right_beside.CITES.search(value) is None
    return verdict_values.called(value) is None and SAYS.search(value) is not None
