"""A run that would train nothing is refused by the check; one that leaves something out says so."""

from __future__ import annotations

from typing import Any

import pytest

from helpers import program
from helpers.sessions import make_config
from so8t_engine.config import file as config_file
from so8t_engine.doctor import training_plan

DATA = [{"name": "none", "source": "local", "path": "none"}]


def said(**sections: Any) -> list[tuple[str, str]]:
    return [(finding.level, str(finding.whole)) for finding in training_plan.check(make_config(DATA, **sections))]


def test_fewer_episodes_than_one_iteration_takes_are_an_error_that_names_the_right_number() -> None:
    [(level, text)] = said(ppo={"total_episodes": 32, "batch_size": 64})

    assert level == "error" and "32" in text and "PPO would do nothing" in text
    assert "Set ppo.total_episodes to 64" in text


@pytest.mark.parametrize("episodes", [64, 128, 20_000])
def test_whole_iterations_need_no_word(episodes: int) -> None:
    assert said(ppo={"total_episodes": episodes, "batch_size": 64}) == []


def test_episodes_that_are_no_whole_iteration_are_a_warning() -> None:
    [(level, text)] = said(ppo={"total_episodes": 100, "batch_size": 64})

    assert level == "warning" and "the last 36" in text and "Set ppo.total_episodes to 64" in text


def test_a_phase_may_be_left_out_on_purpose_but_not_all_of_them() -> None:
    [(warning, text)] = said(ppo={"total_episodes": 0, "batch_size": 64})
    [(error, nothing)] = said(ppo={"total_episodes": 0, "batch_size": 64}, warmup={"max_steps": 0})

    assert warning == "warning" and "PPO is left out" in text and "alpha then stays at 1" in text
    assert error == "error" and "Nothing would be trained" in nothing
    assert said(ppo={"total_episodes": 64, "batch_size": 64}, warmup={"max_steps": 0}) == []


@pytest.mark.parametrize("name", ["demo", "phi35-so8t", "phi35-so8t-24gb"])
def test_every_shipped_plan_trains_to_its_last_episode(name: str) -> None:
    assert training_plan.check(config_file.load_preset(name, [])) == []


def test_the_demo_with_half_an_iteration_is_refused_before_it_has_a_session(tmp_path: Any) -> None:
    done = program.so8t("run", "--preset", "demo", "--set", "ppo.total_episodes=32", "--data-root", tmp_path / "root")

    assert done.returncode == 3 and "PPO would do nothing" in done.stdout + done.stderr
    assert not (tmp_path / "root").exists()


@pytest.mark.parametrize(
    ("alpha", "episodes", "found"),
    [
        ({}, 64, [("note", "(alpha) of 0.447, in the last of 4 updates; the finished model has 0.382, the goal")]),
        ({}, 128, []),
        ({"schedule": "linear"}, 128, [("note", "0.459")]),
        ({"schedule": "step"}, 6_400, [("note", "Any other alpha.schedule")]),
        ({"schedule": "adaptive"}, 64, []),
        ({"initial": 1.0, "final": 1.0}, 64, []),
        ({"annealing_steps": 4}, 64, [("note", "0.447")]),
        ({"annealing_steps": 3}, 64, []),
        ({"annealing_steps": 100}, 64, [("warning", "only, not to its goal of 0.382: it takes 100 updates")]),
        ({"annealing_steps": 100, "schedule": "adaptive"}, 64, [("warning", "there are 4")]),
    ],
)  # fmt: skip
def test_an_alpha_that_does_not_come_to_its_goal_or_leaps_there_is_told_before_the_start(
    alpha: dict[str, Any], episodes: int, found: list[tuple[str, str]]
) -> None:
    """64 episodes: one iteration, four updates."""
    ppo = {"total_episodes": episodes, "batch_size": 64, "num_ppo_epochs": 1, "num_mini_batches": 4}
    told = said(alpha=alpha, ppo=ppo)
    assert [level for level, _ in told] == [level for level, _ in found]
    assert all(words in text for (_, text), (_, words) in zip(told, found, strict=True))
    assert said(alpha=alpha, ppo=ppo, gate={"enabled": False}) == []


EVALUATION = [{"name": "asked", "source": "local", "path": "none", "use": "evaluation"}]


def test_data_of_which_none_is_left_to_train_on_is_refused() -> None:
    asked = [(each.level, str(each.whole)) for each in training_plan.check(make_config(EVALUATION))]
    [(level, weightless)] = said(integrate={"weights": {"source:none": 0}})

    assert [each for each, _ in asked] == ["error"] and "use: evaluation" in asked[0][1]
    assert level == "error" and "integrate.weights" in weightless
    assert training_plan.check(make_config([*DATA, *EVALUATION])) == []
    assert said(integrate={"weights": {"source:none": 0.5, "language:ja": 0}}) == []


@pytest.mark.parametrize("key", ["languages", "licenses"])
def test_an_empty_list_that_nothing_is_in_is_refused(key: str) -> None:
    [(level, text)] = said(integrate={key: []})

    assert level == "error" and f"integrate.{key} is an empty list" in text and f"Leave integrate.{key} out" in text


def test_holding_out_every_prompt_is_refused_and_up_to_a_number_a_warning() -> None:
    [(error, text)] = said(integrate={"heldout_fraction": 1, "max_heldout": None})
    [(warning, other)] = said(integrate={"heldout_fraction": 1, "max_heldout": 1_000})

    assert error == "error" and "every prompt would be held out" in text
    assert warning == "warning" and "of up to 1,000 prompts none would be left" in other
    assert said(integrate={"heldout_fraction": 0.99}) == []


@pytest.mark.parametrize(
    ("most", "sections"),
    [
        (3, {"ppo": {"max_prompt_length": 3}}),
        (4, {"warmup": {"max_length": 4}}),
        (3, {"algorithm": "grpo", "grpo": {"max_prompt_length": 3}}),
    ],
)
def test_a_length_that_the_turns_alone_fill_is_refused(most: int, sections: dict[str, Any]) -> None:
    [(section, values)] = [(key, value) for key, value in sections.items() if isinstance(value, dict)]
    [(key, _)] = values.items()
    [(level, text)] = said(**sections)

    assert level == "error" and text.startswith(f"{section}.{key} is {most}: no question fits")
    assert said(**{**sections, section: {key: most + 1}}) == []


@pytest.mark.parametrize(
    ("episodes", "batch", "left"), [(20, 19, None), (19, 9, "the last 64"), (40, 38, None), (40, 37, "the last 192")]
)
def test_a_twentieth_of_the_episodes_left_over_is_as_good_as_none(episodes: int, batch: int, left: str | None) -> None:
    found = said(ppo={"total_episodes": 64 * episodes, "batch_size": 64 * batch})

    assert [(level, str(left) in text) for level, text in found] == ([] if left is None else [("warning", True)])
