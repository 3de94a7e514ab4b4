"""What an assistant says to call a tool is no answer, and that a talk ends so is the reason why it is left out."""

from __future__ import annotations

from typing import Any

import pytest

from helpers.rows import parsed, reason
from so8t_engine.data import drop_reasons
from so8t_engine.data.adapters.talks import called_tools

CALL = '{"name": "weather", "arguments": {"city": "Rome"}}'
CALLS = [{"id": "1", "type": "function", "function": {"name": "weather", "arguments": "{}"}}]
ASKED = {"role": "user", "content": "How warm is it in Rome?"}
BEFORE = [{"role": "user", "content": "Who rules Italy?"}, {"role": "assistant", "content": "Rome does."}]
TURNS: list[dict[str, Any]] = [
    {"content": None, "tool_calls": CALLS}, {"content": "Let me look.", "tool_calls": CALLS},
    {"content": None, "function_call": {"name": "weather", "arguments": "{}"}},
    {"content": [{"type": "text", "text": "Let me look."}, {"type": "tool_use", "name": "weather", "input": {}}]},
    *({"content": text} for text in (
        f"<tool_call>\n{CALL}\n</tool_call>", f"Let me look.\n<tool_call>\n{CALL}\n</tool_call>",
        f"<think>It is asked.</think>\n<tool_call>{CALL}</tool_call>", f"<tool_call>\n{CALL}", f"<functioncall> {CALL}",
        f"<function_call>{CALL}</function_call>", '<function=weather>{"city": "Rome"}</function>',
        f"[TOOL_CALLS] [{CALL}]", f"<|python_tag|>{CALL}", CALL, f"[{CALL}]", f"```json\n{CALL}\n```",
        f"```tool_call\n{CALL}\n```", '<function_calls>\n<invoke name="weather"></invoke>\n</function_calls>',
        "<｜tool▁calls▁begin｜><｜tool▁call▁begin｜>function<｜tool▁sep｜>weather",
        "Thought: I look.\nAction: weather\nAction Input: Rome", "思考: 調べる。\n行動: 天気\n行動入力: ローマ",
        f'[{{"type": "function", "function": {CALL}}}]',
    )),
]  # fmt: skip


@pytest.mark.parametrize("turn", TURNS)
def test_a_talk_that_ends_in_a_call_has_no_answer_but_the_one_before(turn: dict[str, Any]) -> None:
    last = {"role": "assistant", **turn}
    assert reason({"messages": [ASKED, last]}) == drop_reasons.ENDS_IN_CALL
    seen = {"role": "tool", "content": "20 C"}
    assert reason({"messages": [ASKED, last, seen]}) == drop_reasons.ENDS_IN_CALL
    found = parsed({"messages": [*BEFORE, ASKED, last]})
    assert (found.prompt, found.response) == ("Who rules Italy?", "Rome does.")
    answered = parsed({"messages": [ASKED, last, seen, {"role": "assistant", "content": "It is 20 C."}]})
    assert answered.response == "It is 20 C." and "Tool: 20 C" in answered.prompt


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ("Who?", '{"name": "Ana", "age": 3}'), ("Who?", "[]"), ("Who?", '{"name": "x", "arguments": 3}'),
        ("Give the call as JSON.", CALL), ("What does it write?", "It begins with <function_calls> and a name."),
        ("Who?", '{"name": "x"'), ("What is the format of an agent?", "Action: x\nAction Input: y"),
        ("Who?", "Action: x\nAction Input: y\nObservation: z"), ("Who?", "It may call for help."), ("Who?", '["name"]'),
    ],
)  # fmt: skip
def test_what_only_looks_like_a_call_is_an_answer(asked: str, said: str) -> None:
    turns = [("user", asked), ("assistant", said)]
    assert called_tools.told(turns) == turns


def test_a_talk_without_a_question_or_a_call_has_the_reason_it_had() -> None:
    assert (
        reason({"messages": [{"role": "assistant", "content": None, "tool_calls": CALLS}]}) == drop_reasons.NO_QUESTION
    )
    seen = {"role": "tool", "content": "20 C"}
    assert reason({"messages": [ASKED, seen, seen]}) == drop_reasons.NO_QUESTION
