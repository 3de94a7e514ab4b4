"""What went into a program and came out, as tracing tools keep it: keys and objects laid out as columns."""

from __future__ import annotations

from typing import Any

import pytest

from so8t_engine.data.adapters.known import traced

Q, A = "Which saw is it?", "The small one."
ASKED, SAID = {"role": "user", "content": Q}, {"role": "assistant", "content": A}
MADE = {"message": SAID}


@pytest.mark.parametrize(
    ("value", "alone"),
    [
        ("x", "x"), (7, 7), (["x"], "x"), (["x", "y"], ["x", "y"]), ({"a": "x", "b": None}, "x"),
        ({"a": "x", "b": "y"}, {"a": "x", "b": "y"}),
        ({"a": {"b": "x"}}, "x"), ({"a": {"b": "x", "c": "y"}}, {"b": "x", "c": "y"}), ({"a": 7}, {"a": 7}),
        ([7], [7]), ([ASKED], [ASKED]), ({}, {}), ([], []),
        ({"a": [ASKED]}, {"a": [ASKED]}), (SAID, SAID), ({"a": "", "b": []}, {"a": "", "b": []}),
    ],
)  # fmt: skip
def test_the_one_text_that_is_filled_stands_for_its_object(value: Any, alone: Any) -> None:
    assert traced.alone(value) == alone


@pytest.mark.parametrize(
    ("value", "answer"),
    [
        ("x", "x"), (None, None), ({"answer": A, "model": "m"}, A), (MADE, SAID),
        ({"choices": [{"message": SAID}, {"message": "x"}]}, SAID),
        ({"generations": [[{"text": A, "message": None}]]}, A), ({"messages": [ASKED, SAID]}, SAID),
        ({"choices": [{"text": A}]}, A),
        ({"a": 1, "b": "数"}, '{"a": 1, "b": "数"}'), ('{"a": 1, "b": 2}', '{"a": 1, "b": 2}'), ([SAID], [SAID]),
        ([7], 7), ([7, 8], None), (["x", "y"], None), ([], None),
    ],
)  # fmt: skip
def test_the_answer_in_what_came_out_is_its_text_or_its_message(value: Any, answer: Any) -> None:
    assert traced.answer_of(value) == answer


@pytest.mark.parametrize(
    ("said", "out"),
    [(A, {"output": A}), (MADE, {"output": SAID}),
    ({"answer": A, "reasoning": "I look."}, {"answer": A, "reasoning": "I look."}),
    ({"a": 1, "b": 2}, {"output": '{"a": 1, "b": 2}'})],
)  # fmt: skip
def test_what_came_out_keeps_its_reasons(said: Any, out: dict[str, Any]) -> None:
    assert traced.came_out(said) == out


@pytest.mark.parametrize(
    ("row", "scores"),
    [
        ({"scores": [{"name": "good", "value": 1}, "x"]}, [("good", 1)]),
        ({"scores": {"good": [1, 0], "bad": 0}}, [("good", 1), ("good", 0), ("bad", 0)]),
        ({"score_good": 1, "feedback.fine.score": 0, "eval.ok.label": "yes", "eval.ok.explanation": "x",
         "feedback_stats": 1, "score_none": ""},
         [("good", 1), ("fine", 0), ("ok", "yes")]),
        ({"x": 1}, []),
    ],
)  # fmt: skip
def test_scores_are_of_a_list_of_an_object_or_of_columns(row: dict[str, Any], scores: list[tuple[str, Any]]) -> None:
    assert list(traced.scores(row)) == scores


@pytest.mark.parametrize(
    ("row", "flat"),
    [
        ({"input": {"question": Q}, "output": A}, {"question": Q, "output": A}),
        ({"input": {"x": Q}, "output": A, "error": "no", "status": ""}, {"input": Q, "output": A, "error": "no"}),
        ({"attributes.llm.input_messages": [Q], "attributes.llm.output_messages": [A]}, {"input": Q, "output": A}),
        ({"input": {"question": Q}, "output": "No.", "expected": A}, {"question": Q, "output": A}),
        ({"input": {"question": Q}, "output": f"<think>So.</think>{A}", "expected": A}, {"question": Q,
         "output": f"<think>So.</think>{A}", "answer": A}),
        ({"input": {"question": Q, "answer": A}, "output": "No."}, {"question": Q, "answer": A}),
        ({"input": {"example": {"question": Q, "expected": A}}, "output": "No."}, {"question": Q, "output": A}),
        ({"input": {"example": {"question": Q}}, "output": {"model_output": A, "scores": {"good": 1}}},
         {"question": Q, "output": A, "scores": {"good": 1}}),
    ],
)  # fmt: skip
def test_a_row_is_what_was_put_in_and_what_is_right(row: dict[str, Any], flat: dict[str, Any]) -> None:
    assert traced.flat(row) == flat


@pytest.mark.parametrize(
    ("row", "is_one"),
    [
        ({"input": {"question": Q}}, True), ({"input": {"x": Q}}, True), ({"input": {"x": Q, "y": A}}, False),
        ({"input": '{"question": "x"}'}, True),
        ({"input": '{"x": "y"}'}, False), ({"input": Q}, False), ({"input": Q, "expected": A}, True),
        ({"input": Q, "expected": A, "output": A}, False),
        ({"input": [ASKED]}, False), ({"input": {"example": {}}}, True),
        ({"input": {"example": {}, "x": Q, "y": A}}, True),
    ],
)  # fmt: skip
def test_what_went_in_says_itself_what_asks(row: dict[str, Any], is_one: bool) -> None:
    assert traced.is_one(row) is is_one


def test_the_answer_that_was_expected_is_what_is_judged_where_there_is_none() -> None:
    assert traced.is_judged({"input": Q}, {}) and traced.is_judged({"expected": A}, {"answer": A})
    assert not traced.is_judged({"expected": A}, {})
    assert traced.expected_of({"expectations": {"guidelines": "x", "expected_facts": []}}) is None
    assert traced.expected_of({"expectations": {"guidelines": "x", "answer": A}}) == A
    assert traced.fits(frozenset(("input", "output"))) and traced.fits(frozenset(("inputs.x", "expected")))
    assert not traced.fits(frozenset(("input",))) and not traced.fits(frozenset(("input", "output", "prompt")))
