"""Notes with gaps among Anki's other notes: both are asked, and neither takes the others out."""

from __future__ import annotations

from typing import Any

from helpers.rows import of_source, parsed
from so8t_engine.config.run_config import Dataset
from so8t_engine.data import admission, drop_reasons
from so8t_engine.data.adapters.known import cloze

LOCAL = Dataset(name="x", source="local", path="x.txt")
GAP = {"deck": "history", "column2": "In 1648 {{c1::Westphalia}} brought peace.", "column3": "", "tags": "t"}
NOTES = [
    {
        "deck": "biology",
        "column2": f"What does organ {number} do?",
        "column3": f"It moves {number} things.",
        "tags": "t",
    }
    for number in range(3)
]
SHAPE = str(drop_reasons.OTHER_SHAPE)


def test_by_the_columns_of_front_and_back_a_note_with_gaps_is_asked_too() -> None:
    columns = {"prompt": "column2", "response": "column3"}
    found = of_source([*NOTES, GAP], columns=columns)
    assert [getattr(one, "response", one) for one in found] == [
        "It moves 0 things.", "It moves 1 things.", "It moves 2 things.", "Westphalia",
    ]  # fmt: skip
    extra = parsed({**GAP, "column3": "More about it."}, columns=columns)
    assert (extra.prompt, extra.response) == ("Fill in the gap:\n\nIn 1648 ____ brought peace.", "Westphalia")


def test_a_note_in_braces_of_another_kind_has_no_gaps() -> None:
    assert not cloze.has_gaps("{{c1}} is {{Front}}") and not cloze.has_gaps(None) and not cloze.has_gaps(["{{c1::x}}"])
    row = {"question": "What is {{c}}?", "answer": "A place."}
    assert parsed(row).prompt == "What is {{c}}?"


def test_that_most_rows_are_of_another_shape_than_those_that_are_read_is_said_with_the_line_for_them() -> None:
    said = admission.unfit_in_part(LOCAL, [*NOTES, GAP], {SHAPE: 3})
    assert "3 of 4 rows are of another shape" in str(said)
    assert "columns: {prompt: column2, response: column3}" in str(said)


def test_nothing_is_said_of_a_few_such_rows_or_where_all_are() -> None:
    rows: list[dict[str, Any]] = [*NOTES, GAP]
    assert admission.unfit_in_part(LOCAL, rows, {SHAPE: 1}) is None
    assert admission.unfit_in_part(LOCAL, rows, {SHAPE: 4}) is None
    assert admission.unfit_in_part(LOCAL, [], {}) is None
    assert admission.unfit_in_part(LOCAL, rows, {SHAPE: 2}) is not None
