"""Lists of values are rows: pairs are questions and answers, others have the names of the first one or numbers."""

from __future__ import annotations

import io
import json
from typing import Any

import pytest

from so8t_engine.data.files.json_documents import json_rows
from so8t_engine.data.files.row_readers import RawRow

PAIRS = [["What is ice?", "Frozen water."], ["What is steam?", "Water vapour."]]
ASKED = [{"question": question, "answer": answer} for question, answer in PAIRS]


def read(text: str, *, lines: bool = False) -> tuple[list[Any], list[str]]:
    """(rows, None for a bad one; codes of what was said)."""
    said: list[str] = []
    rows = json_rows(io.BytesIO(text.encode()), 100_000, lines=lines, notice=lambda what: said.append(what.code))
    return [json.loads(row.text) if isinstance(row, RawRow) else None for row in rows], said


@pytest.mark.parametrize(
    "text",
    [
        json.dumps(PAIRS),
        json.dumps({"data": PAIRS}),
        json.dumps({"pairs": PAIRS}),
        "".join(json.dumps(pair) + "\n" for pair in PAIRS),
    ],
)
def test_pairs_of_texts_are_questions_and_answers_and_that_is_said(text: str) -> None:
    assert read(text, lines=text.count("\n") == 2) == (ASKED, ["data.pairs_ask"])


@pytest.mark.parametrize(
    ("rows", "named"),
    [
        ([["prompt", "response", "n"], ["Why?", "So", 1], ["How?", "Thus", 2]],
         [{"prompt": "Why?", "response": "So", "n": 1}, {"prompt": "How?", "response": "Thus", "n": 2}]),
        ([["Why?", "So", "maths"], ["How?", "Thus", "art"]],
         [{"column1": "Why?", "column2": "So", "column3": "maths"},
          {"column1": "How?", "column2": "Thus", "column3": "art"}]),
        ([["good", "I like it"], ["good", "So do I"], ["bad", "Not I"], ["bad", "Nor I"]],
         [{"column1": label, "column2": text} for label, text in
          (("good", "I like it"), ("good", "So do I"), ("bad", "Not I"), ("bad", "Nor I"))]),
        ([["What?", 1], ["Which?", 2]], [{"column1": "What?", "column2": 1}, {"column1": "Which?", "column2": 2}]),
        ([*PAIRS, ["lone"], {"question": "Why?"}], [None, None, None, {"question": "Why?"}]),
        ([*PAIRS, ["a", "b", "c"]], [None, None, None]),
        ([["a"], ["b"]], [None, None]),
        ([["Why?", ["So"]], ["How?", ["Thus"]]], [None, None]),
        ([["question", "answer", "answer"], ["Why?", "So", "No"]],
         [{"column1": "question", "column2": "answer", "column3": "answer"},
          {"column1": "Why?", "column2": "So", "column3": "No"}]),
        ([["prompt", "response"], ["a", "a"], ["b", "c"]],
         [{"prompt": "a", "response": "a"}, {"prompt": "b", "response": "c"}]),
        (["a", "b", "c"], [None]),
        ([["a", "b"]], [None]),
        ([[{"role": "user", "content": "a"}, {"role": "assistant", "content": "b"}]],
         [{"messages": [{"role": "user", "content": "a"}, {"role": "assistant", "content": "b"}]}]),
        ([], []),
    ],
)  # fmt: skip
def test_other_lists_have_the_names_of_the_first_or_numbers(rows: list[Any], named: list[Any]) -> None:
    found, said = read(json.dumps(rows))
    assert (found, said) == (named, [])


def test_a_row_of_another_length_behind_those_looked_at_is_a_bad_one() -> None:
    rows = [[f"What is {n}?", "It."] for n in range(60)] + [["odd"]]
    found, _ = read(json.dumps(rows))
    assert (len(found), found[-1], found[59]) == (61, None, {"question": "What is 59?", "answer": "It."})


@pytest.mark.parametrize(("place", "are_rows"), [(49, False), (50, True)])
@pytest.mark.parametrize("odd", [["x", "y", "z"], ["x"], {"a": 1, "b": 2}])
def test_whether_they_are_rows_is_told_by_the_first_fifty(place: int, are_rows: bool, odd: Any) -> None:
    rows: list[Any] = [[f"What is {n}?", "It."] for n in range(60)]
    rows[place] = odd
    found, _ = read(json.dumps(rows))

    assert found[place] == (odd if isinstance(odd, dict) else None)
    assert [row is not None for row in found[:5]] == [are_rows] * 5


def test_of_lists_of_pairs_by_split_the_one_that_is_asked_for_is_read() -> None:
    found, said = read(json.dumps({"train": PAIRS, "test": PAIRS[:1]}))
    assert (found, said) == (ASKED, ["data.other_lists", "data.pairs_ask"])


def test_lists_that_are_columns_or_the_history_of_one_row_stay_so() -> None:
    columns = {"choices": [["a", "b"], ["c", "d"]], "question": ["x", "y"]}
    assert read(json.dumps(columns))[0][0] == {"choices": ["a", "b"], "question": "x"}
    for whole in ({"history": PAIRS}, {"question": "x", "table": [["a", "b"], ["c", "d"]]}):
        assert read(json.dumps(whole)) == ([whole], [])


def test_each_chat_of_a_whole_telegram_export_is_a_talk() -> None:
    chats = [{"name": name, "messages": [{"from": "a", "text": "x"}, {"from": "b", "text": "y"}]} for name in "AB"]
    assert read(json.dumps({"about": "x", "chats": {"about": "y", "list": chats}})) == (chats, [])
