"""Of choice questions with a row for each option the line learns the marked ones; else none is proposed."""

from __future__ import annotations

from typing import Any

import pytest

from helpers.rows import of_source
from so8t_engine.data.adapters import column_names
from so8t_engine.data.adapters.parsed_row import ParsedRow
from so8t_engine.data.adapters.proposed import proposals

QUIZ = [
    ("Which animal lays eggs?", ("cow", "platypus", "bat"), 1),
    ("Which is a vegetable?", ("carrot", "apple", "pear"), 0),
    ("Which sea lies between Italy and Croatia?", ("Black Sea", "Adriatic", "Baltic"), 1),
]  # fmt: skip


def rows(mark: str = "Correct (x)", tick: str = "x", none: Any = "", also: int | None = None) -> list[dict[str, Any]]:
    return [
        {"Q": number, "Text": asked, "Option": "abc"[place], "Option text": option,
         mark: tick if place in (right, also) else none}
        for number, (asked, options, right) in enumerate(QUIZ) for place, option in enumerate(options)
    ]  # fmt: skip


@pytest.mark.parametrize("given", [rows(), rows("richtig (x)", "X"), rows("Correct [x]", none=None)])
def test_the_line_learns_the_marked_ones_alone(given: list[dict[str, Any]]) -> None:
    where = proposals.propose(given)
    assert where is not None and (where.prompt, where.response) == ("Text", "Option text")
    read = of_source(given, columns=where.model_dump(exclude_none=True))
    assert [row.response for row in read if isinstance(row, ParsedRow)] == ["platypus", "carrot", "Adriatic"]


def test_a_column_that_is_mostly_empty_is_no_third_text_and_some_questions_may_have_one_option() -> None:
    hinted = [{**row, "Hint": "Think of its beak." if n == 1 else ""} for n, row in enumerate(rows())]
    where = proposals.propose(hinted)
    assert where is not None and (where.prompt, where.response) == ("Text", "Option text")
    for length, options in ((3, True), (2, False)):  # letters are none
        short = [{**row, "Option text": row["Option text"][:length]} for row in rows()]
        assert (proposals.propose(short) == where) is options
    few = [row for n, row in enumerate(rows()) if n in (0, 1, 3, 7)]  # of two questions the right one alone
    assert proposals.propose(few) == where
    assert proposals.propose(few[:3]) != where


@pytest.mark.parametrize("given", [rows(also=2), rows(tick=""), rows("Correct (x)", "maybe"), rows("Seen (x)")])
def test_nothing_is_proposed_where_it_is_not_plain_that_one_is_right(given: list[dict[str, Any]]) -> None:
    where = proposals.propose(given)
    assert where is None, column_names.line(where)
