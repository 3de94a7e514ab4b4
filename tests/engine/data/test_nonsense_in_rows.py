"""A value that nobody expects, in one row of a file: it is left out or read, and nothing ends with a traceback."""

from __future__ import annotations

import copy
import io
import json
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from so8t_engine import cli
from so8t_engine.commands.printer import Printer

Q, A = "Which saw is it?", "The small one."
USER, ASSISTANT = {"role": "user", "content": Q}, {"role": "assistant", "content": A}
NONSENSE: list[Any] = [
    None, 5, -1.5, True, "", "x", "[1, 2", [], {}, ["a", 3, None], [[]], [{}], {"a": {"b": 1}}, {"text": None}, [True],
]  # fmt: skip
SHAPES: dict[str, Any] = {
    "words for none": [{"prompt": Q, "response": "N/A"}, {"prompt": Q, "response": A}],
    "choices": [{"question": Q, "choices": ["small", "large"], "answer": 0, "explanation": "It is small."}],
    "options": [{"question": Q, "A": "small", "B": "large", "C": "old", "answer": "A"}],
    "classes": [{"sentence": f"{A} {number}", "kind": ("tool", "food")[number % 2]} for number in range(6)],
    "oasst1": [
        {"message_id": "1", "parent_id": None, "role": "prompter", "text": Q, "lang": "en", "rank": None},
        {"message_id": "2", "parent_id": "1", "role": "assistant", "text": A, "lang": "en", "rank": 0},
    ],
    "drop": [{"passage": A, "question": Q, "answers_spans": {"spans": ["small"], "types": ["span"]}}],
    "squad": {"data": [{"title": "x", "paragraphs": [{"context": A, "qas": [
        {"question": Q, "id": "1", "answers": [{"text": "small", "answer_start": 4}]}]}]}]},
    "pandas": {"columns": ["question", "answer"], "index": [0], "data": [[Q, A]]},
    "label studio": [{"data": {"text": Q}, "annotations": [{"result": [{"value": {"text": [A]}, "from_name": "a"}]}]}],
    "tasks": {"Definition": "Answer.", "Instances": [{"id": "1", "input": Q, "output": [A]}]},
    "api log": [{"request": {"messages": [USER]}, "response": {"choices": [{"message": ASSISTANT}]}}],
    "evals": [{"item": {"question": Q, "answer": A}, "sample": {"output_text": A}, "results": [{"passed": True}]}],
    "evals' log": [{"spec": {"eval_name": "x"}}, {"run_id": "1", "event_id": 0}],
    "votes": [{"question": Q, "answer": A, "votes": ["good", "bad", "good"], "correct_answer": "Small."}] * 2,
    "channel": {"messages": [
        {"id": "1", "author": {"name": "Ann"}, "content": Q, "type": "Default"},
        {"id": "2", "author": {"name": "Bob"}, "content": A, "type": "Reply", "reference": {"messageId": "1"}},
        {"id": "3", "author": {"name": "Cat"}, "content": "Lunch?", "type": "Default"}]},
    "slack": [{"user": who, "text": said, "ts": "1.0", "thread_ts": "1.0"}
              for who, said in (("ann", Q), ("bob", A), ("cat", "Thanks."))],
    "paragraphs": [{"question": Q, "context": {"title": ["x"], "sentences": [[A]]}, "answer": "small"}],
    "steps": [{"problem": Q, "steps": [{"text": "Look."}, {"text": "Take it."}], "final_answer": A}],
    "web chat": {"internal": [[Q, A]], "visible": [[Q, A]]},
}  # fmt: skip


def places(value: Any, above: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    inside = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, one in inside:
        yield (*above, key)
        yield from places(one, (*above, key))


def with_nonsense(shape: Any, place: tuple[Any, ...], nonsense: Any) -> Any:
    found = copy.deepcopy(shape)
    holder = found
    for key in place[:-1]:
        holder = holder[key]
    holder[place[-1]] = copy.deepcopy(nonsense)
    return found


@pytest.mark.parametrize("each", [1, pytest.param(len(NONSENSE), marks=pytest.mark.soak)])
@pytest.mark.parametrize("name", SHAPES)
def test_nonsense_at_any_place_of_a_row_ends_in_no_traceback(name: str, each: int, tmp_path: Path) -> None:
    shape, draw = SHAPES[name], random.Random(5)
    for place in places(shape):
        for nonsense in draw.sample(NONSENSE, each):
            broken = with_nonsense(shape, place, nonsense)
            path = tmp_path / ("x.jsonl" if isinstance(broken, list) else "x.json")
            lines = broken if isinstance(broken, list) else [broken]
            path.write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
            out = io.StringIO()
            cli.answered(cli.parsed(["data", "try", str(path), "--json"]), Printer(out, True))
            assert '"command_failed"' not in out.getvalue(), (place, nonsense, out.getvalue()[:300])
