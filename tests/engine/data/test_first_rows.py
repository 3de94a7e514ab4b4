"""The first rows of a source are judged as the steps will judge all of them."""

from __future__ import annotations

from pathlib import Path

import pytest

from helpers.sessions import local, make_config, write_lines
from so8t_engine.data import first_rows
from so8t_engine.data.first_rows import FirstRows

GOOD = [{"prompt": f"What is {n}?", "response": f"It is {n}."} for n in range(3)]


def seen(path: Path, **more: object) -> FirstRows:
    [found] = first_rows.look(make_config([local("a", path, **more)]))
    return found


@pytest.mark.parametrize(("rows", "code"), [([], "dataset_no_rows"), ([*GOOD, b"{broken"], "dataset_bad")])
def test_a_source_that_is_seen_whole_is_judged_as_at_its_end(tmp_path: Path, rows: list[object], code: str) -> None:
    found = seen(write_lines(tmp_path / "a.jsonl", rows))
    assert found.whole and found.problem is not None
    assert found.problem.code == code


def test_of_a_source_that_goes_on_the_rest_is_not_judged(tmp_path: Path) -> None:
    found = seen(write_lines(tmp_path / "a.jsonl", [*GOOD * 100, b"{broken"]))
    assert (found.whole, found.problem, found.rows) == (False, None, first_rows.ROWS)
