"""Logs of Inspect AI and promptfoo: what was marked wrong there is not learnt, the gold answer is kept."""

from __future__ import annotations

import io
import json
from typing import Any

import pytest

from helpers.rows import of_source, parsed, reason
from so8t_engine.data.files import json_documents
from so8t_engine.data.files.row_readers import RawRow

Q, A, BAD = "Which saw is it?", "The small one.", "Any of them."


def turns(*texts: str) -> list[dict[str, str]]:
    return [{"role": role, "content": text} for role, text in zip(("user", "assistant"), texts, strict=False)]


def sample(value: Any, said: str = BAD, target: Any = A, **more: Any) -> dict[str, Any]:
    return {
        "id": 1, "epoch": 1, "input": Q, "target": target, "messages": turns(Q, said),
        "output": {"model": "m", "choices": [{"message": turns(Q, said)[1], "stop_reason": "stop"}]},
        "scores": {"match": {"value": value, "answer": said}}, **more,
    }  # fmt: skip


@pytest.mark.parametrize("value", ["I", "P", "N", 0, 0.0, False])
def test_an_answer_that_inspect_marked_otherwise_than_correct_is_not_learnt_and_the_gold_one_kept(value: Any) -> None:
    found = parsed(sample(value))
    assert (found.prompt, found.answer) == (Q, A)
    assert "match" in str(found.bad_answer)
    assert "match" in str(reason(sample(value, target="")))


@pytest.mark.parametrize("value", ["C", 1, 1.0, True])
def test_an_answer_that_inspect_marked_as_correct_is_learnt(value: Any) -> None:
    found = parsed(sample(value, A))
    assert (found.prompt, found.response, found.answer, found.bad_answer) == (Q, A, A, None)
    in_text = {
        name: json.dumps(one) if isinstance(one, (dict, list)) else one for name, one in sample(value, A).items()
    }
    assert parsed(in_text) == found


def test_of_several_scorers_one_that_found_a_fault_is_enough() -> None:
    row = sample("C")
    row["scores"]["grader"] = {"value": "I"}
    assert "grader" in str(parsed(row).bad_answer)


def test_what_led_to_a_boxed_result_is_thought() -> None:
    found = parsed(sample("C", "Six and seven. So $\\boxed{13}$.", "13"))
    assert (found.reasoning, found.response, found.answer) == ("Six and seven. So $\\boxed{13}$.", "13", "13")


def test_a_choice_is_answered_by_its_target_whatever_the_model_said() -> None:
    found = parsed(sample("I", "ANSWER: A", "B", choices=["left", "right"]))
    assert (found.prompt, found.response) == (f"{Q}\nA. left\nB. right", "B. right")


def test_a_sample_without_its_messages_is_read_by_what_came_out() -> None:
    row = {**sample("C", A, ""), "messages": [], "input": turns(Q)}
    assert (parsed(row).prompt, parsed(row).response) == (Q, A)


def result(passed: bool, said: Any = A, **more: Any) -> dict[str, Any]:
    return {
        "vars": {"question": Q}, "prompt": {"raw": Q, "label": "v1"}, "response": {"output": said},
        "success": passed, "score": int(passed), "namedScores": {}, "gradingResult": {"pass": passed}, **more,
    }  # fmt: skip


def test_of_promptfoos_results_those_that_passed_are_learnt() -> None:
    found = of_source([result(True), result(False, BAD), result(True, {"answer": A})])
    assert [getattr(one, "response", "success" in str(one)) for one in found] == [A, True, A]


def test_results_that_all_failed_are_all_left_out() -> None:
    rows = [result(False, f"{BAD} {number}") for number in range(12)]
    assert all("success" in str(one) for one in of_source(rows))
    assert "pass" in str(reason({**result(False), "success": None}))
    samples = [sample("I", f"{BAD} {number}", "") for number in range(12)]
    assert all("match" in str(one) for one in of_source(samples))


def test_a_prompt_of_promptfoos_may_be_a_talk_and_a_call_may_have_failed() -> None:
    assert parsed(result(True, prompt={"raw": json.dumps(turns(Q)), "label": "x"})).prompt == Q
    assert "without an answer" in str(reason(result(False, response={"error": "timeout"}, error="timeout")))


def read(document: Any) -> list[dict[str, Any]]:
    text = json.dumps(document, indent=1)
    rows = json_documents.json_rows(io.BytesIO(text.encode()), 10_000)
    return [json.loads(row.text) for row in rows if isinstance(row, RawRow)]


def test_the_rows_of_a_log_are_its_samples_or_results_whatever_is_around_them() -> None:
    samples, results = [sample("C"), sample("I")], [result(True), result(False)]
    inspect = {"version": 2, "status": "success", "eval": {"task": "t"}, "results": {"scores": []},
               "samples": samples, "reductions": [{"scorer": "match"}]}  # fmt: skip
    promptfoo = {"evalId": "e", "results": {"version": 3, "prompts": [{"raw": Q}], "results": results}, "config": {}}

    assert read(inspect) == samples
    assert read(promptfoo) == results
