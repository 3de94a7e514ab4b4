"""What is read and not learnt is told: earlier answers of a talk, reasons that are codes or words."""

from __future__ import annotations

import itertools
import json
from typing import Any

import pytest

from helpers.admitted_rows import record_of
from helpers.rows import parsed
from so8t_engine.config.run_config import Columns, Dataset, RunConfig
from so8t_engine.data import admission
from so8t_engine.data.adapters import choose_adapter
from so8t_engine.data.adapters.answers import short_thoughts
from so8t_engine.data.notes import source_notes

ASKED = [("What is the capital of Peru?", "Lima."), ("What is the capital of Cuba?", "Havana."),
         ("What is the capital of Mali?", "Bamako."), ("What is the capital of Chad?", "N'Djamena.")]  # fmt: skip
CODES = (["GEO-1", "GEO-2", "GEO-3", "GEO-4"], ["easy", "hard", "easy", "hard"],
         ["Box of tools", "Red paint", "Pump", "Map"],
         ["地理", "歴史", "地理", "都市"])  # fmt: skip
REASONS = (["It is so since 1535.", "Havana, since 1607.", "Since 1908.", "It was Fort-Lamy."], ["3+4=7"] * 4,
           ["首都だから", "首都だから", "古い町なので", "大きいので"],
           ["GEO-1", "GEO-2", "GEO-3", "It is old, as maps say."])  # fmt: skip


def read(column: str, values: list[str], **entry: Any) -> tuple[list[str | None], list[Any]]:
    rows = [
        {"question": asked, "answer": said, column: value} for (asked, said), value in zip(ASKED, values, strict=True)
    ]
    dataset = Dataset(name="d", source="local", path="x", **entry)
    index = choose_adapter.index_of(dataset, lambda: iter(rows))
    notes = [note for note in source_notes.of_rows(dataset, rows, index) if note.code == "data.short_thoughts"]
    return [admission.parsed(dataset, row, index).reasoning for row in rows], notes


@pytest.mark.parametrize("column", ["rationale", "explanation", "solution", "解説"])
@pytest.mark.parametrize("values", CODES)
def test_reasons_that_are_codes_or_words_are_no_thought_and_that_is_told(column: str, values: list[str]) -> None:
    thoughts, [note] = read(column, values)
    assert thoughts == [None] * 4
    assert note.args["column"] == column and f"reasoning: {column}" in note.args["line"]
    named = Columns(prompt="question", response="answer", reasoning=column)
    assert read(column, values, columns=named) == (values, [])  # who names it means it


@pytest.mark.parametrize("values", REASONS)
def test_short_reasons_are_thought_where_some_say_something(values: list[str]) -> None:
    assert read("explanation", values) == (values, [])


def test_three_rows_tell_nothing_of_a_column_and_lists_are_no_words() -> None:
    assert short_thoughts.found([{"why": "easy"}] * 3, "why") == {}
    assert (
        short_thoughts.found([{"why": ["easy"]}] * 9, "why") == {} == short_thoughts.found([{"why": "easy"}] * 9, None)
    )
    assert short_thoughts.found([{"why": "easy"}] * 9 + [{"why": "It is so."}], "why") != {}


def test_options_are_asked_without_them_too() -> None:
    rows = [{"question": asked, "choices": ["x", said], "answer": said, "explanation": "easy"} for asked, said in ASKED]
    dataset = Dataset(name="d", source="local", path="x")
    index = choose_adapter.index_of(dataset, lambda: iter(rows))
    assert [admission.parsed(dataset, row, index).reasoning for row in rows] == [None] * 4
    assert parsed({**rows[0], "explanation": "It is the seat of the state."}).reasoning is not None


def test_earlier_answers_of_talks_are_counted() -> None:
    def talk(count: int) -> dict[str, Any]:
        told = ((("user", f"And {n} of {count}?"), ("assistant", f"{n}.")) for n in range(count))
        turns = itertools.chain.from_iterable(told)
        return {"messages": [{"role": role, "content": text} for role, text in turns]}

    called = talk(2)
    called["messages"][1] |= {"content": None, "tool_calls": [{"function": {"name": "look", "arguments": "{}"}}]}
    config = RunConfig.model_validate({"model": {"model_name_or_path": "x"}, "datasets": [{"name": "d", "path": "x"}]})
    [dataset] = config.datasets

    def told(*rows: dict[str, Any]) -> list[Any]:
        records = [record_of(config, row).record for row in rows]
        notes = source_notes.of_records(dataset, [{}], records)
        return [dict(note.args) for note in notes if note.code == "data.earlier_answers"]

    assert told(talk(1), talk(2), talk(4), called) == [{"count": 4, "talks": 2}]
    assert told(talk(1), called) == []
    in_steps = [{"messages": talk(3)["messages"][:end]} for end in (2, 4, 6)]
    assert told(*in_steps) == []  # each is learnt in a row of its own


TOOLS = [{"type": "function", "function": {"name": "get_weather", "parameters": {"city": "string"}}}]
CALLING = [
    {"role": "user", "content": "How warm is it in Rome?"},
    {"role": "assistant", "content": None, "tool_calls": [{"function": {"name": "get_weather", "arguments": "{}"}}]},
    {"role": "tool", "content": "18"}, {"role": "assistant", "content": "It is 18 degrees."},
]  # fmt: skip


@pytest.mark.parametrize("tools", [TOOLS, json.dumps(TOOLS)])
def test_tools_that_talks_call_are_told_with_the_line_that_describes_them(tools: Any) -> None:
    def told(row: dict[str, Any]) -> list[Any]:
        notes = source_notes.of_rows(Dataset(name="d", source="local", path="x"), [row, row], {})
        return [note.args["line"] for note in notes if note.code == "data.tools_unread"]

    row = {"messages": CALLING, "tools": tools}
    assert told(row) == ["columns: {system: tools, messages: messages}"]
    asked = parsed(row, columns={"system": "tools", "messages": "messages"})
    assert asked.messages[0] == ("system", json.dumps(TOOLS))
    described = {"role": "system", "content": "You can call get_weather(city)."}
    assert told({**row, "messages": [described, *CALLING]}) == []
    assert told({**row, "messages": [CALLING[0], CALLING[3]]}) == [] == told({"messages": CALLING, "tools": None})
    pair = {"query": "How warm is it?", "answers": '[{"name": "get_weather", "arguments": {}}]', "tools": tools}
    assert told(pair) == ["columns: {prompt: query, system: tools, response: answers}"]


def test_reasons_of_options_are_told_but_for_those_of_a_row_that_is_left_out() -> None:
    def told(row: dict[str, Any]) -> list[Any]:
        notes = source_notes.of_rows(Dataset(name="d", source="local", path="x"), [row, row], {})
        return [note.args["count"] for note in notes if note.code == "data.reasons_of_other_options"]

    row = {"question": "What are two and two?", "choices": ["3", "4"], "answer": "B"}
    row["explanation"] = "One adds two and two and has the first of both, so the answer is A."
    assert told(row) == [2] and told({**row, "label": "bad"}) == [] == told({**row, "explanation": "A"})
    assert told({**row, "explanation": "One adds two and two and has the second of both, so it is B."}) == []
