"""Which rows tools have exported, by their columns and by what these hold; and what is put together of them."""

from __future__ import annotations

from typing import Any

import pytest

from so8t_engine.data.adapters.known.annotation_tools import TOOLS
from so8t_engine.data.adapters.parsed_row import Skip


@pytest.mark.parametrize(
    ("tool", "columns", "fits"),
    [
        ("label_studio", ("annotations", "data", "id"), True),
        ("label_studio", ("data",), False),
        ("argilla", ("fields", "responses"), True),
        ("argilla", ("fields", "suggestions"), True),
        ("argilla", ("fields",), False),
        ("argilla", ("a.responses", "a.responses.users"), True),
        ("argilla", ("a.responses",), False),
        ("argilla", ("a-suggestion", "a"), True),
        ("argilla", ("a-suggestion",), False),
        ("langfuse", ("input", "output", "scores"), True),
        ("langfuse", ("input", "expectedOutput"), True),
        ("langfuse", ("input", "expected_output", "metadata"), True),
        ("langfuse", ("input", "expected_output"), False),
        ("langfuse", ("expectedOutput",), False),
        ("inspect", ("input", "target", "scores", "messages"), True),
        ("inspect", ("input", "target", "scores"), False),
        ("inspect", ("input", "messages"), False),
        ("langsmith", ("inputs", "outputs"), True),
        ("langsmith", ("inputs",), False),
        ("prodigy", ("answer", "text"), True),
        ("prodigy", ("answer", "question"), False),
        ("prodigy", ("answer", "_task_hash", "question"), True),
        ("prodigy", ("answer", "prompt", "response"), True),
        ("prodigy", ("text",), False),
        ("prodigy", ("answer",), True),
    ],
)  # fmt: skip
def test_a_tool_is_told_by_columns_of_its_own(tool: str, columns: tuple[str, ...], fits: bool) -> None:
    assert TOOLS[tool].fits(frozenset(columns)) is fits


@pytest.mark.parametrize(
    ("tool", "row", "is_one"),
    [
        ("label_studio", {"data": {}, "annotations": [{"result": []}]}, True),
        ("label_studio", {"data": {}, "annotations": [{"x": []}]}, False),
        ("label_studio", {"data": "x", "annotations": []}, False),
        ("label_studio", {"data": {}, "annotations": "x"}, False),
        ("label_studio", {"data": {}, "annotations": []}, True),
        ("argilla", {"fields": {}, "responses": []}, True),
        ("argilla", {"fields": {}, "responses": None}, True),
        ("argilla", {"fields": {}}, True),
        ("argilla", {"fields": "x"}, False),
        ("argilla", {"fields": {}, "responses": "x"}, False),
        ("argilla", {}, True),
        ("langfuse", {"scores": [{"name": "x"}]}, True),
        ("langfuse", {"scores": [{"x": 1}]}, False),
        ("langfuse", {"scores": ["name"]}, False),
        ("langfuse", {"scores": {"x": 1}}, True),
        ("langfuse", {"scores": {"x": {"y": 1}, "z": 1}}, False),
        ("langfuse", {}, True),
        ("langfuse", {"scores": 3}, False),
        ("langsmith", {"inputs": {}, "outputs": {}}, True),
        ("langsmith", {"inputs": {}, "outputs": ""}, True),
        ("langsmith", {"inputs": "x", "outputs": {}}, False),
        ("langsmith", {"inputs": {}, "outputs": "x"}, False),
        ("langsmith", {"inputs": '{"a": 1}', "outputs": None}, True),
        ("prodigy", {"answer": "accept"}, True),
        ("prodigy", {"answer": "yes"}, False),
    ],
)  # fmt: skip
def test_a_row_is_a_tools_by_what_its_columns_hold(tool: str, row: dict[str, Any], is_one: bool) -> None:
    assert TOOLS[tool].is_one(row) is is_one


def studio(data: dict[str, Any], *results: dict[str, Any]) -> dict[str, Any]:
    return {"data": data, "annotations": [{"result": [result]} for result in results]}


def said(name: str, value: Any, **more: Any) -> dict[str, Any]:
    return {"from_name": name, "value": value, **more}


IN_OUT = {"inputs": {"question": "Q"}, "outputs": {"answer": "A"}}
TASK = {"answer": "accept", "text": "Q", "options": [{"id": 1, "text": "x"}, {"id": 2, "text": "y"}, "z", {"x": 1}]}
FLAT: list[tuple[str, dict[str, Any], dict[str, Any]]] = [
    ("label_studio", studio({"a": "x"}, said("q", {"choices": ["good"]}), said("q", {"choices": ["bad"]})), {"a": "x",
     "annotations": {"q": "bad"}}),
    ("label_studio", studio({"a": "x", "b": "y"}, said("q", {"selected": "left"}, to_name="a,b")), {"a": "x",
     "b": "y", "winner": "a"}),
    ("label_studio", studio({"a": "x", "b": "y", "c": "z"}, said("q", {"selected": "right"}, to_name="a, c")),
     {"a": "x", "b": "y", "c": "z", "winner": "c"}),
    ("label_studio", studio({"a": "x", "b": "y"}, said("q", {"selected": "right"}, to_name="a,c")), {"a": "x",
     "b": "y", "winner": "b"}),
    ("label_studio", studio({"a": "x"}, said("q", {"rating": 3}), said("t", {"text": ["y"]}), {"value": {"x": 1}},
     {"from_name": "z"}), {"a": "x", "q (score)": 3, "t": "y"}),
    ("langsmith", {**IN_OUT, "feedback_stats": {"good": {"avg": 0.6}, "n": {"avg": 3}, "z": {"avg": None}},
     "feedback_x": 1, "feedback.y": 0},
     {"question": "Q", "answer": "A", "x (score)": 1, "y (score)": 0, "good": 1, "n (score)": 3}),
    ("langsmith", {**IN_OUT, "error": "no", "status": "x", "feedback": [{"key": "k", "score": 1}, {"key": "l",
     "value": "v"}]},
     {"question": "Q", "answer": "A", "error": "no", "status": "x", "k (score)": 1, "l": "v"}),
    ("langsmith", {**IN_OUT, "reference_outputs": {"answer": "R"}, "error": "no", "feedback_x": 0}, {"question": "Q",
     "output": "R"}),
    ("prodigy", {**TASK, "accept": [2]}, {"text": "Q", "options": TASK["options"], "answer": "y"}),
    ("prodigy", {**TASK, "accept": [1, 2]}, {"text": "Q", "options": TASK["options"], "answer": ["x", "y"]}),
    ("prodigy", {**TASK, "accept": []}, {"text": "Q", "options": TASK["options"]}),
    ("prodigy", {"answer": "accept", "text": "Q", "accept": [2], "_h": 1}, {"text": "Q"}),
]  # fmt: skip


@pytest.mark.parametrize(("tool", "row", "flat"), FLAT)
def test_a_row_is_what_was_put_in_with_what_was_said_of_it(
    tool: str, row: dict[str, Any], flat: dict[str, Any]
) -> None:
    assert TOOLS[tool].unpack(row) == flat


def test_a_task_that_was_not_accepted_is_none() -> None:
    with pytest.raises(Skip):
        TOOLS["prodigy"].unpack({"answer": "reject", "text": "Q"})
