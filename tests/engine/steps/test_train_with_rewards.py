"""Step 4 with a reward function that fails: named, nothing lost, and the same bytes once it is mended."""

from __future__ import annotations

import math
import sys
import types
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from helpers.sessions import Session, refused
from helpers.training import BUILD, configured, digests, ready

OWN = {"functions": ["users_rewards:own"]}


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A session with its three data steps done; each test trains on a copy."""
    root = tmp_path_factory.mktemp("data")
    Session(root, configured(root)).run()
    return root


@pytest.fixture
def module() -> Iterator[types.ModuleType]:
    made = types.ModuleType("users_rewards")
    sys.modules["users_rewards"] = made
    yield made
    del sys.modules["users_rewards"]


@pytest.fixture
def untouched_with_reward(data: Path, tmp_path_factory: pytest.TempPathFactory, module: types.ModuleType) -> Session:
    module.own = lambda completions, **_: [len(each) / 100 for each in completions]  # type: ignore[attr-defined]
    session = ready(data, tmp_path_factory.mktemp("reward"), reward=OWN, checkpoint={"interval_seconds": 1e6})
    session.run("train")
    return session


@pytest.mark.parametrize("stop", [2, *(pytest.param(stop, marks=pytest.mark.soak) for stop in (1, 3, 4))])
def test_a_reward_that_fails_keeps_all_before_it_and_once_mended_the_run_ends_with_the_same_bytes(
    data: Path, untouched_with_reward: Session, tmp_path: Path, module: types.ModuleType, stop: int
) -> None:
    """In the first rollout batch, within an iteration, at the beginning of the second, and at its end."""
    calls = 0

    def broken(completions: list[str], **_: Any) -> list[float]:
        nonlocal calls
        calls += 1
        if calls == 1 + stop:  # the first call is the trial before training
            raise ZeroDivisionError("by nought")
        return [len(completion) / 100 for completion in completions]

    module.own = broken  # type: ignore[attr-defined]
    session = ready(data, tmp_path, reward=OWN, checkpoint={"interval_seconds": 1e6})
    error = refused(lambda: session.run("train"))
    done = [event["unit"] for event in session.said("saved")][-1]
    session.run("train")

    assert error.code == "reward" and "users_rewards:own" in error.detail and "by nought" in error.detail
    assert done == 6 + [0, 1, 6, 7][stop - 1]
    assert digests(session) == digests(untouched_with_reward)


def test_a_reward_that_cannot_work_is_named_before_the_first_update(
    data: Path, tmp_path: Path, module: types.ModuleType
) -> None:
    module.own = lambda **_: [math.nan, 1.0]  # type: ignore[attr-defined]
    session = ready(data, tmp_path, model={"build": {**BUILD, "max_steps": 0}}, reward=OWN)
    error = refused(lambda: session.run("train"))

    assert error.code == "reward" and "nan for completion 1" in error.detail
    assert session.said("point") == []
