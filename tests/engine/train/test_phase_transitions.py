"""Phase transitions: a step is found soon, noise and slow trends are left alone, an interruption changes nothing."""

from __future__ import annotations

import json
import math
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers.curves import NOISES, TRENDS, WATCH, false_marks, found, noise, share_found
from so8t_engine.config.run_config import Alpha
from so8t_engine.train import phase_transitions
from so8t_engine.train.alpha_state import AlphaSchedule, AlphaState
from so8t_engine.train.phase_transitions import BURN_IN, CLIP, SLACK

CURVES, WINDOWS = 20, 400


@pytest.mark.parametrize("kind", NOISES)
@pytest.mark.parametrize("trend", TRENDS)
def test_noise_and_slow_trends_raise_fewer_than_one_false_mark_per_thousand(kind: str, trend: str) -> None:
    assert false_marks(kind, trend, CURVES, WINDOWS) < 1.0


@pytest.mark.parametrize("kind", ["white", "ar-0.3", "t3", "t5"])
@pytest.mark.parametrize("trend", ["none", "decay"])
def test_a_step_of_three_deviations_is_found_within_fifteen_windows(kind: str, trend: str) -> None:
    assert share_found(kind, trend, 3.0, 15, CURVES, WINDOWS) >= 0.95


def test_a_step_in_strongly_correlated_noise_is_found_where_it_stands_out() -> None:
    assert share_found("ar0.6", "none", 5.0, 15, CURVES, WINDOWS) >= 0.85


def test_a_mark_says_where_how_far_and_at_which_alpha() -> None:
    curve = 0.1 * noise("white", 1, 600)[0] + 2.0
    curve[300:] -= 0.8
    (mark,) = found(curve.tolist(), alpha=0.7)

    assert mark.direction == "down" and mark.alpha == 0.7
    assert 298 <= mark.since <= 302 < mark.update <= 310
    assert mark.size == pytest.approx(-0.8, abs=0.15)
    assert mark.sigmas == pytest.approx(-8, abs=2.5)


@pytest.mark.parametrize("alpha", [1.0, 0.0])
def test_before_alpha_moves_and_after_there_are_no_marks(alpha: float) -> None:
    curve = noise("white", 1, 600)[0]
    curve[300:] += 10

    assert found(curve.tolist(), alpha=alpha) == []
    assert len(found(curve.tolist())) == 1


@pytest.mark.parametrize(("windows", "height"), [(BURN_IN - 1, 0.0), (BURN_IN, CLIP - SLACK)])
def test_what_the_first_windows_say_is_no_evidence(windows: int, height: float) -> None:
    learned = phase_transitions.DetectorState(windows=windows, spread=1.0, noise=1.0)
    state, _ = phase_transitions.observe(WATCH, learned, windows + 1, 9.0, 0.5)

    assert (state.up.height, state.down.height) == (height, 0.0)


@pytest.mark.parametrize(
    ("windows", "error", "kept", "rest", "gain", "memory", "bends"),
    [
        (2, 10.0, 10.0, 9.875, 1 / 3, 2, False),  # at the beginning plain means of all there is, and nothing is clipped
        (3, 10.0, 10.0, 9.875, 1 / 4, 3, False),
        (4, 10.0, 6.0, 1.5, 1 / 5, 4, False),
        (5, 1.25, 1.25, 1.125, 1 / 6, 5, False),  # no trend yet
        (6, 1.25, 1.25, 1.125, 1 / 7, 6, True),
        (9, 10.0, 6.0, 1.5, 1 / 10, 9, True),
        (9, -10.0, -6.0, -1.5, 1 / 10, 9, True),
        (99, 1.25, 1.25, 1.125, 0.06, 99, True),
        (400, 1.25, 1.25, 1.125, 0.06, 100, True),
    ],
)
def test_what_a_window_teaches_is_worked_out_by_hand(
    windows: int, error: float, kept: float, rest: float, gain: float, memory: int, bends: bool
) -> None:
    """Three scales at most count: of errors 3 x 2.0, of what half of the last error, 0.25, leaves of them 3 x 0.5."""
    learned = phase_transitions.DetectorState(
        windows=windows, level=2.0, trend=0.5, spread=2.0, noise=0.5, product=0.2, square=0.4, before=0.25
    )
    state, mark = phase_transitions.observe(WATCH, learned, 1, 2.5 + error, 0.0)
    deviation = 1.2533141373155  # of a normal distribution whose mean absolute value is 1

    assert mark is None and (state.windows, state.before) == (windows + 1, kept)
    assert (state.level, state.trend) == pytest.approx((2.5 + gain * kept, 0.5 + 0.0012 * kept * bends), rel=1e-12)
    assert state.spread == pytest.approx(2.0 + (abs(kept) * deviation - 2.0) / memory, rel=1e-12)
    assert state.noise == pytest.approx(0.5 + (abs(rest) * deviation - 0.5) / memory, rel=1e-12)
    assert state.product == pytest.approx(0.2 + (kept * 0.25 - 0.2) / memory, rel=1e-12)
    assert state.square == pytest.approx(0.4 + (kept * kept - 0.4) / memory, rel=1e-12)


@pytest.mark.parametrize(
    ("product", "square", "score"),
    [(0.0, 0.0, 1.25), (0.2, 0.4, 1.0), (-0.2, 0.4, 1.25), (0.9, 0.5, 0.8), (0.5, 0.5, 0.8), (0.7, 1.0, 0.9)],
)
def test_an_error_counts_as_far_as_the_one_before_does_not_explain_it(
    product: float, square: float, score: float
) -> None:
    """1.25 after 0.5 in noise of 1: with a correlation of 0 to 0.9 at most, and 0.5 of it are taken off each time."""
    learned = phase_transitions.DetectorState(
        windows=30, level=2.0, spread=1.0, noise=1.0, product=product, square=square, before=0.5
    )
    up = phase_transitions.observe(WATCH, learned, 31, 3.25, 0.5)[0].up
    down = phase_transitions.observe(WATCH, replace(learned, before=-0.5), 31, 0.75, 0.5)[0].down

    assert up.height == down.height == pytest.approx(score - 0.5)
    assert (up.since, up.anchor, up.total, up.windows) == (30, 2.0, 3.25, 1)
    assert (down.since, down.anchor, down.total, down.windows) == (30, 2.0, 0.75, 1)


@pytest.mark.parametrize(("height", "noticed"), [(5.5, False), (5.6, True)])
def test_a_mark_is_made_where_the_sum_is_above_eight_scales_and_the_level_is_learned_afresh(
    height: float, noticed: bool
) -> None:
    """The sum since update 25, from a level of 1.0, over three windows; this one adds 3 less 0.5, the most it can."""
    side = phase_transitions.Side(height, since=25, anchor=1.0, total=21.0, windows=3)
    learned = phase_transitions.DetectorState(windows=30, level=2.0, trend=0.25, spread=2.0, noise=1.0, up=side)
    state, mark = phase_transitions.observe(WATCH, learned, 31, 9.0, 0.5)

    if not noticed:
        assert mark is None and state.windows == 31
        assert state.up == phase_transitions.Side(8.0, since=25, anchor=1.0, total=30.0, windows=4)
        return
    assert mark == phase_transitions.Transition(31, since=25, direction="up", size=6.5, sigmas=3.25, alpha=0.5)
    assert (state.windows, state.level, state.trend, state.before) == (12, 7.5, 0.0, 0.0)  # 8 windows without a mark
    assert (state.up, state.down) == (phase_transitions.Side(), phase_transitions.Side())


def test_minibatches_that_cancel_within_an_iteration_are_no_change() -> None:
    """Whitened advantages: an epoch's losses sum to about zero, however large each one is."""
    half = noise("t3", 1, 600)[0]
    losses = [loss for one in half for loss in (one, 0.01 - one)]

    assert found(losses, phase_transitions.DetectorSettings(2, 1.0, 0.0)) == []


def test_a_step_inside_a_window_is_found_from_the_mean_of_windows() -> None:
    source = np.random.default_rng(5)
    losses = source.standard_normal(16 * 60)
    losses[16 * 40 + 5 :] += 2.0  # two standard deviations of a single update
    marks = found(losses.tolist(), phase_transitions.DetectorSettings(16, 1.0, 0.0))

    assert len(marks) == 1
    assert marks[0].update % 16 == 0 and marks[0].update <= 16 * 45
    assert 16 * 37 <= marks[0].since <= 16 * 41


@pytest.mark.parametrize(("step", "direction"), [(1.0, "up"), (-1.0, "down")])
def test_a_mark_names_the_last_update_before_the_change(step: float, direction: str) -> None:
    """Windows of four updates that swing by 0.1; after forty of them, 160 updates, the level is another."""
    windows = [step * (0.1 * (-1) ** window + (window >= 40)) for window in range(60)]
    losses = [loss for mean in windows for loss in (mean - 3, mean + 3, mean - 1, mean + 1)]
    (mark,) = found(losses, phase_transitions.DetectorSettings(4, 1.0, 0.0))

    assert (mark.since, mark.direction) == (160, direction)
    assert mark.update % 4 == 0 and 164 <= mark.update <= 180
    assert mark.size == pytest.approx(step, abs=0.15)


@given(st.lists(st.one_of(st.none(), st.floats(), st.floats(-5, 5)), max_size=80), st.integers(1, 3))
@settings(max_examples=200, deadline=None)
def test_whatever_comes_the_state_stays_finite_and_survives_json(losses: list[float | None], period: int) -> None:
    course, state = AlphaSchedule(Alpha(schedule="adaptive", annealing_steps=70), 80, period), AlphaState()
    for update, loss in enumerate(losses, 1):
        state, _ = course.observe(state, update, loss)
        text = json.dumps(state.as_json(), allow_nan=False)

        assert AlphaState.from_json(json.loads(text)) == state


@pytest.mark.parametrize("nothing", [None, math.nan, math.inf])
def test_a_loss_that_is_no_number_leaves_no_trace(nothing: float | None) -> None:
    state, _ = phase_transitions.observe(WATCH, phase_transitions.START, 1, 1.0, 0.5)

    assert (state.windows, state.level, state.trend) == (1, 1.0, 0.0)
    assert phase_transitions.observe(WATCH, state, 2, nothing, 0.5) == (state, None)


@pytest.mark.parametrize("schedule", ["sigmoid", "adaptive"])
def test_cut_off_after_every_update_alpha_and_marks_are_the_same(schedule: str) -> None:
    losses = noise("t5", 1, 600)[0]
    losses[250:] += 6
    losses[400:] -= 6
    course = AlphaSchedule(Alpha(schedule=schedule), len(losses), 1)

    def trained(cut: bool) -> list[object]:
        state, entries = AlphaState(), []
        for update, loss in enumerate(losses.tolist(), 1):
            alpha = course.strength(state, update - 1)
            state, transition = course.observe(state, update, loss)
            entries.append((alpha, transition))
            if cut:
                state = AlphaState.from_json(json.loads(json.dumps(state.as_json())))
        return entries

    untouched = trained(cut=False)

    assert trained(cut=True) == untouched
    assert [transition.direction for _, transition in untouched if transition] == ["up", "down"]  # type: ignore[misc]


def test_a_checkpoint_from_before_there_was_an_alpha_state_begins_anew() -> None:
    assert AlphaState.from_json({}) == AlphaState()
