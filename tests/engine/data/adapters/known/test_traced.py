"""Traces and items of tools that trace programs: the texts in them are learnt, as JSON and as a CSV has them."""

from __future__ import annotations

import json
from typing import Any

import pytest

from helpers.rows import of_source, parsed, reason
from so8t_engine.config.run_config import Dataset
from so8t_engine.data import drop_reasons
from so8t_engine.data.adapters import choose_adapter

Q, A, BAD = "Which saw is it?", "The small one — of 40 cm.", "Any of them."
ASKED = [{"role": "user", "content": Q}]


def as_in_csv(row: dict[str, Any]) -> dict[str, Any]:
    """Everything is text there, objects as JSON with its escapes."""
    return {name: json.dumps(value) if isinstance(value, (dict, list)) else value for name, value in row.items()}


ROWS: dict[str, dict[str, Any]] = {
    "langfuse": {"id": "t", "name": "qa", "input": {"question": Q}, "output": {"answer": BAD},
                 "expectedOutput": {"answer": A}, "score_correctness": "0"},
    "langfuse, nothing expected": {"id": "t", "input": {"question": Q}, "output": {"answer": A},
                                   "score_correctness": "1"},
    "langfuse, unknown keys": {"input": {"q": Q}, "output": {"r": BAD}, "expectedOutput": {"r": A}, "scores": []},
    "langfuse, decorated": {"input": {"args": [Q], "kwargs": {}}, "output": A, "scores": []},
    "langfuse, a talk": {"input": {"messages": ASKED}, "output": {"role": "assistant", "content": A}, "scores": []},
    "langsmith": {"inputs": {"question": Q}, "outputs": {"answer": BAD}, "reference_outputs": {"answer": A}},
    "langsmith, unknown keys": {"inputs": {"q": Q}, "outputs": {"result": A}, "feedback_correctness": 1},
    "phoenix": {"example_id": "x", "input": {"question": Q}, "output": {"answer": A}, "metadata": {}},
    "phoenix, spans": {"span_kind": "CHAIN", "attributes.input.value": {"question": Q},
                       "attributes.output.value": {"answer": A}, "status_code": "OK"},
    "phoenix, texts": {"attributes.input.value": Q, "attributes.output.value": A},
    "phoenix, turns": {"attributes.llm.input_messages": [{"message.role": "user", "message.content": Q}],
                       "attributes.llm.output_messages": [{"message.role": "assistant", "message.content": A}]},
    "braintrust": {"input": {"question": Q}, "output": BAD, "expected": {"answer": A}, "scores": {"Factuality": 0}},
    "braintrust, csv": {"input": {"question": Q}, "output": BAD, "expected": {"answer": A}, "Factuality": 0},
    "braintrust, items": {"id": "x", "input": Q, "expected": A, "metadata": {}, "tags": None},
    "weave": {"op_name": "weave:///a", "inputs": {"question": Q}, "output": {"answer": A}},
    "weave, columns": {"op_name": "weave:///a", "inputs.question": Q, "output.answer": A},
    "weave, a test": {"inputs": {"example": {"question": Q, "expected": A}, "model": "m"},
                      "output": {"output": BAD, "scores": {"match": {"correct": False}}}},
    "weave, a test in columns": {"inputs.example.question": Q, "inputs.example.expected": A,
                                 "output.model_output.answer": BAD, "output.scores.match.correct": False},
    "mlflow": {"trace_id": "x", "request": {"question": Q}, "response": {"answer": A}, "state": "OK"},
    "mlflow, a test": {"inputs": {"question": Q}, "outputs": BAD, "expectations": {"expected_response": A}},
    "mlflow, facts": {"inputs": {"question": Q}, "outputs": A, "expectations": {"expected_facts": ["small", "40"]}},
    "opik": {"id": "x", "input": {"question": Q}, "expected_output": {"answer": A}},
    "opik, traces": {"id": "x", "input": {"question": Q}, "output": {"answer": A, "docs": ["d.pdf", "e.pdf"]},
                     "feedback_scores": [{"name": "correctness", "value": 1}]},
    "helicone": {"request_body": {"messages": ASKED}, "response_status": 200,
                 "response_body": {"choices": [{"message": {"role": "assistant", "content": A}}]}},
}  # fmt: skip


@pytest.mark.parametrize("of_csv", [False, True])
@pytest.mark.parametrize("tool", ROWS)
def test_the_text_in_what_a_tool_has_traced_is_learnt_what_was_expected_before_what_came_out(
    tool: str, of_csv: bool
) -> None:
    found = parsed(as_in_csv(ROWS[tool]) if of_csv else ROWS[tool])
    assert (found.prompt, found.response, found.bad_answer) == (Q, A, None)


CONDEMNED: list[dict[str, Any]] = [
    {"input": {"question": Q}, "output": {"answer": BAD}, "score_correctness": "0"},
    {"input": {"question": Q}, "output": {"answer": BAD}, "feedback_scores": [{"name": "correctness", "value": 0}]},
    {"input": {"question": Q}, "output": {"answer": BAD}, "feedback_scores.correctness": 0},
    {"inputs": {"example": {"question": Q}}, "output": {"output": BAD, "scores": {"correctness": 0}}},
    {"request": {"question": Q}, "response": {"answer": BAD},
     "assessments": [{"assessment_name": "correctness", "feedback": {"value": False}}]},
    {"attributes.input.value": Q, "attributes.output.value": BAD, "eval.correctness.label": "incorrect",
     "eval.correctness.explanation": "It is not."},
]  # fmt: skip


@pytest.mark.parametrize("of_csv", [False, True])
@pytest.mark.parametrize("row", CONDEMNED)
def test_what_came_out_and_was_scored_as_wrong_is_left_out(row: dict[str, Any], of_csv: bool) -> None:
    assert "correctness" in str(reason(as_in_csv(row) if of_csv else row))


def test_an_object_that_is_itself_the_answer_is_learnt_as_json_without_escapes() -> None:
    row = as_in_csv({"input": {"question": Q}, "expectedOutput": {"name": "Zoë", "place": "Köln"}, "metadata": None})
    assert parsed(row).response == '{"name": "Zoë", "place": "Köln"}'


def test_a_task_whose_answer_is_json_keeps_it_where_nothing_was_traced() -> None:
    said = '{"answer": "Tom"}'
    assert parsed({"instruction": "Give the name as JSON.", "input": "I am Tom.", "output": said}).response == said
    assert parsed({"question": Q, "answer": said}).response == said
    assert parsed({"input": '{"name": "Tom", "age": "3"}', "output": said}).response == said


def test_several_expected_answers_are_left_to_whoever_knows_which_is_right() -> None:
    dataset = Dataset(name="x", source="local", path="x.jsonl")
    several = {"input": Q, "expected": [A, BAD], "metadata": {}}
    assert choose_adapter.choose(dataset, several) is None
    assert parsed({**several, "expected": [A]}).response == A
    facts = {"inputs": {"question": Q}, "outputs": None, "expectations": {"expected_facts": ["small", "40"]}}
    assert "small" not in str(of_source([facts]))


def test_the_steps_that_led_to_what_was_expected_are_learnt_with_it() -> None:
    worked = "<think>Twelve and thirteen.</think>It is 25."
    row = {"input": {"question": "12+13?"}, "output": worked, "expected": "25", "scores": {"correctness": 1}}
    found = parsed(row)
    assert (found.reasoning, found.answer) == ("Twelve and thirteen.", "25")
    assert "correctness" in str(parsed({**row, "scores": {"correctness": 0}}).bad_answer)


def test_scores_of_what_came_out_say_nothing_against_what_was_expected() -> None:
    rows = [{"input": {"question": f"{Q} {n}"}, "output": BAD, "expected": A, "scores": {"correctness": n % 2}}
            for n in range(4)]  # fmt: skip
    assert [getattr(found, "response", found) for found in of_source(rows)] == [A] * 4
    assert reason({**rows[0], "expected": None}) == drop_reasons.labelled_bad("correctness", "0")
