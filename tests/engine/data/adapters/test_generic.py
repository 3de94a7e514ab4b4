"""Rows of shapes that are named in the configuration, and texts in pieces."""

from __future__ import annotations

from typing import Any

import pytest

from helpers.rows import parsed, reason, whole
from so8t_engine.data import drop_reasons

Q, A = "Which saw is it?", "The small one."
PAIR = {"prompt": Q, "response": A}
TURNS = [{"role": "user", "content": Q}, {"role": "assistant", "content": A}]
NAMED: list[tuple[str, dict[str, Any]]] = [
    ("question_answer", {"question": Q, "answer": A}), ("messages", {"messages": TURNS}),
    ("conversations", {"conversations": TURNS}), ("instruction", {"instruction": Q, "output": A}),
    ("prompt_response", PAIR), ("prompt_completion", {"prompt": Q, "completion": A}),
    ("input_output", {"input": Q, "output": A}),
    ("question_answer", {"question": Q, "answer": A, "response": "Another.", "messages": "x"}),
    ("prompt_completion", {"prompt": Q, "completion": A, "response": "Another.", "messages": TURNS[:1]}),
    ("prompt_completion", {"prompt": Q, "completion": A, "response": "Another."}),
    ("input_output", {"input": Q, "output": A, "instruction": "x", "messages": []}),
    ("prompt_response", {**PAIR, "history": "", "system": None}),
]  # fmt: skip


@pytest.mark.parametrize(("adapter", "row"), NAMED)
def test_a_shape_that_is_named_reads_its_columns_whatever_else_is_there(adapter: str, row: dict[str, Any]) -> None:
    assert whole(row, adapter=adapter) == PAIR


def test_a_shape_that_is_named_hears_a_system_prompt_earlier_turns_and_labels() -> None:
    row = {**PAIR, "system": "Be short.", "history": [["Hi", "Yes?"]]}
    prompt = f"Be short.\n\nUser: Hi\n\nAssistant: Yes?\n\nUser: {Q}"

    for more in ({}, {"messages": "x"}, {"output": "Another."}):
        assert parsed({**row, **more}, adapter="prompt_response").prompt == prompt
        bad = {**row, **more, "is_correct": False}
        assert reason(bad, adapter="prompt_response") == drop_reasons.labelled_bad("is_correct", "false")


def pieces(*texts: tuple[bool, str]) -> dict[str, Any]:
    return {"segments": [{"label": label, "text": text} for label, text in texts]}


@pytest.mark.parametrize(
    ("row", "prompt"),
    [
        (pieces((False, f"{Q}\n"), (True, A)), Q),
        (pieces((False, f"User: {Q}\nAssistant: "), (True, A)), Q),
        (pieces((False, f"User: {Q}\n"), (False, "Assistant: "), (True, A)), Q),
        (pieces((False, "<|user|>Hi"), (True, "<|assistant|>Yes?"), (False, f"<|user|>{Q}"),
        (True, f"<|assistant|>{A}")),
         f"User: Hi\n\nAssistant: Yes?\n\nUser: {Q}"),
        ({"text": f"User: {Q}\nAssistant: {A}"}, Q),
        ({"text": f"{Q}\n\n{A}"}, Q),
    ],
)  # fmt: skip
def test_a_text_in_pieces_or_in_one_is_a_talk_or_a_question_and_what_follows_it(
    row: dict[str, Any], prompt: str
) -> None:
    found = parsed(row)
    assert (found.prompt, found.response) == (prompt, A)


def test_pieces_that_are_no_question_and_answer_and_a_text_of_one_paragraph_are_left_out() -> None:
    assert reason(pieces((False, Q), (True, A), (False, "x"))) == drop_reasons.NO_QUESTION
    assert reason(pieces((False, Q))) == drop_reasons.NO_QUESTION
    assert reason({"text": f"{Q}\n\n"}) == drop_reasons.ONE_PARAGRAPH


def test_a_thought_is_held_against_its_answer_where_nobody_has_said_that_it_is_one() -> None:
    row = {"question": "What is 2 + 3?", "reasoning": "2 + 3 = 6. So the answer is 6.", "answer": "5"}
    assert reason(row) == drop_reasons.CONTRADICTS
    named = parsed(row, columns={"prompt": "question", "reasoning": "reasoning", "response": "answer"})
    assert (named.reasoning, named.response) == (row["reasoning"], "5")
