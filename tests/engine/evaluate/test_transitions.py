"""The search over a whole curve: steps are found where they are, bends and correlated noise are none."""

from __future__ import annotations

from typing import Any

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
