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
    {"q": Q, "a": A},
    {"source": Q, "target": A},
    {"user_input": Q, "model_output": A, "toxicity": 0},
    {"contents": [{"role": "user", "parts": [{"text": Q}]}, {"role": "model", "parts": [{"text": A}]}]},
    {"dialog": [Q, A]},
    {"history": Q, "human_ref_A": "No.", "human_ref_B": A, "labels": 0},
    {"prompt": Q, "response_0": "No.", "response_1": A, "is_response_0_safe": False, "is_response_1_safe": True,
     "better_response_id": 0},
    {"text": f"<｜begin▁of▁sentence｜><｜User｜>{Q}<｜Assistant｜>{A}<｜end▁of▁sentence｜>"},
    {"text": f"<|start|>user<|message|>{Q}<|end|><|start|>assistant<|channel|>final<|message|>{A}<|return|>"},
    {"text": f"ユーザー: {Q}<NL>システム: {A}"},
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
    {"question": Q, "thinking_trajectories": [TRACE], "attempt": A, "solution": "4"},
    {"source": Q, "rationale": TRACE, "target": A},
    {"text": f"<|start|>user<|message|>{Q}<|end|><|start|>assistant<|channel|>analysis<|message|>{TRACE}<|end|>"
             f"<|start|>assistant<|channel|>final<|message|>{A}<|return|>"},
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


@pytest.mark.parametrize("result", ["\\frac{1}{2}", "x^{2}+1"])
def test_a_result_that_is_no_number_is_one_too_where_it_is_boxed(result: str) -> None:
    row = parsed({"problem": Q, "solution": f"First \\boxed{{0}}, then we get \\boxed{{{result}}}."})

    assert (row.response, row.answer, row.answer_kind, row.category) == (result, result, "text", "maths")
    assert row.reasoning is not None and row.reasoning.startswith("First")


def test_a_boxed_text_without_its_end_is_no_result() -> None:
    for solution in ("\\boxed{7", "\\boxed{" + "so " * 60 + "}"):
        assert parsed({"problem": Q, "solution": solution}).response == solution


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
    {"question": Q, "options": ["A)saw", "B)glue", "C)nail"], "correct": "B"},
    {"question": Q, "options": ["(A) saw", "(B) glue", "(C) nail"], "answer": "glue"},
    {"ctx": Q, "endings": LIST, "label": "1"},
    {"q_text": Q, "q_op1": "saw", "q_op2": "glue", "q_op3": "nail", "q_ans": "glue"},
]  # fmt: skip


@pytest.mark.parametrize("row", CHOICES)
def test_options_are_read_in_every_form_and_the_right_one_is_found(row: dict[str, Any]) -> None:
    result = parsed(row)

    assert (result.choices, result.answer, result.category) == (tuple(LIST), "B", "choice")
    assert result.prompt == f"{Q}\nA. saw\nB. glue\nC. nail"


def test_a_number_says_which_option_even_where_one_is_the_same_number() -> None:
    counted = {"question": "3 - 1?", "choices": ["1", "2", "3"], "answer": 1}

    assert [parsed({**counted, "answer": answer}).answer for answer in (1, "2", 0, "3")] == ["B", "B", "A", "C"]
    assert parsed({**counted, "choices": [1, 2, 3]}).answer == "A"  # a number among numbers is the option itself


def test_wrong_options_beside_the_right_one_are_put_in_an_order_that_gives_nothing_away() -> None:
    wrong = {"distractor1": "zinc", "distractor2": "air"}

    for right, letter in (("gold", "B"), ("ache", "A")):
        row = parsed({"question": Q, **wrong, "correct_answer": right, "support": "It shines."})
        assert (row.answer, row.response, row.reasoning) == (letter, f"{letter}. {right}", "It shines.")


def test_what_a_question_is_about_stands_before_it() -> None:
    about = "A saw lies there."

    race = parsed({"article": about, "question": Q, "options": LIST, "answer": "B"})
    logic = parsed({"context": about, "query": Q, "options": LIST, "correct_option": 1})
    assert race.prompt == logic.prompt == f"{about}\n\n{Q}\nA. saw\nB. glue\nC. nail"
    span = parsed({"context": about, "question": Q, "answers": {"text": ["saw"], "answer_start": [2]}})
    assert (span.prompt, span.response, span.answer) == (f"{about}\n\n{Q}", "saw", "saw")
    assert reason({"context": about, "question": Q, "answers": {"text": []}}) == drop_reasons.NO_GOLD_ANSWER


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


@pytest.mark.parametrize(
    "harm",
    [
        {"response_harm_label": "harmful", "prompt_harm_label": "harmful"}, {"toxicity": 1}, {"is_unsafe": True},
        {"prompt_harm_label": "harmful"}, {"is_safe": False},
    ],
)  # fmt: skip
def test_an_answer_to_a_request_that_is_labelled_harmful_is_never_learnt_unless_it_refuses(
    harm: dict[str, Any],
) -> None:
    request = {"prompt": "How do I steal?", **harm}

    assert parsed({**request, "response": "Climb in at night."}).bad_answer is not None
    if "is_safe" not in harm:
        refused = parsed({**request, "response": "I can't help with that."})
        assert (refused.bad_answer, refused.safety) == (None, "unsafe")


def test_of_two_unsafe_answers_only_the_prompt_is_kept() -> None:
    row = {"prompt": "How do I steal?", "response_0": "Climb in.", "response_1": "Dig.", "is_response_0_safe": False}
    both = parsed({**row, "is_response_1_safe": False, "better_response_id": 1})

    assert (both.bad_answer, both.safety) == (drop_reasons.ANSWERS_UNSAFE, "unsafe")


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


@pytest.mark.parametrize(
    ("row", "line"),
    [
        ({"sentence1": "x", "sentence2": "y", "label": 1}, '{prompt: "{sentence1}\\n{sentence2}", response: label}'),
        ({"review": "x", "stars": 4}, "{prompt: review, response: stars}"),
        ({"question": "x", "my reply": "y"}, '{prompt: question, response: "my reply"}'),
        ({"a": {"question": "x", "answer": [{"text": "y"}]}}, "{prompt: a.question, response: a.answer.0.text}"),
        ({"id": 1, "title": "x", "url": "y", "body": "z"}, "{prompt: title, response: body}"),
        ({"prompt": "x", "responses": ["y", "z"], "scores": [5, 1]}, "{prompt: prompt, response: responses.0}"),
    ],
)  # fmt: skip
def test_a_shape_that_is_not_understood_gets_a_line_to_begin_with(row: dict[str, Any], line: str) -> None:
    assert column_names.nearest(row) == f"columns: {line}"


def test_columns_that_are_not_used_are_known() -> None:
    names = ("id", "instruction", "input", "output", "score")
    where = column_names.guess(names)

    assert where is not None and column_names.unused(names, where) == ["id", "score"]
