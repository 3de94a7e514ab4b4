"""The record of a session: entries 1..k, each once, the same bytes however often the run was cut off."""

from __future__ import annotations

import math
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from so8t_engine.session import history
from so8t_engine.session.history import Prefix

VALUES = st.dictionaries(
    st.text(min_size=1, max_size=8).filter(lambda key: key != "number"),
    st.one_of(st.text(max_size=20), st.floats(allow_nan=False, allow_infinity=False), st.integers(), st.none()),
    max_size=4,
)


def numbered(values: list[dict[str, Any]], after: int = 0) -> list[dict[str, Any]]:
    return [{"number": after + index, **value} for index, value in enumerate(values, 1)]


@given(VALUES)
def test_a_line_is_read_as_it_was_written(values: dict[str, Any]) -> None:
    assert history.entry_of(history.line(values)) == values


@given(VALUES, st.integers(0, 10_000), st.integers(0, 7))
def test_a_flipped_bit_in_a_line_is_noticed(values: dict[str, Any], place: int, bit: int) -> None:
    line = bytearray(history.line(values)[:-1])
    line[place % len(line)] ^= 1 << bit
    try:
        assert history.entry_of(bytes(line)) == values, "only the spelling of the checksum may differ"
    except ValueError:
        pass


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(VALUES, max_size=6), st.lists(VALUES, max_size=6), st.binary(max_size=60))
def test_what_lies_behind_the_mark_is_cut_off_and_made_again(
    tmp_path: Path, first: list[dict[str, Any]], second: list[dict[str, Any]], rest: bytes
) -> None:
    path, straight = tmp_path / "h", tmp_path / "straight"
    path.unlink(missing_ok=True)
    straight.unlink(missing_ok=True)
    mark = history.extend(path, Prefix(), numbered(first))
    with path.open("ab") as file:
        file.write(rest)
    mark = history.extend(path, mark, numbered(second, len(first)))
    history.truncate(path, mark)
    whole = history.extend(straight, Prefix(), numbered(first + second))

    assert mark == whole and history.holds(path, mark)
    assert path.read_bytes() == (straight.read_bytes() if whole.points else b"")
    assert [entry["number"] for entry in history.read(path)] == list(range(1, mark.points + 1))


def test_truncating_twice_is_truncating_once(tmp_path: Path) -> None:
    path = tmp_path / "h"
    mark = history.extend(path, Prefix(), numbered([{"loss": 1.0}]))
    history.extend(path, mark, numbered([{"loss": 2.0}], 1))
    history.truncate(path, mark)
    before = path.stat()
    history.truncate(path, mark)

    assert path.stat().st_mtime_ns == before.st_mtime_ns and history.holds(path, mark)


def test_a_mark_is_held_only_by_exactly_its_bytes(tmp_path: Path) -> None:
    path = tmp_path / "h"
    mark = history.extend(path, Prefix(), numbered([{"loss": 1.0}, {"loss": 2.0}]))
    assert history.holds(path, mark)
    assert history.holds(tmp_path / "none", Prefix()) and not history.holds(tmp_path / "none", mark)
    path.write_bytes(path.read_bytes().replace(b"2.0", b"3.0"))

    assert not history.holds(path, mark)


def test_reading_stops_at_a_torn_line_and_can_begin_behind_a_number(tmp_path: Path) -> None:
    path = tmp_path / "h"
    history.extend(path, Prefix(), numbered([{"loss": float(n)} for n in range(5)]))
    path.write_bytes(path.read_bytes()[:-4])

    assert [entry["number"] for entry in history.read(path, after=2)] == [3, 4]
    assert list(history.read(tmp_path / "none")) == []


@pytest.mark.parametrize("value", [math.nan, math.inf])
def test_a_value_that_is_no_number_is_not_recorded(value: float) -> None:
    with pytest.raises(ValueError):
        history.line({"loss": value})


def test_letters_are_kept_as_they_are_and_what_has_no_number_is_no_entry(tmp_path: Path) -> None:
    assert "質問".encode() in history.line({"number": 1, "why": "質問"})
    (tmp_path / "h").write_bytes(history.line({"kind": "x"}) + history.line({"number": 1}))

    assert list(history.read(tmp_path / "h")) == [{"number": 1}]
