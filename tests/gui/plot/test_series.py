"""The numbers behind the plot, by their properties."""

from __future__ import annotations

import math
import random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from so8t_engine.sentences import sentence, to_json
from so8t_gui.plot.series import Column, PlotMark, Smooth, Table, smoothed, thinned

WHY = sentence("run.back_to_the_last_save")
numbers = st.lists(st.floats(-1e6, 1e6) | st.just(math.nan), max_size=300)


@given(numbers, st.sampled_from([0.0, 0.5, 0.9, 0.99, 0.999]))
def test_smoothing_is_the_formula(values: list[float], weight: float) -> None:
    found, _ = smoothed(np.array(values, dtype=float), weight)
    top = bottom = 0.0
    for got, value in zip(found, values, strict=True):
        if weight == 0:
            assert got == value or math.isnan(value)
            continue
        top, bottom = weight * top + (0 if math.isnan(value) else value), weight * bottom + (not math.isnan(value))
        if bottom > 1e-9:
            assert got == pytest.approx(top / bottom, rel=1e-6, abs=1e-3)


def test_smoothing_holds_over_many_blocks() -> None:
    values = np.ones(50_000) * 3.5
    assert all(np.allclose(smoothed(values, weight)[0], 3.5) for weight in (0.5, 0.999))


@given(st.integers(1, 5_000), st.integers(1, 50), st.integers(0, 2**32))
def test_thinning_keeps_the_extremes_and_the_order(count: int, buckets: int, seed: int) -> None:
    y = np.random.default_rng(seed).standard_normal(count)
    x, kept = thinned(np.arange(count, dtype=float), y, 0, count, buckets)
    assert kept.max() == y.max() and kept.min() == y.min()
    assert (np.diff(x) > 0).all() and len(x) <= max(2 * buckets + 2, min(count, 2 * buckets))


def test_only_what_is_seen_and_one_point_beside_it() -> None:
    x = np.arange(1_000, dtype=float)
    seen, _ = thinned(x, x, 400.5, 402.5)
    assert seen.tolist() == [400, 401, 402, 403]


def test_a_history_becomes_columns_and_marks() -> None:
    table = Table()
    table.extend(
        [
            {"number": 1, "kind": "point", "phase": "warmup", "update": 1, "loss": 2.0, "alpha": 1.0},
            {"number": 2, "kind": "mark", "mark": "phase_transition", "why": to_json(WHY)},
            {"number": 3, "kind": "point", "phase": "rollout", "reward": 0.5, "reward_answer": 0.25},
            {
                "number": 4,
                "kind": "point",
                "phase": "ppo",
                "update": 1,
                "loss": None,
                "alpha": 0.9,
                "reward": 0.5,
                "reward_answer": 0.25,
            },
            {"number": 4, "kind": "point", "phase": "ppo", "update": 1, "loss": 7.0, "alpha": 0.9},  # seen already
        ]
    )
    assert table.x.values.tolist() == [1, 2] and table.phases == [(1, "warmup"), (2, "ppo")]
    assert table.marks == [PlotMark(1, "phase_transition", why=WHY)]
    assert math.isnan(table.columns["accuracy"].values[0]) and table.columns["accuracy"].values[1] == 0.25
    assert table.columns["loss"].values[0] == 2.0 and math.isnan(table.columns["loss"].values[1])
    assert math.isnan(table.columns["reward"].values[0]) and table.columns["reward"].values[1] == 0.5


def test_columns_grow() -> None:
    table = Table()
    source = random.Random(1)
    losses = [source.random() for _ in range(5_000)]
    table.extend({"number": i, "phase": "ppo", "loss": loss} for i, loss in enumerate(losses, 1))
    assert table.columns["loss"].values.tolist() == losses


def test_an_interruption_stands_behind_the_update_it_went_on_from() -> None:
    table = Table()
    table.extend({"number": 2 * i, "phase": "ppo", "loss": 1.0} for i in range(1, 6))
    table.interrupted(5, "power cut")
    assert table.marks == [PlotMark(2, "interruption", "power cut")]


def test_times_are_those_of_the_saves_and_between_them_in_proportion() -> None:
    table = Table()
    table.extend({"number": i, "phase": "ppo", "loss": 1.0} for i in range(1, 9))
    assert table.seconds([(4, 40.0), (8, 60.0)]).tolist() == [10, 20, 30, 40, 45, 50, 55, 60]
    assert np.isnan(table.seconds([])).all()


def test_each_phase_is_smoothed_by_itself() -> None:
    table = Table()
    table.extend(
        {"number": i, "phase": "warmup" if i <= 50 else "ppo", "loss": 9.0 if i <= 50 else 1.0} for i in range(1, 101)
    )
    found = table.smoothed("loss", 0.9)
    assert np.allclose(found[:50], 9.0) and np.allclose(found[50:], 1.0)


@given(st.lists(st.integers(1, 30), min_size=1, max_size=8), st.sampled_from([0.0, 0.5, 0.99]))
def test_what_grows_is_smoothed_as_if_it_had_been_there_at_once(parts: list[int], weight: float) -> None:
    table, growing = Table(), Smooth(weight)
    for turn, count in enumerate(parts):
        phase = ("warmup", "ppo")[turn % 2]
        start = len(table) + 1
        table.extend({"number": i, "phase": phase, "loss": math.sin(i)} for i in range(start, start + count))
        growing.follow(table, "loss")
    assert np.allclose(growing.values, table.smoothed("loss", weight))


def test_a_whole_number_that_no_float_holds_is_none() -> None:
    made = Table()
    made.add({"number": 1, "phase": "ppo", "loss": 10**400, "alpha": 1.0})
    assert math.isnan(made.columns["loss"].values[0]) and made.columns["alpha"].values[0] == 1.0


@pytest.mark.parametrize("saved", range(8))
def test_a_table_goes_on_with_what_another_of_the_same_history_has_more(saved: int) -> None:
    """By a change of the language a plot lost all points since the last save, and those behind were counted wrongly."""
    entries: list[dict[str, object]] = [
        {"number": 1, "kind": "point", "phase": "warmup", "loss": 2.0, "alpha": 1.0},
        {"number": 2, "kind": "point", "phase": "warmup", "loss": 1.5, "alpha": 1.0},
        {"number": 3, "kind": "point", "phase": "rollout", "reward": 0.5, "reward_answer": 0.25},
        {"number": 4, "kind": "point", "phase": "ppo", "loss": 0.5, "alpha": 0.9, "kl": 0.1},
        {"number": 5, "kind": "mark", "mark": "phase_transition", "why": to_json(WHY)},
        {"number": 6, "kind": "point", "phase": "ppo", "loss": 0.4, "alpha": 0.8, "kl": 0.2},
        {"number": 7, "kind": "point", "phase": "rollout", "reward": 0.5, "reward_answer": 0.75},
    ]
    whole, again = Table(), Table()
    whole.extend(entries)
    again.extend(entries[:saved])
    again.go_on_as(whole)
    last = {"number": 8, "kind": "point", "phase": "ppo", "loss": 0.3, "alpha": 0.7, "kl": 0.3}
    for table in (whole, again):
        table.add(last)
    for name, column in whole.columns.items():
        np.testing.assert_array_equal(again.columns[name].values, column.values)
    np.testing.assert_array_equal(again.numbers.values, whole.numbers.values)
    assert (again.phases, again.marks, again.newest) == (whole.phases, whole.marks, 8)


def of_numbers(*numbers: int) -> Table:
    made = Table()
    made.extend({"number": number, "phase": "ppo", "loss": 1.0} for number in numbers)
    return made


def test_what_is_added_at_once_may_be_many_times_as_long_as_what_was_there() -> None:
    column = Column()
    column.extend(np.arange(5.0))
    column.extend(np.arange(9_000.0))
    assert len(column) == 9_005 and column.values[-1] == 8_999.0
    column.cut(9_999)
    assert len(column) == 9_005
    column.cut(2)
    assert column.values.tolist() == [0.0, 1.0]


def test_of_a_table_that_goes_on_as_another_the_marks_at_the_end_are_known_too() -> None:
    mark = {"number": 3, "kind": "mark", "mark": "of_tomorrow"}
    whole, again = of_numbers(1, 2), of_numbers(1)
    whole.add(mark)
    again.go_on_as(whole)
    again.add(mark)
    assert again.newest == 3 and again.marks == whole.marks == [PlotMark(2, "of_tomorrow")]


def test_what_is_lost_is_dropped_to_the_entry_and_where_nothing_is_lost_nothing_begins_anew() -> None:
    table = Table()
    table.extend([
        {"number": 1, "phase": "warmup", "loss": 1.0},
        {"number": 2, "phase": "rollout", "reward_answer": 0.25},
        {"number": 3, "phase": "ppo", "loss": 2.0},
        {"number": 4, "kind": "mark", "mark": "of_tomorrow"},
        {"number": 5, "phase": "rollout", "reward_answer": 0.75},
        {"number": 6, "phase": "grpo", "loss": 3.0},
    ])  # fmt: skip
    table.interrupted(6, "cut off")
    table.cut(6)
    assert (table.cuts, len(table), len(table.marks)) == (0, 3, 2)
    table.cut(4)
    assert (table.cuts, len(table), table.newest) == (1, 2, 4) and table.phases == [(1, "warmup"), (2, "ppo")]
    assert table.marks == [PlotMark(2, "of_tomorrow"), PlotMark(2, "interruption", "cut off")]
    table.add({"number": 5, "phase": "ppo", "loss": 4.0})
    assert table.columns["accuracy"].values[-1] == 0.25, "of the rollouts that were not lost"
    table.cut(3)
    assert [mark.kind for mark in table.marks] == ["interruption"] and (table.cuts, len(table)) == (2, 2)
    table.cut(2)
    assert table.phases == [(1, "warmup")] and table.columns["loss"].values.tolist() == [1.0]
    table.add({"number": 3, "phase": "ppo", "loss": 2.0})
    assert table.columns["accuracy"].values[-1] == 0.25, "the last that was saved is there"


def test_alpha_means_something_from_the_end_of_the_base_training_on() -> None:
    table = Table()
    for number, phase in enumerate(("pretrain", "pretrain", "warmup", "ppo", "pretrain"), 1):
        table.add({"number": number, "phase": phase, "loss": 1.0, "alpha": number / 10})
    np.testing.assert_array_equal(table.alpha, [math.nan, math.nan, 0.3, 0.4, math.nan])
    assert table.columns["alpha"].values[0] == 0.1, "what was read stays"


def test_moments_with_as_many_entries_are_one_after_the_other() -> None:
    """A run that stood still: the entry was made at the first of them, and the next one comes after the last."""
    table = of_numbers(1, 2, 3)
    moments = [(1, 10.0), (2, 20.0), (2, 80.0), (3, 90.0)]
    assert table.seconds(moments).tolist() == [10.0, 20.0, pytest.approx(90.0)]
    assert table.seconds(moments, -1).tolist() == [pytest.approx(90.0)]
    assert table.has("loss") and not table.has("kl")
