"""Rows of a JSON text that is not one row a line: an array, objects one after another, or an object around the rows.

What people and programs write: `[{...}, ...]`; `{...}` printed over several lines, thousands of them (jq); `{"data":
[...]}` or any other one list; a list for each split; columns (pandas) as lists or by number; a header and lists of
values (pandas, `orient="split"`); `{"rows": [{"row": {...}}]}` (the Hub's viewer).
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import IO, Any, cast

from so8t_engine.data.adapters.known import chat_files, copilot, forums, tickets
from so8t_engine.data.files import json_lists, pairs_in_rows, rasa_bots, rows_inside, talks_in_lines, task_sentences
from so8t_engine.data.files.json_values import JsonValues
from so8t_engine.data.files.row_readers import (
    WHOSE,
    BadRow,
    RawRow,
    bounded,
    json_lines,
    lone_object,
    lone_talk,
    row,
)
from so8t_engine.sentences import Sentence, sentence

TOO_LONG_LINE = b"-"  # stands for one
LOOKED_AT = 5  # lines at the beginning of which one must be a row by itself
OF_A_ROW = frozenset({  # lists of objects that are a part of one row
    "messages", "messagestree", "chat_messages", "conversations", "conversation", "dialogue", "dialog", "turns",
    "history", "choices", "options", "tools", "tool_calls", "chosen", "rejected", "prompt", "content", "answers",
    "replies", "functions", "completions", "responses", "generations", "input", "output", "openai_moderation",
    "detoxify_moderation",
})  # fmt: skip
OF_A_TURN = frozenset((
    "role", "from", "content", "value", "name", "tool_calls", "tool_call_id", "reasoning_content", "thinking", "weight",
    "timestamp", "ground_truth",
))  # fmt: skip
MOST_TURNS, MOST_VALUES = 2_000, 50  # in one row
MANY_KEYS, PART_OF_A_ROW = 5, re.compile(r"[A-Za-z][\w.-]*|質問|回答|問題|答え|解説|指示|入力|出力")
SPLIT = re.compile(r"(?i)train|test|valid|dev|eval|held")


def json_rows(
    file: IO[bytes],
    limit: int,
    skip: int = 0,
    split: str = "train",
    lines: bool = False,
    notice: Callable[[Sentence], None] = lambda said: None,
    pairs: pairs_in_rows.Look = pairs_in_rows.none,
) -> Iterator[RawRow | BadRow]:
    """Rows of a .json, .jsonl or .ndjson file, whichever of these it is, behind number `skip`.

    `split`: the list that is read where there is one for each. `lines`: what its name says, which counts where it
    looks like nothing. `pairs`: which rows hold several (pairs_in_rows.py). `notice` hears which lists are not read.
    Raises ValueError with a Sentence.
    """
    if (program := talks_in_lines.program(file, limit)) is not None:
        yield from talks_in_lines.rows(file, limit, program)[skip:]
        return
    if _is_lines(file, limit, lines, pairs):
        yield from json_lines(file, limit, skip)
        return
    rows = (
        inner
        for item in json_lists.as_rows(_items(file, split, lines, notice), notice)
        for inner in rows_inside.questions(item)
    )
    for number, item in enumerate(pairs_in_rows.of_objects(rows, pairs), 1):
        if number > skip:
            yield row(item, number, "item", number)


def _is_lines(file: IO[bytes], limit: int, named_so: bool, pairs: pairs_in_rows.Look) -> bool:
    """Looks at the first lines and goes back. One object alone may be all there is: then it is a document."""
    found = [line or TOO_LONG_LINE for line in _not_blank(file, limit)]
    file.seek(0)
    if not found:
        return True
    lone = [lone_object(line) for line in found]
    if lone[0] is not None and rows_inside.are_in_lines(lone[0]):
        return False
    if lone[0] is not None and pairs(tuple(lone[0])) is not None:
        return False
    if lone[0] is not None or lone_talk(found[0]):
        return len(found) > 1
    values = JsonValues(file)
    begins = values.peek()
    in_pieces = begins == "[" or (begins == "{" and values.begins_well(limit))
    file.seek(0)
    if any(value is not None for value in lone):
        return found[0] == TOO_LONG_LINE or not in_pieces
    return named_so and not in_pieces


def _not_blank(file: IO[bytes], limit: int) -> Iterator[bytes]:
    """Of the first lines those that are not blank; stops at the first that is a row, once a second is seen."""
    count, rows = 0, 0
    for line in bounded(file, limit):
        text = (line if line is not None else TOO_LONG_LINE).strip()
        if not text:
            continue
        yield text
        count += 1
        rows += count == 1 and text.startswith(b"{") and text.rstrip(b",").endswith(b"}")
        if count == LOOKED_AT or (rows and count == 2):
            return


def _items(file: IO[bytes], split: str, lines: bool, notice: Callable[[Sentence], None]) -> Iterator[Any]:
    values = JsonValues(file)
    if values.peek() == "{":
        outline = _outline(values)
        file.seek(0)
        if outline is not None:
            yield from _inside(file, outline, split, lines, notice)
            return
        values = JsonValues(file)
    elif values.peek() != "[":
        values.value()  # where it is no JSON, that is said
        raise ValueError(sentence("data.no_array"))
    while values.peek():
        if values.skip("["):
            yield from _rows_or_talk(values.items())
        else:
            yield values.value()
        values.skip(",")


@dataclass(frozen=True)
class _Key:
    """What stands under a key of the one object: `kind` of the value, and how long it is where it is a list.

    `said`: a text, or the first lines where all of a list is such.
    """

    kind: str  # "rows" (a list of objects), "lists" (of lists of values), "list", "object", "value"
    length: int = 0
    said: str | tuple[str, ...] = ()


def _outline(values: JsonValues) -> dict[str, _Key] | None:
    """The keys of the one object there is; None where something follows it. Lists are passed over item by item."""
    keys: dict[str, _Key] = {}
    values.expect("{")
    while not values.skip("}"):
        key = str(values.value())
        values.expect(":")
        keys[key] = _kind(values)
        if not values.skip(","):
            values.expect("}")
            break
    return None if values.peek() else keys


def _kind(values: JsonValues) -> _Key:
    if not values.skip("["):
        value = values.value()
        if isinstance(value, dict) and value:
            return _Key("object", len(value))
        return _Key("value", said=value if isinstance(value, str) else ())
    length, rows, lists = 0, True, True
    said: list[str] = []
    for item in values.items():
        length += 1
        said += [item] if isinstance(item, str) and length <= task_sentences.MOST_LINES else []
        rows, lists = rows and isinstance(item, dict), lists and json_lists.is_list(item)
    kind = "rows" if rows and length else "lists" if lists and length else "list"
    return _Key(kind, length, tuple(said) if len(said) == length else ())


def _table(columns: Any, rows: Any) -> Iterator[Any]:
    """As pandas writes one; what fits no columns as it is, which is no row."""
    for values in rows if isinstance(rows, list) else []:
        fits = isinstance(values, list) and isinstance(columns, list) and len(values) == len(columns)
        yield dict(zip(map(str, columns), values, strict=True)) if fits else values


def _inside(
    file: IO[bytes], keys: dict[str, _Key], split: str, lines: bool, notice: Callable[[Sentence], None]
) -> Iterator[Any]:
    """The rows that one object holds, by the look of it; the object itself where it is a row.

    `file` stands at its beginning. `lines`: the file's name says that a line is a row, so that lists of one length are
    parts of one, not columns.
    """
    lists = [key for key, found in keys.items() if found.kind == "rows" and key.lower() not in OF_A_ROW]
    if {found.kind for found in keys.values()} == {"lists"} and (len(keys) == 1 or all(map(SPLIT.match, keys))):
        lists = [key for key in keys if key.lower() not in OF_A_ROW]
    if "data" in keys and "columns" in keys and keys["data"].kind in ("lists", "list"):
        whole = _whole(file)
        yield from _table(whole["columns"], whole["data"])
    elif rasa_bots.is_part(keys, lambda: _looked_at(file)):
        yield from rasa_bots.questions(_whole(file), notice)
    elif (place := chat_files.web_chat(keys)) is not None:
        yield {"messages": chat_files.of_pairs(_whole(file)[place])}
    elif chat_files.is_chatbox(keys):
        yield from chat_files.of_chatbox(_whole(file))
    elif (task := _of_task(keys, lists, split, lines)) is not None:
        if others := [key for key in lists if key != task]:
            notice(sentence("data.other_lists", split=task, keys=others))
        sayings = task_sentences.of_all({key: found.said for key, found in keys.items()})
        yield from (task_sentences.with_it(sayings, item) for item in _list(file, task))
    elif "data" in keys and keys["data"].kind in ("rows", "lists", "list"):
        yield from _list(file, "data")
    elif "rows" in lists:
        for item in _list(file, "rows"):
            inner = item.get("row")
            yield inner if isinstance(inner, dict) else item
    elif split in lists:
        others = [key for key in lists if key != split]
        if others:
            notice(sentence("data.other_lists", split=split, keys=others))
        yield from _list(file, split)
    elif "samples" in lists and "eval" in keys:  # of Inspect
        yield from _list(file, "samples")
    elif (lines and any(found.kind == "value" for found in keys.values())) or _is_a_row(keys, lists, file):
        yield _whole(file)
    elif len(lists) == 1 and not any(found.kind == "rows" for key, found in keys.items() if key != lists[0]):
        if SPLIT.match(lists[0]) and split != "train":
            raise ValueError(sentence("data.no_such_list", split=split, keys=lists))
        yield from _list(file, lists[0])
    elif len(lists) > 1:
        raise ValueError(sentence("data.several_lists", keys=lists))
    elif not lines and len(keys) > 1 and all(found.kind == "value" for found in keys.values()) and _ask(keys):
        whole = _whole(file)
        told = all(isinstance(value, str) for value in whole.values())
        if told:
            notice(sentence("data.keys_ask", count=len(keys)))
        yield from [{"question": key, "answer": value} for key, value in whole.items()] if told else [whole]
    elif not lines and len(keys) == 1:
        whole = _whole(file)
        inner = _lists_in(whole)
        yield from _of_one_list(inner, split, notice) if inner else _by_name(whole)
    elif not lines and len({(found.kind.removesuffix("s"), found.length) for found in keys.values()}) == 1:
        yield from _of_columns(_whole(file))
    else:
        yield _whole(file)


def _is_a_row(keys: Mapping[str, _Key], lists: list[str], file: IO[bytes]) -> bool:
    """Whether an object with a list of objects is one row: a ticket, a topic, a chat of Copilot's. Goes back."""
    if "post_stream" in keys:  # with topics that the forum suggests
        return forums.is_topic(_looked_at(file))
    if lists == ["requests"]:
        return copilot.is_chat(_looked_at(file))
    return len(lists) == 1 and tickets.may_be_one(keys, lists[0]) and tickets.is_one(_looked_at(file))


def _of_task(keys: Mapping[str, _Key], lists: list[str], split: str, lines: bool) -> str | None:
    """The list of rows for all of which something else in the object says what to do."""
    task = task_sentences.list_of_rows(lists, split)
    if task is None or (lines and task.lower() != task_sentences.INSTANCES):
        return None
    return task if task_sentences.of_all({key: found.said for key, found in keys.items()}) else None


def _rows_or_talk(items: Iterator[Any]) -> Iterator[Any]:
    """The items of an array; one talk where they are nothing but turns, one row where they are its values."""
    turns, as_read = list[Any](), list[Any]()
    for item in items:
        if not turns and not isinstance(item, (list, dict)):
            values = [item, *itertools.islice(items, MOST_VALUES)]
            yield from [values] if json_lists.is_list(values) and len(values) <= MOST_VALUES else values
            yield from items
            return
        turn = item if _is_turn(item) else chat_files.turn(item)
        if turn is None or len(turns) == MOST_TURNS:
            yield from [*as_read, item]
            yield from items
            return
        turns.append(turn)
        as_read.append(item)
    named = turns == as_read or len({turn["role"] for turn in turns}) > 1
    yield from [{"messages": turns}] if len(turns) > 1 and named else as_read


def _is_turn(item: Any) -> bool:
    return isinstance(item, dict) and OF_A_TURN.issuperset(item) and not WHOSE.isdisjoint(item)


def _ask(keys: Iterable[str]) -> bool:
    """Whether keys are questions, or words that are explained: one that ends so, or many that name no part of a row."""
    said = [key.strip() for key in keys]
    foreign = [key for key in said if not PART_OF_A_ROW.fullmatch(key)]
    return any(key.endswith(("?", "？")) for key in said) or len(foreign) == len(said) >= MANY_KEYS


def _lists_in(around: dict[str, Any]) -> dict[str, list[Any]]:
    """The lists of rows in the object that is all there is in another: `{"data": {"train": [...]}}`."""
    [value] = around.values()
    while isinstance(value, dict) and len(value) == 1 and isinstance(next(iter(value.values())), dict):
        [value] = value.values()
    lists = {key: rows for key, rows in value.items() if rows_inside.are(rows)} if isinstance(value, dict) else {}
    return lists if lists and not any(key.lower() in OF_A_ROW for key in value) else {}


def _by_name(around: dict[str, Any]) -> list[Any]:
    """Rows by their names in the one object there is: `{"questions": {"q1": {...}, "q2": {...}}}`; else the object."""
    [value] = around.values()
    rows = list(value.values()) if isinstance(value, dict) else []
    return rows if rows_inside.are_pairs(rows) else [around]


def _of_one_list(lists: dict[str, list[Any]], split: str, notice: Callable[[Sentence], None]) -> Iterator[Any]:
    wanted = split if split in lists or len(lists) > 1 else next(iter(lists))
    if wanted not in lists:
        raise ValueError(sentence("data.several_lists", keys=list(lists)))
    if SPLIT.match(wanted) and wanted != split and split != "train":
        raise ValueError(sentence("data.no_such_list", split=split, keys=list(lists)))
    others = [key for key in lists if key != wanted]
    if others:
        notice(sentence("data.other_lists", split=wanted, keys=others))
    yield from lists[wanted]


def _of_columns(columns: dict[str, Any]) -> Iterator[Any]:
    """Columns as lists of one length, columns by number of the row, or rows by their name; else one row."""
    first = next(iter(columns.values()))
    if isinstance(first, list):
        yield from (dict(zip(columns, values, strict=True)) for values in zip(*columns.values(), strict=True))
    elif isinstance(first, dict) and all(value.keys() == first.keys() for value in columns.values()):
        if all(key.isdecimal() for key in first):
            yield from ({name: values[key] for name, values in columns.items()} for key in first)
        else:
            yield from columns.values()
    else:
        yield columns


def _whole(file: IO[bytes]) -> dict[str, Any]:
    return cast("dict[str, Any]", JsonValues(file).value())


def _looked_at(file: IO[bytes]) -> dict[str, Any]:
    """The same, and goes back."""
    whole = _whole(file)
    file.seek(0)
    return whole


def _list(file: IO[bytes], wanted: str) -> Iterator[Any]:
    values = JsonValues(file)
    values.expect("{")
    while True:
        key = str(values.value())
        values.expect(":")
        if key == wanted:
            values.expect("[")
            yield from values.items()
            return
        values.value()
        values.skip(",")
