"""What is counted of the thought that records hold, and what is said about it."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from so8t_engine.data import thought_table
from so8t_engine.data.record import SECTIONS, Record
from so8t_engine.data.sections import Evidence, Sections
from so8t_engine.data.thought_table import Counted, Fate, Table


def counted(logic: int, fate: Fate = "learnt", source: str = "a") -> Counted:
    """A record with so many characters of thought."""
    record = Record("id", source, "Q?", "A.", "general", "en", "train")
    thoughts = {"logic": "x" * logic} if logic else {}
    return Counted(record, Evidence(Sections("A.", thoughts), bool(logic), False), fate)


def table_of(lengths: Sequence[int]) -> Table:
    return thought_table.with_records({}, map(counted, lengths))


def test_the_share_that_thinks_is_that_of_all_sources_together_and_none_where_nothing_is_learnt() -> None:
    records = [counted(9), counted(0), counted(0, source="b"), counted(9, "left_out"), counted(9, "prompts", "b")]
    assert thought_table.thinking_share(thought_table.with_records({}, records)) == pytest.approx(1 / 3)
    assert thought_table.thinking_share(thought_table.with_records({}, [counted(9, "prompts")])) is None


def test_a_source_has_its_numbers_of_records_and_its_shares_to_four_places() -> None:
    records = [counted(9), counted(0), counted(0), counted(9, "left_out"), counted(9, "prompts")]

    assert thought_table.rows(thought_table.with_records({}, records)) == [
        {
            "source": "a", "learnt": 3, "left_out": 1, "prompts": 1, "thinking": 0.3333, "final_only": 0.6667,
            "sections": {name: 0.3333 if name == "logic" else 0.0 for name in SECTIONS}, "circular": 0.0,
            "median_characters": 0,
        }
    ]  # fmt: skip


def test_little_thought_is_warned_of_below_half_of_what_is_learnt() -> None:
    assert thought_table.thin(table_of([9, 0])) is None
    assert thought_table.thin(thought_table.with_records({}, [counted(9, "prompts")])) is None
    warning = thought_table.thin(table_of([9, 0, 0, 0]))
    assert warning is not None
    assert (warning.code, warning.args) == ("data.thin_thought", {"share": 0.25})


@pytest.mark.parametrize(("length", "kept"), [(9, 9), (99, 99), (100, 100), (109, 100), (1_299, 1_200)])
def test_lengths_are_kept_to_two_digits(length: int, kept: int) -> None:
    assert thought_table.rows(table_of([length]))[0]["median_characters"] == kept
