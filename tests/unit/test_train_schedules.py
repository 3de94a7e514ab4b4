"""Alpha, learning rates and unit numbers are pure functions with exact ends."""

from __future__ import annotations

import itertools

import pytest

from so8t_engine.config import Alpha
from so8t_engine.train import alpha, optim
from so8t_engine.train.units import Units

KINDS = ("sigmoid", "linear", "cosine", "exponential", "step")


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("length", [1, 2, 7, 1000])
def test_alpha_begins_and_ends_exactly_and_never_turns_back(kind: str, length: int) -> None:
    schedule = Alpha(schedule=kind, annealing_steps=length)
    values = [alpha.strength(schedule, update, 5_000) for update in range(length + 10)]

    assert values[0] == schedule.initial
    assert values[length:] == [schedule.final] * 10
    assert all(later <= earlier for earlier, later in itertools.pairwise(values))


def test_the_sigmoid_is_half_way_in_the_middle() -> None:
    schedule = Alpha(initial=1.0, final=0.0, annealing_steps=100)

    assert alpha.strength(schedule, 50, 0) == pytest.approx(0.5)
    assert alpha.strength(schedule, 5, 0) > 0.98


def test_without_annealing_steps_alpha_anneals_over_all_updates() -> None:
    assert alpha.strength(Alpha(), 40, 40) == Alpha().final
    assert alpha.strength(Alpha(), 20, 40) == pytest.approx((1 + Alpha().final) / 2)


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
