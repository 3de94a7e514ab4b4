"""Calls of a model as programs note them, and channels in which replies tell what answers what."""

from __future__ import annotations

from typing import Any

import pytest

from helpers.rows import parsed, reason
from so8t_engine.data import drop_reasons
from so8t_engine.data.files import rows_inside

Q, A, TRACE = "Which saw is it?", "The small one.", "I look at both."
ASKED, ANSWERED = {"role": "user", "content": Q}, {"role": "assistant", "content": A}
CHOICES = {"choices": [{"index": 0, "message": {**ANSWERED, "reasoning_content": TRACE}, "finish_reason": "stop"}]}
OF_CLAUDE = {"role": "assistant", "content": [{"type": "thinking", "thinking": TRACE}, {"type": "text", "text": A}]}
PARTS = {"parts": [{"text": TRACE, "thought": True}, {"text": A}], "role": "model"}
OF_GEMINI = {"contents": [{"role": "user", "parts": [{"text": Q}]}], "systemInstruction": {"parts": [{"text": "Be."}]}}
OUTPUT = [{"type": "reasoning", "summary": [{"type": "summary_text", "text": TRACE}]},
          {"type": "message", "role": "assistant", "content": [{"type": "output_text", "text": A}]}]  # fmt: skip


@pytest.mark.parametrize(
    "row",
    [
        {"request": {"messages": [{"role": "system", "content": "Be."}, ASKED]}, "response": {**CHOICES, "id": "1"}},
        {"request_body": {"messages": [{"role": "developer", "content": "Be."}, ASKED]}, "response_body": CHOICES},
        {"request": {"system": "Be.", "messages": [ASKED]}, "response": {"type": "message", **OF_CLAUDE}},
        {"request": {"system": [{"type": "text", "text": "Be."}], "messages": [ASKED]}, "response": OF_CLAUDE},
        {"request": OF_GEMINI, "response": {"candidates": [{"content": PARTS, "finishReason": "STOP"}]}},
        {"request": {"instructions": "Be.", "input": Q}, "response": {"status": "completed", "output": OUTPUT}},
        {"object": "chat.completion", "input": [{"role": "system", "content": "Be."}, ASKED], **CHOICES},
        {"request": {"body": {"system": "Be.", "messages": [ASKED]}}, "response": {"body": CHOICES}},
        {"systemInstruction": {"text": "Be."}, "chunkedPrompt": {"chunks": [
            {"text": Q, "role": "user"}, {"text": TRACE, "role": "model", "isThought": True},
            {"text": A, "role": "model"}]}},
    ],
)  # fmt: skip
def test_a_call_of_a_model_is_its_talk_with_the_reply_and_what_was_thought(row: dict[str, Any]) -> None:
    found = parsed(row)
    assert (dict(found.messages), found.response, found.reasoning) == ({"system": "Be.", "user": Q}, A, TRACE)


def test_a_call_that_failed_or_was_cut_off_is_not_learnt() -> None:
    request = {"messages": [ASKED]}
    assert reason({"request": request, "response": {"error": {"message": "x"}}}) == drop_reasons.UNANSWERED
    cut = {"choices": [{"message": ANSWERED, "finish_reason": "length"}]}
    assert reason({"request": request, "response": cut}) == drop_reasons.cut_off("finish_reason", "length")
    response = {"status": "incomplete", "output": OUTPUT}
    assert reason({"request": {"input": Q}, "response": response}) == drop_reasons.cut_off("finish_reason", "length")
    studio = [{"driveImage": {"id": "x"}, "role": "user"}, {"text": A, "role": "model"}]
    assert reason({"chunkedPrompt": {"chunks": studio}}) == drop_reasons.NEEDS_MEDIA


def test_replies_in_a_channel_are_answers_to_what_they_reply_to() -> None:
    def said(number: int, who: str, text: str, to: int | None = None) -> dict[str, Any]:
        reply = {"type": "Reply", "reference": {"messageId": str(to)}} if to else {"type": "Default", "reference": None}
        return {"id": str(number), "content": text, "author": {"id": who, "name": who}, **reply}

    said_all = [said(1, "Ann", Q), said(2, "Cat", "Lunch?"), said(3, "Bob", A, to=1), said(4, "Ann", "Thanks!", to=3),
                said(5, "Ann", "Nobody?", to=1)]  # fmt: skip
    expected = [{"question": Q, "answer": A}, {"question": "Lunch?", "answer": ""}]
    assert list(rows_inside.questions({"channel": {"id": 1}, "messages": said_all})) == expected
    of_two = {"messages": [said_all[0], said_all[2]]}
    assert list(rows_inside.questions(of_two)) == [of_two]
    telegram = [{"id": 1, "from": "Ann", "text": Q}, {"id": 2, "from": "Cat", "text": "Lunch?"},
                {"id": 3, "from": "Bob", "text": ["The ", {"type": "bold", "text": "small"}, " one."],
                 "reply_to_message_id": 1}]  # fmt: skip
    assert list(rows_inside.questions({"name": "x", "messages": telegram})) == expected
