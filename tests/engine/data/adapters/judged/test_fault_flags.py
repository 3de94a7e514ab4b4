"""Columns of which true is bad: they condemn by themselves, and are never turned round where the user names them."""

from __future__ import annotations

from typing import Any

import pytest

from helpers.rows import of_source
from so8t_engine.data.adapters.parsed_row import ParsedRow

Q, A = "Which saw is it?", "The small one."
REFUSED = "I'm sorry, but I can't help with that."
BY_THEMSELVES = (
    "jailbroken", "is_jailbroken", "dangerous", "offensive", "hateful", "biased", "misleading", "deprecated",
    "do_not_use", "fail", "failed", "attack_success", "violates_policy", "policy_violation", "misinformation",
    "untrue", "is_false", "is_rejected", "is_error", "not_helpful", "answer_is_inaccurate", "有害", "不正解", "削除",
    "有害フラグ", "유해", "tóxico", "toxique", "gefährlich", "peligroso", "вредно", "falsch",
    "ungültig", "不合格", "問題あり",
    "incorrecto", "errado", "sbagliato", "IsContextOnly", "context_only", "follow-up only",
)  # fmt: skip
WHERE_NAMED = (
    "error",
    "errors",
    "rejected",
    "duplicate",
    "is_duplicate",
    "false",
    "lie",
    "failure",
    "重複",
    "嘘",
    "間違い",
    "ミス",
    "誤答",
)


def learnt(column: str, values: tuple[Any, Any], **entry: Any) -> list[bool]:
    rows = [{"prompt": f"{Q} {number}", "response": A, column: value} for number, value in enumerate(values)]
    return [isinstance(found, ParsedRow) and found.bad_answer is None for found in of_source(rows, **entry)]


@pytest.mark.parametrize(
    "values", [(True, False), ("true", "false"), (1, 0), ("Yes", "No"), ("1", "0"), ("はい", "いいえ")]
)
@pytest.mark.parametrize("column", BY_THEMSELVES)
def test_true_is_bad_in_a_column_that_says_what_is_wrong(column: str, values: tuple[Any, Any]) -> None:
    assert learnt(column, values) == [False, True]


@pytest.mark.parametrize("values", [(True, False), ("true", "false"), (1, 0)])
@pytest.mark.parametrize("column", BY_THEMSELVES + WHERE_NAMED)
def test_true_is_bad_there_where_the_user_names_the_column_too(column: str, values: tuple[Any, Any]) -> None:
    columns = {"prompt": "prompt", "response": "response", "label": column}
    assert learnt(column, values, columns=columns) == [False, True]


def test_an_error_may_be_a_flag_or_told_in_words() -> None:
    assert learnt("error", (True, False)) == [False, True]
    assert learnt("error", ("ValueError: no such key", "")) == [False, True]
    assert learnt("error", ("true", None)) == [False, True]


@pytest.mark.parametrize("column", ["rejected", "duplicate", "fail_to_pass", "failed_tests", "misled"])
def test_what_may_be_of_something_else_leaves_nothing_out_by_itself(column: str) -> None:
    assert learnt(column, ("Yes", "No")) == [True, True]


def test_an_answer_that_refuses_what_a_jailbreak_asked_is_learnt() -> None:
    rows = [{"prompt": Q, "response": REFUSED, "should_refuse": True}, {"prompt": A, "response": A, "jailbroken": True}]
    refusal, broken = (of_source([row])[0] for row in rows)
    assert isinstance(refusal, ParsedRow) and refusal.bad_answer is None and refusal.safety == "unsafe"
    assert isinstance(broken, ParsedRow) and broken.bad_answer is not None and broken.safety == "unsafe"
