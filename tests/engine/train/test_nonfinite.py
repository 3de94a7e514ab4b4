"""Step 4 in trouble: numbers that are none, and too little memory. The run goes back or makes room, and says so."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import pytest
import torch

from helpers.sessions import Session, refused
from helpers.training import configured, points, ready
from so8t_engine.errors import EXIT_MODEL, EXIT_RETRY
from so8t_engine.run import pipeline
from so8t_engine.session import catalog, manifest, store, verification
from so8t_engine.steps import evaluate
from so8t_engine.train import nonfinite, ppo, ppo_math, rollout

INF, NAN = float("inf"), float("nan")
EVALUATE = evaluate.run


@pytest.mark.parametrize(("loss", "norm"), [(NAN, 1.0), (1.0, INF), (-INF, NAN)])
def test_an_update_counts_as_bad_where_its_loss_or_its_gradient_is_no_number(loss: float, norm: float) -> None:
    counted = partial(nonfinite.count_in_a_row, phase="ppo", update=7)
    assert [counted(before, loss=loss, grad_norm=norm) for before in (0, 1)] == [1, 2]
    assert refused(lambda: counted(2, loss=loss, grad_norm=norm)).code == "not_finite"
    assert counted(2, loss=1.0, grad_norm=1.0) == 0


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("data")
    Session(root, configured(root)).run()
    return root


@pytest.fixture(autouse=True)
def no_evaluation(monkeypatch: pytest.MonkeyPatch) -> None:
    """These sessions are over when training is."""
    monkeypatch.setattr(evaluate, "run", lambda context, cursor: None)


def start(session: Session) -> int:
    """One process of the engine, as far as the pipeline is concerned. Returns its exit code."""
    return pipeline.run_session(session.path, session.events.append, session.control)


def marks(session: Session) -> list[dict[str, Any]]:
    lines = (session.path / "history.jsonl").read_text(encoding="utf-8").splitlines()
    entries = [json.loads(line.split("\t")[0]) for line in lines]
    return [entry for entry in entries if entry["kind"] == "mark"]


def broken(wanted: Callable[[int], bool]) -> Callable[..., Any]:
    """ppo_math.losses that gives NaN at the calls that are wanted."""
    real, calls = ppo_math.losses, 0

    def losses(**arguments: Any) -> ppo_math.Losses:
        nonlocal calls
        calls += 1
        found = real(**arguments)
        return found._replace(policy=found.policy * float("nan")) if wanted(calls) else found

    return losses


def test_fault_32_after_three_bad_updates_the_run_goes_back_reorders_and_halves_the_rate_once(
    data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    session = ready(data, tmp_path, checkpoint={"interval_seconds": 1e6})
    monkeypatch.setattr(ppo_math, "losses", broken(lambda call: call > 4))  # two updates of two micro-batches are good
    first = start(session)
    monkeypatch.undo()
    monkeypatch.setattr(evaluate, "run", lambda context, cursor: None)
    before = store.read_state(session.path)
    second = start(session)
    rates = [point["learning_rate"] for point in points(session) if point["phase"] == "ppo"]

    assert (first, second) == (EXIT_RETRY, 0)
    assert before.cursor.unit == 0 and before.adjustments["reseed"] == 1
    assert session.said("failed")[0]["code"] == "not_finite"
    assert rates[0] == pytest.approx(0.5 * 1e-3)
    assert [mark["mark"] for mark in marks(session)] == ["exactness_break"]
    assert "0.5 of the learning rate" in marks(session)[0]["why"]["text"]
    assert not any(point.get("skipped") for point in points(session))


def test_fault_32_where_going_back_does_not_help_the_session_stops_with_a_sentence_and_stays_usable(
    data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    session = ready(data, tmp_path)
    monkeypatch.setattr(ppo_math, "losses", broken(lambda call: True))
    codes = [start(session), start(session)]
    entry = catalog.entry(session.path)
    kept = [name for name in verification.problems(session.path)]

    assert codes == [EXIT_RETRY, EXIT_MODEL]
    assert session.said("failed")[-1]["code"] == "training"
    assert "did not help" in session.said("failed")[-1]["sentence"]["text"]
    assert entry.unfinished and kept == []


def test_a_rollout_drawn_from_probabilities_that_are_none_is_not_learnt_from(
    data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = rollout.make_experience

    def poisoned(*arguments: Any, **named: Any) -> rollout.Rollout:
        found = real(*arguments, **named)
        return found._replace(logprobs=found.logprobs * float("nan"))

    session = ready(data, tmp_path)
    monkeypatch.setattr(rollout, "make_experience", poisoned)

    assert start(session) == EXIT_RETRY
    assert "not finite" in session.said("failed")[0]["sentence"]["text"]
    assert not any(point["phase"] == "ppo" for point in points(session))


def test_fault_31_out_of_memory_goes_on_with_half_the_micro_batch_and_the_same_totals(
    data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real, sizes = ppo._micro_batch, []

    def small_memory(policy: Any, batch: Any, rows: torch.Tensor, *rest: Any) -> torch.Tensor:
        sizes.append(len(rows))
        if len(rows) > 1:
            raise torch.OutOfMemoryError("CUDA out of memory. Tried to allocate 2.00 GiB.")
        return real(policy, batch, rows, *rest)

    session = ready(data, tmp_path)
    monkeypatch.setattr(ppo, "_micro_batch", small_memory)
    codes = [start(session), start(session)]
    updates = [point for point in points(session) if point["phase"] == "ppo"]

    assert codes == [EXIT_RETRY, 0]
    assert session.said("failed")[0]["code"] == "out_of_memory"
    assert "half the micro-batch" in session.said("failed")[0]["sentence"]["text"]
    assert sizes[0] == 2 and set(sizes[1:]) == {1} and len(sizes) == 1 + 8 * 4
    assert len(updates) == 8
    assert [mark["mark"] for mark in marks(session)] == ["exactness_break"]
    assert "divided by 2 (out of memory)" in marks(session)[0]["why"]["text"]
    assert manifest.problems(session.path / "adapter") == []


def test_fault_31_where_no_micro_batch_can_be_smaller_the_user_is_told(
    data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_memory(*_: Any) -> torch.Tensor:
        raise torch.OutOfMemoryError("CUDA out of memory. Tried to allocate 2.00 GiB.")

    session = ready(data, tmp_path, evaluate={"per_device_eval_batch_size": 2})
    monkeypatch.setattr(ppo, "_micro_batch", no_memory)
    codes = []
    while not codes or codes[-1] == EXIT_RETRY:
        codes.append(start(session))

    assert codes == [EXIT_RETRY] * 2 + [EXIT_MODEL]  # the largest is a rollout batch of four
    assert session.said("failed")[-1]["code"] == "memory"
