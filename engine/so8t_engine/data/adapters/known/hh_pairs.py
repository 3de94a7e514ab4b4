"""Anthropic/hh-rlhf and other pairs in its form: which of the preferred answers may be learnt.

Nothing in a row says whether its request was harmful, and what people preferred in hh-rlhf often is. What is known of a
row is whether its answers refuse (refusals.py), and of a source how many do: of hh-rlhf's own about three in a hundred.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import islice

from so8t_engine.config.run_config import Dataset
from so8t_engine.data import drop_reasons
from so8t_engine.data.adapters.parsed_row import Fields, Index, ParsedRow, Skip, dialogue, text
from so8t_engine.data.texts.refusals import declines
from so8t_engine.sentences import Sentence, sentence

TURN, ON_A_LINE = re.compile(r"\n\n(Human|Assistant):"), re.compile(r"\n\s*(Human|Assistant):")
PAIRS = 500  # that are looked at
PLAIN, REFUSED, LEARNT = "no answer refuses", "refusals are learnt", "refused is what is harmful, the rest is learnt"
AS_OF_HH = 0.1  # of the preferred answers; where no more refuse the pairs may be hh-rlhf's own
MANY, MANY_SHARE = 3, 0.25  # of them refuse: hh-rlhf has no stretch of that kind
LINE, LEAVES_OUT = "columns: {messages: chosen}", "adapter: hh_rlhf"


def hh_rlhf(row: Fields, index: Index) -> ParsedRow:
    """Anthropic/hh-rlhf: the requests that the preferred answer refuses, for the reward; its answers are not learnt.

    Its refusals are a sentence without a reason. Of pairs that are not its own refusals are learnt, and all that is
    preferred where so many refuse that somebody took care to, or where no answer does.
    """
    row["rejected"]
    talk = "\n\n" + text(row["chosen"]).lstrip()
    pieces = (TURN if "\n\nAssistant:" in talk else ON_A_LINE).split(talk)
    said = zip(pieces[1::2], pieces[2::2], strict=True)
    prompt, response, messages = dialogue(
        [("user" if who == "Human" else "assistant", content) for who, content in said]
    )
    if PLAIN in index:
        return ParsedRow(prompt, response, "chat", messages=messages)
    if not _refuses(row["chosen"]):
        if LEARNT in index and not _refuses(row["rejected"]):
            return ParsedRow(prompt, response, "chat", messages=messages)
        raise Skip(drop_reasons.MAY_COMPLY)
    if index:
        return ParsedRow(prompt, response, "safety", safety="unsafe", messages=messages)
    return ParsedRow(
        prompt, response, "safety", safety="unsafe", language="en", messages=messages,
        bad_answer=drop_reasons.BARE_REFUSAL,
    )  # fmt: skip


def look(rows: Iterator[Fields]) -> dict[str, tuple[str, str]]:
    """What pairs in the form of hh-rlhf are, by how many of the preferred answers and of the others refuse."""
    refused = [(_refuses(row["chosen"]), _refuses(row["rejected"])) for row in islice(rows, PAIRS)]
    if not any(better or worse for better, worse in refused):
        return {PLAIN: ("", "")}
    many = sum(better for better, _ in refused)
    if many >= MANY and many >= MANY_SHARE * len(refused):
        return {LEARNT: ("", "")}
    return {REFUSED: ("", "")} if many > AS_OF_HH * len(refused) else {}


def of_itself(index: Index) -> Index:
    """What rows tell that the user says are hh-rlhf's: that none of them refuses makes no answer harmless."""
    return {key: value for key, value in index.items() if key != PLAIN}


def untold(dataset: Dataset, rows: Sequence[Fields], index: Index) -> list[Sentence]:
    """How many preferred answers are learnt, or not, as nothing says what was asked; with the line for the other."""
    if dataset.adapter != "auto" or dataset.source != "local" or dataset.columns or LEARNT in index:
        return []
    pairs = [row for row in rows if all(isinstance(row.get(name), str) for name in ("chosen", "rejected"))]
    if len(pairs) < len(rows) or not all("Human:" in row["chosen"] for row in pairs):
        return []
    if PLAIN in index:
        return [sentence("data.none_refuses", rows=len(pairs), line=LEAVES_OUT)]
    count = sum(not _refuses(row["chosen"]) for row in pairs)
    return [sentence("data.may_comply_untold", rows=len(pairs), count=count, line=LINE)] if count else []


def _refuses(talk: object) -> bool:
    if not isinstance(talk, str):
        return False
    before, _, said = talk.rpartition("\nAssistant:")
    return declines(before.rpartition("Human:")[2].strip(), said.strip())
