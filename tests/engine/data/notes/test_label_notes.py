"""How the values of a column that judges are shown, and which of them are words that nobody knows."""

from __future__ import annotations

from collections import Counter

import pytest

from so8t_engine.config.run_config import Columns, Dataset
from so8t_engine.data.adapters import choose_adapter
from so8t_engine.data.notes import label_notes, source_notes


@pytest.mark.parametrize(
    ("value", "shown"),
    [("x" * 20, "x" * 20), ("x" * 21, "x" * 19 + "…"), (True, "true"), (None, "null"), (0.5, "0.5"),
     ({"é": 1}, '{"é": 1}')],
)  # fmt: skip
def test_a_value_is_shown_as_its_file_has_it_up_to_twenty_characters(value: object, shown: str) -> None:
    assert label_notes.shown(value) == shown


def test_the_five_most_frequent_values_are_shown_and_that_there_are_more() -> None:
    values = Counter({"a": 9, "b": 8, "c": 7, "d": 6, "e": 5})
    assert label_notes.first(values) == ["a", "b", "c", "d", "e"]
    assert label_notes.first(values + Counter("f")) == ["a", "b", "c", "d", "e", "…"]


@pytest.mark.parametrize(
    ("value", "unheard"),
    [("odd", True), ("pending", False), ("3/5", False), ("", False), (" ", False), (3, False), (None, False),
     ("x" * 40, True), ("x" * 41, False)],
)  # fmt: skip
def test_a_word_that_nobody_knows_is_neither_one_that_leaves_it_open_nor_a_grade_nor_a_text(
    value: object, unheard: bool
) -> None:
    assert label_notes._is_unheard(value) is unheard


@pytest.mark.parametrize(
    ("said", "label"),
    [
        ({"odd": 2, "fine": 1}, "state = fine|odd"), ({"a|b": 1, "odd": 1}, "state = odd"),
        ({"over > 5": 1, "under ≤ 5": 1, "x = 5": 1, "odd": 1}, "state = odd"), ({"a, b": 1, "c, d": 1}, "state"),
    ],
)  # fmt: skip
def test_a_line_for_a_column_that_may_judge_names_the_values_that_a_limit_can_hold(
    said: dict[str, int], label: str
) -> None:
    for there, more in (("seen, state", "seen, "), (None, "")):
        note = label_notes.may_judge("state", said, Columns(prompt="q", response="a", label=there), None)
        line = f'columns: {{prompt: q, response: a, label: "{more}{label}"}}'
        wanted = line if label != "state" or more else "columns: {prompt: q, response: a, label: state}"
        assert (note.code, note.args["line"]) == ("data.looks_like_label", wanted)


def test_beside_ticks_an_x_is_a_cross_and_is_said_to_be_read_as_bad() -> None:
    marks = ["✓", "x", "✓", "odd", "✓"] * 3
    rows = [{"question": f"Why {at}?", "answer": f"So {at}.", "approved": mark} for at, mark in enumerate(marks)]
    dataset = Dataset(name="d", source="local", path="x")
    for index, bad in ((choose_adapter.index_of(dataset, lambda: iter(rows)), [("data.label_bad", ["x"])]), ({}, [])):
        [note] = source_notes.labels_read(dataset, rows, index)
        read = [(one.code, one.args["values"]) for one in note.args["readings"]]
        unclear = ["odd"] if bad else ["x", "odd"]
        assert read == [*bad, ("data.label_good", ["✓"]), ("data.label_unclear", unclear)]
