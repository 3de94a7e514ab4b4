"""The first rows that each rule took, of each source: for people who want to see whether a rule is right."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from so8t_engine.data.record import Record
from so8t_engine.sentences import Sentence

MOST = 10  # of one source and reason
CHARS = 300  # of a text

DropExamples = dict[str, dict[str, list[dict[str, Any]]]]  # source -> reason (in English) -> rows


@dataclass(frozen=True)
class LeftOut:
    """A collected row that is not kept. `number` is its own among those of its source, from 1.

    `record`: what it would have become; `row`: where it became none; `like`: prompt and response of the earlier record
    that it is too like, as they are compared.
    """

    number: int
    reason: Sentence
    record: Record | None = None
    row: Mapping[str, Any] | None = None
    like: tuple[str, str] | None = None


def added(examples: DropExamples, source: str, left_out: Iterable[LeftOut]) -> DropExamples:
    """The examples with these rows behind them, as far as there is room."""
    of_source = {reason: list(rows) for reason, rows in examples.get(source, {}).items()}
    for item in left_out:
        rows = of_source.setdefault(str(item.reason), [])
        if len(rows) < MOST:
            rows.append(_example(item))
    return examples | {source: of_source} if of_source else examples


def _example(item: LeftOut) -> dict[str, Any]:
    shown: dict[str, Any] = {"number": item.number}
    if item.record is not None:
        shown |= {"prompt": short(item.record.prompt), "response": short(item.record.response)}
    elif item.row is not None:
        shown["row"] = short(json.dumps(item.row, ensure_ascii=False))
    if item.like is not None:
        shown["like"] = {"prompt": short(item.like[0]), "response": short(item.like[1])}
    return shown


def short(text: str) -> str:
    return text if len(text) <= CHARS else text[: CHARS - 1] + "…"
