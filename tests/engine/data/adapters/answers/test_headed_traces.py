"""A thought under a heading in front of the answer is its reasoning, where nothing speaks against it."""

from __future__ import annotations

import pytest

from so8t_engine.config.run_config import Columns, Dataset
from so8t_engine.data import admission
from so8t_engine.data.adapters.answers import traces
from so8t_engine.data.adapters.answers.headed_traces import split

WHY = "It is the one nearest to the sun."


@pytest.mark.parametrize(
    "text",
    [
        f"Reasoning: {WHY}\nAnswer: Mercury", f"**Reasoning:** {WHY}\n\n**Answer:** Mercury",
        f"【思考】{WHY}\n【回答】Mercury", f"【思考過程】{WHY}【最終回答】Mercury",
        f"## 考え方\n{WHY}\n\n## 答え\nMercury", f"### Thought\n{WHY}\n### Final Answer\nMercury",
        f"理由：{WHY}\n結論：Mercury", f"[Rationale] {WHY}\n[Answer] Mercury", f"{WHY}\n最終的な答え：Mercury",
        f"{WHY}\n\n**Final Answer:** Mercury", f"{WHY}\n\nTherefore, the answer is: Mercury",
        f"Explanation: {WHY}\nThe correct answer is: Mercury", f"{WHY}\n\nFinal answer:\nMercury",
    ],
)  # fmt: skip
def test_a_thought_under_a_heading_is_told_from_the_answer(text: str) -> None:
    assert split(text, "Which planet has the shortest year?") == (WHY, "Mercury")


def test_steps_are_the_thought_in_front_of_a_final_answer() -> None:
    assert split("Step 1: Halve 8.\nStep 2: Add 3.\n\n**Final Answer:** The answer is 7.") == (
        "Step 1: Halve 8.\nStep 2: Add 3.", "7",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("Step 1: Beat the eggs.\nStep 2: Fry them.", ""),
        ("Reasoning: because it is so.", ""),
        ("The answer:\n\nMercury, as it is near.", ""),
        ("Explanation: a\n## Background\nb\n## Conclusion\nc", ""),
        ("Answer: Mercury\nReasoning: it is near.", ""),
        ("Thought: I look.\nAction: search[x]\nObservation: y\nFinal Answer: z", ""),
        ("Explanation: a\nAnswer: b\nExplanation: c\nAnswer: d", ""),
        ("Reasoning: a\nAnswer: b", "Write as\nReasoning: ...\nAnswer: ..."),
        ("Halve 8.\n\nFinal Answer: \\boxed{4}", ""),
        ("Reasoning:\nAnswer: b", ""),
    ],
)
def test_other_texts_with_headings_stay_whole(text: str, asked: str) -> None:
    assert split(text, asked) is None


def test_a_question_that_has_one_of_the_headings_alone_asks_for_no_such_text() -> None:
    text = f"Reasoning: {WHY}\nAnswer: Mercury"
    assert split(text, "Which planet is it? Give your reasoning.") == (WHY, "Mercury")
    assert split(text, "Which planet is it? Write your reasoning, then an answer.") is None


def test_a_row_has_its_headed_thought_as_reasoning() -> None:
    dataset = Dataset(name="d", source="local", path="x", columns=Columns(prompt="q", response="a"))
    row = admission.parsed(dataset, {"q": "8 / 2 + 3?", "a": "考え方：8を半分にして3を足す。\n答え：7"}, {})

    assert (row.reasoning, row.response, row.answer) == ("8を半分にして3を足す。", "7", "7")


def test_tags_of_full_width_are_tags() -> None:
    assert traces.split("＜思考＞近い。＜/思考＞水星") == ("近い。", "水星")
    assert traces.split("＜think＞近い。＜／think＞水星") == ("近い。", "水星")


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        ("Reasoning: x\nAnswer: y", ("x", "y")), ("**Reasoning:** x\n**Answer:** y", ("x", "y")),
        ("Reasoning\nx", None),
        ("【思考】x【回答】y", ("x", "y")), ("I see.\nFinal answer: y", ("I see.", "y")),
        ("Reasoning: x\nAnswer: y\nAnswer: z", None),
        ("Reasoning: x\nAnswer: y\nFinal Answer: z", ("x\nAnswer: y", "z")),
        ("Reasoning: x\nAnswer: The answer is 7.", ("x", "7")),
        ("Reasoning:\nAnswer: y", None), ("Reasoning: x\nAnswer:", None), ("Reasoning: x\n# Other\nAnswer: y", None),
        ("Reasoning: x\nAnswer: y\n# Other", None), ("Reasoning: x\nAnswer: y #### 7", None),
        ("Reasoning: x\nAnswer: \\boxed{7}", None),
        ("## Reasoning\nx\n## Answer\ny", ("x", "y")), ("[Reasoning] x\n[Answer] y", ("x", "y")),
        ("**Reasoning**\nx\n**Answer**\ny", ("x", "y")),
        ("So:\nFinal answer: y\n\nMore", None), ("So:\nFinal answer: y\nFinal answer: z", None),
        ("思考：x\n回答：y", ("x", "y")),
    ],
)  # fmt: skip
def test_headings_part_a_thought_from_its_answer(answer: str, expected: tuple[str, str] | None) -> None:
    assert split(answer) == expected


def test_headings_that_are_asked_for_are_the_answers() -> None:
    answer = "Reasoning: x\nAnswer: y"
    assert split(answer, "Give your reasoning and an answer.") is None
    assert split(answer, "Give an answer.") == ("x", "y")
