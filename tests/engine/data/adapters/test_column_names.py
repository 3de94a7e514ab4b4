"""What columns are by their names alone: the whole mapping, name by name."""

from __future__ import annotations

import pytest

from so8t_engine.config.run_config import Columns
from so8t_engine.data.adapters import column_names

NAMES: list[tuple[tuple[str, ...], dict[str, str] | None]] = [
    (("query", "response", "entry_point"), {"prompt": "query", "response": "response"}),
    (("query", "response", "entry_point", "prompt"), {"prompt": "query", "response": "response"}),
    (("before", "after", "instruction"), {"prompt": "instruction", "query": "before", "response": "after"}),
    (("original", "edited", "prompt"), {"prompt": "prompt", "query": "original", "response": "edited"}),
    (("before_text", "after_text"), None),
    (("question", "before", "after"), {"prompt": "question", "response": "after"}),
    (("before", "after", "before_x"), None),
    (("messages", "system"), {"system": "system", "messages": "messages"}),
    (("messages", "developer"), {"messages": "messages"}),
    (("messages", "システム"), {"system": "システム", "messages": "messages"}),
    (("messages", "sys"), {"system": "sys", "messages": "messages"}),
    (("q1", "a1"), {"messages": "q1, a1"}),
    (("q1", "a1", "q2", "a2", "q3"), {"messages": "q1, a1, q2, a2"}),
    (("user_1", "bot_1"), {"messages": "user_1, bot_1"}),
    (("human1", "ai1", "x"), {"messages": "human1, ai1"}),
    (("answer_a", "answer_b", "question"), None),
    (("Antwort Begründung", "Frage"), {"prompt": "Frage", "response": "Antwort Begründung"}),
    (("回答・解説", "質問"), {"prompt": "質問", "response": "回答・解説"}),
    (("Frage", "Antwort Begründung", "Antwort"), {"prompt": "Frage", "response": "Antwort"}),
    (("text", "user", "answer"), {"prompt": "text", "response": "answer", "answer": "answer"}),
    (("user", "answer"), {"prompt": "user", "response": "answer"}),
    (("Definition", "input", "output"), {"prompt": "{Definition}\\n\\n{input}", "response": "output"}),
    (("chat_history", "message", "preamble", "response"), {"prompt": "message", "system": "preamble",
     "history": "chat_history", "response": "response"}),
    (("context", "chosen", "rejected"), {"prompt": "context", "chosen": "chosen", "rejected": "rejected"}),
    (("question", "input", "context", "expected_output"), {"prompt": "question", "query": "input",
     "response": "expected_output"}),
    (("question", "answer", "lecture", "hint", "choices"), {"prompt": "{hint}\\n\\n{question}",
     "reasoning": "lecture", "answer": "answer", "choices": "choices"}),
    (("question", "choices", "answer", "solution", "hint"), {"prompt": "question", "reasoning": "solution",
     "answer": "answer", "choices": "choices"}),
    (("input", "expected_output"), {"prompt": "input", "response": "expected_output"}),
    (("input", "context", "expected_output"), {"prompt": "input", "query": "context", "response": "expected_output"}),
    (("question", "model_output", "reference"), {"prompt": "question", "response": "model_output"}),
    (("question", "predicted_answer", "answer"), {"prompt": "question", "response": "answer"}),
    (("content", "reasoning", "question"), {"prompt": "question", "response": "content", "reasoning": "reasoning"}),
    (("question", "code"), {"prompt": "question", "response": "code"}),
    (("original_text", "equation", "ans"), {"prompt": "original_text", "response": "ans", "reasoning": "equation"}),
    (("equation", "ans"), {"prompt": "equation", "response": "ans"}),
    (("文章題", "式", "答え"), {"prompt": "文章題", "response": "答え", "reasoning": "式"}),
    (("question", "critique", "revision", "answer"), {"prompt": "question", "response": "revision"}),
    (("question", "revision", "answer"), {"prompt": "question", "response": "answer"}),
    (("instruction", "input", "output", "system", "history"), {"prompt": "instruction", "query": "input",
     "system": "system", "history": "history", "response": "output"}),
    (("prompt", "response", "score"), {"prompt": "prompt", "response": "response"}),
    (("question", "solution", "answer"), {"prompt": "question", "response": "answer", "reasoning": "solution",
     "answer": "answer"}),
    (("question", "solution"), {"prompt": "question", "response": "solution"}),
    (("userInput", "modelResponse", "isCorrect"), {"prompt": "userInput", "response": "modelResponse",
     "label": "isCorrect"}),
    (("sqlPrompt", "sqlQuery"), {"prompt": "sqlPrompt", "response": "sqlQuery"}),
    (("input (context)", "output"), {"prompt": "input (context)", "response": "output"}),
    (("question", "search_results", "answer"), {"prompt": "question", "query": "search_results", "response": "answer"}),
    (("question", "response", "reasoning", "reference", "faithfulness"), {"prompt": "question",
     "response": "reference"}),
    (("question", "reasoning", "reference", "faithfulness"), {"prompt": "question", "response": "reference",
     "reasoning": "reasoning"}),
    (("problem", "step_2", "step_1", "answer"), {"prompt": "problem", "response": "answer",
     "reasoning": "{step_1}\\n{step_2}"}),
    (("問題", "考え方1", "答え"), {"prompt": "問題", "response": "答え", "reasoning": "考え方1"}),
    (("question", "chosen", "rejected", "context"), {"prompt": "question", "query": "context", "chosen": "chosen",
     "rejected": "rejected"}),
    (("question", "answer", "rationale", "response"), {"prompt": "question", "response": "response",
     "reasoning": "rationale", "answer": "answer"}),
]  # fmt: skip


@pytest.mark.parametrize(("names", "columns"), NAMES)
def test_names_of_columns_mean_a_mapping(names: tuple[str, ...], columns: dict[str, str] | None) -> None:
    where = column_names.guess(names)
    assert (None if where is None else where.model_dump(exclude_none=True)) == columns


@pytest.mark.parametrize(
    ("names", "rivals"),
    [(("answer_a", "answer_b"), 2), (("answer_a", "response_b"), 0), (("Response A", "response_a"), 2),
    (("answer1", "answer2", "answer"), 2), (("answer_a",), 0)],
)  # fmt: skip
def test_answers_that_an_end_alone_tells_apart_are_rivals(names: tuple[str, ...], rivals: int) -> None:
    assert column_names.rivals(names) == list(names)[:rivals]


@pytest.mark.parametrize(
    ("name", "is_part", "is_known"),
    [("question", True, True), ("user", False, True), ("label", True, True), ("answer_x", True, True),
    ("foo", False, False), ("title", False, True),
     ("score", False, False), ("Is Correct", False, True)],
)  # fmt: skip
def test_a_name_is_part_of_an_example_or_at_least_known(name: str, is_part: bool, is_known: bool) -> None:
    assert (column_names.is_part(name), column_names.is_known(name)) == (is_part, is_known)


def test_what_answers_whatever_asks_and_what_a_mapping_leaves_lying() -> None:
    assert column_names.answering(("response", "answer", "cot")) == ("response", "answer", "cot")
    assert column_names.answering(("foo",)) == (None, None, None)
    assert column_names.unused(("a", "b", "b.c", "q", "", "x"), Columns(prompt="{a} {q}", response="b.c")) == ["x"]
    where = Columns(prompt="a b", response="yes")
    assert column_names.line(where) == 'columns: {prompt: "a b", response: "yes"}'
    assert column_names.line(where, "argilla") == 'adapter: argilla, columns: {prompt: "a b", response: "yes"}'
    template = Columns(prompt="{a}\\n{b}", response="c.0")
    assert column_names.line(template) == r'columns: {prompt: "{a}\n{b}", response: c.0}'
