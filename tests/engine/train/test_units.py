"""How many units a configuration has, of which kind."""

from __future__ import annotations

from typing import Any

import pytest

from helpers.sessions import make_config
from so8t_engine.train import units
from so8t_engine.train.units import Unit, Units

PPO: dict[str, Any] = {
    "total_episodes": 70, "batch_size": 32, "local_rollout_forward_batch_size": 8, "num_ppo_epochs": 3,
    "num_mini_batches": 2,
}  # fmt: skip
GRPO: dict[str, Any] = {
    "num_generations": 2, "per_device_train_batch_size": 2, "gradient_accumulation_steps": 2, "num_iterations": 2,
    "max_steps": 6,
}  # fmt: skip


@pytest.mark.parametrize(
    ("sections", "expected"),
    [
        ({"ppo": PPO}, Units(9, 4, 2, 4, 6)),
        ({"ppo": PPO | {"generation_batch_size": 16}}, Units(9, 4, 2, 2, 6)),
        ({"ppo": PPO | {"total_episodes": 31}}, Units(9, 4, 0, 4, 6)),
        ({"algorithm": "grpo", "grpo": GRPO}, Units(9, 4, 0, 0, 0, cycles=3, cycle_updates=2)),
    ],
)
def test_a_configuration_has_so_many_units(sections: dict[str, Any], expected: Units) -> None:
    data, build = [{"name": "a", "path": "o/n"}], {"build": {"max_steps": 9}}
    assert units.layout(make_config(data, model=build, warmup={"max_steps": 4}, **sections)) == expected
    hub = {"model_name_or_path": "org/model"}
    assert units.layout(make_config(data, model=hub, warmup={"max_steps": 4}, **sections)).pretrain == 0


def test_cycles_follow_the_warm_up() -> None:
    layout = Units(1, 2, 0, 0, 0, cycles=3, cycle_updates=4)
    pieces = [layout.at(number) for number in range(layout.total)]
    assert pieces == [
        Unit("pretrain", 0),
        Unit("warmup", 0),
        Unit("warmup", 1),
        *[Unit("cycle", at) for at in range(3)],
    ]
    assert [layout.number(piece) for piece in pieces] == list(range(6))
    assert (layout.ppo_start, layout.ppo_updates) == (3, 12)
    assert layout.totals() == {"pretrain": 1, "warmup": 2, "cycle": 3}


def test_updates_follow_the_rollouts_of_their_iteration() -> None:
    layout = Units(1, 1, 2, 2, 3)
    assert (layout.ppo_start, layout.ppo_updates) == (2, 6)
    assert layout.totals() == {"pretrain": 1, "warmup": 1, "rollout": 4, "update": 6}
    assert [layout.at(at) for at in (7, 8, 9)] == [Unit("rollout", 0, 1), Unit("rollout", 1, 1), Unit("update", 0, 1)]
    for outside in (-1, layout.total):
        with pytest.raises(IndexError):
            layout.at(outside)
