"""The share of a run: that of the time, but it never falls, never stands still for ever, and ends with the run."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from so8t_engine.session import share
from so8t_engine.session.state import Cursor, PipelineState, Work


def at(active: float, before: PipelineState | None = None) -> PipelineState:
    return (before or PipelineState("s")).changed(active_seconds=active)


def test_it_is_the_share_of_the_time_where_the_estimate_holds() -> None:
    state = PipelineState("s")
    for active in range(0, 101, 7):
        state = share.advance(at(float(active), state), 100.0 - active)
        assert state.share == pytest.approx(min(0.99, active / 100))


def test_work_done_again_moves_on_more_slowly_and_without_a_leap() -> None:
    shown = share.advance(at(40.0), 60.0)
    cut = share.caught_up(shown.changed(active_seconds=25.0), {})
    for active, expected in ((25.0, 0.4), (30.0, 0.44), (40.0, 0.52), (50.0, 0.6), (75.0, 0.8), (100.0, 0.99)):
        cut = share.advance(at(active, cut), 100.0 - active)
        assert cut.share == pytest.approx(expected)


def test_a_run_that_turns_out_longer_goes_on_from_where_it_was_and_ends_with_the_rest() -> None:
    state = share.advance(at(60.0), 40.0)  # 60 % was shown; now 940 s are left instead of 40
    state = share.advance(at(60.0, state), 940.0)
    assert state.share == pytest.approx(0.6)
    half = share.advance(at(530.0, state), 470.0)
    assert half.share == pytest.approx(0.8)
    assert share.advance(at(1_000.0, half), 0.0).share == 0.99


def test_a_run_that_turns_out_shorter_goes_on_faster_and_does_not_leap() -> None:
    """It leapt to the share of the time: by a third of the bar at once, where half of the rest fell away."""
    state = share.advance(at(10.0), 990.0)  # 1 % was shown; now 20 s are left instead of 990
    state = share.advance(at(10.0, state), 20.0)
    assert state.share == pytest.approx(0.01)
    for active, expected in ((15.0, 0.2575), (20.0, 0.505), (25.0, 0.7525), (30.0, 0.99)):
        state = share.advance(at(active, state), 30.0 - active)
        assert state.share == pytest.approx(expected)


@given(st.lists(st.tuples(st.floats(0, 1e6), st.floats(0, 1e7))))
def test_it_moves_by_what_was_done_of_the_rest_alone(seen: list[tuple[float, float]]) -> None:
    state = PipelineState("s")
    for active, left in seen:
        later, fresh = share.advance(at(active, state), left), max(0.0, active - state.share_seconds)
        most = fresh / (fresh + left) if fresh else 0.0
        assert later.share - state.share <= most + 1e-9
        state = later


@given(st.lists(st.tuples(st.floats(0, 1e6), st.floats(0, 1e7))))
def test_it_never_falls_and_is_not_all_before_the_end(seen: list[tuple[float, float]]) -> None:
    state = PipelineState("s")
    for active, left in seen:
        later = share.advance(at(active, state), left)
        assert state.share <= later.share <= 0.99 and later.share_seconds >= state.share_seconds
        state = later


STATE = PipelineState("s", run=3, active_seconds=100.0, share=0.2, share_seconds=140.0)


@pytest.mark.parametrize(
    ("live", "expected"),
    [
        ({"run": 3, "share": 0.25, "active_seconds": 130.0}, 0.25),
        ({"run": 3, "share": 0.1, "active_seconds": 50.0}, 0.2),
        ({"run": 2, "share": 0.9, "active_seconds": 500.0}, 0.2),
        ({"run": 3, "active_seconds": 300.0, "eta_total_seconds": 100.0}, 0.2),
        ({"run": 3, "share": "much", "active_seconds": None}, 0.2),
        ({"run": 3, "share": float("nan"), "active_seconds": float("inf")}, 0.2),
        ({"run": 3, "share": 7.0, "active_seconds": 130.0}, 1.0),
        ({}, 0.2),
    ],
)
def test_the_file_of_progress_refines_the_share_of_the_same_run_only(live: dict[str, Any], expected: float) -> None:
    known = share.caught_up(STATE, live)
    assert (known.share, known.share_seconds) == (expected, 100.0)


def test_a_finished_session_is_done() -> None:
    assert share.caught_up(STATE.changed(status="finished"), {}).share == 1.0


def test_a_session_of_an_older_version_is_as_far_as_its_times_say_else_its_units() -> None:
    work = {"collect/shard": Work(10, 20.0), "train/setup": Work(1, 10.0), "train/update": Work(10, 70.0)}
    totals = {"collect/shard": 10, "train/setup": 1, "train/update": 20, "evaluate/answers": 5}
    old = PipelineState("s", "paused", Cursor("train", 10), run=3, active_seconds=90.0, work=work, totals=totals)
    times = {"run": 3, "active_seconds": 90.0, "eta_total_seconds": 210.0}

    assert share.caught_up(old, times).share == pytest.approx(0.3) and share.caught_up(old, times).share_seconds == 90.0
    left = 10 * 7.0 + 5 * 100.0 / 21
    assert share.caught_up(old, {}).share == pytest.approx(100 / (100 + left))
    assert share.caught_up(PipelineState("s"), {}).share == 0.0
    assert share.step_seconds(old) == {"collect": 20.0, "train": 80.0}
    assert share.step_seconds(old.changed(step_seconds={"train": 5.0})) == {"train": 5.0}


def test_without_a_count_of_time_a_kind_that_was_not_measured_takes_the_mean_of_the_others() -> None:
    work = {"train/warmup": Work(4, 8.0), "train/update": Work(1, 12.0), "train/none": Work(0, 0.0)}
    old = PipelineState(
        "s", work=work, totals={"train/warmup": 6, "train/update": 2, "train/none": 1, "evaluate/answers": 5}
    )

    # left: 2 of 2 s, 1 of 12 s, 6 of the mean of 4 s; done: 20 s
    assert share.caught_up(old, {}).share == pytest.approx(20 / (20 + 4 + 12 + 24))
    assert share.caught_up(old.changed(work={}), {}).share == 0.0
    assert share.step_seconds(old) == {"train": 20.0}


def test_seconds_that_are_few_count_too() -> None:
    assert share.advance(at(0.5), 0.5).share == 0.5
    assert share.advance(at(9.5), 0.5).share == 0.95
    assert share.advance(at(0.0), 5.0).share == 0.0
