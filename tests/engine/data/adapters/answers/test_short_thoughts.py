"""A column of reasons that says nothing is found by its first rows, unless the user has named it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from so8t_engine.config.run_config import Columns
from so8t_engine.data.adapters.answers import short_thoughts
from so8t_engine.data.adapters.parsed_row import Fields, Index

FOUND = {short_thoughts.MARK: ("why", "4")}


def _counted(rows: Iterator[Fields]) -> Index:
    return {"rows": (str(len(list(rows))), "")}


@pytest.mark.parametrize(
    ("reasoning", "named", "found"), [("why", False, FOUND), ("why", True, {}), (None, False, {}), ("note", False, {})]
)
def test_short_thoughts_are_looked_for_where_the_program_chose_the_column(
    reasoning: str | None, named: bool, found: Index
) -> None:
    rows: list[Fields] = [{"q": f"{number}?", "why": "red", "a": "b"} for number in range(4)]
    where = Columns(prompt="q", response="a", reasoning=reasoning)
    assert short_thoughts.beside(iter(rows), where, named, _counted) == {"rows": ("4", ""), **found}
