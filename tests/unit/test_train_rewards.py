"""Rewards tell better answers from worse ones, and a broken reward function is named."""

from __future__ import annotations

import math
import sys
import types
from collections.abc import Iterator
from typing import Any

import pytest

from so8t_engine.config import Reward
from so8t_engine.data.record import Example
from so8t_engine.train import answers, rewards
from support import refused

SUM = "<think-logic>2 + 3 = 5</think-logic>\n<final>5</final>"
REFUSAL = "<final>I can't help with that: theft is a crime.</final>"


def example(**values: Any) -> Example:
    basis = dict(
        id="0", source="s", category="maths", language="en", split="train", prompt="2 + 3?", completion=SUM, plain="5",
        answer="5", answer_kind="number", safety=None,
    )  # fmt: skip
    return Example(**(basis | values))


def total(said: str, **values: Any) -> float:
    [found] = rewards.score([example(**values)], [said], Reward(), {}).total
    return found


@pytest.fixture
def module() -> Iterator[types.ModuleType]:
    """A user's module that can be imported by name."""
    made = types.ModuleType("users_rewards")
    sys.modules["users_rewards"] = made
    yield made
    del sys.modules["users_rewards"]


def test_a_right_well_formed_answer_earns_everything() -> None:
    assert total(SUM) == pytest.approx(1.0)


def test_each_step_towards_a_right_answer_earns_more() -> None:
    ladder = [
        "",
        "no tags at all",
        "<final>4",
        "<final>4</final> and more",
        "<think-logic>2 + 3 = 4</think-logic> <final>4</final> and more",
        "<think-logic>2 + 3 = 4</think-logic><final>4</final>",
        SUM,
    ]
    earned = [total(said) for said in ladder]

    assert earned == sorted(earned)
    assert len(set(earned)) >= 5


def test_unsafe_prompts_want_a_refusal_and_safe_ones_an_answer() -> None:
    nothing: dict[str, Any] = {"answer": None, "answer_kind": None}
    unsafe = [total(said, safety="unsafe", **nothing) for said in (REFUSAL, SUM)]
    safe = [total(said, safety="safe", **nothing) for said in (REFUSAL, SUM)]

    assert unsafe[0] - unsafe[1] == pytest.approx(0.3)
    assert safe[1] - safe[0] == pytest.approx(0.3)


@pytest.mark.parametrize(
    ("said", "gold", "kind", "wanted"),
    [
        ("The answer is 1,200.", "1200", "number", 1.0),
        ("１２", "12", "number", 1.0),
        ("3.50", "3.5", "number", 1.0),
        ("1/2", "0.5", "number", 1.0),
        ("7 apples and then 9", "7", "number", 0.0),
        ("-4", "4", "number", 0.0),
        ("none", "4", "number", 0.0),
        ("1/0", "4", "number", 0.0),
        ("B. dog", "B", "choice", 1.0),
        ("Answer: C", "B", "choice", 0.0),
        ("Ｂ", "B", "choice", 1.0),
        ("dog", "B", "choice", 0.0),
        ("The  Red fox", "the red fox", "text", 1.0),
        ("blue sky", "red fox", "text", 0.0),
    ],
)
def test_answers_are_compared_by_what_they_say(said: str, gold: str, kind: Any, wanted: float) -> None:
    assert answers.credit(said, gold, kind) == wanted


def test_shared_words_earn_less_than_half() -> None:
    assert 0 < answers.credit("a red dog", "a red fox", "text") < 0.5


def test_a_users_function_sees_every_column_and_adds_to_the_reward(module: types.ModuleType) -> None:
    def short(prompts: list[str], completions: list[str], answer: list[str], **columns: Any) -> list[float]:
        assert prompts == ["2 + 3?"] and answer == ["5"] and columns["category"] == ["maths"]
        return [0.25 for _ in completions]

    module.short = short  # type: ignore[attr-defined]
    functions = rewards.resolve(["users_rewards:short"])
    found = rewards.score([example()], [SUM], Reward(), functions)

    assert found.total == pytest.approx([1.25])
    assert found.means() == {"format": 1.0, "answer": 1.0, "safety": 1.0, "users_rewards:short": 0.25}


@pytest.mark.parametrize("name", ["no_such_module_here:f", "math:no_such_function"])
def test_a_function_that_cannot_be_imported_is_named(name: str) -> None:
    error = refused(lambda: rewards.resolve([name]))

    assert error.code == "reward" and name in error.detail


@pytest.mark.parametrize("values", [[math.nan], [math.inf], [], [1.0, 2.0], ["word"], None])
def test_a_function_that_returns_no_finite_numbers_is_named(module: types.ModuleType, values: Any) -> None:
    module.broken = lambda **_: values  # type: ignore[attr-defined]
    functions = rewards.resolve(["users_rewards:broken"])
    error = refused(lambda: rewards.score([example()], [SUM], Reward(), functions))

    assert error.code == "reward" and "users_rewards:broken" in error.detail
