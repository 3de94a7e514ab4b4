"""Calls of a model as programs note them, and channels in which replies tell what answers what."""

from __future__ import annotations

import json
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


MESSAGE = {"index": 0, "message": {"role": "assistant", "content": A}, "finish_reason": "stop"}
CUT: list[tuple[dict[str, Any], str]] = [  # as each API has it, and why it ended where it was cut off
    ({"id": "x", "object": "chat.completion", "choices": [{**MESSAGE, "finish_reason": "%"}]}, "length"),
    ({"model": "m", "choices": [{**MESSAGE, "finish_reason": "%"}]}, "content_filter"),
    ({"model": "m", "choices": [{**MESSAGE, "finish_reason": "%"}]}, "model_length"),
    ({"id": "x", "model": "m", "choices": [{"text": A, "index": 0, "finish_reason": "%"}]}, "length"),
    (
        {"type": "message", "role": "assistant", "content": [{"type": "text", "text": A}], "stop_reason": "%"},
        "max_tokens",
    ),
    ({"type": "completion", "completion": A, "stop_reason": "%"}, "max_tokens"),
    ({"model": "llama3", "message": ANSWERED, "done": True, "done_reason": "%"}, "length"),
    ({"model": "llama3", "response": A, "done": True, "done_reason": "%"}, "length"),
    ({"candidates": [{"content": {"parts": [{"text": A}], "role": "model"}, "finishReason": "%"}]}, "MAX_TOKENS"),
    ({"status": "%", "output": OUTPUT[1:]}, "incomplete"),
]


def _ended(reply: dict[str, Any], why: str) -> str:
    return json.dumps(reply).replace("%", why)


@pytest.mark.parametrize("asked", [{"prompt": Q}, {"messages": [ASKED]}, {"question": Q}])
@pytest.mark.parametrize(("reply", "cut"), CUT)
def test_a_whole_reply_where_an_answer_stands_is_read_for_what_it_says(
    asked: dict[str, Any], reply: dict[str, Any], cut: str
) -> None:
    whole, begun = _ended(reply, "stop"), _ended(reply, cut)
    assert (found := parsed({**asked, "response": whole})).response == A
    assert found.prompt == Q
    assert parsed({**asked, "response": json.loads(whole)}).response == A
    why = drop_reasons.cut_off("finish_reason", {"incomplete": "length"}.get(cut, cut.lower()))
    assert reason({**asked, "response": begun}) == reason({**asked, "response": json.loads(begun)}) == why


def test_what_was_thought_in_a_reply_is_the_reasoning_and_of_several_answers_none_is_learnt() -> None:
    found = parsed({"prompt": Q, "completion": json.dumps(CHOICES)})
    assert (found.response, found.reasoning) == (A, TRACE)
    several = json.dumps({"choices": [MESSAGE, {**MESSAGE, "index": 1}]})
    with pytest.raises(TypeError):
        parsed({"prompt": Q, "response": several})


@pytest.mark.parametrize("said", [
    {"choices": ["a", "b"], "answer": "a"}, {"choices": [{"text": A}]}, {"message": "Saved.", "ok": True},
    {"content": ["a"], "title": "b"}, {"output": [{"x": 1}]}, {"candidates": ["Ann", "Bob"]}, {"response": A},
    {"message": {"title": "x"}, "to": "Ann"}, {"completion": 0.5},
])  # fmt: skip
def test_an_answer_that_is_json_itself_stays(said: dict[str, Any]) -> None:
    text = json.dumps(said)
    assert parsed({"prompt": "List them.", "response": text}).response == text


def test_a_reply_that_is_asked_for_stays() -> None:
    text = json.dumps({"choices": [MESSAGE]})
    for asked in ("Show what the API sends back as JSON.", "What does finish_reason mean?", "APIの応答の例を示して"):
        assert parsed({"prompt": asked, "response": text}).response == text


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
