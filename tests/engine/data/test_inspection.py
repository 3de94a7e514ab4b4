"""What is said of lengths, of few texts and of many."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pyarrow as pa
import pytest

from so8t_engine import sentences
from so8t_engine.data import drop_reasons, inspection
from so8t_engine.sentences import Sentence


@pytest.mark.parametrize(
    ("lengths", "said"),
    [
        ([], (0, 0, 0, 0)),
        ([7], (7, 7, 7, 7)),
        ([9, 2], (2, 5, 2, 9)),
        (range(21), (0, 10, 19, 20)),
        (range(40), (0, 19, 37, 39)),
    ],
)
def test_of_twenty_texts_nineteen_are_no_longer_than_said(lengths: Sequence[int], said: tuple[int, ...]) -> None:
    found = inspection._lengths(pa.chunked_array([pa.array(["x" * length for length in lengths], pa.string())]))

    assert tuple(found[key] for key in ("least", "median", "most_of_20", "most")) == said


def test_a_record_that_is_asked_alone_is_told_as_such() -> None:
    example = {"id": "a", "source": "s", "file": None, "row_number": None, "row": None, "prompt": "Q", "completion": ""}
    shown = [str(line) for line in inspection.lines({"examples": [example]}, alone=True)]

    assert shown[1:] == ["   ? Q", "   = (asked in reinforcement learning; no answer to it is learnt)"]


WHERE: dict[str, Any] = {"id": "i", "source": "s", "file": "f.csv", "row_number": 3, "row": {"é": 1}, "prompt": "Q\nR"}


@pytest.mark.parametrize(
    ("more", "code"),
    [({}, "data.inspect_place"), ({"file": None}, "data.inspect_row_of_source"),
     ({"row_number": None}, "data.inspect_source_alone"),
     ({"row_number": None, "file": None}, "data.inspect_source_alone")],
)  # fmt: skip
def test_where_an_example_comes_from_is_told_as_far_as_it_was_noted(more: dict[str, Any], code: str) -> None:
    said = inspection.place(WHERE | more)
    assert said.code == code
    known = {"source": "s", "file": "f.csv", "row": 3}
    assert said.args == {name: known[name] for name in said.args}


def test_what_was_left_out_by_both_steps_is_counted_and_the_most_frequent_reason_stands_first() -> None:
    rows = {"kept": 70, "dropped": {"data.duplicate": 4, "data.empty": 20}, "changed": {"pii": 2}}
    found = inspection._source(rows, {"data.duplicate": 6, "data.aaa": 20}, {"data.empty": [{"number": 1}]})
    assert (found["rows"], found["kept"], found["changed"]) == (94, 44, {"pii": 2})
    assert [(rule["rows"], rule["examples"]) for rule in found["dropped"]] == [
        (20, []),
        (20, [{"number": 1}]),
        (10, []),
    ]
    assert inspection._source({"kept": 1, "dropped": {}}, {}, {}) == {
        "rows": 1,
        "kept": 1,
        "dropped": [],
        "changed": {},
    }


def test_what_could_not_be_read_is_left_out_beside_what_a_rule_took() -> None:
    rows = {"kept": 7, "dropped": {"data.empty": 2, "data.not_json": 1}}
    with_unread = inspection._with_unreadable(rows, {"skipped": {"data.not_json": 3}})
    assert with_unread == {"kept": 7, "dropped": {"data.not_json": 4, "data.empty": 2}}
    assert inspection._with_unreadable(rows, {}) == rows


def test_all_that_people_are_shown_of_a_session() -> None:
    spread = {"least": 1, "median": 2, "most_of_20": 3, "most": 4}
    rule = {"reason": sentences.to_json(drop_reasons.TOO_LONG), "rows": 2, "examples": [
        {"number": 7, "prompt": "p\nq", "response": "r"},
        {"number": 8, "row": "x", "like": {"prompt": "y"}}]}  # fmt: skip
    found = {
        "sources": {"s": {"kept": 3, "rows": 5, "dropped": [rule], "changed": {"pii": 1}, "repeated": 6},
                    "t": {"kept": 1, "rows": 1, "dropped": [], "changed": {}, "repeated": 0}},
        "split": {"train": 1234, "eval": 1}, "language": {"ja": 1, "en": 2}, "category": {"chat": 3},
        "sections": {"plan": 0.125}, "lengths": {"prompt": spread}, "tokens": {"prompt": spread},
        "examples": [WHERE | {"completion": "A"}, WHERE | {"row": None, "completion": "B"}],
    }  # fmt: skip
    said = inspection.lines(found)
    codes = [line.code.removeprefix("data.inspect_") if isinstance(line, Sentence) else line for line in said]
    assert codes == [
        "source", "rule", "      7. p / q = r", "      8. x <- y", "changed", "repeated", "source", "kinds", "kinds",
        "kinds",
        "kinds", "lengths", "tokens", "", "example", '   < {"é": 1}', "   ? Q / R", "   = A", "", "example",
        "   ? Q / R",
        "   = B",
    ]  # fmt: skip
    args = [line.args for line in said if isinstance(line, Sentence)]
    assert args[0] == {"source": "s", "kept": 3, "rows": 5} and args[2:4] == [{"rule": "pii", "count": 1}, {"count": 6}]
    assert args[5:9] == [
        {"key": "split", "shares": ["eval 1", "train 1,234"]}, {"key": "language", "shares": ["en 2", "ja 1"]},
        {"key": "category", "shares": ["chat 3"]}, {"key": "think-*", "shares": ["plan 12.5%"]},
    ]  # fmt: skip
    assert args[9] == args[10] == {"text": "prompt", **spread}
    assert [one["number"] for one in args[11:]] == [1, 2]
    alone = inspection.lines({**found, "examples": found["examples"][:1]}, alone=True)
    assert [line for line in alone if isinstance(line, str)] == ['   < {"é": 1}', "   ? Q / R", "   = A"]
    early = inspection.lines({**found, "sections": None, "lengths": None, "tokens": None, "examples": []})
    assert len(early) == 10


def test_tokens_are_counted_of_what_is_trained_with_and_a_row_without_any_counts_none() -> None:
    table = pa.table({
        "split": ["train", "heldout", "train"], "prompt_tokens": [4, 90, None], "completion_tokens": [3, 90, None],
    })  # fmt: skip
    spread = {"least": 0, "median": 2, "most_of_20": 0, "most": 4}
    assert inspection._tokens(table, None) is None
    assert inspection._tokens(table, {}) == {
        "prompt": spread, "prompt + completion": spread | {"median": 3, "most": 7},
    }  # fmt: skip
