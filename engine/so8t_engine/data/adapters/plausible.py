"""Tells shapes apart which have the same columns: by what these hold."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from so8t_engine.data.adapters.answers import conclusions, shown_formats
from so8t_engine.data.adapters.judged import verdict_names
from so8t_engine.data.adapters.known import comparisons, forums, named, nested_answers, passages, tickets
from so8t_engine.data.adapters.parsed_row import Fields


def is_one(row: Fields, name: str) -> bool:
    """Whether a row with the columns of the data set of that name is one of it."""
    if name == "commonsense_qa":
        return isinstance(row["choices"], Mapping) and {"label", "text"} <= row["choices"].keys()
    if name == "oasst_tree":
        return isinstance(row["prompt"], Mapping) and "replies" in row["prompt"]
    if name == "comparison":
        return comparisons.fits(row)
    if name == "tickets":
        return tickets.is_one(row)
    if name == "math_shepherd":
        return isinstance(row["label"], str) and named.STEP_MARK in str(row["input"])
    if name in ("chatgpt", "deepseek"):
        messages = _messages(row["mapping"])
        of_chatgpt = [isinstance(one, Mapping) and "author" in one for one in messages]
        return bool(messages) and (all(of_chatgpt) if name == "chatgpt" else not any(of_chatgpt))
    if name == "open_webui":
        chat = row["chat"]
        return isinstance(chat, Mapping) and isinstance(chat.get("messages"), list)
    if name == "llama_server":
        return isinstance(row["conv"], Mapping) and "currNode" in row["conv"] and _are(row["messages"], "parent")
    if name == "grok":
        return _are(row["responses"], "response")
    if name == "libre_chat":
        return _are(row["messages"], "isCreatedByUser") and _are(row["messages"], "parentMessageId")
    if name == "lm_studio":
        return _are(row["messages"], "versions")
    if name == "orz":
        turns = row["messages"]
        return isinstance(turns, list) and len(turns) > 1 and _holds_gold(turns[-1])
    if name == "prm800k":
        return isinstance(row["question"], Mapping) and isinstance(row["label"], Mapping) and "steps" in row["label"]
    if name == "mt_bench":
        turns = row["turns"]
        return isinstance(turns, list) and bool(turns) and all(isinstance(turn, str) for turn in turns)
    if name == "claude":
        talk_of = row["chat_messages"]
        return isinstance(talk_of, list) and all(isinstance(one, Mapping) and "sender" in one for one in talk_of)
    if name == "discourse":
        return forums.is_topic(row)
    if name == "coqa":
        return passages.is_one(row)
    if name == "squad":
        spans = row["answers"]
        spans = [spans] if isinstance(spans, Mapping) else spans
        return isinstance(spans, list) and all(isinstance(one, Mapping) and "text" in one for one in spans)
    if name == "dolly":
        known = "category" in row or set(row) <= {"instruction", "context", "response"}
        return known and not verdict_names.judging(tuple(row), None)
    if name == "gsm8k":
        said = row["answer"]
        ended = conclusions.MARKED.search(said) if isinstance(said, str) and "####" in said else None
        if ended is None or verdict_names.judging(tuple(row), None):  # it is a heading, or a program's
            return False
        return not shown_formats.is_one(said[: ended.start()], str(row.get("question", "")))
    if name == "orca_math":
        return False  # only by its name: question and answer alone may be about anything
    if name in ("drop", "pubmed_qa", "apps", "eli5"):
        return nested_answers.holds(row, name)
    if name == "hh_rlhf":
        return isinstance(row["chosen"], str) and "Human:" in row["chosen"]
    return True


def _messages(tree: Any) -> list[Any]:
    """Of a chat's tree; none where it is no tree."""
    nodes = list(tree.values()) if isinstance(tree, Mapping) else []
    if not all(isinstance(node, Mapping) and "message" in node for node in nodes):
        return []
    return [node["message"] for node in nodes if node["message"] is not None]


def _are(values: Any, key: str) -> bool:
    return isinstance(values, list) and bool(values) and all(isinstance(one, Mapping) and key in one for one in values)


def _holds_gold(turn: Any) -> bool:
    """A turn that says nothing itself, but what is right."""
    return isinstance(turn, Mapping) and isinstance(turn.get("ground_truth"), Mapping) and not turn.get("value")
