"""What is looked at before the first update: the model, what is too long, the rewards."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest
import torch
from torch import nn

from helpers.sessions import refused
from so8t_engine.config import file as config_file
from so8t_engine.config.run_config import RunConfig
from so8t_engine.data.record import Example
from so8t_engine.model import conversations
from so8t_engine.model import tokenizer as tokens
from so8t_engine.rewards import scoring
from so8t_engine.sentences import sentence
from so8t_engine.train import preflight
from so8t_engine.train.preflight import TooLong

WARMUP = {"key": "warmup.max_length", "limit": 300, "total": 9}


def prompts(algorithm: str, limit: int, count: int) -> dict[str, Any]:
    return {
        "key": f"{algorithm}.max_prompt_length", "limit": limit, "total": 9, "count": count,
        "algorithm": algorithm.upper(),
    }  # fmt: skip


@pytest.mark.parametrize(
    ("too_long", "algorithm", "told"),
    [
        (TooLong(0, 0, 9), "ppo", {}),
        (TooLong(3, 0, 9), "ppo", {"train.examples_too_long": {**WARMUP, "count": 3}}),
        (TooLong(0, 2, 9), "ppo", {"train.prompts_too_long": prompts("ppo", 200, 2)}),
        (TooLong(0, 2, 9), "grpo", {"train.prompts_too_long": prompts("grpo", 100, 2)}),
        (TooLong(4, 1, 9), "ppo", {"train.examples_too_long": {**WARMUP, "count": 4},
                                   "train.prompts_too_long": prompts("ppo", 200, 1)}),
    ],
)  # fmt: skip
def test_each_use_tells_how_many_are_too_long_and_which_key_says_so(
    too_long: TooLong, algorithm: str, told: dict[str, Any]
) -> None:
    words = ["warmup.max_length=300", "ppo.max_prompt_length=200"]
    if algorithm == "grpo":
        words = ["warmup.max_length=300", "algorithm=grpo", "grpo.max_prompt_length=100"]
    config = config_file.load_preset("phi35-so8t", words)

    assert {said.code: dict(said.args) for said in preflight.warnings(too_long, config)} == told


EXAMPLE = Example("1", "s", "chat", "en", "train", "", "", "", None, None, None)
FRAME = 5


@pytest.fixture
def bytes_are_tokens(monkeypatch: pytest.MonkeyPatch) -> None:
    """A frame of five around each prompt and one where they meet; one behind each answer."""
    monkeypatch.setattr(tokens, "encode_prompts", lambda _, texts, system: [[0] * FRAME for _ in texts])
    monkeypatch.setattr(
        conversations,
        "encode",
        lambda _, part, system: [[0] * (FRAME + 1 + len(each.prompt.encode())) for each in part],
    )
    monkeypatch.setattr(
        tokens, "encode_completions", lambda _, texts: [[0] * (len(text.encode()) + 1) for text in texts]
    )


def limited(*words: str) -> RunConfig:
    return config_file.load_preset("phi35-so8t", ["warmup.max_length=40", "ppo.max_prompt_length=20", *words])


@pytest.mark.usefixtures("bytes_are_tokens")
def test_what_is_too_long_is_counted_to_the_token_in_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    """Prompts of up to 14 letters fit in 20 tokens, with up to 40 - 6 - 1 letters of both in all."""
    monkeypatch.setattr(preflight, "ENCODED", 3)
    examples = [
        EXAMPLE._replace(prompt="x" * asked, completion="y" * said) for asked in range(20) for said in range(40)
    ]
    prompts = sum(len(each.prompt) > 14 for each in examples)
    whole = sum(bool(each.completion) and len(each.prompt) + len(each.completion) > 33 for each in examples)

    assert preflight.lengths(examples, None, limited()) == TooLong(whole, prompts, 800)
    assert preflight.lengths(examples, None, limited("warmup.max_steps=0")) == TooLong(0, prompts, 800)
    assert preflight.lengths(examples, None, limited("ppo.total_episodes=0")) == TooLong(whole, 0, 800)
    assert preflight.lengths([], None, limited()) == TooLong(0, 0, 0)
    talk = EXAMPLE._replace(prompt="語" * 5, messages="[]")  # 15 bytes
    assert preflight.lengths([talk, EXAMPLE], None, limited()) == TooLong(0, 1, 2)
    grouped = limited("algorithm=grpo", "grpo.max_prompt_length=19", "ppo.total_episodes=0")
    fourteen = EXAMPLE._replace(prompt="x" * 14)
    assert preflight.lengths([fourteen, EXAMPLE], None, grouped) == TooLong(0, 1, 2)


@pytest.mark.usefixtures("bytes_are_tokens")
@pytest.mark.parametrize(
    ("prompts", "completions", "told"),
    [
        ([1, 2], [40, 40], ("train.no_example_fits", {"count": 2, "key": "warmup.max_length", "limit": 40})),
        ([1, 2], [40, 0], ("train.no_example_fits", {"count": 2, "key": "warmup.max_length", "limit": 40})),
        ([15, 16], [1, 1], ("train.no_prompt_fits", {"count": 2, "key": "ppo.max_prompt_length", "limit": 20})),
        ([1, 16], [1, 40], None), ([1, 16], [0, 0], None),
    ],
)  # fmt: skip
def test_where_nothing_fits_it_is_refused(prompts: list[int], completions: list[int], told: Any) -> None:
    examples = [EXAMPLE._replace(prompt="x" * a, completion="y" * b) for a, b in zip(prompts, completions, strict=True)]
    if told is None:
        preflight.lengths(examples, None, limited())
        return
    error = refused(lambda: preflight.lengths(examples, None, limited()))
    assert (error.code, error.sentence) == ("dataset_empty", sentence(told[0], **told[1]))


class Model(nn.Module):
    def __init__(self, value: float) -> None:
        super().__init__()
        self.q_proj, self.qkv_proj, self.lm_head = nn.Linear(1, 1), nn.Linear(1, 1), nn.Linear(1, 1)
        self.value = value

    def forward(self, input_ids: torch.Tensor, use_cache: bool) -> Any:
        assert input_ids.tolist() == [[0] * FRAME] and use_cache is False
        return SimpleNamespace(logits=torch.tensor([1.0, self.value]))


@pytest.mark.usefixtures("bytes_are_tokens")
def test_a_model_has_what_is_to_be_adapted_and_gives_numbers() -> None:
    config = limited("lora.target_modules=[mlp.qkv_proj]")
    preflight.model(Model(2.0), None, config)
    error = refused(lambda: preflight.model(Model(float("inf")), None, config))
    assert error.sentence == sentence("model.logits_not_finite", dtype=config.model.dtype)
    absent = limited("lora.target_modules=[a.k_proj, q_proj]")
    error = refused(lambda: preflight.model(Model(2.0), None, absent))
    told = {"targets": ["a.k_proj"], "available": ["q_proj", "qkv_proj"]}
    assert (error.code, error.sentence) == ("model_unfit", sentence("model.no_lora_target", **told))
    preflight.model(
        Model(2.0), None, limited("lora.target_modules=[k_proj]", "lora.enabled=false", "model.load_in_4bit=false")
    )


def test_rewards_are_tried_on_a_few_good_answers_byte_by_byte(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[Any] = []
    monkeypatch.setattr(scoring, "score", lambda *given: asked.append(given))
    examples, config = [EXAMPLE._replace(completion=f"語{n}") for n in range(20)], limited()
    preflight.reward_functions(examples, config, {})
    few = examples[:2]

    texts = [each.completion for each in few]
    assert asked == [(few, texts, config.reward, {}, [list(text.encode()) for text in texts])]
