"""Which uses an example is too long for."""

from __future__ import annotations

from typing import Any

import pytest

from helpers.sessions import make_config, refused
from so8t_engine.data.record import Example
from so8t_engine.data.thought import token_limits
from so8t_engine.data.thought.token_limits import TokenLimits, Verdict

SOURCE = {"name": "a", "path": "owner/a"}


def example(prompt: int, completion: int, **more: Any) -> Example:
    texts = {"prompt": "Q?", "completion": "A." if completion else "", "plain": "A.", "split": "train"} | more
    return Example(
        "id", "a", "general", "en", answer=None, answer_kind=None, safety=None, prompt_tokens=prompt,
        completion_tokens=completion, **texts,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("whole", "prompt", "item", "verdict"),
    [
        (10, 5, example(5, 5), "fits"),
        (10, 5, example(5, 6), "prompt_alone"),
        (10, 5, example(6, 4), "not_asked"),
        (10, 5, example(6, 5), "left_out"),
        (10, 5, example(6, 0), "left_out"),
        (10, None, example(6, 5), "left_out"),
        (None, 5, example(5, 99), "fits"),
        (None, 5, example(6, 1), "left_out"),
    ],
)
def test_one_that_is_too_long_for_one_use_keeps_the_other(
    whole: int | None, prompt: int | None, item: Example, verdict: Verdict
) -> None:
    assert TokenLimits(whole, prompt).verdict(item) == verdict


def test_a_held_out_question_is_never_too_long() -> None:
    assert TokenLimits(10, 5).over(example(99, 99, split="heldout")) == (False, False)
    assert TokenLimits(10, 5).over(example(99, 99)) == (True, True)


@pytest.mark.parametrize(
    ("sections", "limits"),
    [
        ({}, TokenLimits(1_024, 512)),
        ({"ppo": {"max_prompt_length": 300}, "warmup": {"max_length": 700}}, TokenLimits(700, 300)),
        ({"warmup": {"max_steps": 0}}, TokenLimits(None, 512)),
        ({"ppo": {"total_episodes": 0}}, TokenLimits(1_024, None)),
        ({"algorithm": "grpo", "grpo": {"max_prompt_length": 200}}, TokenLimits(1_024, 200)),
        ({"algorithm": "rloo", "rloo": {"max_steps": 0}}, TokenLimits(1_024, None)),
    ],
)
def test_what_is_not_trained_has_no_limit(sections: dict[str, Any], limits: TokenLimits) -> None:
    assert TokenLimits.of(make_config([SOURCE], **sections)) == limits


COUNTED = [
    example(5, 5), example(5, 6), example(6, 4), example(6, 5), example(6, 0), example(3, 0),
    example(4, 5), example(99, 99, split="heldout"),
]  # fmt: skip


def test_it_is_counted_what_is_too_long_for_which_use() -> None:
    limits = TokenLimits(10, 5)
    begun = token_limits.begin(limits, "digest")
    counts = token_limits.added(token_limits.added(begun, limits, COUNTED[:3]), limits, COUNTED[3:])

    assert set(begun) == set(counts) and begun["examples"] == 0
    assert counts == {
        "tokenizer": "digest", "whole": 10, "prompt": 5, "examples": 7, "learnt": 3, "asked": 4, "answers_over": 2,
        "prompts_over": 3, "prompt_alone": 1,
    }  # fmt: skip


def test_what_is_too_long_is_said_by_number_and_where_nothing_is_left_it_stops() -> None:
    limits, config = TokenLimits(10, 5), make_config([SOURCE])
    counts = token_limits.added(token_limits.begin(limits, "digest"), limits, COUNTED)
    answers, prompts = token_limits.check(counts, config)

    assert answers.code == "steps.too_many_tokens"
    assert answers.args == {"count": 2, "key": "warmup.max_length", "limit": 10, "total": 7, "prompts": 1}
    assert prompts.code == "train.prompts_too_long"
    assert prompts.args == {"count": 3, "key": "ppo.max_prompt_length", "limit": 5, "total": 7, "algorithm": "PPO"}
    assert token_limits.check({**counts, "answers_over": 0, "prompts_over": 0}, config) == []
    for nothing, code in (("learnt", "train.no_example_fits"), ("asked", "train.no_prompt_fits")):
        error = refused(lambda nothing=nothing: token_limits.check({**counts, nothing: 0}, config))
        assert (error.code, error.sentence.code) == ("dataset_empty", code)


def test_a_prompt_alone_has_no_answer_and_no_tokens_of_one() -> None:
    alone = token_limits.prompt_alone(example(5, 6))
    assert (alone.prompt, alone.prompt_tokens, alone.completion, alone.completion_tokens) == ("Q?", 5, "", 0)
