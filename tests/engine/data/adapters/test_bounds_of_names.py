"""Which columns ask and answer by their names: one case for each rule."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from so8t_engine.config.run_config import Columns
from so8t_engine.data.adapters import column_names

CASES: list[tuple[Callable[..., Any], tuple[Any, ...], object]] = [
    (column_names.guess, (("question", "answer"),), Columns(prompt="question", response="answer")),
    (column_names.guess, (("question", "colour"),), None),
    (column_names.guess, (("colour", "answer"),), None),
    (
        column_names.guess,
        (("question", "answer", "is_correct"),),
        Columns(prompt="question", response="answer", label="is_correct"),
    ),
    (
        column_names.guess,
        (("question", "answer", "reasoning"),),
        Columns(prompt="question", response="answer", reasoning="reasoning"),
    ),
    (
        column_names.guess,
        (("question", "answer", "solution"),),
        Columns(prompt="question", response="answer", reasoning="solution", answer="answer"),
    ),
    (
        column_names.guess,
        (("question", "response", "answer"),),
        Columns(prompt="question", response="response", answer="answer"),
    ),
    (
        column_names.guess,
        (("question", "answer", "context"),),
        Columns(prompt="question", query="context", response="answer"),
    ),
    (column_names.guess, (("question", "answer", "passage_2"),), Columns(prompt="question", response="answer")),
    (
        column_names.guess,
        (("instruction", "input", "output"),),
        Columns(prompt="instruction", query="input", response="output"),
    ),
    (column_names.guess, (("instruction", "text", "output"),), Columns(prompt="instruction", response="output")),
    (
        column_names.guess,
        (("instruction", "output", "system", "history"),),
        Columns(prompt="instruction", system="system", history="history", response="output"),
    ),
    (
        column_names.guess,
        (("definition", "input", "output"),),
        Columns(prompt="{definition}\\n\\n{input}", response="output"),
    ),
    (column_names.guess, (("messages",),), Columns(messages="messages")),
    (column_names.guess, (("messages", "system"),), Columns(system="system", messages="messages")),
    (
        column_names.guess,
        (("prompt", "chosen", "rejected"),),
        Columns(prompt="prompt", chosen="chosen", rejected="rejected"),
    ),
    (column_names.guess, (("chosen", "rejected"),), Columns(chosen="chosen", rejected="rejected")),
    (
        column_names.guess,
        (("context", "chosen", "rejected"),),
        Columns(prompt="context", chosen="chosen", rejected="rejected"),
    ),
    (
        column_names.guess,
        (("messages", "chosen", "rejected"),),
        Columns(messages="messages", chosen="chosen", rejected="rejected"),
    ),
    (
        column_names.guess,
        (("question", "choices", "answer"),),
        Columns(prompt="question", answer="answer", choices="choices"),
    ),
    (
        column_names.guess,
        (("question", "choices", "answer", "rationale"),),
        Columns(prompt="question", reasoning="rationale", answer="answer", choices="choices"),
    ),
    (
        column_names.guess,
        (("question", "choices", "answer", "context"),),
        Columns(prompt="{context}\\n\\n{question}", answer="answer", choices="choices"),
    ),
    (
        column_names.guess,
        (("question", "choices", "answer", "lecture", "hint"),),
        Columns(prompt="{hint}\\n\\n{question}", reasoning="lecture", answer="answer", choices="choices"),
    ),
    (
        column_names.guess,
        (("question", "choices", "answer", "lecture", "solution"),),
        Columns(prompt="question", reasoning="{lecture}\\n\\n{solution}", answer="answer", choices="choices"),
    ),
    (
        column_names.guess,
        (("question", "choices", "answer", "response"),),
        Columns(prompt="question", response="response", answer="answer", choices="choices"),
    ),
    (
        column_names.guess,
        (("question", "A", "B", "C", "D", "answer"),),
        Columns(prompt="question", answer="answer", choices="A, B, C, D"),
    ),
    (column_names.guess, (("question", "choices"),), None),
    (
        column_names.guess_marked,
        (("question", "choices"),),
        Columns(prompt="question", answer="choices", choices="choices"),
    ),
    (column_names.guess_marked, (("question", "choices", "answer"),), None),
    (column_names.guess_marked, (("question", "answer"),), None),
    (column_names.guess, (("q", "a"),), Columns(prompt="q", response="a")),
    (column_names.guess, (("source", "target"),), None),
    (
        column_names.guess,
        (("source", "target", "rationale"),),
        Columns(prompt="source", response="target", reasoning="rationale"),
    ),
    (column_names.guess, (("user", "text"),), None),
    (column_names.guess, (("user", "assistant"),), Columns(prompt="user", response="assistant")),
    (column_names.guess, (("q1", "a1", "q2", "a2"),), Columns(messages="q1, a1, q2, a2")),
    (column_names.guess, (("user_1", "bot_1", "user_2"),), Columns(messages="user_1, bot_1")),
    (
        column_names.guess,
        (("message", "chat_history", "response", "preamble"),),
        Columns(prompt="message", system="preamble", history="chat_history", response="response"),
    ),
    (
        column_names.guess,
        (("query", "response", "entry_point", "prompt"),),
        Columns(prompt="query", response="response"),
    ),
    (
        column_names.guess,
        (("instruction", "before", "after"),),
        Columns(prompt="instruction", query="before", response="after"),
    ),
    (column_names.guess, (("question", "before", "after"),), Columns(prompt="question", response="after")),
    (
        column_names.guess,
        (("question", "schema", "query"),),
        Columns(prompt="question", query="schema", response="query"),
    ),
    (
        column_names.guess,
        (("question", "schema", "evidence", "sql"),),
        Columns(prompt="question", query="{schema}\\n\\n{evidence}", response="sql"),
    ),
    (
        column_names.guess,
        (("question", "model_answer", "prediction", "reference"),),
        Columns(prompt="question", response="model_answer", answer="reference", label="prediction"),
    ),
    (column_names.guess, (("question", "prediction", "reference"),), Columns(prompt="question", response="reference")),
    (column_names.guess, (("question", "critique", "revision"),), Columns(prompt="question", response="revision")),
    (column_names.guess, (("question", "revision", "answer"),), Columns(prompt="question", response="answer")),
    (
        column_names.guess,
        (("question", "answer", "revised_answer"),),
        Columns(prompt="question", response="revised_answer"),
    ),
    (
        column_names.guess,
        (("question", "answer", "reference", "faithfulness"),),
        Columns(prompt="question", response="reference"),
    ),
    (column_names.guess, (("question", "responses"),), Columns(prompt="question", response="responses")),
    (column_names.guess, (("question", "ground_truth"),), Columns(prompt="question", response="ground_truth")),
    (
        column_names.guess,
        (("input", "expected_output", "retrieval_context"),),
        Columns(prompt="input", query="retrieval_context", response="expected_output"),
    ),
    (column_names.guess, (("question", "code"),), Columns(prompt="question", response="code")),
    (
        column_names.guess,
        (("question", "reasoning", "content"),),
        Columns(prompt="question", response="content", reasoning="reasoning"),
    ),
    (column_names.guess, (("question", "solution"),), Columns(prompt="question", response="solution")),
    (
        column_names.guess,
        (("question", "final_answer", "solution"),),
        Columns(prompt="question", response="final_answer", reasoning="solution", answer="final_answer"),
    ),
    (column_names.guess, (("質問", "回答"),), Columns(prompt="質問", response="回答")),
    (column_names.guess, (("質問", "回答・解説"),), Columns(prompt="質問", response="回答・解説")),
    (column_names.guess, (("Frage", "Antwort Begründung"),), Columns(prompt="Frage", response="Antwort Begründung")),
    (column_names.guess, (("Question ", "Answer (short)"),), Columns(prompt="Question ", response="Answer (short)")),
    (column_names.rivals, (("answer_a", "answer_b", "answer"),), ["answer_a", "answer_b"]),
    (column_names.rivals, (("answer_a", "response_b"),), []),
    (column_names.answering, (("question", "response", "answer", "reasoning"),), ("response", "answer", "reasoning")),
    (column_names.answering, (("question",),), (None, None, None)),
    (column_names.is_part, ("question",), True),
    (column_names.is_part, ("user",), False),
    (column_names.is_part, ("label",), True),
    (column_names.is_part, ("colour",), False),
    (column_names.is_known, ("system",), True),
    (column_names.is_known, ("is_correct",), True),
    (column_names.is_known, ("colour",), False),
    (
        column_names.unused,
        (("question", "answer", "colour", ""), Columns(prompt="question", response="answer")),
        ["colour"],
    ),
    (column_names.unused, (("question", "answer", "q"), Columns(prompt="{question} {q}", response="answer")), []),
    (
        column_names.line,
        (Columns(prompt="question", response="answer"),),
        "columns: {prompt: question, response: answer}",
    ),
    (
        column_names.line,
        (Columns(prompt="the question", response="yes"),),
        'columns: {prompt: "the question", response: "yes"}',
    ),
    (
        column_names.line,
        (Columns(prompt="{a}\\n\\n{b}", response="12"),),
        'columns: {prompt: "{a}\\n\\n{b}", response: "12"}',
    ),
    (
        column_names.line,
        (Columns(prompt="a", response="b"), "argilla"),
        "adapter: argilla, columns: {prompt: a, response: b}",
    ),
]


@pytest.mark.parametrize(("function", "given", "value"), CASES)
def test_which_columns_ask_and_answer_by_their_names(
    function: Callable[..., Any], given: tuple[Any, ...], value: object
) -> None:
    said = function(*given)
    assert (said, type(said)) == (value, type(value))
