"""Rollouts of a tiny policy: what is generated, what is seen of it, and what it costs in passes and memory."""

from __future__ import annotations

from typing import Any

import pytest
import torch
from torch import Tensor

from helpers.sessions import make_config
from helpers.training import SECTIONS
from so8t_engine.config.run_config import RunConfig
from so8t_engine.model import base_model, logprobs, so8_gate
from so8t_engine.model import tokenizer as tokens
from so8t_engine.model.policy import Policy
from so8t_engine.train import ppo, rollout

STOP, PAD = [2], 0
PROMPTS = [[5, 6, 7], [8, 9, 10, 11, 12, 13, 14], [15], [16, 17, 18, 19]]
RESPONSES = [[20, 21, 22, 23, 24, 2], [25, 2], [26, 27, 28, 2], [29, 30, 31, 32, 33, 34, 35, 36]]


def configured(**changes: Any) -> RunConfig:
    sections = {**SECTIONS, "model": {**SECTIONS["model"], **changes}}
    return make_config([{"name": "none", "source": "local", "path": "none"}], **sections)


@pytest.fixture(scope="module")
def tokenizer() -> Any:
    return tokens.train((f"{a} plus {b} is {a + b}" for a in range(9) for b in range(9)), 384, 128)


def made(tokenizer: Any, **changes: Any) -> Policy:
    """A policy whose LoRA, gates and value head do something."""
    config = configured(**changes)
    assert config.model.build is not None
    policy = Policy.wrap(base_model.new(config.model.build, tokenizer, 3, torch.device("cpu")), tokenizer, config, 3)
    generator = torch.Generator().manual_seed(4)
    with torch.no_grad():
        for name, parameter in policy.trainable().items():
            if "lora_B" in name or name.split(".")[0] in ("gates", "value_head"):
                parameter.copy_(0.2 * torch.randn(parameter.shape, generator=generator))
    policy.set_alpha(0.8)
    policy.eval()
    return policy


def test_merged_for_generation_the_policy_says_the_same_and_gets_every_bit_back(tokenizer: Any) -> None:
    policy = made(tokenizer)
    before = {name: value.clone() for name, value in policy.model.state_dict().items()}
    ids = torch.tensor([PROMPTS[1]])
    with torch.no_grad():
        expected = policy.base(input_ids=ids).logits
        with policy.merged():
            inside = policy.base(input_ids=ids).logits
            assert policy.gates is not None and not policy.gates.enabled
            changed = [
                name for name, value in policy.model.state_dict().items() if not torch.equal(value, before[name])
            ]
        after = policy.base(input_ids=ids).logits

    assert any("o_proj" in name for name in changed) and any("qkv_proj" in name for name in changed)
    torch.testing.assert_close(inside, expected, rtol=0, atol=1e-5)
    assert torch.equal(after, expected)
    assert all(torch.equal(value, before[name]) for name, value in policy.model.state_dict().items())


def test_half_type_weights_are_not_merged(tokenizer: Any) -> None:
    policy = made(tokenizer)
    policy.base.to(torch.bfloat16)
    weight = policy.base.model.layers[0].self_attn.o_proj.base_layer.weight
    kept = weight.data
    with policy.merged():
        assert weight.data is not None and torch.equal(weight.data, kept)
        assert policy.gates is not None and policy.gates.enabled


def naive(policy: Policy, prompt: list[int], response: list[int], temperature: float) -> tuple[Tensor, Tensor, Tensor]:
    """One sequence at a time, unpadded, all logits."""
    ids = torch.tensor([prompt + response])
    states = policy.base.model(input_ids=ids, use_cache=False).last_hidden_state[0, len(prompt) - 1 :]
    spread = (policy.base.lm_head(states[:-1]) / temperature).log_softmax(-1)
    chosen = spread.gather(-1, torch.tensor(response).unsqueeze(-1)).squeeze(-1)
    return chosen, policy.values(states), -(spread.exp() * spread).sum(-1)


def test_what_is_observed_is_what_each_sequence_alone_would_show(tokenizer: Any) -> None:
    policy = made(tokenizer)
    settings = configured().ppo
    assert settings.per_device_train_batch_size < len(PROMPTS)
    seen = rollout.make_experience(
        policy, prompts=PROMPTS, responses=RESPONSES, scores=[1.0, 2.0, 3.0, 4.0], stop=STOP, pad=PAD, settings=settings
    )

    for row, (prompt, response) in enumerate(zip(PROMPTS, RESPONSES, strict=True)):
        with torch.no_grad():
            chosen, values, _ = naive(policy, prompt, response, settings.temperature + 1e-7)
            with policy.reference():
                reference = naive(policy, prompt, response, settings.temperature + 1e-7)[0]
        count = len(response)
        real = min(count + 1, seen.values.shape[1])  # a value stands behind the last token where there is room
        torch.testing.assert_close(seen.logprobs[row, :count], chosen, rtol=0, atol=2e-5)
        torch.testing.assert_close(seen.ref_logprobs[row, :count], reference, rtol=0, atol=2e-5)
        torch.testing.assert_close(seen.values[row, :real], values[:real], rtol=0, atol=2e-5)
        assert seen.logprobs[row, count:].eq(1.0).all() and seen.values[row, real:].eq(0).all()
        assert seen.responses[row, :count].tolist() == response
    assert seen.scores.tolist() == [1.0, 2.0, 3.0, 4.0] and seen.ended.tolist() == [True, True, True, False]


def test_micro_batches_are_only_as_wide_as_their_longest_sequence(
    tokenizer: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    policy, widths = made(tokenizer), []
    own = policy.hidden

    def hidden(input_ids: Tensor, attention_mask: Tensor | None = None) -> Tensor:
        widths.append(tuple(input_ids.shape))
        return own(input_ids, attention_mask)

    monkeypatch.setattr(policy, "hidden", hidden)
    rollout.make_experience(
        policy, prompts=PROMPTS, responses=RESPONSES, scores=[0.0] * 4, stop=STOP, pad=PAD, settings=configured().ppo
    )

    assert widths == [(2, 9), (2, 12)] * 2  # 1 + 4 and 7 + 2, then 3 + 6 and 4 + 8; policy and reference


def updated(tokenizer: Any, checkpointing: bool, monkeypatch: pytest.MonkeyPatch) -> tuple[dict[str, Tensor], int, int]:
    """Gradients of one minibatch, how often rotations were made for it, and how often a layer ran."""
    policy, settings = made(tokenizer, gradient_checkpointing=checkpointing), configured().ppo
    half = settings.model_copy(update={"batch_size": 4, "num_mini_batches": 1})
    seen = rollout.make_experience(
        policy, prompts=PROMPTS, responses=RESPONSES, scores=[1.0, 2.0, 3.0, 4.0], stop=STOP, pad=PAD, settings=half
    )
    batch = ppo.prepare([seen], PAD, half)
    calls, own = [], so8_gate.rotation
    monkeypatch.setattr(so8_gate, "rotation", lambda *inputs: calls.append(1) or own(*inputs))
    gradients: dict[str, Tensor] = {}
    runs: list[None] = []
    policy.base.model.layers[0].mlp.register_forward_pre_hook(lambda *_: runs.append(None))

    class Keeper(torch.optim.SGD):
        def step(self, closure: Any = None) -> None:
            for name, parameter in policy.trainable().items():
                assert parameter.grad is not None, name
                gradients[name] = parameter.grad.clone()

    optimizer = Keeper(policy.trainable().values(), lr=0.1)
    assert ppo.update(policy, optimizer, batch, torch.arange(4), half).applied
    monkeypatch.undo()
    return gradients, len(calls), len(runs)


def test_gradient_checkpointing_changes_no_gradient_and_rotations_are_made_once_a_pass(
    tokenizer: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    plain, made_plain, runs_plain = updated(tokenizer, False, monkeypatch)
    checkpointed, made_checkpointed, runs_checkpointed = updated(tokenizer, True, monkeypatch)

    assert made_plain == made_checkpointed == 2  # two micro-batches, four gates
    assert (runs_plain, runs_checkpointed) == (2, 4)  # and once more in the backward pass
    assert plain.keys() == checkpointed.keys() and all(torch.equal(plain[name], checkpointed[name]) for name in plain)
    assert all(bool(value.any()) for name, value in plain.items() if "lora_A" in name or name.startswith("gates"))


def test_chunked_logits_change_gradients_by_rounding_only(tokenizer: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    whole, *_ = updated(tokenizer, False, monkeypatch)
    monkeypatch.setattr(logprobs, "CHUNK_BYTES", 3 * 384 * 4)
    parts, *_ = updated(tokenizer, False, pytest.MonkeyPatch())

    for name, value in whole.items():
        torch.testing.assert_close(parts[name], value, rtol=1e-4, atol=1e-7)


def experience(policy: Policy, rows: list[int]) -> rollout.Rollout:
    config = configured()
    return rollout.make_experience(
        policy, prompts=[PROMPTS[row] for row in rows], responses=[RESPONSES[row] for row in rows],
        scores=[float(row) for row in rows], stop=STOP, pad=PAD, settings=config.ppo,
    )  # fmt: skip


def test_micro_batches_take_rows_by_the_length_of_prompt_and_answer_together() -> None:
    prompts, answers = torch.tensor([5, 1, 3, 2]), torch.tensor([1, 9, 1, 2])

    assert [rows.tolist() for rows in rollout.by_length(prompts, answers, 3)] == [[2, 3, 0], [1]]


def test_batches_of_different_widths_join_to_what_one_batch_of_all_is(tokenizer: Any) -> None:
    policy = made(tokenizer)
    parts = [experience(policy, [0, 2]), experience(policy, [1, 3])]
    assert len({part.queries.shape[1] for part in parts}) == 2 == len({part.responses.shape[1] for part in parts})
    joined = rollout.join(parts, width=8, pad=PAD)
    whole = rollout.join([experience(policy, [0, 2, 1, 3])], width=8, pad=PAD)

    for name in ("queries", "query_lengths", "responses", "lengths", "scores", "ended"):
        assert torch.equal(getattr(joined, name), getattr(whole, name)), name
    for name in ("logprobs", "ref_logprobs", "values"):
        torch.testing.assert_close(getattr(joined, name), getattr(whole, name))
    short = rollout.select(joined, torch.tensor([0, 1]))
    assert torch.equal(short.queries, parts[0].queries) and torch.equal(short.query_lengths, parts[0].query_lengths)


def test_answers_are_sampled_without_dropout_after_an_update(tokenizer: Any) -> None:
    policy = made(tokenizer)
    for dropout in (True, False):
        policy.train(dropout)
        sampled = rollout.answer(
            policy, PROMPTS, stop=STOP, settings=configured().ppo, rows=2, seeds=[1, 2, 3, 4], graph_failed=pytest.fail
        )
        assert not policy.base.training and all(len(answer.tokens) >= 1 for answer in sampled)


def test_what_was_drawn_is_as_likely_to_the_training_pass_as_it_was_when_drawn(tokenizer: Any) -> None:
    """But for rounding; and a difference is told: a policy that moved in between shows."""
    policy, settings = made(tokenizer), configured().ppo
    said = rollout.answer(
        policy, PROMPTS, stop=STOP, settings=settings, rows=3, seeds=[1, 2, 3, 4], graph_failed=pytest.fail
    )

    def seen() -> Tensor:
        return rollout.make_experience(
            policy, prompts=PROMPTS, responses=[answer.tokens for answer in said], scores=[0.0] * 4, stop=STOP, pad=PAD,
            settings=settings,
        ).logprobs  # fmt: skip

    mean, largest = rollout.logprob_differences(said, seen())
    assert 0 < mean <= largest < 2e-5
    policy.set_alpha(0.1)
    assert rollout.logprob_differences(said, seen())[0] > 1e-3
