"""What is counted of the thought that records hold, and what is said about it."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from so8t_engine.data.record import SECTIONS, Record
from so8t_engine.data.thought import thought_table
from so8t_engine.data.thought.sections import Evidence, Sections
from so8t_engine.data.thought.thought_table import Counted, Fate, Table


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
            "median_characters": 9,
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


@pytest.mark.parametrize(
    ("lengths", "median"),
    [
        ([], 0),
        ([7], 7),
        ([7, 0], 7),
        ([0, 0, 23], 23),
        ([0], 0),
        ([8, 4], 4),
        ([2, 5, 3], 3),
        ([1, 1, 9, 9], 1),
        ([10, 9], 9),
        ([12, 13], 12),
    ],
)
def test_of_the_lengths_of_thought_the_middle_one_is_told_of_two_the_smaller(lengths: list[int], median: int) -> None:
    assert [row["median_characters"] for row in thought_table.rows(table_of(lengths))] == [median][: len(lengths)]


def test_a_source_of_prompts_alone_says_no_more_and_one_without_thought_that_it_has_none() -> None:
    records = [counted(0), counted(9, "prompts"), counted(9, "prompts", "b"), counted(0, source="c")]
    said = thought_table.lines(thought_table.with_records({}, records))

    assert [(each.code, each.args["source"]) for each in said] == [
        ("data.no_thought_of_source", "a"), ("data.prompts_of_source", "a"), ("data.prompts_of_source", "b"),
        ("data.no_thought_of_source", "c"),
    ]  # fmt: skip
    assert said[1].args["count"] == 1
    [alone] = thought_table.lines(table_of([20, 0]))
    assert [str(each) for each in alone.args["sections"]] == ["logic 50%"]


def test_what_only_repeats_is_a_share_of_all_records_whatever_became_of_them() -> None:
    fates: list[Fate] = ["learnt", "left_out", "prompts", "prompts"]
    circular = [counted(0, fate)._replace(evidence=Evidence(Sections("A.", {}), False, True)) for fate in fates]
    others: list[Fate] = ["learnt", "left_out", "prompts", "left_out", "prompts"]
    table = thought_table.with_records({}, [*circular, *(counted(0, fate) for fate in others)])

    assert thought_table.rows(table)[0]["circular"] == round(4 / 9, 4)
    assert [thought_table.total(table, fate) for fate in ("learnt", "left_out", "prompts")] == [2, 3, 4]


def test_in_a_check_held_out_records_count_as_if_learnt_and_those_without_an_answer_as_prompts() -> None:
    record = Record("id", "a", "Q?", "A.", "general", "en", "heldout", reasoning="It is of wood.")
    table = thought_table.of_records([record, record._replace(response="", reasoning=None)], keep_repeated=False)

    assert [thought_table.total(table, fate) for fate in ("learnt", "left_out", "prompts")] == [1, 0, 1]
    assert thought_table.thinking_share(table) == 1.0
    assert thought_table.with_records(table, [Counted(record, counted(9).evidence, "learnt")]) == table
