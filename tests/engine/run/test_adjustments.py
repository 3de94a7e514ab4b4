"""What trouble changes for the rest of a run: the totals stay, and every change is used up at some time."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers.sessions import local, make_config
from so8t_engine.config.run_config import RunConfig
from so8t_engine.run import adjustments as adjust


def config(warmup: int = 4, accumulation: int = 3, ppo: int = 4, rollout: int = 8) -> RunConfig:
    return make_config(
        [local("a", "a.jsonl")],
        warmup={"per_device_train_batch_size": warmup, "gradient_accumulation_steps": accumulation},
        ppo={"per_device_train_batch_size": ppo, "local_rollout_forward_batch_size": rollout, "batch_size": 64},
        evaluate={"per_device_eval_batch_size": 2},
    )


def test_without_adjustments_the_configuration_is_the_frozen_one() -> None:
    frozen = config()

    assert adjust.settings(frozen, {}) is frozen


@given(warmup=st.integers(1, 12), accumulation=st.integers(1, 12), halvings=st.integers(1, 6))
def test_smaller_micro_batches_make_up_the_same_update(warmup: int, accumulation: int, halvings: int) -> None:
    run = adjust.settings(config(warmup, accumulation), {adjust.DIVISOR: 2**halvings}).warmup

    assert run.per_device_train_batch_size * run.gradient_accumulation_steps == warmup * accumulation
    assert run.per_device_train_batch_size <= max(1, warmup // 2**halvings)


def test_memory_is_made_by_halving_until_every_micro_batch_is_one_sequence() -> None:
    frozen, adjustments = config(), {}
    seen = []
    while (changed := adjust.halved(adjust.settings(frozen, adjustments), adjustments)) is not None:
        adjustments = changed
        seen.append(adjust.divisor_of(adjustments))

    assert seen == [2, 4, 8]
    assert adjust.settings(frozen, adjustments).ppo.local_rollout_forward_batch_size == 8


@pytest.mark.parametrize("algorithm", ["grpo", "rloo"])
def test_memory_for_grpo_and_rloo_is_made_of_their_own_micro_batches(algorithm: str) -> None:
    """PPO's say nothing there, and theirs are halved until each is one sequence."""
    small = {"per_device_train_batch_size": 1, "gradient_accumulation_steps": 1}
    ppo = {"per_device_train_batch_size": 64, "local_rollout_forward_batch_size": 64, "batch_size": 64}

    def frozen(size: int) -> RunConfig:
        group = {"per_device_train_batch_size": size, "gradient_accumulation_steps": 8 // size, "num_generations": 2}
        sections = {"warmup": small, "ppo": ppo, algorithm: group, "evaluate": {"per_device_eval_batch_size": 1}}
        return make_config([local("a", "a.jsonl")], algorithm=algorithm, **sections)

    adjustments: dict[str, float] = {}
    seen = []
    while (changed := adjust.halved(adjust.settings(frozen(4), adjustments), adjustments)) is not None:
        adjustments = changed
        group = adjust.settings(frozen(4), adjustments).group
        assert group is not None
        seen.append(group.per_device_train_batch_size)

    assert seen[:2] == [2, 1] and len(seen) <= 4, "PPO's 64 would be halved seven times"


def test_going_back_changes_the_order_and_lowers_the_rate_once() -> None:
    first = adjust.rolled_back({}, unit=500)
    assert first == {adjust.RESEED: 1, adjust.RESEED_UNIT: 500, adjust.RATE: 0.5}
    later = adjust.rolled_back(first, unit=500 + adjust.AGAIN_AFTER)
    assert later is not None
    frozen = config()
    runs = [adjust.settings(frozen, adjustments) for adjustments in ({}, first, later)]

    assert len({run.seed for run in runs}) == 3
    assert [run.ppo.learning_rate / frozen.ppo.learning_rate for run in runs] == [1.0, 0.5, 0.5]


def test_going_back_twice_at_the_same_place_is_not_tried() -> None:
    first = adjust.rolled_back({}, unit=500)
    assert first is not None

    assert adjust.rolled_back(first, unit=510) is None


def test_the_history_gets_a_sentence_for_each_change() -> None:
    both = {adjust.DIVISOR: 2, adjust.RESEED: 1, adjust.RESEED_UNIT: 7, adjust.RATE: 0.5}

    text = str(adjust.described(both))

    assert "divided by 2" in text and "0.5 of the learning rate" in text


@given(
    micro=st.integers(1, 8), accumulation=st.integers(1, 6), generations=st.integers(1, 3), halvings=st.integers(1, 5)
)  # fmt: skip
def test_smaller_micro_batches_leave_a_cycle_of_groups_as_it_was(
    micro: int, accumulation: int, generations: int, halvings: int
) -> None:
    frozen = make_config(
        [local("a", "a.jsonl")],
        algorithm="grpo",
        grpo={
            "per_device_train_batch_size": 2 * micro, "gradient_accumulation_steps": accumulation, "max_steps": 0,
            "steps_per_generation": generations * accumulation, "num_generations": 2,
        },
    )  # fmt: skip
    run = adjust.settings(frozen, {adjust.DIVISOR: 2**halvings}).grpo

    assert (run.prompts, run.updates) == (frozen.grpo.prompts, frozen.grpo.updates)
    assert run.per_device_train_batch_size <= max(1, 2 * micro // 2**halvings)
    assert type(run).model_validate(run.model_dump()) == run


def test_everything_that_is_divided_and_every_rate_that_is_lowered_has_its_value() -> None:
    frozen = config().model_copy(update={"gate": config().gate.model_copy(update={"learning_rate": 0.5})})
    run = adjust.settings(frozen, {adjust.DIVISOR: 2, adjust.RESEED: 1, adjust.RESEED_UNIT: 7, adjust.RATE: 0.5})

    sizes = (run.warmup, run.ppo, run.grpo, run.rloo)
    assert [each.per_device_train_batch_size for each in sizes] == [2, 2, 4, 4]
    assert run.evaluate.per_device_eval_batch_size == 1
    assert run.gate.learning_rate == 0.25
    assert run.ppo.learning_rate == frozen.ppo.learning_rate / 2
    assert run.grpo.learning_rate == frozen.grpo.learning_rate / 2
    assert run.ppo.value_learning_rate is None and frozen.ppo.value_learning_rate is None
    least = adjust.settings(frozen, {adjust.DIVISOR: 1 << 10})
    assert (least.ppo.per_device_train_batch_size, least.evaluate.per_device_eval_batch_size) == (1, 1)


def test_the_order_after_going_back_is_the_same_wherever_it_is_worked_out() -> None:
    seeds = [adjust.settings(make_config([local("a", "a.jsonl")], seed=7), {adjust.RESEED: n}).seed for n in (0, 1, 2)]

    assert seeds == [7, 1587392024, 230279348]


def test_two_sequences_are_halved_and_so_is_a_cycle_of_single_ones() -> None:
    assert adjust.halved(config(1, 1, 1, 2), {}) == {adjust.DIVISOR: 2}
    group = {"per_device_train_batch_size": 1, "gradient_accumulation_steps": 8, "num_generations": 2}
    sections = {"warmup": {"per_device_train_batch_size": 1}, "evaluate": {"per_device_eval_batch_size": 1}}
    run = make_config([local("a", "a.jsonl")], algorithm="grpo", grpo=group, **sections)

    assert adjust.halved(run, {}) == {adjust.DIVISOR: 2} and adjust.halved(run, {adjust.DIVISOR: 8}) is None


@pytest.mark.parametrize(("unit", "again"), [(99, False), (100, True)])
def test_one_that_does_not_say_where_it_was_tried_was_tried_at_the_beginning(unit: int, again: bool) -> None:
    assert (adjust.rolled_back({adjust.RESEED: 1.0}, unit) is not None) is again


def test_a_lower_rate_is_lower_for_all_that_learns_and_draws_as_before() -> None:
    frozen = make_config(
        [local("a", "a.jsonl")],
        warmup={"learning_rate": 0.5}, ppo={"learning_rate": 0.25, "value_learning_rate": 0.125},
        gate={"learning_rate": 0.75}, grpo={"learning_rate": 0.0625}, rloo={"learning_rate": 0.03125},
    )  # fmt: skip
    run = adjust.settings(frozen, {adjust.RATE: 0.5})
    rates = (run.warmup, run.ppo, run.gate, run.grpo, run.rloo)

    assert [each.learning_rate for each in rates] == [0.25, 0.125, 0.375, 0.03125, 0.015625]
    assert (run.ppo.value_learning_rate, run.seed) == (0.0625, frozen.seed)
    assert adjust.settings(frozen, {adjust.RESEED: 1}).seed != frozen.seed
