"""Alpha, learning rates and unit numbers are pure functions with exact ends."""

from __future__ import annotations

import itertools
import math

import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from so8t_engine.config.run_config import Alpha
from so8t_engine.train import alpha_schedule, alpha_state, optim
from so8t_engine.train.units import Units

KINDS = ("sigmoid", "linear", "cosine", "exponential", "step", "adaptive")


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("length", [1, 2, 7, 1000])
def test_alpha_begins_and_ends_exactly_and_never_turns_back(kind: str, length: int) -> None:
    schedule = Alpha(schedule=kind, annealing_steps=length)
    values = [alpha_schedule.strength(schedule, update, 5_000) for update in range(length + 10)]

    assert values[0] == schedule.initial
    assert values[length:] == [schedule.final] * 10
    assert all(later <= earlier for earlier, later in itertools.pairwise(values))


@given(
    st.sampled_from(KINDS), st.sampled_from([0.0, 1e-6, 0.38, 1.0]), st.sampled_from([0.0, 1e-6, 0.38, 1.0]),
    st.integers(1, 40),
)  # fmt: skip
def test_between_any_two_ends_every_schedule_moves_one_way_from_one_to_the_other(
    kind: str, initial: float, final: float, length: int
) -> None:
    """Zero as an end, rising as well as falling: no schedule divides by it or jumps to it."""
    schedule = Alpha(schedule=kind, initial=initial, final=final, annealing_steps=length)
    values = [alpha_schedule.strength(schedule, update, 0) for update in range(length + 2)]
    preview = [value for _, value in alpha_schedule.curve(schedule, length)]

    assert (values[0], values[length], values[length + 1]) == (initial, final, final)
    assert values == pytest.approx(sorted(values, reverse=initial > final))
    assert all(min(initial, final) <= value <= max(initial, final) for value in values)
    assert preview[0] == initial and preview[-1] == final
    assert preview == pytest.approx(sorted(preview, reverse=initial > final))
    if kind == "exponential" and length > 2 and min(initial, final) == 0 < max(initial, final):
        assert values[1] == pytest.approx(initial + (final - initial) / length), "no ratio reaches zero: a line"


@pytest.mark.parametrize(
    ("kind", "quarter", "half", "three_quarters"),
    [
        ("linear", 0.8125, 0.625, 0.4375),
        ("cosine", 0.890165, 0.625, 0.359835),
        ("step", 0.8125, 0.625, 0.4375),
        ("exponential", 0.707107, 0.5, 0.353553),
        ("sigmoid", 0.921255, 0.625, 0.328745),
    ],
)
def test_each_schedule_has_its_shape(kind: str, quarter: float, half: float, three_quarters: float) -> None:
    """From 1 to 0.25. Sigmoid: (s(-2) - s(-4)) / (1 - 2 s(-4)) of the way at a quarter, s the logistic function."""
    schedule = Alpha(schedule=kind, initial=1.0, final=0.25, annealing_steps=100)
    values = [alpha_schedule.strength(schedule, update, 0) for update in (25, 50, 75)]

    assert values == pytest.approx([quarter, half, three_quarters], abs=1e-6)


def test_a_staircase_has_four_stairs() -> None:
    schedule = Alpha(schedule="step", annealing_steps=100)
    assert len({alpha_schedule.strength(schedule, update, 0) for update in range(101)}) == 5
    assert alpha_schedule.strength(schedule, 24, 0) == 1.0 > alpha_schedule.strength(schedule, 25, 0)


def test_the_preview_of_an_adaptive_schedule_moves_at_its_speed() -> None:
    wanted = Alpha(schedule="adaptive", initial=1.0, final=0.0, adaptive={"speed": 2.0})

    assert dict(alpha_schedule.curve(wanted, 8)) == {
        0.0: 1.0, 0.125: 0.75, 0.25: 0.5, 0.375: 0.25, 0.5: 0.0, 0.625: 0.0, 0.75: 0.0, 0.875: 0.0, 1.0: 0.0,
    }  # fmt: skip


@pytest.mark.parametrize("memory", [2, 5, 20])
@pytest.mark.parametrize("tolerance", [0.5, 2.0])
def test_a_loss_counts_as_rising_from_so_many_standard_errors_on(memory: int, tolerance: float) -> None:
    """The error of the difference of the two means, from its definition: a sum over the weights of all windows."""
    schedule = Alpha(schedule="adaptive", annealing_steps=10, adaptive={"memory": memory, "tolerance": tolerance})
    quick, late = 1 / memory, 1 / (4 * memory)
    error = math.sqrt(sum((quick * (1 - quick) ** age - late * (1 - late) ** age) ** 2 for age in range(20_000)))
    settled = alpha_schedule.AdaptiveState(windows=10**6, spread=1.0)
    from_mean_to_deviation = math.sqrt(math.pi / 2)
    # the loss at which (quick - late) loss = tolerance error spread, where spread has seen this loss too
    limit = tolerance * error * (1 - late) / (quick - late - tolerance * error * late * from_mean_to_deviation)

    def after(loss: float) -> alpha_schedule.AdaptiveState:
        return alpha_schedule.next_state(schedule, settled, 1, loss)

    assert not after(0.999 * limit).rising and after(1.001 * limit).rising
    assert (after(limit).fast, after(limit).slow) == pytest.approx((quick * limit, late * limit))
    assert after(limit).spread == pytest.approx(1 + late * (limit * from_mean_to_deviation - 1))


def test_the_first_windows_are_plain_means() -> None:
    schedule = Alpha(schedule="adaptive", annealing_steps=10, adaptive={"memory": 9})
    state = alpha_schedule.START
    for update, loss in enumerate([4.0, 1.0, 7.0], 1):
        state = alpha_schedule.next_state(schedule, state, update, loss)

    assert (state.windows, state.fast, state.slow) == (3, pytest.approx(4.0), pytest.approx(4.0))
    assert state.spread == pytest.approx((3.0 + 4.5) / 2 * math.sqrt(math.pi / 2))


def test_a_window_is_the_mean_of_the_losses_that_it_has() -> None:
    schedule = Alpha(schedule="adaptive", annealing_steps=10, adaptive={"memory": 9})
    state = alpha_schedule.START
    for update, loss in enumerate([1.0, 2.0, 6.0, 5.0, None, 4.0], 1):
        state = alpha_schedule.next_state(schedule, state, update, loss, 3)

    assert (state.windows, state.fast) == (2, pytest.approx((3.0 + 4.5) / 2))
    assert (state.total, state.count, state.moved) == (0.0, 0, 5)


def test_the_sigmoid_is_half_way_in_the_middle() -> None:
    schedule = Alpha(initial=1.0, final=0.0, annealing_steps=100)

    assert alpha_schedule.strength(schedule, 50, 0) == pytest.approx(0.5)
    assert alpha_schedule.strength(schedule, 5, 0) > 0.98


def test_without_annealing_steps_alpha_anneals_over_all_updates() -> None:
    assert alpha_schedule.strength(Alpha(), 40, 40) == Alpha().final
    assert alpha_schedule.strength(Alpha(), 20, 40) == pytest.approx((1 + Alpha().final) / 2)


def adaptive(losses: list[float], length: int, period: int = 1, **settings: float) -> list[float]:
    """Alpha before the first and after every update."""
    schedule = Alpha(schedule="adaptive", annealing_steps=length, adaptive=settings)
    state, found = alpha_schedule.START, [alpha_schedule.strength(schedule, 0, 0)]
    for update, loss in enumerate(losses, 1):
        state = alpha_schedule.next_state(schedule, state, update, loss, period)
        found.append(alpha_schedule.strength(schedule, update, 0, state))
    return found


def test_while_the_loss_falls_an_adaptive_alpha_moves_at_its_speed() -> None:
    values = adaptive([1 / (1 + n) for n in range(100)], 100, speed=2.0)

    assert values[25] == pytest.approx((1 + Alpha().final) / 2)
    assert values[49] > values[50] == values[100] == Alpha().final


def test_while_the_loss_rises_it_stands_still_until_full_speed_just_arrives() -> None:
    values = adaptive([0.1 * n for n in range(200)], 200, speed=4.0, memory=2)

    assert values[10] == values[155] > values[156]
    assert values[199] > values[200] == Alpha().final
    assert {round(before - after, 9) for before, after in itertools.pairwise(values)} == {
        0.0, round((1 - Alpha().final) / 50, 9)
    }  # fmt: skip


def test_after_a_rise_it_moves_on() -> None:
    losses = [1.0] * 40 + [2.0 + 0.1 * n for n in range(30)] + [3.0] * 130
    values = adaptive(losses, 400, memory=4)

    assert values[39] > values[40] > values[60] == values[70]
    assert values[199] < values[70]


def test_one_iteration_of_updates_is_one_observation() -> None:
    losses = [sign * 5.0 - 0.001 * n for n in range(50) for sign in (-1, 1)]  # minibatches that cancel

    assert adaptive(losses, 100, period=2)[50] == adaptive(losses, 100, period=2)[100] == Alpha().final


@pytest.mark.parametrize("nothing", [math.nan, math.inf, None])
def test_a_loss_that_is_no_number_moves_nothing(nothing: float) -> None:
    values = adaptive([1.0] * 10 + [nothing] * 20, 100)

    assert values[9] > values[10] == values[30]


@given(
    st.lists(st.floats() | st.floats(-1, 1), min_size=1, max_size=60), st.floats(1, 8), st.integers(2, 9),
    st.integers(1, 4), st.sampled_from([(1.0, 0.38), (0.0, 1.0), (0.5, 0.5)]),
)  # fmt: skip
def test_whatever_the_loss_does_it_ends_in_time_and_never_turns_back(
    losses: list[float], speed: float, memory: int, period: int, ends: tuple[float, float]
) -> None:
    schedule = Alpha(schedule="adaptive", initial=ends[0], final=ends[1], adaptive={"speed": speed, "memory": memory})
    state, values = alpha_schedule.START, []
    for update, loss in enumerate(losses, 1):
        values.append(alpha_schedule.strength(schedule, update - 1, len(losses), state))
        state = alpha_schedule.next_state(schedule, state, update, loss, period)
    values.append(alpha_schedule.strength(schedule, len(losses), len(losses), state))

    assert values[0] == ends[0] and values[-1] == ends[1]
    assert values == sorted(values, reverse=ends[0] > ends[1])


def test_a_factor_is_one_on_each_groups_own_rate_and_not_on_the_last() -> None:
    parameters = {name: torch.nn.Parameter(torch.zeros(1)) for name in ("lora.a", "gates.g", "value_head.v")}
    optimizer = optim.adamw(parameters, 1e-3, {"gates": 1e-2, "value_head": 1e-4})

    for factor in (0.5, 0.25, 1.0):
        assert optim.set_rate(optimizer, factor) == 1e-3 * factor
        assert [group["lr"] for group in optimizer.param_groups] == [1e-3 * factor, 1e-2 * factor, 1e-4 * factor]


@pytest.mark.parametrize("kind", ["constant", "linear", "cosine"])
def test_a_learning_rate_rises_to_its_full_height_and_does_not_exceed_it(kind: str) -> None:
    factors = [optim.schedule(kind, update, 100, 0.1) for update in range(100)]  # type: ignore[arg-type]

    assert max(factors) == factors[10] == 1.0
    assert all(0 < factor <= 1 for factor in factors)
    assert factors[:10] == sorted(factors[:10])


@pytest.mark.parametrize(
    ("kind", "factors"),
    [
        ("constant", [1 / 3, 2 / 3, 1, 1, 1, 1, 1, 1, 1, 1]),
        ("linear", [1 / 3, 2 / 3, 1, 7 / 8, 6 / 8, 5 / 8, 4 / 8, 3 / 8, 2 / 8, 1 / 8]),
        ("cosine", [1 / 3, 2 / 3, *(0.5 * (1 + math.cos(math.pi * n / 8)) for n in range(8))]),
    ],
)
def test_a_learning_rate_rises_by_equal_steps_and_falls_to_one_step_above_zero(kind: str, factors: list[float]) -> None:
    """Ten updates, two of them of warmup: the third is the first at the full rate, an eleventh would be at none."""
    found = [optim.schedule(kind, update, 10, 0.15) for update in range(10)]  # type: ignore[arg-type]
    assert found == pytest.approx(factors)
    if kind != "constant":
        assert optim.schedule(kind, 10, 10, 0.15) == pytest.approx(0.0)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "units", [Units(3, 4, 2, 2, 6), Units(0, 0, 3, 1, 1), Units(5, 0, 0, 2, 4), Units(0, 2, 1, 4, 2)]
)
def test_every_unit_number_is_one_piece_of_training_and_back(units: Units) -> None:
    pieces = [units.at(number) for number in range(units.total)]

    assert len(set(pieces)) == units.total
    assert [units.number(piece) for piece in pieces] == list(range(units.total))
    for kind, total in units.totals().items():
        assert sum(piece.phase == kind for piece in pieces) == total
    assert sum(units.totals().values()) == units.total


def test_pieces_come_in_the_order_of_training() -> None:
    units = Units(1, 1, 2, 2, 1)

    assert [units.at(number).phase for number in range(units.total)] == [
        "pretrain", "warmup", "rollout", "rollout", "update", "rollout", "rollout", "update",
    ]  # fmt: skip
    with pytest.raises(IndexError):
        units.at(units.total)


@pytest.mark.parametrize("schedule", KINDS)
def test_the_preview_is_what_training_will_use(schedule: str) -> None:
    wanted = Alpha.model_validate({"schedule": schedule, "annealing_steps": 7})
    points = alpha_schedule.curve(wanted)

    assert points[0] == (0.0, wanted.initial) and points[-1] == (1.0, wanted.final)
    if schedule != "adaptive":
        assert points[40][1] == alpha_schedule.strength(wanted.model_copy(update={"annealing_steps": 160}), 40, 1)
    assert all(before[1] >= after[1] for before, after in itertools.pairwise(points))


def test_an_adaptive_alpha_that_arrives_early_is_the_last_value_to_the_bit() -> None:
    schedule = Alpha(schedule="adaptive", initial=0.7, final=0.1)
    there = alpha_schedule.AdaptiveState(moved=10)

    assert alpha_schedule.strength(schedule, 6, 10, there) == 0.1
    assert alpha_schedule.strength(schedule, 0, 0) == alpha_schedule.strength(schedule, 3, 0) == 0.1


def test_a_phase_transition_is_told_with_the_alpha_that_its_update_was_made_at(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    used: list[float] = []

    def observe(detector: object, state: object, update: int, loss: float | None, alpha: float) -> tuple[object, None]:
        used.append(alpha)
        return state, None

    monkeypatch.setattr(alpha_state.phase_transitions, "observe", observe)
    followed = alpha_state.AlphaSchedule(Alpha(schedule="linear", initial=1.0, final=0.0), updates=4, period=1)
    for update in (1, 2, 3, 4):
        followed.observe(alpha_state.AlphaState(), update, 1.0)

    assert used == [1.0, 0.75, 0.5, 0.25]
