"""Alpha, learning rates and unit numbers are pure functions with exact ends."""

from __future__ import annotations

import itertools
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from so8t_engine.config.run_config import Alpha
from so8t_engine.train import alpha_schedule, optim
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
        state = alpha_schedule.next_state(schedule, state, update, 0, loss, period)
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
        state = alpha_schedule.next_state(schedule, state, update, len(losses), loss, period)
    values.append(alpha_schedule.strength(schedule, len(losses), len(losses), state))

    assert values[0] == ends[0] and values[-1] == ends[1]
    assert values == sorted(values, reverse=ends[0] > ends[1])


@pytest.mark.parametrize("kind", ["constant", "linear", "cosine"])
def test_a_learning_rate_rises_to_its_full_height_and_does_not_exceed_it(kind: str) -> None:
    factors = [optim.schedule(kind, update, 100, 0.1) for update in range(100)]  # type: ignore[arg-type]

    assert max(factors) == factors[10] == 1.0
    assert all(0 < factor <= 1 for factor in factors)
    assert factors[:10] == sorted(factors[:10])


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
