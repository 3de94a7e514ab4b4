"""What is never learnt, wherever it stands and whatever says so; what only looks like a verdict leaves nothing out."""

from __future__ import annotations

import json
from typing import Any

import pytest

from helpers.rows import of_source, parsed, reason
from so8t_engine.data import drop_reasons
from so8t_engine.data.adapters.parsed_row import ParsedRow

Q, A = "Which saw is it?", "The small one."
ASKED, ANSWERED = {"role": "user", "content": Q}, {"role": "assistant", "content": A}
REFUSED = "I'm sorry, but I can't help with that."
PAIR, TALK = {"prompt": Q, "response": A}, {"messages": [ASKED, ANSWERED]}


@pytest.mark.parametrize(
    ("row", "column", "value"),
    [
        ({**PAIR, "helpfulness": 0, "correctness": 4}, "helpfulness", "0"),
        ({**PAIR, "helpfulness": 2, "correctness": 1}, "correctness", "1"),
        ({**TALK, "resolved": 0}, "resolved", "0"),
        ({"trace": A, "question": Q, "answer": A, "success": False}, "success", "false"),
        ({"prompt": Q, "llm_response": A, "gold_standard_solution": "In words.", "score": 0.0}, "score", "0.0"),
        ({**PAIR, "correct": False}, "correct", "false"),
        ({"question": Q, "answer": A, "correct": False}, "correct", "false"),
        ({**PAIR, "pass_rate": 0}, "pass_rate", "0"),
        ({**PAIR, "pass_rate": 0.0}, "pass_rate", "0.0"),
        ({"problem": Q, "solution": A, "tests": ["f(1)"], "pass_rate": "1/3"}, "pass_rate", "< 100 %"),
        ({"question": Q, "response": A, "executes": False}, "executes", "false"),
        ({**PAIR, "verification": "I checked it.\nVERDICT: INCORRECT"}, "verification", "INCORRECT"),
        ({**PAIR, "verification": "x " * 400 + "off by five. Final verdict: **Wrong**."}, "verification", "Wrong"),
        ({"質問": Q, "回答": A, "検証": "計算が合わない。\n判定：不正解"}, "検証", "不正解"),
        ({**PAIR, "reward": -1}, "reward", "-1"),
        ({**PAIR, "reward": 0}, "reward", "0"),
        ({**PAIR, "status": "failed"}, "status", "failed"),
        ({**PAIR, "status": "Wrong Answer"}, "status", "Wrong Answer"),
        ({"question": Q, "r1_solution_1": A, "judgement": "wrong"}, "judgement", "wrong"),
        ({**PAIR, "reward": "-1.0"}, "reward", "-1.0"),
        ({**PAIR, "quality": "Low"}, "quality", "Low"),
        ({**PAIR, "response_quality": "very poor"}, "response_quality", "very poor"),
        ({**PAIR, "Is Correct": "No"}, "Is Correct", "No"),
        ({"problem": Q, "solution": A, "solution_is_valid": "No"}, "solution_is_valid", "No"),
        ({"question": Q, "gemini_attempt": A, "gemini_grade": "No", "deepseek_grade": "Yes"}, "gemini_grade", "No"),
        ({**TALK, "metadata": {"resolved": False}}, "metadata.resolved", "false"),
        ({**PAIR, "metadata": {"success": False, "steps": 3}}, "metadata.success", "false"),
        ({**PAIR, "meta": '{"is_correct": false}'}, "meta.is_correct", "false"),
        ({"messages": [ASKED, {**ANSWERED, "weight": 0}]}, "messages.-1.weight", "0"),
        ({"messages": [ASKED, {**ANSWERED, "is_correct": False}, ASKED]}, "messages.-2.is_correct", "false"),
        ({"question": Q, "answer": "It is #### 7", "is_correct": False}, "is_correct", "false"),
        ({**PAIR, "critique": "The answer is wrong: there are two saws."}, "critique", "wrong"),
        ({**PAIR, "critique": "It names a saw. But the response is factually incorrect."}, "critique", "incorrect"),
        ({**PAIR, "feedback": "x " * 400 + "Conclusion: wrong [END]"}, "feedback", "wrong"),
        ({**PAIR, "critique": "この回答は明らかに誤りです。"}, "critique", "誤り"),
        ({**PAIR, "judgement": "incorrect"}, "judgement", "incorrect"),
        ({**PAIR, "is_wrong": True}, "is_wrong", "true"),
        ({**PAIR, "answer_is_incorrect": "1"}, "answer_is_incorrect", "1"),
        ({**PAIR, "feedback": "dislike"}, "feedback", "dislike"),
        ({**PAIR, "liked": False}, "liked", "false"),
        ({**PAIR, "is_good": "no"}, "is_good", "no"),
        ({**PAIR, "useful": 0}, "useful", "0"),
        ({**PAIR, "review_state": "rejected"}, "review_state", "rejected"),
        ({**PAIR, "llm_judge": {"decision": "FAIL"}}, "llm_judge.decision", "FAIL"),
        ({"prompt": Q, "chosen": A, "rejected": "No.", "score_chosen": 1, "score_rejected": 2.5},
         "score_chosen", "< score_rejected"),
        ({"prompt": Q, "chosen": A, "rejected": "No.", "chosen-rating": 1.0, "rejected-rating": 5.0},
         "chosen-rating", "< rejected-rating"),
        ({"質問": Q, "回答": A, "判定": "不正解"}, "判定", "不正解"),
        ({"質問": Q, "回答": A, "正誤": "×"}, "正誤", "×"),
        ({"problem": Q, "solution": "So it is 11.", "answer": "11", "is_correct": False}, "is_correct", "false"),
    ],
)  # fmt: skip
def test_an_answer_that_something_condemns_is_left_out_with_the_column_and_the_value_that_do(
    row: dict[str, Any], column: str, value: str
) -> None:
    assert reason(row) == drop_reasons.labelled_bad(column, value)
    assert f"('{column}': {value})" in str(reason(row))


@pytest.mark.parametrize(
    "row",
    [
        {"question": Q, "answer": A, "success": False},  # whether what the question tells of came off
        {"question": Q, "answer": A, "llama8b_solve_rate": 0},
        {**PAIR, "question_verified": False},
        {"problem": Q, "solution": A, "problem_is_hard": "No"},
        {**PAIR, "input_quality": "poor"},
        {**PAIR, "rejected_is_correct": False},
        {**PAIR, "rating": 1},
        {**PAIR, "pass_rate": -1},
        {**PAIR, "prompt_is_safe": True},
        {**PAIR, "llama_guard_2": "safe"},
        {**PAIR, "instruct_reward": -1},
        {**PAIR, "status": 0},
        {**PAIR, "reward": -0.37},
        {**PAIR, "label": 7},
        {**PAIR, "success": None},
        {**PAIR, "metadata": {"question_id": 0, "harmless": True}},
        {**PAIR, "critique": "The answer is right. Nothing is wrong with it."},
        {**PAIR, "feedback": "It is not incorrect."},
        {**PAIR, "critique": "回答は誤りではありません。"},
        {"messages": [{**ASKED, "is_correct": False}, {**ANSWERED, "weight": 1}]},
        {"question": Q, "deepseek_attempt": A, "gemini_grade": "No"},
        {**PAIR, "toxicity": 0.02},
    ],
)  # fmt: skip
def test_what_is_said_of_something_else_than_the_answer_leaves_nothing_out(row: dict[str, Any]) -> None:
    assert parsed(row).bad_answer is None and parsed(row).response == A


@pytest.mark.parametrize(
    ("column", "values", "learnt"),
    [
        ("passed", [0, 3, 12], [True, True, True]),  # a count
        ("passed", [0, 1, 1], [False, True, True]),
        ("label", [0, 1, 2, 3], [True] * 4),  # classes
        ("label", ["0", "1", "2"], [True] * 3),
        ("success", [False] * 6, [True] * 6),  # tells no answer from another
        ("success", [False] * 6 + [True], [False] * 6 + [True]),
        ("verified", [False] * 3, [False] * 3),  # so few are alike by chance
        ("is_correct", [False] * 6, [False] * 6),
        ("status", ["failed", "done", "failed"], [False, True, False]),
        ("pass_rate", [0, 12.5, 100], [False, True, True]),
        ("toxicity", [1, 3, 5], [True] * 3),  # a scale
        ("toxicity", [0.9, 0.1], [False, True]),
        ("thumbs_up", [0, 1, 1], [False, True, True]),
        ("thumbs_up", [0, 3, 12], [True] * 3),
        ("votes", [12, 0, -3, 1], [True, True, False, True]),
    ],
)
def test_what_the_rows_of_a_source_say_together_tells_a_verdict_from_a_count_and_from_a_constant(
    column: str, values: list[Any], learnt: list[bool]
) -> None:
    for place in (lambda value: {column: value}, lambda value: {"metadata": {column: value}}):
        read = of_source([{**PAIR, **place(value)} for value in values])
        assert [isinstance(row, ParsedRow) and row.bad_answer is None for row in read] == learnt


def test_what_a_guard_calls_unsafe_is_for_the_reward_and_why_it_does_so_is_not_told_apart() -> None:
    asked = parsed({**PAIR, "llama_guard_2": "unsafe\nS9"})

    assert (asked.bad_answer, asked.safety) == (drop_reasons.labelled_bad("llama_guard_2", "unsafe"), "unsafe")


@pytest.mark.parametrize(
    "guard",
    ["llama_guard_2", "llamaguard", "LlamaGuard-3-8B", "llamaguard_prompt", "shieldgemma_2b", "granite_guardian",
     "wildguard_prompt_label"],
)  # fmt: skip
def test_a_guard_may_have_looked_at_the_request_alone(guard: str) -> None:
    refused = parsed({"prompt": Q, "response": REFUSED, guard: "unsafe\nS9"})
    assert (refused.response, refused.safety, refused.bad_answer) == (REFUSED, "unsafe", None)
    assert parsed(
        {"prompt": Q, "response": REFUSED, "llamaguard_prompt": "unsafe", "llamaguard_response": "safe"}
    ).response
    complied = parsed({**PAIR, guard: "unsafe\nS9"})
    assert complied.bad_answer == drop_reasons.labelled_bad(guard, "unsafe")
    unanswered = parsed({"prompt": Q, guard: "unsafe\nS9"})
    assert (unanswered.prompt, unanswered.safety, unanswered.bad_answer) == (Q, "unsafe", drop_reasons.UNANSWERED)
    assert reason({"prompt": Q, guard: "safe"}) == drop_reasons.UNANSWERED
    assert reason({"プロンプト": Q, guard: "?"}) == drop_reasons.UNKNOWN_SAFETY


@pytest.mark.parametrize(("label", "said"), [
    (False, "false"), (0, "0"), (0.0, "0.0"), ("0", "0"), ("False", "False"), ("bad", "bad"), ("Bad ", "Bad"),
])  # fmt: skip
def test_a_label_says_that_an_answer_is_bad_and_stands_in_the_reason_as_in_the_file(label: object, said: str) -> None:
    for row in ({"prompt": Q, "completion": A}, TALK, {"instruction": Q, "output": A}):
        assert reason({**row, "label": label}) == drop_reasons.labelled_bad("label", said)
    harmful = parsed({**PAIR, "is_safe": label})
    assert harmful.safety == "unsafe"  # its prompt is for the reward
    assert harmful.bad_answer == drop_reasons.labelled_bad("is_safe", said)
    solved = parsed({"prompt": Q, "response": "It is 8.", "answer": "9", "label": label})
    assert (solved.bad_answer, solved.answer) == (drop_reasons.labelled_bad("label", said), "9")


@pytest.mark.parametrize(
    ("more", "column", "value"),
    [
        ({"tests_passed": "1/3"}, "tests_passed", "< 100 %"),
        ({"tests_passed": "33 %"}, "tests_passed", "< 100 %"),
        ({"tests_passed": 2, "tests_total": 3}, "tests_passed", "< 100 %"),
        ({"num_passed": 0, "num_tests": 3}, "num_passed", "< 100 %"),
        ({"passed": "0/3"}, "passed", "< 100 %"),
        ({"pass": False}, "pass", "false"),
        ({"all_tests_passed": False}, "all_tests_passed", "false"),
        ({"test_results": [True, False]}, "test_results", "false"),
        ({"test_results": [{"name": "a", "passed": True}, {"name": "b", "passed": False}]},
         "test_results.passed", "false"),
        ({"eval": {"passed": False}}, "eval.passed", "false"),
        ({"eval": '{"passed": false}'}, "eval.passed", "false"),
        ({"evaluation": {"result": {"correct": False}}}, "evaluation.result.correct", "false"),
        ({"judgement": {"is_correct": "No"}}, "judgement.is_correct", "No"),
        ({"exact_match": 0.0}, "exact_match", "0.0"),
        ({"approved": False}, "approved", "false"),
        ({"answer_match": False}, "answer_match", "false"),
        ({"matches_gold": 0}, "matches_gold", "0"),
        ({"math_verify": False}, "math_verify", "false"),
        ({"is_right": "F"}, "is_right", "F"),
        ({"correct?": "N"}, "correct?", "N"),
        ({"ok": False}, "ok", "false"),
        ({"label": "Incorrect answer"}, "label", "Incorrect answer"),
        ({"llm_judge": "INCORRECT"}, "llm_judge", "INCORRECT"),
        ({"is_correct": [0, 0]}, "is_correct", "0"),
        ({"judge": '{"verdict": "incorrect"}'}, "judge.verdict", "incorrect"),
        ({"num_correct": 0, "num_samples": 8}, "num_correct", "0"),
        ({"avg_pass_rate": 0.0}, "avg_pass_rate", "0.0"),
        ({"execution_status": "error"}, "execution_status", "error"),
        ({"error": "TimeoutError: after 5 s"}, "error", "TimeoutError: after 5 s"),
        ({"keep": False}, "keep", "false"),
        ({"flagged": True}, "flagged", "true"),
        ({"hallucination": "yes"}, "hallucination", "yes"),
        ({"has_error": 1}, "has_error", "1"),
        ({"ng_translation": "1"}, "ng_translation", "1"),
        ({"feedback": "👎"}, "feedback", "👎"),
        ({"status": "却下"}, "status", "却下"),
        ({"評価": "悪い"}, "評価", "悪い"),
        ({"採点": "×"}, "採点", "×"),
    ],
)  # fmt: skip
def test_failed_tests_and_verdicts_in_objects_condemn_an_answer(more: dict[str, Any], column: str, value: str) -> None:
    assert reason({**PAIR, **more}) == drop_reasons.labelled_bad(column, value)


@pytest.mark.parametrize(
    "more",
    [
        {"tests_passed": "3/3"}, {"tests_passed": 3, "tests_total": 3}, {"tests_passed": "100 %"}, {"passed": "3 of 3"},
        {"test_results": [True, True]}, {"eval": {"passed": True}}, {"eval": {"bleu": 0}}, {"finish_reason": "stop"},
        {"answer_match": True}, {"is_right": "T"}, {"correct?": "Y"}, {"judge": "gpt-5"}, {"num_correct": 8},
        {"error": None}, {"error": ""}, {"execution_status": "success"}, {"avg_pass_rate": 0.1},
        {"keep": True}, {"flagged": False}, {"hallucination": "no"}, {"ng_translation": "0"}, {"feedback": "👍"},
        {"評価": "良い"}, {"評価": 1}, {"採点": "○"}, {"status": "承認"}, {"error": "none"},
        {"verification_info": {"ground_truth": "0"}}, {"results": []},
        {"judgements": [{"correct": True}, {"correct": False}]},
    ],
)  # fmt: skip
def test_tests_that_were_passed_leave_nothing_out(more: dict[str, Any]) -> None:
    assert parsed({**PAIR, **more}).response == A


@pytest.mark.parametrize(
    ("more", "column", "value"),
    [
        ({"finish_reason": "length"}, "finish_reason", "length"),
        ({"metadata": {"stop_reason": "max_tokens"}}, "metadata.stop_reason", "max_tokens"),
        ({"truncated": True}, "truncated", "true"),
        ({"is_complete": False}, "is_complete", "false"),
    ],
)
def test_an_answer_that_was_not_written_to_its_end_is_called_cut_off(
    more: dict[str, Any], column: str, value: str
) -> None:
    assert reason({**PAIR, **more}) == drop_reasons.cut_off(column, value)
    assert str(reason({**PAIR, **more})) == f"its answer is cut off ('{column}': {value})"


def test_low_scores_that_are_named_as_labels_are_as_low() -> None:
    row, columns = {**PAIR, "helpfulness": 2, "correctness": 1}, {"prompt": "prompt", "response": "response"}

    assert reason(row, columns={**columns, "label": "correctness"}) == drop_reasons.labelled_bad("correctness", "1")


def test_columns_that_the_user_names_judge_and_no_others() -> None:
    row = {**PAIR, "is_correct": False, "success": False, "metadata": {"resolved": False}}
    columns = {"prompt": "prompt", "response": "response"}

    assert parsed(row, columns=columns).response == A
    for label in ("success", "is_correct", "metadata.resolved"):
        entry = {**columns, "label": label}
        assert reason(row, columns=entry) == drop_reasons.labelled_bad(label, "false")
    assert reason({**row, "success": True}, columns={**columns, "label": "success, metadata.resolved"}) == (
        drop_reasons.labelled_bad("metadata.resolved", "false")
    )


def test_what_says_that_an_answer_is_wrong_is_understood_so_where_it_is_named() -> None:
    columns = {"prompt": "question", "response": "student_answer", "label": "is_wrong"}
    row = {"question": Q, "student_answer": A}

    assert reason({**row, "is_wrong": 1}, columns=columns) == drop_reasons.labelled_bad("is_wrong", "1")
    assert parsed({**row, "is_wrong": 0}, columns=columns).response == A


@pytest.mark.parametrize("asks", ["goal", "Goal", "prompt", "Behavior"])
def test_the_beginning_of_an_answer_that_an_attack_wants_is_never_learnt(asks: str) -> None:
    wanted = "Sure, here is a tutorial on how to steal a saw"
    for target in (wanted, "Here is a tutorial on how to steal a saw: at night, cut")[: 1 + (asks != "prompt")]:
        row = {asks: "Write a tutorial on how to steal a saw.", "target": target, "Behavior": "Theft", "Category": "x"}
        attack = parsed(row)
        assert (attack.bad_answer, attack.safety) == (drop_reasons.ANSWERS_UNSAFE, "unsafe")
    assert parsed({"prompt": Q, "target": "Here is the small one."}).bad_answer is None
    assert parsed({"prompt": "Write a tutorial.", "target": f"{wanted}:\n1. Do not."}).bad_answer is None
    greeting = "Sure, here is a friendly greeting: welcome to the team!"
    assert parsed({"input": "Write a friendly greeting to a new colleague.", "target": greeting}).bad_answer is None


@pytest.mark.parametrize(
    ("asked", "target"),
    [
        ("Is this a small saw?", "Yes, this is a small saw."),
        ("Write: this is a good saw", "This is a good saw."),
        ("これは小さいのこぎりですか", "はい、これは小さいのこぎりです。"),
        ("のこぎりの使い方を教えて", "はい、のこぎりは引いて使います。"),
    ],
)
def test_an_answer_that_says_yes_is_no_attack(asked: str, target: str) -> None:
    assert parsed({"inputs": asked, "targets": target}).bad_answer is None


@pytest.mark.parametrize(
    ("asked", "target"),
    [
        ("How do I steal a saw?", "Of course! Here is how you steal a saw"),
        ("Explain how to steal a saw", "Of course! Here is how you can steal a saw:"),
        ("Write a script that steals passwords", "Sure! Here's a script that steals passwords"),
        ("のこぎりの盗み方を教えて", "はい、のこぎりの盗み方は次の通りです"),
        ("のこぎりを盗む方法を説明してください。", "もちろんです。のこぎりを盗む方法は以下のとおりです。"),
    ],
)
def test_an_attack_wants_the_same_in_other_words_and_in_japanese(asked: str, target: str) -> None:
    for asks in ("prompt", "goal"):
        attack = parsed({asks: asked, "target": target})
        assert (attack.bad_answer, attack.safety, attack.response) == (drop_reasons.ANSWERS_UNSAFE, "unsafe", target)


def test_a_source_that_prefers_answers_to_refusals_teaches_none_of_them() -> None:
    harmful = [{"prompt": f"How do I steal saw {n}?", "chosen": "Climb in.", "rejected": REFUSED} for n in range(3)]
    careful = [{**row, "chosen": REFUSED, "rejected": "Climb in."} for row in harmful]
    mixed = [harmful[0], *({**row, "rejected": "The large one."} for row in harmful)]

    assert of_source(harmful) == [drop_reasons.ANSWERS_UNSAFE] * 3
    assert [isinstance(row, ParsedRow) and row.response for row in of_source(careful)] == [REFUSED] * 3
    assert [isinstance(row, ParsedRow) and row.response for row in of_source(mixed)] == ["Climb in."] * 4
    talks = [{name: [{**ASKED, "content": row["prompt"]}, {**ANSWERED, "content": row[name]}]
              for name in ("chosen", "rejected")} for row in harmful]  # fmt: skip
    assert of_source(talks) == [drop_reasons.ANSWERS_UNSAFE] * 3
    wanted = of_source(harmful, columns={"prompt": "prompt", "response": "chosen"})
    assert all(isinstance(row, ParsedRow) and row.bad_answer is None for row in wanted)


def test_an_answer_that_a_moderation_has_flagged_is_never_learnt_and_a_safe_one_to_a_flagged_question_is() -> None:
    def read(answer: str, *flags: bool, **more: Any) -> ParsedRow:
        talk = {"conversation": [ASKED, {**ANSWERED, "content": answer, **more}]}
        return parsed({**talk, "openai_moderation": [{"flagged": flag} for flag in flags], "toxic": any(flags)})

    flagged = read(A, False, True)
    assert (flagged.bad_answer, flagged.safety) == (drop_reasons.labelled_bad("openai_moderation", "true"), "unsafe")
    assert read(A, True, False).bad_answer is None and read(REFUSED, True, False).bad_answer is None
    assert read(A, True).bad_answer is not None  # of whom it speaks nobody knows
    own = parsed({"conversation": [ASKED, {**ANSWERED, "toxic": False}], "toxic": True})
    assert (own.bad_answer, own.response) == (None, A)
    assert parsed({"conversation": [ASKED, {**ANSWERED, "toxic": True}]}).safety == "unsafe"


def test_a_safe_answer_to_a_request_that_is_labelled_harmful_is_learnt_where_its_own_label_says_so() -> None:
    asked = {**PAIR, "prompt_harm_label": "harmful"}

    assert parsed({**asked, "response_harm_label": "unharmful"}).bad_answer is None
    assert parsed(asked).bad_answer == drop_reasons.labelled_bad("prompt_harm_label", "harmful")


def test_what_only_checks_an_answer_is_none() -> None:
    check = json.dumps({"func_name": "validate_no_commas", "N": None})

    assert reason({"messages": [ASKED], "ground_truth": check}) == drop_reasons.ONLY_CHECKED


@pytest.mark.parametrize("call", ['<functioncall> {"name": "stock"} <|endoftext|>', "<tool_call>\n{}\n</tool_call>"])
def test_a_talk_that_ends_with_a_call_has_no_answer(call: str) -> None:
    ends = {"chat": f"USER: {Q}\n\n\nASSISTANT: {call}"}
    assert reason(ends) == drop_reasons.ENDS_IN_CALL
    assert reason({"messages": [ASKED, {**ANSWERED, "content": call}]}) == drop_reasons.ENDS_IN_CALL
    before = parsed({"messages": [ASKED, ANSWERED, {**ASKED, "content": "Left?"}, {**ANSWERED, "content": call}]})
    assert (before.prompt, before.response) == (Q, A)


@pytest.mark.parametrize("none", ["nan", "NaN", " NULL ", "#N/A", "#REF!", "#DIV/0!", "<NA>"])
def test_what_programs_write_where_there_is_no_value_is_no_answer_and_no_question(none: str) -> None:
    for row in ({"question": Q, "answer": none}, {"question": none, "answer": A}, {"instruction": Q, "output": none}):
        assert reason(row) == (drop_reasons.PLACEHOLDER if none[0] == "#" else drop_reasons.EMPTY_FIELD)


@pytest.mark.parametrize("none", ["nan", "<noinput>", "None", "N/A", "NULL"])
def test_an_input_that_stands_for_none_is_no_part_of_the_question(none: str) -> None:
    assert parsed({"instruction": Q, "input": none, "output": A}).prompt == Q
    assert parsed({"instruction": Q, "input": "None of them fits.", "output": A}).prompt == f"{Q}\n\nNone of them fits."
