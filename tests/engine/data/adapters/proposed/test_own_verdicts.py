"""A proposed line never names an attempt that failed without what says so, nor a state of something as a verdict."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from so8t_engine.config.run_config import Columns, Dataset
from so8t_engine.data import admission
from so8t_engine.data.adapters import column_names, mapped
from so8t_engine.data.adapters.proposed import own_verdicts, proposals

TASKS = ["Add two numbers.", "Reverse a list.", "Print the primes.", "Sort these words."]
GOOD = [
    "def add(a, b): return a + b",
    "def turned(x): return x[::-1]",
    "for n in primes(): print(n)",
    "print(sorted(w))",
]
BAD = ["def add(a, b): return a - b", "def turned(x): return x", "for n in range(9): print(n)", "print(words of w)"]


def rows(**columns: Callable[[int], Any]) -> list[dict[str, Any]]:
    return [{name: value(number) for name, value in columns.items()} for number in range(4)]


def proposed(given: list[dict[str, Any]]) -> str | None:
    where = proposals.propose(given)
    return column_names.line(where) if where is not None else None


@pytest.mark.parametrize(
    ("flag", "bad", "good"),
    [("ok", False, True), ("passed", False, True), ("correct", 0, 1), ("success", "false", "true"),
     ("status", "failed", "passed"), ("verdict", "WRONG_ANSWER", "OK")],
)  # fmt: skip
def test_of_attempts_with_verdicts_the_line_names_the_verdict_or_all_of_them(flag: str, bad: Any, good: Any) -> None:
    def attempt(number: int, code: list[str], said: Any) -> dict[str, Any]:
        return {"code": code[number], flag: said}

    def first(number: int) -> dict[str, Any]:
        return attempt(number, BAD, bad)

    in_a_list = rows(task=TASKS.__getitem__, tries=lambda n: [attempt(n, BAD, bad), attempt(n, GOOD, good)])
    where = proposals.propose(in_a_list)
    assert where is not None and (where.response, where.label) == ("tries", None)
    assert [mapped.read(where, row, named=True).response for row in in_a_list] == GOOD
    in_objects = rows(task=TASKS.__getitem__, first=first, second=lambda n: attempt(n, GOOD, good))
    assert proposed(in_objects) == f"columns: {{prompt: task, response: second.code, label: second.{flag}}}"
    alone = rows(task=TASKS.__getitem__, run=lambda n: attempt(n, GOOD, (good, bad)[n % 2]))
    assert proposed(alone) == f"columns: {{prompt: task, response: run.code, label: run.{flag}}}"
    assert proposed(rows(task=TASKS.__getitem__, run=first)) is None


@pytest.mark.parametrize(
    ("column", "values"),
    [
        ("正確性(1-6)", ("5", "1", "2", "3")), ("総合評価", tuple("ADAE")),
        ("評価者コメント", ("良い", "信濃川が正しい", "", "距離の単位")), ("use?", ("new", "old", "both", "new")),
        ("rating", (4, 1, 5, 2)), ("comment", ("good", "short", "", "fine")),
    ],
)  # fmt: skip
def test_a_line_names_no_label_that_decides_nothing(column: str, values: tuple[Any, ...]) -> None:
    given = rows(zork=lambda n: f"{TASKS[n]}?", blim=GOOD.__getitem__, **{column: values.__getitem__})
    assert proposed(given) == "columns: {prompt: zork, response: blim}"


@pytest.mark.parametrize(
    ("column", "values"),
    [("正誤", ("○", "×", "○", "○")), ("評価者コメント", ("良い", "誤り", "", "")), ("correct", (1, 0, 1, 1))],
)
def test_a_line_names_a_label_that_decides(column: str, values: tuple[Any, ...]) -> None:
    given = rows(zork=lambda n: f"{TASKS[n]}?", blim=GOOD.__getitem__, **{column: values.__getitem__})
    assert proposed(given) == f"columns: {{prompt: zork, response: blim, label: {column}}}"


@pytest.mark.parametrize(
    ("column", "values"),
    [
        ("正確性(1-5)", ("5", "1", "5", "4")),
        ("評価", ("★★★", "★", "★★", "★★★")),
        ("満足度", ("4/5", "1/5", "5/5", "3/5")),
    ],
)
def test_a_line_sets_the_limit_of_a_scale_that_is_plain(column: str, values: tuple[Any, ...]) -> None:
    given = rows(zork=lambda n: f"{TASKS[n]}?", blim=GOOD.__getitem__, **{column: values.__getitem__})
    assert proposed(given) == f'columns: {{prompt: zork, response: blim, label: "{column} > 2"}}'


def test_a_line_is_given_with_what_is_to_be_known_of_scores_beside_it() -> None:
    given = rows(zork=lambda n: f"{TASKS[n]}?", blim=GOOD.__getitem__, 満足度=lambda n: f"{2 * n + 1}")
    said = admission.unfit(Dataset(name="x", path="x.jsonl", source="local"), given)
    assert "data.looks_like_score" in str(said.args) and "満足度" in str(said)


@pytest.mark.parametrize("column", ["outputs", "responses", "completions"])
def test_of_answers_under_their_givers_names_that_nothing_tells_apart_no_line_learns_one(column: str) -> None:
    given = rows(input=lambda n: f"{TASKS[n]}?", **{column: lambda n: {"gpt-small": BAD[n], "human": GOOD[n]}})
    assert proposed(given) is None
    told = rows(input=lambda n: f"{TASKS[n]}?", **{column: lambda n: {"best_answer": GOOD[n], "model": "x"}})
    assert proposed(told) == f"columns: {{prompt: input, response: {column}.best_answer}}"


def test_a_column_that_begins_as_the_answer_s_name_judges_it() -> None:
    given = rows(task=TASKS.__getitem__, try_2=GOOD.__getitem__, try_2_ok=lambda n: n != 1)
    assert proposed(given) == "columns: {prompt: task, response: try_2, label: try_2_ok}"


@pytest.mark.parametrize(
    ("name", "values", "label"),
    [
        ("order_status", ["shipped", "pending", "cancelled", "shipped"], None),
        ("order_status", ["completed", "failed", "completed", "failed"], None), ("resolved", [True, False] * 2, None),
        ("result", ["42", "17", "3", "9"], None), ("outcome", ["refund", "none", "refund", "exchange"], None),
        ("delivery_result", ["ok", "late", "ok", "ok"], None), ("test_result", ["ok", "late", "ok", "ok"], None),
        ("result", ["pass", "fail", "pass", "fail"], "result"), ("status", ["passed", "failed"] * 2, "status"),
        ("結果", ["正解", "不正解"] * 2, "結果"), ("結果", ["3", "4"] * 2, None),
    ],
)  # fmt: skip
def test_a_state_is_a_label_only_where_its_values_are_verdicts(name: str, values: list[Any], label: str | None) -> None:
    given = rows(
        customer_text=lambda n: f"Where is my order {n}?",
        agent_text=lambda n: f"It comes on day {n}, as it left on day {n}.",
        **{name: lambda n: values[n]},
    )
    where = proposals.propose(given)
    assert where is not None and (where.response, where.label) == ("agent_text", label)


def test_a_template_gets_no_label_of_its_own() -> None:
    where = Columns(prompt="task", response="{run.code}")
    assert own_verdicts.with_label(where, rows(run=lambda n: {"code": "x", "ok": False})) is where
