"""Steps where no graph can be recorded: they run all the same, and why is said once."""

from __future__ import annotations

import pytest
import torch

from so8t_engine.model.step_graphs import StepGraphs


@pytest.mark.skipif(torch.cuda.is_available(), reason="there a graph can be recorded")
def test_where_recording_fails_every_step_runs_as_it_is_and_why_is_said_once() -> None:
    steps: list[int] = []
    said: list[str] = []
    with StepGraphs(steps.append, torch.device("cuda"), said.append) as graphs:
        assert graphs.replays
        for width in (8, 8, 8, 16, 16):
            graphs.run(width)
        assert not graphs.replays

    assert steps == [8, 8, 8, 16, 16] and len(said) == 1 and said[0]


def test_a_cpu_records_nothing_and_says_nothing() -> None:
    steps: list[int] = []
    with StepGraphs(steps.append, torch.device("cpu"), pytest.fail) as graphs:
        for width in (3, 3, 4):
            graphs.run(width)
        assert not graphs.replays
    assert steps == [3, 3, 4]
