"""Rows in the shapes people use become what they mean, by themselves or by a mapping; what is bad is not learnt."""

from __future__ import annotations

import json
from typing import Any

import pytest

from so8t_engine.config.run_config import Dataset
from so8t_engine.data import drop_reasons
from so8t_engine.data.adapters import choose_adapter, column_names
from so8t_engine.data.adapters.parsed_row import ParsedRow, Skip

Q, A = "Which saw is it?", "The small one."
ASKED, ANSWERED = {"role": "user", "content": Q}, {"role": "assistant", "content": A}
HUMAN, GPT = {"from": "human", "value": Q}, {"from": "gpt", "value": A}


def parsed(row: dict[str, Any], **entry: Any) -> ParsedRow:
    dataset = Dataset(name="x", path="x.jsonl", source="local", **entry)
    adapter = choose_adapter.choose(dataset, row)
    assert adapter is not None, "no adapter fits"
    return adapter.adapt(row, {})


def reason(row: dict[str, Any], **entry: Any) -> object:
    with pytest.raises(Skip) as skipped:
        parsed(row, **entry)
    return skipped.value.reason


PAIRS: list[dict[str, Any]] = [
    {"instruction": Q, "response": A},
    {"query": Q, "response": A},
    {"Question": Q, "Answer": A, "id": 3},
    {"problem": Q, "solution": A},
    {"inputs": Q, "targets": A},
    {"prompt": [ASKED], "completion": [ANSWERED]},
    {"conversations": [ASKED, ANSWERED]},
    {"messages": [HUMAN, GPT]},
    {"messages": json.dumps([ASKED, ANSWERED])},
    {"conversation": str([HUMAN, GPT])},
    {"messages": [{"role": "user", "content": [{"type": "text", "text": Q}]}, {**ANSWERED, "content": [A]}]},
    {"prompt": Q, "chosen": A, "rejected": "No."},
    {"question": Q, "chosen": [ASKED, ANSWERED], "rejected": [ASKED]},
    {"conversations": [HUMAN], "chosen": GPT, "rejected": {"from": "gpt", "value": "No."}},
    {"chosen": [ASKED, ANSWERED], "rejected": [ASKED, {**ANSWERED, "content": "No."}]},
    {"question": Q, "response_j": A, "response_k": "No."},
    {"prompt": Q, "completion": A, "label": True},
    {"text": f"### Human: {Q}### Assistant: {A}"},
    {"text": f"<s>[INST] {Q} [/INST] {A} </s>"},
    {"text": f"<|im_start|>user\n{Q}<|im_end|>\n<|im_start|>assistant\n{A}<|im_end|>\n"},
    {"text": f"<|begin_of_text|><|start_header_id|>user<|end_header_id|>\n\n{Q}<|eot_id|>"
             f"<|start_header_id|>assistant<|end_header_id|>\n\n{A}<|eot_id|>"},
    {"text": f"<bos><start_of_turn>user\n{Q}<end_of_turn>\n<start_of_turn>model\n{A}<end_of_turn>\n"},
    {"text": f"<|user|>\n{Q}</s>\n<|assistant|>\n{A}</s>"},
    {"text": "Below is an instruction that describes a task. Write a response.\n\n"
             f"### Instruction:\n{Q}\n\n### Response:\n{A}"},
    {"text": f"以下は、タスクを説明する指示です。\n\n### 指示:\n{Q}\n\n### 応答:\n{A}"},
    {"text": f"Human: {Q}\n\nAssistant: {A}"},
    {"text": f"USER: {Q} ASSISTANT: {A}</s>"},
    {"prompt": f"\n\nHuman: {Q}\n\nAssistant:", "chosen": f" {A}", "rejected": " No."},
]  # fmt: skip


@pytest.mark.parametrize("row", PAIRS)
def test_a_question_with_its_answer_is_found_whatever_it_is_called(row: dict[str, Any]) -> None:
    result = parsed(row)

    assert (result.prompt, result.response.strip(), result.reasoning) == (Q, A, None)


@pytest.mark.parametrize(
    "row",
    [
        {"instruction": Q, "output": A, "system": "Be short.", "history": [["Hi", "Hello"]]},
        {"conversations": [{"from": "human", "value": "Hi"}, {"from": "gpt", "value": "Hello"}, HUMAN, GPT],
         "system": "Be short.", "tools": "[]"},
        {"messages": [{"role": "system", "content": "Be short."}, {"role": "user", "content": "Hi"},
                      {"role": "assistant", "content": "<think>Greet.</think>Hello"}, ASKED, ANSWERED]},
        {"text": f"<s>[INST] <<SYS>>\nBe short.\n<</SYS>>\n\nHi [/INST] Hello </s><s>[INST] {Q} [/INST] {A} </s>"},
    ],
)  # fmt: skip
def test_system_prompt_and_earlier_turns_belong_to_the_question(row: dict[str, Any]) -> None:
    result = parsed(row)

    assert (result.prompt, result.response) == (f"Be short.\n\nUser: Hi\n\nAssistant: Hello\n\nUser: {Q}", A)


TRACE = "I look at both."
TRACES: list[dict[str, Any]] = [
    {"messages": [ASKED, {**ANSWERED, "content": f"<think>{TRACE}</think>{A}"}, {**ASKED, "content": "Thanks!"}]},
    {"prompt": Q, "response": f"<think>\n{TRACE}\n</think>\n\n{A}"},
    {"instruction": Q, "input": "", "output": f"{TRACE}\n</think>\n{A}"},
    {"messages": [ASKED, {**ANSWERED, "reasoning_content": TRACE}]},
    {"prompt": Q, "response": A, "reasoning_content": f"<think>{TRACE}</think>"},
    {"Question": Q, "Complex_CoT": TRACE, "Response": A},
    {"question": Q, "rationale": TRACE, "answer": A},
    {"conversations": [HUMAN, {**GPT, "value": f"<|begin_of_thought|>\n\n{TRACE}\n\n<|end_of_thought|>\n\n"
                                               f"<|begin_of_solution|>\n\n{A}\n\n<|end_of_solution|>"}]},
    {"prompt": Q, "response": f"<thinking>{TRACE}</thinking><answer>{A}</answer>"},
    {"prompt": Q, "response": f"[THINK]{TRACE}[/THINK]{A}"},
    {"prompt": Q, "chosen": f"<think>{TRACE}</think>{A}", "rejected": "No."},
]  # fmt: skip


@pytest.mark.parametrize("row", TRACES)
def test_a_trace_becomes_reasoning_and_the_answer_holds_nothing_of_it(row: dict[str, Any]) -> None:
    result = parsed(row)

    assert (result.prompt, result.response, result.reasoning) == (Q, A, TRACE)


@pytest.mark.parametrize("answer", ["<think>I begin and", "<think>All of it.</think>", "x</think>y</think>z"])
def test_a_trace_without_its_end_or_its_answer_is_left_out(answer: str) -> None:
    assert reason({"prompt": Q, "response": answer}) == drop_reasons.BROKEN_TRACE


@pytest.mark.parametrize(
    "row",
    [
        {"problem": "3 + 4?", "solution": "3 and 4 are \\boxed{7}.", "answer": "7"},
        {"problem": "3 + 4?", "solution": "3 and 4 are \\boxed{7}."},
        {"problem": "3 + 4?", "generated_solution": "<think>3 and 4 are \\boxed{7}.</think>", "expected_answer": 7},
    ],
)
def test_a_worked_solution_is_reasoning_and_its_result_the_gold_answer(row: dict[str, Any]) -> None:
    result = parsed(row)

    assert (result.response, result.answer, result.answer_kind, result.category) == ("7", "7", "number", "maths")
    assert result.reasoning == "3 and 4 are \\boxed{7}."


def test_a_number_is_an_answer() -> None:
    assert [parsed({"question": "3 + 4?", "answer": value}).answer for value in (7, 7.0, "7")] == ["7"] * 3


LIST = ["saw", "glue", "nail"]
CHOICES: list[dict[str, Any]] = [
    {"question": Q, "subject": "craft", "choices": LIST, "answer": 1},
    {"question": Q, "options": LIST, "answer": "B"},
    {"question": Q, "options": str(LIST), "correct_answer": "glue"},
    {"question": Q, "choices": {"label": ["1", "2", "3"], "text": LIST}, "answerKey": "2"},
    {"question": Q, "options": {"A": "saw", "B": "glue", "C": "nail"}, "answer_idx": "B"},
    {"question": Q, "options": [{"label": "A", "text": "saw"}, {"label": "B", "text": "glue"},
                                {"label": "C", "text": "nail"}], "answer": "(B)"},
    {"question": Q, "A": "saw", "B": "glue", "C": "nail", "D": None, "answer": "B"},
    {"question": Q, "opa": "saw", "opb": "glue", "opc": "nail", "cop": 1},
    {"question": Q, "option1": "saw", "option2": "glue", "option3": "nail", "answer": "2"},
    {"question": Q, "mc1_targets": {"choices": LIST, "labels": [0, 1, 0]}, "answer": None},
]  # fmt: skip


@pytest.mark.parametrize("row", CHOICES)
def test_options_are_read_in_every_form_and_the_right_one_is_found(row: dict[str, Any]) -> None:
    result = parsed(row)

    assert (result.choices, result.answer, result.category) == (tuple(LIST), "B", "choice")
    assert result.prompt == f"{Q}\nA. saw\nB. glue\nC. nail"


CALL, SAID = '{"name": "stock"}', '{"left": 0}'
TOOLS: list[dict[str, Any]] = [
    {"conversations": [HUMAN, {"from": "function_call", "value": CALL}, {"from": "observation", "value": SAID}, GPT]},
    {"messages": [ASKED, {"role": "assistant", "content": None, "tool_calls": [{"function": {"name": "stock"}}]},
                  {"role": "tool", "content": SAID}, ANSWERED]},
]  # fmt: skip


@pytest.mark.parametrize("row", TOOLS)
def test_a_call_is_the_assistants_and_what_a_tool_says_is_no_users(row: dict[str, Any]) -> None:
    prompt = parsed(row).prompt

    assert prompt.startswith(f"User: {Q}\n\nAssistant: ") and "stock" in prompt.split("Tool:")[0]
    assert prompt.endswith(f"Tool: {SAID}") and prompt.count("User:") == 1
    [talk] = row.values()
    assert reason({"messages": talk[:2]}) == drop_reasons.NO_QUESTION  # a call is no answer to learn


@pytest.mark.parametrize("label", [False, 0, "0", "False", "bad", "undesirable"])
def test_an_answer_that_is_labelled_bad_is_never_learnt(label: object) -> None:
    for row in ({"prompt": Q, "completion": A}, {"messages": [ASKED, ANSWERED]}, {"instruction": Q, "output": A}):
        assert reason({**row, "label": label}) == drop_reasons.LABELLED_BAD
    harmful = parsed({"prompt": Q, "response": A, "is_safe": label})
    assert (harmful.bad_answer, harmful.safety) == (drop_reasons.LABELLED_BAD, "unsafe")  # its prompt is for the reward
    solved = parsed({"prompt": Q, "response": "It is 8.", "answer": "9", "label": label})
    assert (solved.bad_answer, solved.answer) == (drop_reasons.LABELLED_BAD, "9")


def test_a_number_beyond_good_and_bad_is_no_such_label() -> None:
    assert parsed({"prompt": Q, "response": A, "label": 7}).response == A


def test_an_unsafe_request_is_learnt_only_with_a_refusal() -> None:
    row = {"prompt": "How do I steal?", "safety": "unsafe"}

    complies, refuses = ({**row, "response": answer} for answer in ("Climb in at night.", "I can't help with that."))
    assert (parsed(complies).bad_answer, parsed(complies).safety) == (drop_reasons.ANSWERS_UNSAFE, "unsafe")
    assert (parsed(refuses).bad_answer, parsed(refuses).safety) == (None, "unsafe")


@pytest.mark.parametrize(
    "row",
    [
        {"messages": [{"role": "user", "content": f"<image>{Q}"}, ANSWERED], "images": ["a.jpg"]},
        {"conversations": [{"from": "human", "value": f"<image>\n{Q}"}, GPT]},
        {"messages": [{"role": "user", "content": [{"type": "image_url", "image_url": {}}]}, ANSWERED]},
        {"prompt": Q, "response": A, "audio": {"bytes": "00"}},
    ],
)
def test_what_needs_a_picture_or_a_sound_is_refused_by_name(row: dict[str, Any]) -> None:
    assert reason(row) == drop_reasons.NEEDS_MEDIA


def test_an_unknown_role_is_refused_until_it_is_said_whose_it_is() -> None:
    row = {"messages": [{"role": "narrator", "content": Q}, ANSWERED]}

    assert reason(row) == drop_reasons.UNKNOWN_ROLE
    assert parsed(row, roles={"narrator": "user"}).prompt == Q


@pytest.mark.parametrize(
    ("columns", "entry", "prompt", "response"),
    [
        ({"prompt": "{a}\\n{b.c}\\nsame?", "response": "label"}, {"labels": {0: "no", 1: "yes"}}, "1\nx\nsame?", "yes"),
        ({"prompt": "a", "query": "b.c", "response": "list.1.text"}, {}, "1\n\nx", "two"),
        ({"messages": "talk"}, {}, Q, A),
        ({"prompt": "a", "chosen": "b.c", "rejected": "label"}, {}, "1", "x"),
        ({"prompt": "a", "system": "b.d", "response": "b.c"}, {}, "1", "x"),
    ],
)
def test_a_mapping_reaches_into_columns_joins_them_and_names_labels(
    columns: dict[str, str], entry: dict[str, Any], prompt: str, response: str
) -> None:
    row = {"a": 1, "b": {"c": "x"}, "label": 1, "list": [{"text": "one"}, {"text": "two"}], "talk": [ASKED, ANSWERED]}
    for adapter in ("columns", "auto"):
        result = parsed(row, adapter=adapter, columns=columns, **entry)
        assert (result.prompt, result.response) == (prompt, response)


def test_a_shape_that_is_not_understood_gets_a_line_to_begin_with() -> None:
    assert column_names.nearest(["sentence1", "sentence2", "label"]) == "columns: {prompt: sentence1, response: label}"
    assert column_names.nearest(["question", "my reply"]) == 'columns: {prompt: question, response: "my reply"}'


def test_columns_that_are_not_used_are_known() -> None:
    names = ("id", "instruction", "input", "output", "score")
    where = column_names.guess(names)

    assert where is not None and column_names.unused(names, where) == ["id", "score"]
