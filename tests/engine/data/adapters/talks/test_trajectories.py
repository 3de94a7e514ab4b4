"""What an agent thought, called and saw (ReAct): a talk with tools, whose thoughts are the reasoning of its answer."""

from __future__ import annotations

from typing import Any

import pytest

from helpers.rows import parsed, reason
from so8t_engine.data import drop_reasons

Q, A = "Which planet has the shortest year?", "Mercury"
SEEN = "Mercury goes around in 88 days."
FINISHED = f"Thought: I look it up.\nAction: Search[shortest year]\nObservation: {SEEN}\nThought: 88 days is least.\n"
STEPS = [
    FINISHED + f"Action: Finish[{A}]",
    FINISHED + f"Final Answer: {A}",
    f"Thought 1: I look it up.\nAction 1: Search[shortest year]\nObservation 1: {SEEN}\nThought 2: 88 days is least.\n"
    f"Action 2: Finish[{A}]",
    f"思考: I look it up.\n行動: Search[shortest year]\n観察: {SEEN}\n思考: 88 days is least.\n最終回答: {A}",
    f"**Thought:** I look it up.\n**Action:** Search[shortest year]\n**Observation:** {SEEN}\n"
    f"**Thought:** 88 days is least.\n**Final Answer:** {A}",
]
ROWS: list[dict[str, Any]] = [
    *({"question": Q, "trajectory": steps, "answer": A} for steps in STEPS),
    *({"prompt": Q, "completion": steps} for steps in STEPS),
    *({"text": f"Question: {Q}\n{steps}"} for steps in STEPS[:3]),
    {"question": Q, "trace": FINISHED, "answer": A},
    {"question": Q, "trajectory": FINISHED, "answer": A},
    {"messages": [{"role": "user", "content": Q}, {"role": "assistant", "content": STEPS[1]}]},
]


@pytest.mark.parametrize("row", ROWS)
def test_an_agents_steps_are_a_talk_with_tools_and_its_thoughts_reasoning(row: dict[str, Any]) -> None:
    found = parsed(row)
    assert (found.response, found.reasoning) == (A, "I look it up.\n\n88 days is least.")
    assert found.prompt == f"User: {Q}\n\nAssistant: Search[shortest year]\n\nTool: {SEEN}"
    assert [role for role, _ in found.messages] == ["user", "assistant", "user"]


def test_an_action_has_its_input() -> None:
    steps = f'Thought: So.\nAction: search\nAction Input: {{"q": "year"}}\nObservation: {SEEN}\nFinal Answer: {A}'
    assert 'Assistant: search\n{"q": "year"}\n\nTool' in parsed({"prompt": Q, "completion": steps}).prompt


def test_an_action_that_finishes_may_have_the_answer_as_its_input() -> None:
    found = parsed({"prompt": Q, "completion": f"{FINISHED}Action: Finish\nAction Input: {A}"})
    assert (found.response, found.reasoning) == (A, "I look it up.\n\n88 days is least.")


def test_steps_that_come_to_no_answer_are_not_learnt_nor_those_that_come_to_another() -> None:
    assert reason({"prompt": Q, "completion": FINISHED}) == drop_reasons.BROKEN_TRACE
    other = parsed({"question": "8 / 2?", "trajectory": STEPS[0].replace(f"[{A}]", "[5]"), "answer": "4"})
    assert other.bad_answer == drop_reasons.other_than_gold("answer")


@pytest.mark.parametrize(
    "text",
    ["Thought: it is so.\nAction: write to us.", "Action: press it.\nObservation: it opens.", "Action Input: x"],
)
def test_other_texts_with_such_words_stay_whole(text: str) -> None:
    assert parsed({"prompt": Q, "completion": text}).response == text
