"""PPO unit by unit without a model: which number, seed, strength and rate each batch and each update has."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
import torch

from helpers.training import configured
from so8t_engine.model import seeds
from so8t_engine.sentences import sentence
from so8t_engine.train import nonfinite, optim, ppo, ppo_phase, rollout, units
from so8t_engine.train.units import Unit


class Run:
    """A run of training that writes down what is asked of it."""

    def __init__(self, root: Path) -> None:
        self.config = configured(root)
        self.units = units.layout(self.config)
        self.pad, self.stop, self.examples, self.tokenizer = 0, [1], ["example"], "tokenizer"
        self.rollouts: list[Any] = ["before"]
        self.told, self.done, self.judged = list[Any](), list[Any](), list[Any]()
        self.learner = SimpleNamespace(set_alpha=lambda alpha: self.told.append(("alpha", alpha)))
        self.context = SimpleNamespace(warn=lambda *given: self.told.append(given))
        self.graph_failed = "graph_failed"

    def alpha_at(self, updates: int) -> float:
        return 1 - updates / 16

    def at_a_time(self, count: int) -> int:
        return count // 2

    def batches(self, count: int) -> list[slice]:
        return [slice(0, 1), slice(1, count)]

    def score(self, rows: list[int], responses: list[list[int]]) -> Any:
        self.told.append(("score", rows, responses))
        return SimpleNamespace(total=[1.0, 2.0, 3.0], means=lambda: {"answer": 0.5, "own:f": 0.25})

    def point(self, **values: Any) -> dict[str, Any]:
        return values

    def enter_phase(self, phase: str) -> str:
        return f"optimizer of {phase}"

    def judge(self, *given: Any) -> None:
        self.judged.append(given)

    def observe(self, *given: Any) -> None:
        self.told.append(("observe", *given))

    def finish_unit(self, number: int, metrics: Any) -> None:
        self.done.append((number, metrics))


@pytest.mark.parametrize(("mean", "warned"), [(0.2, False), (0.25, True)])
def test_a_batch_is_drawn_by_seeds_of_its_own_scored_and_seen_in_parts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, mean: float, warned: bool
) -> None:
    run: Any = Run(tmp_path)
    answered, made, checked, drawn = list[Any](), list[Any](), list[Any](), list[Any]()
    answers = [SimpleNamespace(tokens=[5] * length) for length in (1, 2, 3)]
    monkeypatch.setattr(rollout, "answer", lambda *given, **more: answered.append((given, more)) or answers)

    def experience(policy: Any, **more: Any) -> Any:
        made.append(more)
        return SimpleNamespace(responses=torch.zeros(len(more["prompts"]), max(map(len, more["responses"]))))

    joined = SimpleNamespace(
        logprobs="logprobs", scores=torch.tensor([1.0, 2.0, 3.0]), lengths=torch.tensor([0, 1, 2]),
        ended=torch.tensor([True, False, False]),
    )  # fmt: skip
    monkeypatch.setattr(rollout, "make_experience", experience)
    monkeypatch.setattr(rollout, "join", lambda pieces, width, pad: drawn.append((len(pieces), width, pad)) or joined)
    monkeypatch.setattr(rollout, "logprob_differences", lambda *given: (mean, 0.5))
    monkeypatch.setattr(nonfinite, "check_rollout", lambda *given: checked.append(given))
    prompts: Any = SimpleNamespace(batch=lambda iteration, index, settings: [(row, [9] * row) for row in (7, 8, 9)])
    metrics = ppo_phase._roll_out(run, Unit("rollout", 1, iteration=2), prompts)

    queries = [[9] * row for row in (7, 8, 9)]
    [(given, more)] = answered
    assert given == (run.learner, queries) and more == {
        "stop": [1], "settings": run.config.ppo, "rows": run.config.ppo.local_rollout_forward_batch_size // 2,
        "seeds": [seeds.seed_of(run.config.seed, "rollout", 2, place) for place in (3, 4, 5)],
        "graph_failed": "graph_failed",
    }  # fmt: skip
    assert [(each["prompts"], each["scores"]) for each in made] == [(queries[:1], [1.0]), (queries[1:], [2.0, 3.0])]
    assert drawn == [(2, 3, 0)] and checked == [("logprobs", 3)] and run.rollouts == ["before", joined]
    alpha = 1 - 2 * run.units.updates / 16
    apart = ("logprob_difference", sentence("train.logprobs_far_apart", mean=mean, limit=0.2))
    assert run.told == [("alpha", alpha), ("score", [7, 8, 9], [[5], [5, 5], [5, 5, 5]]), *[apart] * warned]
    assert metrics == {
        "phase": "rollout", "iteration": 3, "alpha": alpha, "reward": 2.0, "reward_answer": 0.5, "reward_own.f": 0.25,
        "response_length": 2.0, "ended": pytest.approx(1 / 3), "sampling_logp_difference_mean": mean,
        "sampling_logp_difference_max": 0.5,
    }  # fmt: skip


@pytest.mark.parametrize("applied", [True, False])
def test_an_update_has_its_number_its_rate_and_its_minibatch(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, applied: bool
) -> None:
    run: Any = Run(tmp_path)
    asked: list[Any] = []
    values = {"loss": 0.5, "grad_norm": 2.0, "entropy": float("nan"), "applied": applied}
    result = SimpleNamespace(**values, _asdict=lambda: values)
    monkeypatch.setattr(optim, "schedule", lambda *given: asked.append(given) or 0.25)
    monkeypatch.setattr(optim, "set_rate", lambda optimizer, factor: asked.append((optimizer, factor)) or 0.125)
    monkeypatch.setattr(ppo, "minibatch", lambda *given: asked.append(given) or "rows")
    monkeypatch.setattr(ppo, "update", lambda *given: asked.append(given) or result)
    batch: Any = SimpleNamespace(score=3.0, kl=0.75)
    metrics = ppo_phase._update(run, Unit("update", 2, iteration=1), batch)
    settings, count = run.config.ppo, run.units.updates

    number = count + 3
    assert count == 4 and asked == [
        (settings.lr_scheduler_type, number - 1, run.units.ppo_updates, settings.warmup_ratio),
        ("optimizer of update", 0.25),
        (2, settings, run.config.seed, "ppo", 1),
        (run.learner, "optimizer of update", batch, "rows", settings),
    ]
    assert run.judged == [("ppo", number, 0.5, 2.0)]
    assert run.told == [("alpha", 1 - (number - 1) / 16), ("observe", number, 0.5)]
    assert metrics == {
        "phase": "ppo", "update": number, "iteration": 2, "alpha": 1 - (number - 1) / 16, "reward": 3.0, "kl": 0.75,
        "learning_rate": 0.125, "loss": 0.5, "grad_norm": 2.0, "entropy": None, "skipped": not applied,
    }  # fmt: skip


def test_an_iteration_is_prepared_once_and_forgotten_when_its_last_update_is_done(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run: Any = Run(tmp_path)
    prepared, seeded, kept = list[Any](), list[Any](), list[int]()

    def roll_out(training_run: Any, unit: Unit, prompts: Any) -> str:
        training_run.rollouts = [*training_run.rollouts, unit.index]
        return f"rollout {unit.iteration}.{unit.index} of {prompts}"

    def update(training_run: Any, unit: Unit, batch: Any) -> str:
        kept.append(len(training_run.rollouts))
        return f"update {unit.iteration}.{unit.index} of {batch}"

    monkeypatch.setattr(ppo_phase.PromptSampler, "of", lambda config, examples, tokenizer: f"{examples} {tokenizer}")
    monkeypatch.setattr(ppo_phase, "_roll_out", roll_out)
    monkeypatch.setattr(ppo_phase, "_update", update)
    monkeypatch.setattr(ppo, "prepare", lambda rollouts, pad, settings: prepared.append([*rollouts]) or len(prepared))
    monkeypatch.setattr(seeds, "seed_everything", lambda *given: seeded.append(given))
    first = run.units.ppo_start
    ppo_phase.run(run, first)

    of_prompts = "of ['example'] tokenizer"
    assert [metrics for _, metrics in run.done] == [
        each
        for at in (0, 1)
        for each in (
            *(f"rollout {at}.{index} {of_prompts}" for index in range(2)),
            *(f"update {at}.{index} of {at + 1}" for index in range(4)),
        )
    ]
    assert [number for number, _ in run.done] == list(range(first, first + 12)) and prepared == [[0, 1], [0, 1]]
    assert seeded == [(run.config.seed, "train", number) for number in range(first, first + 12)]
    assert kept == [2] * 8 and run.rollouts == []
