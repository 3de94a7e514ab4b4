"""Which columns ask and answer by their names and what stands in them: one case for each rule."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from so8t_engine.config.run_config import Columns
from so8t_engine.data.adapters import row_mapping

CASES: list[tuple[Callable[..., Any], tuple[Any, ...], object]] = [
    (row_mapping.mapping, ({"question": "Who?", "answer": "Me."},), Columns(prompt="question", response="answer")),
    (row_mapping.mapping, ({"question": "Who?", "colour": "Me."},), None),
    (
        row_mapping.mapping,
        ({"vanilla": "a", "adversarial": "", "completion": "c"},),
        Columns(prompt="vanilla", response="completion"),
    ),
    (
        row_mapping.mapping,
        ({"vanilla": "a", "adversarial": "b", "completion": "c"},),
        Columns(prompt="adversarial", response="completion"),
    ),
    (
        row_mapping.mapping,
        ({"question": "Who?", "answer": "Me.", "edited": "It is you."},),
        Columns(prompt="question", response="edited"),
    ),
    (
        row_mapping.mapping,
        ({"question": "Who?", "answer": "Me.", "edited": "true"},),
        Columns(prompt="question", response="answer"),
    ),
    (
        row_mapping.mapping,
        ({"question": "Who?", "choices": ["a", "b"], "is_correct": [0, 1]},),
        Columns(prompt="question", answer="is_correct", choices="choices"),
    ),
    (row_mapping.mapping, ({"question": "Who?", "choices": ["a", "b"], "is_correct": [1, 1]},), None),
    (row_mapping.mapping, ({"question": "Who?", "choices": ["a", "b"], "is_correct": [1, 0, 0]},), None),
    (
        row_mapping.mapping,
        ({"question": "Who?", "choices": ["*a", "b"]},),
        Columns(prompt="question", answer="choices", choices="choices"),
    ),
    (
        row_mapping.mapping,
        ({"question": "Who?", "answers": ["The total is 8.", "The total is 7."], "gold": "7"},),
        Columns(prompt="question", response="answers", answer="gold"),
    ),
    (
        row_mapping.mapping,
        ({"question": "Who?", "answers": ["a", "b"], "label": 1},),
        Columns(prompt="question", answer="label", choices="answers"),
    ),
    (
        row_mapping.mapping,
        ({"question": "Who?", "answers": ["a", "b"], "label": 2},),
        Columns(prompt="question", answer="label", choices="answers"),
    ),
    (
        row_mapping.mapping,
        ({"question": "Who?", "answers": ["a", "b"], "label": 3},),
        Columns(prompt="question", response="answers", label="label"),
    ),
    (
        row_mapping.mapping,
        ({"question": "Who?", "answers": ["a", "b"], "label": True},),
        Columns(prompt="question", response="answers", label="label"),
    ),
    (
        row_mapping.mapping,
        ({"question": "Who?", "answers": ["a", "b"], "label": 1, "context": "So."},),
        Columns(prompt="{context}\\n\\n{question}", answer="label", choices="answers"),
    ),
    (
        row_mapping.mapping,
        ({"question": "Who?", "answer": "", "output": "Me."},),
        Columns(prompt="question", response="output", answer="answer"),
    ),
    (
        row_mapping.mapping,
        ({"question": "Who?", "response": "", "answer": "Me."},),
        Columns(prompt="question", response="answer"),
    ),
    (
        row_mapping.mapping,
        ({"question": "Who?", "answer": "Me.", "reasoning": "", "rationale": "So."},),
        Columns(prompt="question", response="answer", reasoning="rationale"),
    ),
    (
        row_mapping.mapping,
        ({"question": "Who?", "response": "Me.", "answer": "none"},),
        Columns(prompt="question", response="response", answer="answer"),
    ),
    (
        row_mapping.mapping,
        ({"messages": 3, "question": "Who?", "answer": "Me."},),
        Columns(prompt="question", response="answer"),
    ),
    (
        row_mapping.mapping,
        ({"turns": 3, "question": "Who?", "answer": "Me."},),
        Columns(prompt="question", response="answer"),
    ),
    (
        row_mapping.mapping,
        ({"turns": ["a", "b"], "question": "Who?", "answer": "Me."},),
        Columns(prompt="question", response="answer"),
    ),
    (
        row_mapping.mapping,
        ({"messages": [{"role": "user", "content": "Who?"}], "response": "Me."},),
        Columns(messages="messages", response="response"),
    ),
    (
        row_mapping.mapping,
        ({"messages": [{"role": "user", "content": "Who?"}], "answer": "Me.", "reasoning": "So."},),
        Columns(messages="messages", response="answer", reasoning="reasoning"),
    ),
    (
        row_mapping.mapping,
        ({"messages": [{"role": "user", "content": "Who?"}, {"role": "assistant", "content": "Me."}], "answer": "me"},),
        Columns(messages="messages", answer="answer"),
    ),
    (
        row_mapping.mapping,
        (
            {
                "messages": [{"role": "user", "content": "Who?"}, {"role": "assistant", "content": "Me."}],
                "answer": "y" * 120,
            },
        ),
        Columns(messages="messages", answer="answer"),
    ),
    (
        row_mapping.mapping,
        (
            {
                "messages": [{"role": "user", "content": "Who?"}, {"role": "assistant", "content": "Me."}],
                "answer": "y" * 121,
            },
        ),
        Columns(messages="messages"),
    ),
    (
        row_mapping.mapping,
        ({"messages": "He said that it is so.", "question": "Who?", "answer": "Me."},),
        Columns(prompt="question", response="answer"),
    ),
    (
        row_mapping.mapping,
        ({"dialogue": "He said that it is so.", "question": "Who?", "answer": "Me."},),
        Columns(prompt="question", query="dialogue", response="answer"),
    ),
    (row_mapping.mapping, ({"dialogue": "User: Who?\nAssistant: Me."},), Columns(messages="dialogue")),
    (
        row_mapping.mapping,
        ({"instruction": "Add.", "input": 7, "output": "8"},),
        Columns(prompt="instruction", query="input", response="output"),
    ),
    (
        row_mapping.mapping,
        ({"instruction": "Add.", "input": float("nan"), "output": "8"},),
        Columns(prompt="instruction", response="output"),
    ),
    (
        row_mapping.mapping,
        ({"instruction": "Add.", "input": {"a": 1}, "output": "8"},),
        Columns(prompt="instruction", query="input", response="output"),
    ),
    (
        row_mapping.mapping,
        ({"question": "Who?", "context": 7, "answer": "Me."},),
        Columns(prompt="question", response="answer"),
    ),
    (
        row_mapping.mapping,
        ({"question": "Who?", "document": "report.pdf", "answer": "Me."},),
        Columns(prompt="question", response="answer"),
    ),
    (
        row_mapping.mapping,
        ({"question": "Who?", "choices": ["a", "b"], "answer": "A", "document": "report.pdf"},),
        Columns(prompt="question", answer="answer", choices="choices"),
    ),
    (
        row_mapping.mapping,
        ({"question": "Who?", "choices": "the first", "answer": "Me."},),
        Columns(prompt="question", response="answer"),
    ),
    (
        row_mapping.mapping,
        ({"question": "Who?", "choices": "A. you B. me", "answer": "B"},),
        Columns(prompt="question", answer="answer", choices="choices"),
    ),
    (
        row_mapping.mapping,
        ({"question": "7", "choices": ["a", "b"], "answer": "A", "text": "Who is it?"},),
        Columns(prompt="text", answer="answer", choices="choices"),
    ),
    (
        row_mapping.mapping,
        ({"instruction": "Do.", "text": "Do. So.", "output": "So."},),
        Columns(prompt="instruction", response="output"),
    ),
    (
        row_mapping.mapping,
        ({"input": "7", "code": "print(1) # x", "output": "1"},),
        Columns(prompt="code", query="input", response="output"),
    ),
    (
        row_mapping.mapping,
        ({"input": "7", "code": "python", "output": "1"},),
        Columns(prompt="input", response="output"),
    ),
    (row_mapping.mapping, ({"chosen": "Me.", "rejected": "You."},), None),
    (
        row_mapping.mapping,
        ({"chosen": "\n\nHuman: Who?\n\nAssistant: Me.", "rejected": "\n\nHuman: Who?\n\nAssistant: You."},),
        Columns(chosen="chosen", rejected="rejected"),
    ),
    (
        row_mapping.mapping,
        ({"question": "Who?", "response": "It is 7.", "solution": "7"},),
        Columns(prompt="question", response="response", answer="solution"),
    ),
    (
        row_mapping.mapping,
        ({"question": "Who?", "response": "Me.", "reward_model": {"ground_truth": "7"}},),
        Columns(prompt="question", response="response", answer="reward_model.ground_truth"),
    ),
    (
        row_mapping.mapping,
        ({"question": "Who?", "answer": "Me.", "label": 1},),
        Columns(prompt="question", response="answer", label="label"),
    ),
    (row_mapping.mapping, ({"question": "Who?", "responses": ["a", "b"]},), None),
    (
        row_mapping.mapping,
        ({"question": "Who?", "responses": ["a", "b"], "scores": [1, 2]},),
        Columns(prompt="question", response="responses"),
    ),
]


@pytest.mark.parametrize(("function", "given", "value"), CASES)
def test_which_columns_ask_and_answer_by_what_stands_in_them(
    function: Callable[..., Any], given: tuple[Any, ...], value: object
) -> None:
    said = function(*given)
    assert (said, type(said)) == (value, type(value))
