"""What is said of columns that are not there, labels, words for none, classes and tools, and where nothing is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from typing import Any

import pytest

from so8t_engine.config.run_config import Columns, Dataset
from so8t_engine.data.notes import absent_columns, bare_classes, label_notes, none_notes, unlearnt_notes
from so8t_engine.sentences import Sentence

W = Columns(prompt="q", response="r")


def codes(found: Sequence[Sentence] | Sentence | None) -> list[Any]:
    """What is said, each with what it says of the rows, without the line."""
    said = [] if found is None else [found] if isinstance(found, Sentence) else found
    return [(one.code, {key: value for key, value in one.args.items() if key != "line"}) for one in said]


def absent(columns: dict[str, str], *rows: dict[str, Any]) -> list[Any]:
    dataset = Dataset(name="d", source="local", path="x.jsonl", columns=Columns(**columns))
    return codes(absent_columns.notes(dataset, rows))


def labelled(label: str, *values: Any) -> list[Any]:
    """Of the values of one column that the user calls a label."""
    rows = [{"q": "p", "r": "s", "mark": value} for value in values]
    return codes(label_notes.of_named(rows, Columns(prompt="q", response="r", label=label), {}, None))


def none_in(*pairs: tuple[str, Any]) -> list[Any]:
    rows = [{"q": asked, "r": said} for asked, said in pairs]
    return codes(none_notes.note(Dataset(name="d", source="local", path="x.jsonl"), rows, W))


def classes(*said: Any) -> list[str] | None:
    found = bare_classes.line([{"q": "It rains.", "r": one} for one in said], W, None)
    return None if found is None else found[0]


def classes_noted(count: int, *said: Any) -> list[Any]:
    return codes(
        bare_classes.note([{"q": "It rains.", "r": said[place % len(said)]} for place in range(count)], W, None)
    )


def tools(turns: Any, column: str = "tools", where: Columns = W) -> list[Any]:
    return codes(unlearnt_notes.tools_unread([{"q": "p", "r": turns, column: '[{"name": "find"}]'}], where, None))


CASES: list[tuple[Callable[..., Any], tuple[Any, ...], object]] = [
    (absent, ({"prompt": "question", "response": "answer"}, {"question": "p", "answer": "s"}), []),
    (
        absent,
        ({"prompt": "questoin", "response": "answer"}, {"question": "p", "answer": "s"}),
        [
            (
                "data.no_such_column_but_near",
                {
                    "path": "x.jsonl",
                    "key": "prompt",
                    "place": "questoin",
                    "columns": ["question", "answer"],
                    "near": "question",
                },
            )
        ],
    ),
    (
        absent,
        ({"prompt": "colour", "response": "answer"}, {"question": "p", "answer": "s"}),
        [
            (
                "data.no_such_column",
                {"path": "x.jsonl", "key": "prompt", "place": "colour", "columns": ["question", "answer"]},
            )
        ],
    ),
    (
        absent,
        ({"prompt": "{a}: {question}", "response": "answer"}, {"question": "p", "answer": "s"}),
        [
            (
                "data.no_such_column",
                {"path": "x.jsonl", "key": "prompt", "place": "a", "columns": ["question", "answer"]},
            )
        ],
    ),
    (absent, ({"prompt": "question", "response": "answer"}, {"question": "p"}, {"answer": "s"}), []),
    (absent, ({"prompt": "question", "response": "m.text"}, {"question": "p", "m": {"text": "s"}}), []),
    (absent, ({"prompt": "question", "response": "m.text"}, {"question": "p", "m": [{"text": "s"}]}), []),
    (absent, ({"prompt": "question", "choices": "a, b", "answer": "c"}, {"question": "p", "a": 1, "b": 2, "c": 3}), []),
    (
        absent,
        ({"prompt": "question", "choices": "a, z", "answer": "c"}, {"question": "p", "a": 1, "b": 2, "c": 3}),
        [
            (
                "data.no_such_column",
                {"path": "x.jsonl", "key": "choices", "place": "a, z", "columns": ["question", "a", "b", "c"]},
            )
        ],
    ),
    (
        absent,
        (
            {"prompt": "question", "response": "answer", "label": "not mark"},
            {"question": "p", "answer": "s", "mark": 1},
        ),
        [],
    ),
    (absent, ({"prompt": "question", "response": "answer"},), []),
    (
        labelled,
        ("mark", "good", "bad", "blue", ""),
        [
            (
                "data.label_read",
                {
                    "column": "mark",
                    "readings": [
                        Sentence(code="data.label_bad", args={"count": 1, "values": ["bad"]}),
                        Sentence(code="data.label_good", args={"count": 1, "values": ["good"]}),
                        Sentence(code="data.label_unclear", args={"count": 1, "values": ["blue"]}),
                        Sentence(code="data.label_none", args={"count": 1}),
                    ],
                },
            )
        ],
    ),
    (
        labelled,
        ("mark", "yes", "no"),
        [
            (
                "data.label_read",
                {
                    "column": "mark",
                    "readings": [
                        Sentence(code="data.label_bad", args={"count": 1, "values": ["no"]}),
                        Sentence(code="data.label_good", args={"count": 1, "values": ["yes"]}),
                    ],
                },
            ),
            ("data.label_may_be_turned", {"column": "mark", "good": ["yes"]}),
        ],
    ),
    (
        labelled,
        ("mark", "yes", "no", "maybe"),
        [
            (
                "data.label_read",
                {
                    "column": "mark",
                    "readings": [
                        Sentence(code="data.label_bad", args={"count": 1, "values": ["no"]}),
                        Sentence(code="data.label_good", args={"count": 1, "values": ["yes"]}),
                        Sentence(code="data.label_unclear", args={"count": 1, "values": ["maybe"]}),
                    ],
                },
            )
        ],
    ),
    (
        labelled,
        ("mark", True, False),
        [
            (
                "data.label_read",
                {
                    "column": "mark",
                    "readings": [
                        Sentence(code="data.label_bad", args={"count": 1, "values": ["false"]}),
                        Sentence(code="data.label_good", args={"count": 1, "values": ["true"]}),
                    ],
                },
            ),
            ("data.label_may_be_turned", {"column": "mark", "good": ["true"]}),
        ],
    ),
    (
        labelled,
        ("mark", 1, 0),
        [
            (
                "data.label_read",
                {
                    "column": "mark",
                    "readings": [
                        Sentence(code="data.label_bad", args={"count": 1, "values": ["0"]}),
                        Sentence(code="data.label_good", args={"count": 1, "values": ["1"]}),
                    ],
                },
            ),
            ("data.label_may_be_turned", {"column": "mark", "good": ["1"]}),
        ],
    ),
    (
        labelled,
        ("mark", 1, -1),
        [
            (
                "data.label_read",
                {
                    "column": "mark",
                    "readings": [
                        Sentence(code="data.label_bad", args={"count": 1, "values": ["-1"]}),
                        Sentence(code="data.label_good", args={"count": 1, "values": ["1"]}),
                    ],
                },
            )
        ],
    ),
    (
        labelled,
        ("mark", 0, 1, 2),
        [
            (
                "data.label_read",
                {
                    "column": "mark",
                    "readings": [
                        Sentence(code="data.label_bad", args={"count": 1, "values": ["0"]}),
                        Sentence(code="data.label_unclear", args={"count": 2, "values": ["1", "2"]}),
                    ],
                },
            ),
            ("data.label_wants_limit", {"column": "mark", "values": ["1", "2"]}),
        ],
    ),
    (
        labelled,
        ("mark", 1, 2, 3),
        [
            (
                "data.label_read",
                {
                    "column": "mark",
                    "readings": [Sentence(code="data.label_unclear", args={"count": 3, "values": ["1", "2", "3"]})],
                },
            ),
            ("data.label_wants_limit", {"column": "mark", "values": ["1", "2", "3"]}),
        ],
    ),
    (
        labelled,
        ("not mark", "good", "bad"),
        [
            (
                "data.label_read",
                {
                    "column": "not mark",
                    "readings": [
                        Sentence(code="data.label_bad", args={"count": 1, "values": ["good"]}),
                        Sentence(code="data.label_good", args={"count": 1, "values": ["bad"]}),
                    ],
                },
            )
        ],
    ),
    (
        labelled,
        ("mark", None, None),
        [("data.label_read", {"column": "mark", "readings": [Sentence(code="data.label_none", args={"count": 2})]})],
    ),
    (
        labelled,
        ("mark", "y" * 20, "y" * 21),
        [
            (
                "data.label_read",
                {
                    "column": "mark",
                    "readings": [
                        Sentence(
                            code="data.label_unclear", args={"count": 2, "values": ["y" * 20, "yyyyyyyyyyyyyyyyyyy…"]}
                        )
                    ],
                },
            )
        ],
    ),
    (label_notes.shown, ("y" * 20,), "y" * 20),
    (label_notes.shown, ("y" * 21,), "yyyyyyyyyyyyyyyyyyy…"),
    (label_notes.shown, ([1],), "[1]"),
    (label_notes.first, (Counter("aabbbcdef"),), ["b", "a", "c", "d", "e", "…"]),
    (label_notes.first, (Counter("aabbbcde"),), ["b", "a", "c", "d", "e"]),
    (
        none_in,
        (("Which colour?", "nan"), ("Which one?", "-"), ("Who?", "Me.")),
        [("data.words_for_none", {"column": "r", "count": 2, "words": ["nan", "-"]})],
    ),
    (none_in, (("Which colour?", "red"),), []),
    (none_in, (("What is the word for no?", "nil"),), []),
    (
        none_in,
        (("Why?", "none"), ("How many?", "none")),
        [("data.words_for_none", {"column": "r", "count": 1, "words": ["none"]})],
    ),
    (none_in, (("Which colour?", "#N/A"),), []),
    (none_in, (("Which colour?", "noinput"),), []),
    (none_in, (("", "nan"),), []),
    (none_in, (("Which colour?", 7),), []),
    (classes, (0, 1, 1), ["0", "1"]),
    (classes, (0, 0), None),
    (classes, (0,), None),
    (classes, (0, 1, 2, 3, 4, 5), ["0", "1", "2", "3", "4", "5"]),
    (classes, (0, 1, 2, 3, 4, 5, 6), None),
    (classes, (0, 12), None),
    (classes, ("true", "false"), ["false", "true"]),
    (classes, ("true", "red"), None),
    (classes, ("", 0, 1), ["0", "1"]),
    (classes_noted, (10, 0, 1), [("data.bare_classes", {"count": 10, "column": "r", "values": ["0", "1"]})]),
    (classes_noted, (9, 0, 1), []),
    (classes_noted, (12, 0, 1, 2), [("data.bare_classes", {"count": 12, "column": "r", "values": ["0", "1", "2"]})]),
    (classes_noted, (12, 0, 1, 2, 3), []),
    (classes_noted, (12, 0), []),
    (classes_noted, (12, 0, "red"), []),
    (tools, ('<tool_call>{"name": "find"}</tool_call>',), [("data.tools_unread", {"column": "tools", "count": 1})]),
    (tools, ("It is so.",), []),
    (
        tools,
        ([{"role": "assistant", "content": "", "tool_calls": [{"name": "find"}]}],),
        [("data.tools_unread", {"column": "tools", "count": 1})],
    ),
    (
        tools,
        ([{"role": "system", "content": "There is find."}, {"role": "assistant", "tool_calls": [{"name": "find"}]}],),
        [],
    ),
    (
        tools,
        ([{"role": "system", "content": "Be kind."}, {"role": "assistant", "tool_calls": [{"name": "find"}]}],),
        [("data.tools_unread", {"column": "tools", "count": 1})],
    ),
    (tools, ('<tool_call>{"name": "find"}</tool_call>', "colour"), []),
    (
        tools,
        ('<tool_call>{"name": "find"}</tool_call>', "functions"),
        [("data.tools_unread", {"column": "functions", "count": 1})],
    ),
    (tools, ('<tool_call>{"name": "find"}</tool_call>', "tools", Columns(prompt="q", response="r", system="s")), []),
]


@pytest.mark.parametrize(("function", "given", "value"), CASES)
def test_what_is_said_of_a_few_rows(function: Callable[..., Any], given: tuple[Any, ...], value: object) -> None:
    said = function(*given)
    assert (said, type(said)) == (value, type(value))
