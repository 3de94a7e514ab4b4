"""What a user is told once of a run."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

from so8t_engine.sentences import sentence, verbatim
from so8t_engine.train.training_run import TrainingRun


def test_a_card_that_runs_its_steps_one_by_one_is_told_of_once() -> None:
    told: list[tuple[str, Any]] = []
    run: Any = SimpleNamespace(_slow_said=False, context=SimpleNamespace(warn=lambda *said: told.append(said)))
    TrainingRun.graph_failed(run, "no graphs here")
    TrainingRun.graph_failed(run, "nor here")
    assert told == [("no_cuda_graph", sentence("train.no_cuda_graph", why=verbatim("no graphs here")))]
