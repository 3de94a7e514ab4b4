"""The search over a whole curve: steps are found where they are, bends and correlated noise are none."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from helpers.curves import decay, noise
from so8t_engine.evaluate import transitions


@pytest.mark.parametrize("kind", ["white", "ar0.6", "t3"])
@pytest.mark.parametrize("trend", ["none", "decay"])
def test_noise_and_bends_are_no_transitions(kind: str, trend: str) -> None:
    for curve in noise(kind, 2, 150) + decay(trend, 150):
        assert transitions.changes(curve.tolist()) == []


@pytest.mark.parametrize("at", [40, 75, 110])
def test_a_step_is_found_at_its_place_with_its_size(at: int) -> None:
    curve = noise("white", 1, 150, seed=at)[0] + decay("decay", 150)
    curve[at:] += 6
    ((jump, size, sigmas),) = transitions.changes((0.1 * curve).tolist())

    assert abs(jump - at) <= 2
    assert size == pytest.approx(0.6, abs=0.15) and sigmas == pytest.approx(6, abs=2)


@pytest.mark.parametrize(
    ("kind", "wanted", "within"),
    [("white", 0.0, 0.08), ("ar0.3", 0.3, 0.12), ("ar0.6", 0.6, 0.12), ("ar0.8", 0.8, 0.1)],
)
def test_deviation_and_correlation_of_noise_are_told_from_its_steps(kind: str, wanted: float, within: float) -> None:
    """On a slow decay and with one jump, which both are no noise; twice the curve is twice the deviation."""
    curve = noise(kind, 1, 3_000)[0] + 30 * np.exp(-np.arange(3_000) / 1_000)
    curve[1_500:] += 5
    deviation, correlation = transitions._noise(curve)

    assert correlation == pytest.approx(wanted, abs=within) and deviation == pytest.approx(1.0, rel=0.15)
    assert transitions._noise(2 * curve) == pytest.approx((2 * deviation, correlation))


def test_noise_that_only_wanders_has_the_largest_correlation_and_the_opposite_none() -> None:
    wander = np.cumsum(noise("white", 1, 500)[0])
    assert transitions._noise(np.cumsum(wander))[1] == 0.95
    assert transitions._noise(noise("ar-0.3", 1, 500)[0])[1] == 0.0


@pytest.mark.parametrize("curve", [[], [1.0], [2.0] * 200, [0.1 * n for n in range(100)]])
def test_nothing_to_find(curve: list[float]) -> None:
    assert transitions.changes(curve) == []


def entries(count: int, alpha: float, jump: float) -> list[dict[str, Any]]:
    """Two updates an iteration; the loss jumps in the middle."""
    losses = noise("white", 1, count)[0] * 0.1
    losses[count // 2 :] += jump
    return [
        {"kind": "point", "phase": "ppo", "iteration": i + 1, "update": 2 * i + half + 1, "loss": loss, "alpha": alpha}
        for i, loss in enumerate(losses.tolist())
        for half in (0, 1)
    ]


def test_a_history_is_searched_only_where_alpha_moves() -> None:
    moving, still = entries(80, 0.7, 1.0), entries(80, 1.0, 1.0)
    (jump,) = transitions.of_history([{"kind": "mark", "mark": "x"}, *moving], 1.0, 0.38)

    assert abs(jump["update"] - 81) <= 4 and jump["alpha"] == 0.7
    assert transitions.of_history(still, 1.0, 0.38) == []


@pytest.mark.parametrize(
    ("most", "curve", "update", "alpha"),
    [
        (6, [1.5, 2.5, 3.5, 4.5, 5.5], 30, 0.625),
        (5, [1.5, 2.5, 3.5, 4.5, 5.5], 30, 0.625),
        (4, [2.0, 4.0, 5.5], 50, 0.375),
    ],
)
def test_a_window_is_an_iteration_or_several_and_a_jump_is_told_with_its_first_update(
    monkeypatch: pytest.MonkeyPatch, most: int, curve: list[float], update: int, alpha: float
) -> None:
    """Iterations as they stand after a restart; of the phases that learn, with a loss, and where alpha moves, alone."""

    def entry(iteration: int, update: int, loss: float | None, phase: str = "grpo") -> dict[str, Any]:
        return {"phase": phase, "iteration": iteration, "update": update, "loss": loss, "alpha": 1 - iteration / 8}

    course = [entry(number, 10 * number + half, number + half) for number in range(1, 6) for half in (0, 1)]
    others = [entry(0, 0, 99.0), entry(6, 60, 99.0), entry(2, 29, None), entry(3, 39, 99.0, "warmup"), {"kind": "mark"}]
    seen: list[Any] = []
    monkeypatch.setattr(transitions, "LONGEST", most)
    monkeypatch.setattr(transitions, "changes", lambda found: seen.append(found) or [(2, 1.5, 4.0)])

    assert transitions.of_history([*others, *course[6:], *course[:6]], 0.25, 1.0) == [
        {"update": update, "size": 1.5, "sigmas": 4.0, "alpha": alpha}
    ]
    assert seen == [curve]


def test_a_line_is_known_where_its_piece_begins_and_ends_with_its_standard_error() -> None:
    """Of n values from half a step before the first to half a step behind the last."""
    assert transitions._line(np.array([3.0, 5.0, 7.0, 9.0, 11.0]), 0.0) == pytest.approx((2.0, 12.0, 0.0))
    # Level with residuals 1, -1, -1, 1: variance 4 / (4 - 2); of the mean 1 / 4, of the slope 2^2 / 5 of it.
    begins, ends, error = transitions._line(np.array([1.0, -1.0, -1.0, 1.0]), 0.0)
    assert (begins, ends, error) == pytest.approx((0.0, 0.0, (2 * (1 / 4 + 4 / 5)) ** 0.5))
    assert transitions._line(np.array([1.0, -1.0, -1.0, 1.0]), 0.5)[2] == pytest.approx(3**0.5 * error)


@pytest.mark.parametrize(("length", "found"), [(23, []), (24, [12]), (25, [12])])
def test_a_step_is_found_where_each_side_has_a_piece_of_the_curve(length: int, found: list[int]) -> None:
    curve = 0.01 * noise("white", 1, length)[0]
    curve[12:] += 5
    assert [at for at, _, _ in transitions.changes(curve.tolist())] == found
