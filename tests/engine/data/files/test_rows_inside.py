"""Which rows stand inside of an object, and which objects hold none."""

from __future__ import annotations

from typing import Any

import pytest

from so8t_engine.data.files import rows_inside

Q, R = {"question": "Why?", "answer": "So."}, {"question": "How?", "answer": "Thus."}
IO = {"input": "x", "output": "y"}
ASKED = {"@type": "Question", "name": "Why?", "acceptedAnswer": {"@type": "Answer", "text": "So."}}
INTENT = {"tag": "t", "patterns": ["Hi", "Hello"], "responses": ["Yes?"]}


@pytest.mark.parametrize(
    ("item", "rows", "in_lines"),
    [
        ({"title": "A", "questions": [Q, R]}, [Q, R], True),
        ({"Passage": "P", "id": 3, "zork": [Q]}, [{"Passage": "P", **Q}], True),
        ({"passage": 3, "zork": [Q]}, [Q], True), ({"a": [Q], "b": [R]}, None, False),
        ({"a": [Q], "meta": {}}, None, False),
        ({"a": [Q, {"x": 1}]}, None, False), ({"a": [Q, 3]}, None, False), ({"a": []}, None, False),
        ({"a": [3, Q]}, None, False),
        ({"question": "x", "answer": "y", "a": [Q]}, None, False),
        ({"a": [{"question": "x"}, {"answer": "y"}]}, None, False),
        ({"a": [{"question": "Which?", "choices": ["a", "b"], "correct": "a"}]},
         [{"question": "Which?", "choices": ["a", "b"], "correct": "a"}], True),
        ({"Instruction": "Do.", "Instances": [IO]}, [{"Instruction": "Do.", **IO}], True),
        ({"definition": ["Do", "it."], "instances": [IO, IO]}, [{"definition": "Do\nit.", **IO}] * 2, True),
        ({"definition": ["Do", 1], "instances": [IO]}, [IO], True),
        ({"instruction": "Do.", "system": "Be.", "instances": [IO]}, [{"instruction": "Do.", "system": "Be.", **IO}],
         True),
        ({"instances": [{"input": "x"}], "definition": "Do."}, None, False),
        ({"instances": [IO, {"input": "x"}], "definition": "Do."}, None, False),
        ({"instances": IO, "definition": "Do."}, None, False),
        (INTENT, [{"tag": "t", "question": one, "answer": ["Yes?"]} for one in ("Hi", "Hello")], True),
        ({"patterns": ["Hi"], "responses": [3]}, None, False),
        ({"patterns": ["Hi", 3], "responses": ["Yes?"]}, None, False),
        ({"patterns": ["Hi"], "responses": "Yes?"}, None, False), ({"patterns": ["Hi"]}, None, False),
        ({"conversations": [{"responses": 1}, {"responses": 2}]}, [{"responses": 1}, {"responses": 2}], False),
        ({"conversations": [{"responses": 1}, {"x": 2}]}, None, False), ({"conversations": []}, None, False),
        ({"title": "T", "paragraphs": [{"context": "C", "qas": [Q, 3]}, {"qas": R}]},
         [{"title": "T", "context": "C", **Q}, 3, {"title": "T", "context": None, **R}], False),
        ({"paragraphs": [{"qas": [Q]}, {"x": 1}]}, None, False),
        ({"chats": {"list": [{"name": "A", "messages": [1]}, {"messages": []}]}},
         [{"name": "A", "messages": [1]}, {"messages": []}], False),
        ({"@type": "QAPage", "mainEntity": ASKED}, [{"question": "Why?", "answer": "So."}], True),
        ({"@type": "FAQPage", "mainEntity": [ASKED, ASKED]}, [{"question": "Why?", "answer": "So."}] * 2, True),
        (ASKED, [{"question": "Why?", "answer": "So."}], True), ({"@type": "Recipe", "name": "x"}, None, False),
        ({"chats": {"list": [{"name": "A"}]}}, None, False), ({"chats": 3}, None, False), ({"x": 1}, None, False),
    ],
)  # fmt: skip
def test_an_object_gives_the_rows_inside_of_it_or_itself(
    item: dict[str, Any], rows: list[Any] | None, in_lines: bool
) -> None:
    assert list(rows_inside.questions(item)) == ([item] if rows is None else rows)
    assert rows_inside.are_in_lines(item) is in_lines


@pytest.mark.parametrize("item", [3, "x", None, [Q], []])
def test_what_is_no_object_holds_none(item: Any) -> None:
    assert list(rows_inside.questions(item)) == [item]


@pytest.mark.parametrize(
    ("rows", "are"),
    [([Q, R], True), ([], False), ([Q, 3], False), (Q, False), ([Q, {"answer": "a", "question": "b"}], True),
     ([{"x": 1}], False),
     ([Q] * 50 + [{"x": 1}], True), ([Q] * 49 + [{"x": 1}], False), ([{"question": "x"}], False),
     ([{"answer": "x"}], False)],
)  # fmt: skip
def test_pairs_are_objects_whose_keys_ask_and_answer(rows: Any, are: bool) -> None:
    assert rows_inside.are_pairs(rows) is are
