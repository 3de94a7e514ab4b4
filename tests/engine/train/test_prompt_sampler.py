"""The prompts of an iteration: every one once an epoch, none that is too long, batches of similar lengths."""

from __future__ import annotations

from typing import Any

import pytest

from helpers.sessions import make_config, refused
from so8t_engine.data.record import Example
from so8t_engine.model import conversations
from so8t_engine.sentences import sentence
from so8t_engine.train.prompt_sampler import PromptSampler

ROW = Example("0", "s", "maths", "en", "train", "?", "<final>5</final>", "5", "5", "number", None)


@pytest.fixture(autouse=True)
def one_token_a_letter(monkeypatch: pytest.MonkeyPatch) -> None:
    def encode(tokenizer: Any, examples: Any, system: str | None) -> list[list[int]]:
        return [[len(system or ""), *map(ord, example.prompt)] for example in examples]

    monkeypatch.setattr(conversations, "encode", encode)


def sampler(prompts: list[str], longest: int = 9, **counted: int) -> PromptSampler:
    examples = [ROW._replace(prompt=prompt, **counted) for prompt in prompts]  # type: ignore[arg-type]
    return PromptSampler(examples, None, "SY", longest, "ppo.max_prompt_length", 7)


def test_every_prompt_is_asked_once_an_epoch_in_a_new_order() -> None:
    drawn = sampler(["a", "bb", "ccc", "dddd", "eeeee", "ffffff"])
    rows = [row for iteration in range(6) for row, _ in drawn.chosen(iteration, 3)]
    epochs = [rows[at : at + 6] for at in range(0, 18, 6)]
    assert [sorted(epoch) for epoch in epochs] == [[0, 1, 2, 3, 4, 5]] * 3
    assert epochs[0] != epochs[1] != epochs[2]
    assert [row for row, _ in drawn.chosen(1, 3)] == epochs[0][3:], "a function of its number alone"
    assert all(prompt == [2, *map(ord, "abcdef"[row] * (row + 1))] for row, prompt in drawn.chosen(0, 6))


def test_in_the_place_of_one_that_is_too_long_another_is_asked() -> None:
    drawn = sampler(["a", "b" * 9, "cc", "d" * 20], longest=4)
    chosen = [row for row, _ in drawn.chosen(0, 4)]
    assert sorted(chosen) == [0, 0, 2, 2] and chosen[:2] == chosen[2:]
    whole = sampler(["a", "bbb"], longest=4).chosen(0, 2)
    assert sorted(row for row, _ in whole) == [0, 1], "the limit itself fits"
    error = refused(lambda: sampler(["b" * 9], longest=9).chosen(0, 2))
    assert error.code == "dataset_empty" and error.sentence == sentence(
        "train.no_prompt_fits", count=2, key="ppo.max_prompt_length", limit=9
    )


def test_one_that_was_counted_and_is_too_long_is_never_drawn() -> None:
    examples = [ROW._replace(prompt="a", prompt_tokens=5), ROW._replace(prompt="b", prompt_tokens=4)]
    drawn = PromptSampler(examples, None, None, 4, "x", 7)
    assert [drawn.chosen(iteration, 1)[0] for iteration in range(4)] == [(1, [0, ord("b")])] * 4


def test_a_batch_holds_prompts_of_similar_lengths() -> None:
    prompts = [letter * length for letter, length in zip("abcdef", (6, 1, 5, 2, 4, 3), strict=True)]
    settings = make_config(
        [{"name": "a", "path": "o/n"}],
        ppo={"batch_size": 6, "local_rollout_forward_batch_size": 2, "num_mini_batches": 1},
    ).ppo
    lengths = [[len(prompt) for _, prompt in sampler(prompts).batch(0, index, settings)] for index in range(3)]
    assert lengths == [[2, 3], [4, 5], [6, 7]]


@pytest.mark.parametrize(("algorithm", "key"), [("ppo", "ppo"), ("grpo", "grpo")])
def test_of_a_configuration_it_takes_the_algorithms_own_limit(algorithm: str, key: str) -> None:
    sections = {"algorithm": algorithm, key: {"max_prompt_length": 33}, "seed": 5}
    config = make_config([{"name": "a", "path": "o/n"}], convert={"system_prompt": "Think."}, **sections)
    own = PromptSampler.of(config, [ROW], "tokenizer")
    assert (own._system, own._max_length, own._setting, own._seed, own._tokenizer) == (
        "Think.", 33, f"{key}.max_prompt_length", 5, "tokenizer"
    )  # fmt: skip
