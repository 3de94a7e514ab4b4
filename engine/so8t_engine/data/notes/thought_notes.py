"""Columns that are not read but may hold thought: in tags, in an object, between question and answer."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from so8t_engine.config.run_config import Columns
from so8t_engine.data.adapters import column_names, column_words
from so8t_engine.data.adapters.answers import traces
from so8t_engine.data.adapters.judged import verdict_names
from so8t_engine.data.adapters.parsed_row import Fields, Skip
from so8t_engine.data.adapters.proposed import nearest_mapping, never_proposed
from so8t_engine.data.adapters.talks import talk
from so8t_engine.sentences import Sentence, sentence

LOOKED_AT = 50  # rows
FEWEST = 3  # rows that tell
SHORTEST, FEWEST_WORDS = 16, 4  # characters, words of prose
WORD = re.compile(r"[^\W\d_]{2,}")
WIDE = re.compile(r"[ぁ-ヿ一-龠가-힣]")
ASKS = re.compile(
    r"(?i)question|instruction|prompt|query|task|title|問題|質問|指示|frage|aufgabe|pregunta|pergunta|domanda"
)
JUDGES = ("answer", "checked", "verdict")


def note(rows: Sequence[Fields], where: Columns, tool: str | None) -> Sentence | None:
    """The first of them, with the line that learns it; None where there is thought already."""
    if where.reasoning or where.messages or where.chosen or not rows:
        return None
    rows = rows[:LOOKED_AT]
    left = column_names.unused(tuple(rows[0]), where)
    if where.response in rows[0] and not where.choices:
        if _are_traced(rows, str(where.response)):
            return None
        traced = next((name for name in left if _are_traced(rows, name)), None)
        if traced is not None:
            line = column_names.line(_of_traced(where, traced, left), tool)
            return sentence("data.trace_unread", column=traced, answer=where.response, line=line)
    place = next(_inside(rows, left), None) or next(_between(rows, where, left), None)
    if place is None:
        return None
    reasoning = f"{{{place}}}" if where.choices and place not in rows[0] else place
    line = column_names.line(where.model_copy(update={"reasoning": reasoning}), tool)
    return sentence("data.may_be_thought", column=place, line=line)


def _are_traced(rows: Sequence[Fields], name: str) -> bool:
    texts = [text for row in rows if isinstance(text := row.get(name), str) and text.strip()]
    held = sum(map(_is_traced, texts))
    return 0 < len(texts) <= 2 * held


def _is_traced(text: str) -> bool:
    try:
        return "<" in text and traces.split(text)[0] is not None
    except Skip:
        return True  # cut off in it


def _of_traced(where: Columns, name: str, left: Sequence[str]) -> Columns:
    """The mapping to it, with what judges it by its name."""
    judge = next((one for one in left if one != name and verdict_names.kind_of(one, name) in JUDGES), None)
    return where.model_copy(update={"response": name, "answer": None, "label": judge})


def _inside(rows: Sequence[Fields], left: Sequence[str]) -> Iterator[str]:
    """Ways into objects whose keys are called as thought is."""
    for name in left:
        inside = [value for row in rows if isinstance(value := talk.opened(row.get(name)), Mapping)]
        for key in dict.fromkeys(str(key) for one in inside for key in one):
            called = verdict_names.plain(key)
            if called not in (*column_words.REASONING, *column_words.SOLUTION):
                continue
            if 2 * sum(_is_prose(one.get(key)) for one in inside) > len(rows):
                yield f"{name}.{key}"


def _between(rows: Sequence[Fields], where: Columns, left: Sequence[str]) -> Iterator[str]:
    """Columns of prose between the one that asks and the one that answers."""
    names, answers = list(rows[0]), where.response or where.answer
    if where.choices or where.query or where.prompt not in names or answers not in names or len(rows) < FEWEST:
        return
    for name in names[names.index(str(where.prompt)) + 1 : names.index(str(answers))]:
        texts = [row.get(name) for row in rows]
        if name not in left or nearest_mapping.never_answers(name, rows[0]) or never_proposed.is_work(name):
            continue
        if (
            ASKS.search(name)
            or column_names.is_part(name)
            or column_names.is_known(name)
            or len({*map(str, texts)}) < len(texts)
        ):
            continue
        if sum(map(_is_prose, texts)) * 2 > len(texts):
            yield name


def _is_prose(value: Any) -> bool:
    if not isinstance(value, str) or len(value.strip()) * (2 if WIDE.search(value) else 1) < SHORTEST:
        return False
    return WIDE.search(value) is not None or len(WORD.findall(value)) >= FEWEST_WORDS
