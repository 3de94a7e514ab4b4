"""gpt-oss' channels: what it thought, which tools it called and what it answered."""

from __future__ import annotations

import json
from typing import Any

import pytest

from helpers.rows import parsed, reason
from so8t_engine.data import drop_reasons

Q, A, SAID = "Which saw is it?", "The small one.", '{"left": 0}'
CALLS = (
    "<|channel|>analysis<|message|>I look.<|end|><|start|>assistant<|channel|>commentary to=functions.stock "
    "<|constrain|>json<|message|>{}<|call|><|start|>functions.stock to=assistant<|channel|>commentary"
    f"<|message|>{SAID}<|end|>"
)
ANSWER = (
    "<|start|>assistant<|channel|>analysis<|message|>None.<|end|>"
    f"<|start|>assistant<|channel|>final<|message|>{A}<|return|>"
)
ASKED = (
    "<|start|>system<|message|>You are ChatGPT.\n\n# Valid channels: analysis, commentary, final.<|end|>"
    f"<|start|>user<|message|>{Q}<|end|><|start|>assistant"
)
TURN = {"role": "user", "content": Q}


@pytest.mark.parametrize(
    "row",
    [
        {"text": ASKED + CALLS + ANSWER},
        {"prompt": Q, "response": CALLS + ANSWER},
        {"prompt": ASKED, "completion": CALLS + ANSWER},
        {"messages": [TURN, {"role": "assistant", "content": f"<|start|>assistant{CALLS}{ANSWER}"}]},
    ],
)
def test_calls_in_its_commentary_are_read_as_other_calls(row: dict[str, Any]) -> None:
    found = parsed(row)
    call = json.dumps([{"name": "stock", "arguments": {}}])
    assert found.prompt == f"User: {Q}\n\nAssistant: {call}\n\nTool: {SAID}"
    assert (found.response, found.reasoning) == (A, "None.")


def test_a_call_that_comes_to_no_answer_is_left_out() -> None:
    assert reason({"prompt": Q, "response": CALLS}) == drop_reasons.BROKEN_TRACE
