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
from so8t_engine.session import history

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


@pytest.mark.parametrize(("stop", "noted"), [(1, 0), (2, 1)])
def test_another_reward_function_is_noted_once_answers_were_scored_by_the_one_before(
    data: Path, tmp_path: Path, module: types.ModuleType, stop: int, noted: int
) -> None:
    """Known by the bytes of its file. Stopped before the first iteration, and within it."""
    calls = 0

    def called() -> None:
        nonlocal calls
        calls += 1
        if calls == 1 + stop:  # the first call is the trial before training
            raise ZeroDivisionError

    def put(length: int) -> None:
        file = tmp_path / "own.py"
        file.write_text(
            f"def own(completions, **_):\n    called()\n    return [len(x) / {length} for x in completions]\n"
        )
        exec(compile(file.read_text(), file, "exec"), module.__dict__)

    module.called, module.__file__ = called, str(tmp_path / "own.py")  # type: ignore[attr-defined]
    put(100)
    session = ready(data, tmp_path, reward=OWN)
    refused(lambda: session.run("train"))
    assert session.said("mark") == []
    put(50)
    session.run("train")

    marks = [entry for entry in history.read(session.path / history.NAME) if entry.get("mark") == "exactness_break"]
    assert [entry["why"]["code"] for entry in marks] == ["train.reward_function_changed"] * noted
    assert [event["code"] for event in session.said("warning")].count("exactness_break") == noted


def test_a_reward_that_cannot_work_is_named_before_the_first_update(
    data: Path, tmp_path: Path, module: types.ModuleType
) -> None:
    module.own = lambda **_: [math.nan, 1.0]  # type: ignore[attr-defined]
    session = ready(data, tmp_path, model={"build": {**BUILD, "max_steps": 0}}, reward=OWN)
    error = refused(lambda: session.run("train"))

    assert error.code == "reward" and "nan for completion 1" in error.detail
    assert session.said("point") == []
