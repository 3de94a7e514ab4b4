"""What TRL's trainers call: each update has its number, cycle, strength of the gates and place in the history."""

from __future__ import annotations

import time
from types import SimpleNamespace
from typing import Any

import pytest
import torch

from helpers.training import configured
from so8t_engine.model import seeds
from so8t_engine.train import units
from so8t_engine.train.group_cycles import CycleCallbacks

GROUP = {
    "num_generations": 2, "per_device_train_batch_size": 2, "gradient_accumulation_steps": 2, "num_iterations": 2,
    "max_steps": 6, "learning_rate": 1e-3,
}  # fmt: skip


class Run:
    """A run of training without a model: it says what was asked of it."""

    def __init__(self, config: Any) -> None:
        self.stop = {1}
        self.config, self.units, self.happened = config, units.layout(config), list[tuple[Any, ...]]()
        self.learner = SimpleNamespace(set_alpha=lambda alpha: self.happened.append(("alpha", alpha)))
        self.context = SimpleNamespace(
            say=lambda kind, metrics: self.happened.append(("say", kind, metrics["update"])),
            warn=lambda code, what: self.happened.append((code, what.args["algorithm"], what.args["seconds"])),
        )

    def alpha_at(self, updates: int) -> float:
        return 1 - updates / 10

    def judge(self, phase: str, update: int, loss: float, norm: float) -> dict[str, Any]:
        self.happened.append(("judge", phase, update, norm))
        return {"loss": loss}

    def point(self, **values: Any) -> dict[str, Any]:
        number = values.get("update", (values["reward"], values.get("response_length"), values.get("ended")))
        self.happened.append(("point", values["phase"], number, values["iteration"], values["alpha"]))
        return values

    def score(self, rows: list[int], responses: list[list[int]]) -> Any:
        return SimpleNamespace(total=[float(row) for row in rows], means=lambda: {"answer": 0.5})

    def observe(self, update: int, loss: float) -> None:
        self.happened.append(("observe", update, loss))

    def finish_unit(self, number: int, metrics: dict[str, Any]) -> None:
        self.happened.append(("unit", number, metrics["kl"]))


def test_an_update_is_prepared_by_its_number_and_told_and_a_cycle_ends_with_a_restart_point(
    tmp_path: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    run: Any = Run(configured(tmp_path, algorithm="grpo", grpo=GROUP))
    callbacks, drawn, now = CycleCallbacks(run, 0), list[float](), iter([100.0, 103.5, 200.0])
    monkeypatch.setattr(time, "monotonic", lambda: next(now))
    for done in range(4):
        callbacks.begin(done)
        if done % 2 == 0:
            assert callbacks.reward([4, 2, 3], [[5, 1], [5, 6, 7], [6]]) == [4.0, 2.0, 3.0]
        drawn.append(float(torch.rand(())))
        callbacks.end(done, {"loss": float(done), "grad_norm": 0.5, **({"kl": 0.25} if done == 0 else {})})
    again = CycleCallbacks(run, 1)  # as after a restart
    monkeypatch.setattr(time, "monotonic", lambda: 300.0)
    again.begin(0)

    assert float(torch.rand(())) == drawn[2] and len({*drawn}) == 4  # each update has random numbers of its own
    start = run.units.ppo_start
    of = {
        n: [
            ("alpha", 1 - n / 10), ("judge", "grpo", n + 1, 0.5), ("point", "grpo", n + 1, n // 2 + 1, 1 - n / 10),
            ("observe", n + 1, float(n)),
        ]
        for n in range(4)
    }  # fmt: skip
    of_rollout = [("point", "rollout", (3.0, 2.0, 1 / 3), cycle + 1, 1 - 2 * cycle / 10) for cycle in range(2)]
    assert run.happened == [
        of[0][0], of_rollout[0], *of[0][1:], ("say", "cycle", 1),
        *of[1], ("generation_boundaries", "GRPO", 3.5), ("unit", start, 0.25),
        of[2][0], of_rollout[1], *of[2][1:], ("say", "cycle", 3),
        *of[3], ("unit", start + 1, None),
        ("alpha", 1 - 2 / 10),
    ]  # fmt: skip


def test_an_update_draws_by_its_own_unit_and_learns_at_the_rate_of_its_place_in_the_whole_run(
    tmp_path: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    run: Any = Run(configured(tmp_path, algorithm="grpo", grpo=GROUP | {"lr_scheduler_type": "linear"}))
    rates, drawn = list[float](), list[tuple[object, ...]]()
    run.point = lambda **values: rates.append(values["learning_rate"]) or values
    monkeypatch.setattr(seeds, "seed_everything", lambda seed, *parts: drawn.append(parts))
    callbacks = CycleCallbacks(run, 1)  # as after a restart
    for done in range(3):
        callbacks.begin(done)
        callbacks.end(done, {"loss": 1.0, "grad_norm": 0.5})
    start = run.units.ppo_start

    assert rates == pytest.approx([1e-3 * 4 / 6, 1e-3 * 3 / 6, 1e-3 * 2 / 6])
    assert drawn == [("train", start + 1, 0), ("train", start + 1, 1), ("train", start + 2, 0)]
