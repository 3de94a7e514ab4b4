"""A format that an answer shows is neither its thought nor its result; one that it has is both."""

from __future__ import annotations

import pytest

from helpers.rows import parsed

Q = "Which planet has the shortest year?"
LOG = "Thought: I look it up.\nAction: search[year]\nObservation: 88 days\nFinal Answer: Mercury"
SHOWN = [
    (Q, "Explain each step first.\n\nWrite it like this:\n\nFinal answer: x = 4"),
    (Q, "With a line of its own:\nFinal answer: x = 4"),
    (Q, "Summarise it and then write, e.g.:\n\n**Final answer:** 12"),
    (Q, "The template is:\n\n```\nReasoning: as it is\nFinal answer: 12\n```"),
    (Q, "Use this format:\n> Reasoning: as it is\n> Final answer: 12"),
    (Q, "次のように書いてください。\n例:\n最終回答: x = 4"),
    (Q, "They think in tags, like so:\n\n<think>\nI add two.\n</think>\nThe answer is 4."),
    (Q, "For example:\n<answer>42</answer>"),
    (Q, "```\n<think>\nI add two.\n</think>\nHello\n```"),
    (Q, "Every solution ends with a line such as\n\n#### 42"),
    (Q, "The last sentence looks like this:\nThe answer is 42."),
    (Q, "Results stand in boxes, for example $\\boxed{42}$."),
    (Q, f"Agents write as follows:\n\n```\n{LOG}\n```"),
    (Q, f"{LOG}\n\nThat is how one step of such a log is written."),
    ("How should my pupils end a solution?", "Work it out.\n\nFinal answer: x = 4"),
    ("What does a ReAct prompt look like?", LOG),
    ("Show me an example of a ReAct trace.", LOG),
    ("What does the answer format look like?", "Reasoning: write why here.\nAnswer: write the result here."),
    ("How should I write my answer?", "Work it out.\n\n#### 42"),
    ("答案の書き方は?", "途中の式を書きます。\n\n最終回答: x = 4"),
]


@pytest.mark.parametrize(("asked", "answer"), SHOWN)
def test_a_format_that_is_shown_is_no_thought_and_no_result(asked: str, answer: str) -> None:
    found = parsed({"question": asked, "answer": answer})
    assert (found.prompt, found.response, found.reasoning, found.answer) == (asked, answer, None, None)


@pytest.mark.parametrize(
    ("asked", "answer", "reasoning", "response"),
    [
        (Q, "Both are added, which gives:\n\nFinal answer: 4", "Both are added, which gives:", "4"),
        (Q, "Written as an equation: 2 + 2 = 4:\nFinal answer: 4", "Written as an equation: 2 + 2 = 4:", "4"),
        ("How do I write 3/4 as a decimal?", "3 by 4 is 0.75.\n\nFinal answer: 0.75", "3 by 4 is 0.75.", "0.75"),
        ("Halve 8. Write a line 'Answer: x' at the end.", "Half of it.\nFinal answer: 4", "Half of it.", "4"),
        (Q, "<think>I write like this:\n```\nx</think>Mercury", "I write like this:\n```\nx", "Mercury"),
        (Q, "Sure:\n<think>It is near.</think>Mercury", "It is near.", "Sure:\nMercury"),
        (Q, "We are left with $\\boxed{4}$.", "We are left with $\\boxed{4}$.", "4"),
        (Q, "The total number of lines:\n#### 4", "The total number of lines:", "4"),
        (Q, "It can be written as follows:\nFinal answer: 7", "It can be written as follows:", "7"),
        (Q, "Use the formula for lines:\nFinal answer: 7", "Use the formula for lines:", "7"),
        ("How do I write a proof that 4 is even?", "It is 2 * 2.\nFinal answer: It is.", "It is 2 * 2.", "It is."),
    ],
)
def test_a_format_that_an_answer_has_is_taken_apart(asked: str, answer: str, reasoning: str, response: str) -> None:
    found = parsed({"question": asked, "answer": answer})
    assert (found.reasoning, found.response) == (reasoning, response)


def test_what_is_shown_stays_in_an_earlier_turn_and_what_was_thought_then_goes() -> None:
    shown = "In tags, like this:\n<think>I add two.</think>"
    for said, left in ((shown, shown), ("<think>I add two.</think>Four", "Four")):
        turns = [("user", "How?"), ("assistant", said), ("user", Q), ("assistant", "Mercury")]
        row = {"messages": [{"role": role, "content": text} for role, text in turns]}
        assert dict(parsed(row).messages)["assistant"] == left


def test_what_a_gold_answer_confirms_is_the_result_however_it_is_introduced() -> None:
    found = parsed({"question": Q, "response": "For example:\n\n#### 42", "answer": "42"})
    assert (found.reasoning, found.response) == ("For example:", "42")
