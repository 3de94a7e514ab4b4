"""What is not learnt, and no fault: earlier answers of talks, reasons that are codes, what tools are."""

from __future__ import annotations

import itertools
import json
import re
from collections import Counter
from collections.abc import Collection, Mapping, Sequence

from so8t_engine.config.run_config import Columns, Dataset
from so8t_engine.data.adapters import choose_adapter, column_names, row_mapping
from so8t_engine.data.adapters.answers import conclusions, left_overs, own_answers, short_thoughts
from so8t_engine.data.adapters.parsed_row import OTHER_SHAPES, Fields, Index, Skip
from so8t_engine.data.adapters.talks import open_talks, talk
from so8t_engine.data.notes import label_notes
from so8t_engine.data.record import Record
from so8t_engine.sentences import Sentence, sentence

TOOLS = ("tools", "functions", "available_tools", "tool_definitions", "ツール")
CALLS = re.compile(
    r"tool_calls?\b|function_call|functioncall|tool_use|\"name\\?\"\s*:.{0,200}\"arguments\\?\"\s*:", re.DOTALL
)
NAMES = re.compile(r"\"name\"\s*:\s*\"([^\"]+)\"")


def tools_unread(rows: Sequence[Fields], where: Columns, tool: str | None) -> Sentence | None:
    """That calls of tools are learnt and what these are stands in a column that nothing reads."""
    place = where.messages or where.response
    column = next((name for name in rows[0] if name.strip().lower() in TOOLS), None)
    if column is None or place is None or where.system is not None:
        return None
    calling = [row for row in rows if row.get(column) and CALLS.search(_as_json(row.get(place)))]
    told = sum(any(name in _begun(row.get(place)) for name in NAMES.findall(_as_json(row[column]))) for row in calling)
    if not calling or 2 * told >= len(calling):
        return None
    line = column_names.line(where.model_copy(update={"system": column}), tool)
    return sentence("data.tools_unread", column=column, count=len(calling), line=line)


def questions_left(rows: Sequence[Fields], where: Columns) -> Sentence | None:
    """That talks end with a question nobody answers, and are learnt as far as the answer before it."""
    count = sum(open_talks.loses_question(row, where) for row in rows)
    return sentence("data.questions_left", count=count) if count else None


def _begun(said: object) -> str:
    """What a system says first in a talk, which may describe the tools already."""
    turns = talk.opened(said)
    first = turns[0] if isinstance(turns, list) and turns else None
    return _as_json(first) if talk.role_of(first) == talk.SYSTEM else ""


def _as_json(value: object) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, default=str)


def short_thoughts_of(rows: Sequence[Fields], where: Columns, index: Index, tool: str | None) -> Sentence | None:
    """That a column of reasons holds none, and how to learn it all the same."""
    if short_thoughts.MARK not in index:
        return None
    place = index[short_thoughts.MARK][0]
    values = label_notes.first(Counter(str(row[place]) for row in rows if row.get(place)))
    line = column_names.line(where.model_copy(update={"reasoning": place}), tool)
    return sentence("data.short_thoughts", column=place, values=values, line=line)


def anothers_thoughts(rows: Sequence[Fields]) -> Sentence | None:
    """That reasoning is not learnt which led to other answers than the right ones that are learnt in their place."""
    found = [replaced for row in rows if (replaced := _replaced(row)) is not None]
    if not found:
        return None
    columns = {"column": found[0].reasoning, "answer": found[0].response}
    return sentence("data.anothers_thoughts", **columns, count=len(found))


def _replaced(row: Fields) -> Columns | None:
    """The mapping to what a row's answer has replaced, and to the reasoning that went with it."""
    where = row_mapping.mapping(row)
    if where is None or where.reasoning or where.choices or where.response not in row or where.messages:
        return None
    other = column_names.guess(tuple(name for name in row if name != where.response))
    if other is None or other.prompt != where.prompt or not other.reasoning or other.response in (None, where.response):
        return None
    is_there = all(row.get(str(place)) for place in (other.reasoning, other.response))
    return other if is_there and own_answers.is_replaced(str(where.response), other) else None


def of_other_options(dataset: Dataset, rows: Sequence[Fields], where: Columns, index: Index) -> Sentence | None:
    """That reasons, or a model's answers, are not learnt where they come to another option than the right one."""
    place = str(where.reasoning or where.response)
    count = sum(_is_unlearnt(dataset, row, place, index) for row in rows if place in row)
    code = "data.reasons_of_other_options" if where.reasoning else "data.attempts_of_other_options"
    return sentence(code, column=place, count=count) if count else None


def _is_unlearnt(dataset: Dataset, row: Fields, place: str, index: Index) -> bool:
    said, adapter = row[place], choose_adapter.choose(dataset, row)
    if adapter is None or not isinstance(said, str) or len(said) <= conclusions.LONGEST_ALONE:
        return False
    try:
        return adapter.adapt(row, index).reasoning is None and not left_overs.is_no_thought(said)
    except (Skip, *OTHER_SHAPES):
        return False


def earlier_answers(records: Sequence[Record]) -> Sentence | None:
    """That of a talk only the last answer is learnt, and how many others are not."""
    whole = [(_turns(record), record.response) for record in records if record.response]
    learnt = {(turns[-1]["content"], response) for turns, response in whole}
    counts = [_answers_in(turns, learnt) for turns, _ in whole if len(turns) > 1]
    talks = [count for count in counts if count]
    return sentence("data.earlier_answers", count=sum(talks), talks=len(talks)) if talks else None


def _turns(record: Record) -> list[dict[str, str]]:
    """What came before an answer."""
    return json.loads(record.messages) if record.messages else [{"role": talk.USER, "content": record.prompt}]


def _answers_in(turns: Sequence[Mapping[str, str]], learnt: Collection[tuple[str, str]]) -> int:
    """How many answers a talk holds that no other row teaches; a call of a tool is none."""
    pairs = ((asked["content"], said["content"]) for asked, said in itertools.pairwise(turns)
             if said["role"] == talk.ASSISTANT)  # fmt: skip
    said = (text for asked, text in pairs if (asked, text) not in learnt)
    return sum(not (text.startswith('[{"') and text.endswith("}]")) and "call>" not in text for text in said)
