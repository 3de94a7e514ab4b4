"""Rows in the shapes people use become what they mean, by themselves or by a mapping; what is bad is not learnt."""

from __future__ import annotations

import json
from typing import Any

import pytest

from helpers.rows import parsed, reason
from so8t_engine.data import drop_reasons

Q, A = "Which saw is it?", "The small one."
ASKED, ANSWERED = {"role": "user", "content": Q}, {"role": "assistant", "content": A}
HUMAN, GPT = {"from": "human", "value": Q}, {"from": "gpt", "value": A}


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
    {"question": Q, "good_answer": A, "bad_answer": "No."},
    {"instruction": Q, "better_response": A, "worse_response": "No."},
    {"prompt": Q, "right_answer": A, "wrong_answer": "No."},
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
    {"問い": Q, "答え": A},
    {"入力": Q, "出力": A},
    {"Question Body": Q, "Best Answer": A},
    {"question": Q, "answers": [A, "the small one"]},
    {"prompt": Q, "canonical_solution": A, "test": "assert"},
    {"text": Q, "code": A, "test_list": ["assert"]},
    {"conversation": [{"input": Q, "output": A}]},
    {"intent": Q, "rewritten_intent": None, "snippet": A},
    {"sql_prompt": Q, "sql": A, "domain": "x"},
    {"question": Q, "SQL": A, "db_id": "x"},
    {"prompt": "import random", "query": Q, "response": A, "completion": "x", "entry_point": "f", "starter_code": "x"},
    {"question": Q, "reference_answer": A, "responses": [{"response_model": "x", "response": "No."}]},
    {"question": Q, "answer": None, "answer_number": A},
    {"vanilla": "x", "adversarial": Q, "completion": A, "data_type": "adversarial_benign"},
    {"vanilla": Q, "adversarial": "", "completion": A, "data_type": "vanilla_benign"},
    {"q1": Q, "a1": A, "q2": "", "a2": ""},
    {"context": f"\n\nHuman: {Q}\n\nAssistant:", "chosen": A, "rejected": "No."},
    {"prompt": Q, "chosen": [A, "The small one!"], "rejected": ["No.", "Never."]},
    {"instruction": Q, "completions": [{"response": "No.", "overall_score": 3.0}, {"response": A, "overall_score": 9}]},
    {"prompt": f"\n\nHuman: {Q}\n\nAssistant: ", "answers": [{"answer": "No.", "rank": 2}, {"answer": A, "rank": 1}]},
    {"messages": [ASKED, ANSWERED], "openai_moderation": [{"flagged": False}, {"flagged": False}]},
    {"prompt": Q, "response": A, "helpfulness": 3, "correctness": 4, "coherence": 4},
    {"conversations": [[HUMAN, GPT]]},
    {"input": f"[|Human|] {Q}\n[|AI|] {A}\n[|Human|] "},
    {"prompt": Q, "response": A, "turns": 1},
    {"question": Q, "answer": A, "context": {"title": ["x"]}},
    {"prompt": Q, "response": A, "prompt_label": "safe", "response_label": "safe"},
    {"user_input": Q, "model_output": A, "toxicity": 0},
    {"prompt": Q, "code": A, "test_list": ["assert"]},
    {"question": Q, "answer": A, "code": "en"},
    {"question": Q, "answer": A, "contents": "The Seine is a river. Paris lies on it."},
    {"contents": [{"role": "user", "parts": [{"text": Q}]}, {"role": "model", "parts": [{"text": A}]}]},
    {"dialog": [Q, A]},
    {"history": Q, "human_ref_A": "No.", "human_ref_B": A, "labels": 0},
    {"prompt": Q, "response_0": "No.", "response_1": A, "is_response_0_safe": False, "is_response_1_safe": True,
     "better_response_id": 0},
    {"text": f"<｜begin▁of▁sentence｜><｜User｜>{Q}<｜Assistant｜>{A}<｜end▁of▁sentence｜>"},
    {"text": f"<|start|>user<|message|>{Q}<|end|><|start|>assistant<|channel|>final<|message|>{A}<|return|>"},
    {"text": f"ユーザー: {Q}<NL>システム: {A}"},
    {"text": Q, "output": A, "ID": "ichikara-1"},
    {"text": Q, "answers": [A], "id": "niilc-1"},
    {"質問文": Q, "回答文": A},
    {"No.": 1, "質問内容": Q, "回答内容": A},
    {"prompt": Q, "choice": "The first.", "response": A},
    {"question": Q, "choice": "small", "answer": A},
    {"inputs_pretokenized": Q, "targets_pretokenized": A, "inputs": [1, 2], "targets": [3]},
    {"instruct_prompt": Q, "complete_prompt": "import x", "canonical_solution": A},
    {"messages": [ASKED], "answer": A, "model": "r1"},
    {"input": {"messages": [ASKED]}, "preferred_output": [ANSWERED], "non_preferred_output": [ASKED]},
    {"input": [ASKED], "ideal": A},
    {"text": f"<|begin▁of▁sentence|><|User|>{Q}<|Assistant|>{A}<|end▁of▁sentence|>"},
    {"input": Q, "targets": {"choices": ["No.", A], "labels": [0, 1]}},
    {"prompt": f"<|im_start|>user\n{Q}<|im_end|>\n<|im_start|>assistant\n<think>\n", "response": A},
    {"question": Q, "answers": [{"text": "No.", "pm_score": 9, "selected": False},
                                {"text": A, "pm_score": 1, "selected": True}]},
    {"input": [ASKED], "output": [{"type": "message", "role": "assistant",
                                   "content": [{"type": "output_text", "text": A}]}]},
    {"input": json.dumps([ASKED]), "output": json.dumps(ANSWERED)},
    {"messages": [{"type": "human", "data": {"content": Q}}, {"type": "ai", "data": {"content": A}}]},
    {"カテゴリ": "saws", "質問（Q）": Q, "回答（A）": A},
    {"Question (EN)": Q, "Answer [short]": A},
    {"質問": Q, "良い回答": A, "悪い回答": "No."},
    {"conversation": [ASKED], "assistant": {"role": "assistant", "content": A}},
    {"messages": [ASKED, {**ANSWERED, "content": [{"type": "redacted_thinking", "data": "x"},
                                                  {"type": "text", "text": A}]}]},
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
    {"problem": Q, "deepseek_reasoning": TRACE, "deepseek_solution": A, "ground_truth_solution": "x"},
    {"input": Q, "reasoning_content": TRACE, "content": A, "score": 10},
    {"user": Q, "analysis": TRACE, "final": A, "reasoning_language": "English"},
    {"question": Q, "steps": [TRACE], "answer": A},
    {"question": Q, "final_answer": "x", "r1_solution_1": f"<think>{TRACE}</think>{A}"},
    {"messages": [ASKED, {"role": "assistant", "content": [{"type": "thinking", "thinking": TRACE},
                                                           {"type": "text", "text": A}]}]},
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
    {"質問": Q, "思考過程": TRACE, "回答": A},
    {"input": Q, "output": f"<think>{TRACE}</think>{A}", "reasoning": "on"},
    {"question": Q, "cot": None, "thinking_trajectories": [TRACE], "attempt": A},
    {"messages": [ASKED], "reasoning": TRACE, "answer": A},
    {"input": Q, "output": f"<think>{TRACE}</think>{A}", "solution": A},
    {"text": f"<|start|>user<|message|>{Q}<|end|><|start|>assistant<|channel|>analysis<|message|>{TRACE}<|end|>"
             f"<|start|>assistant<|channel|>final<|message|>{A}<|return|>"},
    {"messages": [ASKED, {"role": "assistant", "channel": "analysis", "content": TRACE},
                  {"role": "assistant", "channel": "final", "content": A}]},
    {"messages": [ASKED, {"role": "analysis", "content": TRACE}, {"role": "final", "content": A}]},
    {"conversations": [HUMAN, {"from": "reasoning", "value": f"<think>{TRACE}</think>"}, GPT]},
    {"input": [ASKED], "output": [{"type": "reasoning", "summary": [{"type": "summary_text", "text": TRACE}]},
                                  {"type": "message", "role": "assistant",
                                   "content": [{"type": "output_text", "text": A}]}]},
    {"messages": [ASKED, {"role": "assistant", "content": [
        {"type": "thinking", "thinking": TRACE}, {"type": "redacted_thinking", "data": "x"},
        {"type": "text", "text": A}]}]},
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


@pytest.mark.parametrize(
    ("ends", "answer", "final"),
    [
        ("\n#### 7", "7", "7"),
        ("\n#### 1,007\nThe answer is: 1,007", "1007", "1,007"),
        (" The answer is 7.", "7", "7"),
        ("\nSo the answer is: 7", "7", "7"),
        ("答えは7です。", "7", "7"),
        (" The answer is B", None, "The answer is B"),
    ],
)
def test_a_solution_that_ends_with_its_result_is_thought_before_it(ends: str, answer: str | None, final: str) -> None:
    row = parsed({"query": Q, "response": f"3 and 4 are 7.{ends}"})

    assert (row.reasoning, row.answer, row.response) == ("3 and 4 are 7.", answer, final)


@pytest.mark.parametrize("plain", ["The answer is 7.", "We think the answer is 7.", "#### 7", "Read #### 7 again."])
def test_an_answer_without_a_solution_stays_whole(plain: str) -> None:
    row = parsed({"query": Q, "response": plain})

    assert (row.response, row.reasoning) == (plain, None)


def test_a_wrong_solution_is_no_reasoning_but_its_question_has_a_gold_answer() -> None:
    row = {"question": Q, "generated_solution": "It is \\boxed{8}.", "expected_answer": "7"}

    assert parsed({**row, "is_correct": True}).reasoning == "It is \\boxed{8}."
    wrong = parsed({**row, "is_correct": False})
    why = drop_reasons.labelled_bad("is_correct", "false")
    assert (wrong.bad_answer, wrong.reasoning, wrong.answer) == (why, None, "7")


def test_a_message_in_which_nobody_speaks_is_another_shape() -> None:
    with pytest.raises(KeyError):
        parsed({"conversation": [{"weather": "fine"}]})


def test_a_boxed_text_without_its_end_is_no_result() -> None:
    for solution in ("\\boxed{7", "\\boxed{" + "so " * 60 + "}"):
        assert parsed({"problem": Q, "solution": solution}).response == solution


def test_a_number_is_an_answer() -> None:
    assert [parsed({"question": "3 + 4?", "answer": value}).answer for value in (7, 7.0, "7")] == ["7"] * 3


CALL, SAID = '{"name": "stock"}', '{"left": 0}'
TOOLS: list[dict[str, Any]] = [
    {"chat": f"USER: {Q}\n\n\nASSISTANT: <functioncall> {CALL} <|endoftext|>\n\n\nFUNCTION RESPONSE: {SAID}\n\n\n"
             f"ASSISTANT: {A} <|endoftext|>"},
    {"conversations": [HUMAN, {"from": "function_call", "value": CALL}, {"from": "observation", "value": SAID}, GPT]},
    {"messages": [ASKED, {"role": "assistant", "content": None, "tool_calls": [{"function": {"name": "stock"}}]},
                  {"role": "tool", "content": SAID}, ANSWERED]},
    {"messages": [ASKED, {"role": "assistant", "content": [{"type": "tool_use", "name": "stock", "input": {}}]},
                  {"role": "user", "content": [{"type": "tool_result", "content": SAID}]}, ANSWERED]},
    {"messages": [ASKED, {"role": "assistant", "channel": "analysis", "content": "I look."},
                  {"role": "assistant", "channel": "commentary", "recipient": "functions.stock", "content": CALL},
                  {"role": "tool", "name": "functions.stock", "content": SAID},
                  {"role": "assistant", "channel": "final", "content": A}]},
]  # fmt: skip


@pytest.mark.parametrize("row", TOOLS)
def test_a_call_is_the_assistants_and_what_a_tool_says_is_no_users(row: dict[str, Any]) -> None:
    prompt = parsed(row).prompt

    assert prompt.startswith(f"User: {Q}\n\nAssistant: ") and "stock" in prompt.split("Tool:")[0]
    assert prompt.endswith(f"Tool: {SAID}") and prompt.count("User:") == 1
    [talk] = row.values()
    if isinstance(talk, list):
        assert reason({"messages": talk[:-2]}) == drop_reasons.ENDS_IN_CALL  # a call is no answer to learn


def test_a_number_beyond_good_and_bad_is_no_such_label() -> None:
    assert parsed({"prompt": Q, "response": A, "label": 7}).response == A


@pytest.mark.parametrize(
    "harm",
    [
        {"response_harm_label": "harmful", "prompt_harm_label": "harmful"}, {"toxicity": 1}, {"is_unsafe": True},
        {"prompt_harm_label": "harmful"}, {"is_safe": False}, {"prompt_label": "unsafe", "response_label": "unsafe"},
        {"is_harmful": "有害"},
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


def test_what_code_is_run_on_and_what_is_to_be_done_stand_in_the_question() -> None:
    code = "def f(nums):\n    return sorted(nums)"

    assert parsed({"code": code, "input": "[2, 1]", "output": "[1, 2]", "id": "0"}).prompt == f"{code}\n\n[2, 1]"
    assert parsed({"code": "en", "input": Q, "output": A}).prompt == Q
    assert parsed({"Definition": ["Be short."], "Input": Q, "Output": [A]}).prompt == f"Be short.\n\n{Q}"
    assert parsed({"question": Q, "input": "Two saws.", "output": A}).prompt == f"{Q}\n\nTwo saws."


def test_a_talk_has_its_gold_answer_from_beside_it_where_that_is_short() -> None:
    thought = {**ANSWERED, "content": "<think>3 and 4.</think>It is \\boxed{7}."}

    solved = parsed({"problem": Q, "messages": [ASKED, thought], "answer": "7"})
    assert (solved.answer, solved.answer_kind, solved.reasoning) == ("7", "number", "3 and 4.")
    assert parsed({"messages": [ASKED, ANSWERED], "answer": "word " * 40}).answer is None


@pytest.mark.parametrize(("label", "learnt"), [(1, True), (0, False)])
def test_a_number_that_is_named_as_the_label_says_good_or_bad_as_any_label_does(label: int, learnt: bool) -> None:
    row = {"prompt": Q, "response": A, "response_label": label}
    entry = {"columns": {"prompt": "prompt", "response": "response", "label": "response_label"}}

    assert (parsed(row, **entry).response if learnt else reason(row, **entry)) == (
        A if learnt else drop_reasons.labelled_bad("response_label", "0")
    )
