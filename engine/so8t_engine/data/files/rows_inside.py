"""Objects that hold several questions: SQuAD's articles, Self-Instruct's instances, the tasks of Natural Instructions,
a chatbot's intents, a quiz with its questions, exports of Grok, Telegram, Copilot and promptfoo, replies in a channel;
each becomes a row with what it is about.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from so8t_engine.data.adapters import column_names, column_words
from so8t_engine.data.adapters.known import (
    character_cards,
    chat_files,
    chat_stores,
    copilot,
    json_ld,
    passages,
    tickets,
)
from so8t_engine.data.adapters.talks import replies
from so8t_engine.data.files import task_sentences

ABOUT = frozenset(column_words.BEFORE)  # of all questions of a list
LOOKED_AT = 50  # of the rows of a list


def questions(item: Any) -> Iterator[Any]:
    """The rows in it; what holds no others as it is."""
    if not isinstance(item, dict):
        yield item
    elif copilot.is_chat(item):
        yield from copilot.talks(item["requests"])
    elif copilot.is_request(item):
        yield from copilot.talks([item])
    elif are(item.get("conversations"), "responses"):
        yield from item["conversations"]
    elif json_ld.is_one(item):
        yield from json_ld.rows(item)
    elif (found := tickets.listed(item)) is not None:
        yield from found
    elif (talks := chat_files.listed(item)) is not None:
        yield from talks
    elif (shown := character_cards.talks(item)) is not None:
        yield from shown
    elif (story := chat_files.of_kobold(item)) is not None:
        yield story
    elif are(item.get("paragraphs"), "qas"):
        for one in item["paragraphs"]:
            if (talk := passages.of_articles(item, one)) is not None:
                yield talk
                continue
            around = {"title": item.get("title"), "context": one.get("context")}
            asks = one["qas"] if isinstance(one["qas"], list) else [one["qas"]]
            yield from (around | asked if isinstance(asked, dict) else asked for asked in asks)
    elif isinstance(item.get("results"), dict) and are(item["results"].get("results"), "vars", "prompt"):  # promptfoo
        yield from item["results"]["results"]
    elif chat_stores.is_backup(item):  # Cherry Studio
        yield from chat_stores.talks(item)
    elif isinstance(item.get("chats"), dict) and are(item["chats"].get("list"), "messages"):  # all of Telegram
        yield from (row for one in item["chats"]["list"] for row in questions(one))
    elif are(item.get("messagesTree"), "messageId"):  # LibreChat, recursive
        yield {**item, "messages": list(_with_children(item["messagesTree"]))}
    elif (pairs := replies.pairs(item.get("messages"))) is not None:
        yield from pairs
    elif (instances := _instances(item)) is not None:
        yield from (task_sentences.with_it(task_sentences.of_all(item), one) for one in instances)
    elif (inside := _list_of_pairs(item)) is not None:
        about = {key: value for key, value in item.items() if key.lower() in ABOUT and isinstance(value, str)}
        told = task_sentences.of_all(item)
        yield from (task_sentences.with_it(told, {**about, **one}) for one in inside)
    elif _is_intent(item):
        yield from ({"tag": item.get("tag"), "question": one, "answer": item["responses"]} for one in item["patterns"])
    else:
        yield item


def _with_children(messages: Any) -> Iterator[dict[str, Any]]:
    """All of a tree, the last one of the last branch at the end."""
    for one in messages:
        yield {key: value for key, value in one.items() if key != "children"}
        yield from _with_children(one.get("children") or [])


def are_in_lines(item: Mapping[str, Any]) -> bool:
    """Whether each line of a file that begins with this object holds several rows."""
    several = _instances(item) is not None or _list_of_pairs(item) is not None or _is_intent(item)
    return several or json_ld.is_one(item) or character_cards.talks(item) is not None


def are_pairs(rows: Any) -> bool:
    """Whether these are objects whose keys say what asks and what answers, alike in all."""
    if not are(rows):
        return False
    where = [column_names.guess(keys) for keys in {tuple(row) for row in rows[:LOOKED_AT]}]
    return all(each is not None and each.prompt and (each.response or each.choices) for each in where)


def _list_of_pairs(item: Mapping[str, Any]) -> list[Any] | None:
    """The questions of a quiz or a section, where the object around them is no row itself."""
    lists = [key for key, value in item.items() if isinstance(value, list) and value and isinstance(value[0], dict)]
    if len(lists) != 1 or any(isinstance(value, dict) for value in item.values()):
        return None
    inside = item[lists[0]]
    return inside if are_pairs(inside) and column_names.guess(tuple(item)) is None else None


def _instances(item: Mapping[str, Any]) -> list[Any] | None:
    names = {key.lower(): key for key in item}
    inside = item.get(names.get(task_sentences.INSTANCES, ""))
    told = any(map(task_sentences.instructs, names))
    return inside if told and isinstance(inside, list) and are(inside, "input", "output") else None


def _is_intent(item: Mapping[str, Any]) -> bool:
    return all(
        isinstance(item.get(name), list) and all(isinstance(one, str) for one in item[name])
        for name in ("patterns", "responses")
    )


def are(values: Any, *keys: str) -> bool:
    """Whether these are objects, some, that all have these keys."""
    return (
        isinstance(values, list) and bool(values)
        and all(isinstance(one, dict) and all(key in one for key in keys) for one in values)
    )  # fmt: skip
