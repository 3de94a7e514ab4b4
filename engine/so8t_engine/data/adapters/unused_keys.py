"""Keys of objects that are read in part: of turns, of answers, of what a way into a column leads through."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from so8t_engine.config.run_config import Columns
from so8t_engine.data.adapters.judged import peoples_answers, samples, user_labels, verdict_names, verdicts
from so8t_engine.data.adapters.parsed_row import Fields
from so8t_engine.data.adapters.talks import talk

OF_TURNS = frozenset((
    *talk.WHO, *talk.WHAT, *(key for pair in talk.BOTH for key in pair), "tool_calls", "function_call", "channel",
    "recipient", "reasoning_content", "reasoning", "thinking", "type", "name", "tool_call_id", "id", "messages",
    *verdicts.UNTRAINED, "data", "kwargs", "lc", "mes", "is_user", "is_system", "extra",
))  # fmt: skip
OF_ANSWERS = OF_TURNS | {
    *samples.TEXTS, *samples.FIGURES, *peoples_answers.MARKS, "model", "choices", "labels", "start", "answer_start",
    "summary", "arguments", "call_id",
}  # fmt: skip
NOTHING: tuple[Any, ...] = (None, "", [], {})


def of(row: Fields, where: Columns) -> list[str]:
    """Each once, with the way to it."""
    given = where.model_dump(exclude_none=True)
    found = dict.fromkeys(_beside(row, [place for value in given.values() for place in _places(value)]))
    if where.messages in row:
        found |= dict.fromkeys(_keys(row[str(where.messages)], str(where.messages), OF_TURNS))
    for place in {where.response, where.chosen} - {None}:
        if place in row and not isinstance(row[str(place)], str):  # which is learnt as it stands there
            found |= dict.fromkeys(_keys(row[str(place)], str(place), OF_ANSWERS))
    said = {place for value in given.values() for place in _places(value)}
    said |= {*peoples_answers.votes(str(where.response), talk.opened(row.get(str(where.response))))}
    return [name for name in found if name not in said]


def _beside(row: Fields, places: list[str]) -> Iterator[str]:
    """What stands in an object beside a key that is read."""
    for place in places:
        around, _, key = place.rpartition(".")
        if place in row or not around or key.lstrip("-").isdecimal() or around[-1].isdecimal():
            continue
        inside = verdicts.at(row, around)
        if isinstance(inside, Mapping):
            yield from (f"{around}.{name}" for name in inside if f"{around}.{name}" not in places and _is_told(name))


def _keys(value: Any, place: str, known: frozenset[str]) -> Iterator[str]:
    value = talk.opened(value)
    ones: Iterable[Any] = value if isinstance(value, list) else [value]
    for one in ones:
        if isinstance(one, Mapping):
            yield from (
                f"{place}.{name}" for name, said in one.items()
                if name not in known and name.lower() not in samples.TEXTS and said not in NOTHING and _is_told(name)
            )  # fmt: skip


def _is_told(name: str) -> bool:
    """What judges is told of by itself."""
    return verdict_names.kind_of(name) in (None, *verdict_names.BY_WORDS)


def _places(value: str) -> list[str]:
    inside = [part.partition("}")[0] for part in value.split("{")[1:]]
    return inside or [user_labels.column_of({}, part.strip()) for part in value.split(",")]
