"""Our PPO against numbers that TRL 1.12.0's own PPOTrainer computed (tests/oracle/make_vectors.py made them)."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
import torch
from safetensors import safe_open
from torch import Tensor, nn
from transformers import Phi3Config, Phi3ForCausalLM

from helpers.paths import TESTS
from so8t_engine.config.run_config import Ppo
from so8t_engine.model import logprobs
from so8t_engine.model.policy import Policy
from so8t_engine.train import optim, ppo, ppo_math, rollout
from so8t_engine.train.ppo_math import Masks, Targets
from so8t_engine.train.rollout import Rollout

VECTORS = TESTS / "oracle" / "ppo_trl_1_12.safetensors"
EXACT = dict(rtol=1e-12, atol=1e-12)
SINGLE = dict(rtol=1e-6, atol=1e-6)  # TRL counts clipped tokens in float32
PAD, EOS = 0, 1

with safe_open(VECTORS, "pt") as opened:
    HEADER = opened.metadata()
    TENSORS = {name: opened.get_tensor(name) for name in opened.keys()}  # noqa: SIM118
CASES: dict[str, dict[str, Any]] = json.loads(HEADER["cases"])
LONE = "one_token_alone"  # TRL divides by zero here
MIXED = "micro_batches_of_other_lengths"  # TRL weighs micro-batches, not tokens


@pytest.fixture(autouse=True)
def double() -> Iterator[None]:
    torch.set_default_dtype(torch.float64)
    yield
    torch.set_default_dtype(torch.float32)


def case(name: str) -> dict[str, Tensor]:
    return {key.removeprefix(f"{name}/"): tensor for key, tensor in TENSORS.items() if key.startswith(f"{name}/")}


def parts(name: str) -> list[dict[str, Tensor]]:
    """TRL's micro-batches, in the order in which it made them."""
    found = case(name)
    return [
        {key.removeprefix(f"part{i}/"): tensor for key, tensor in found.items() if key.startswith(f"part{i}/")}
        for i in range(CASES[name]["parts"])
    ]


def settings(name: str) -> Ppo:
    """In ours a minibatch is split into micro-batches; TRL's `per_device_train_batch_size` may exceed its minibatch."""
    chosen = {key: value for key, value in CASES[name].items() if key in Ppo.model_fields}
    count = len(case(name)["scores"])
    return Ppo.model_validate(
        chosen | {"batch_size": count, "local_rollout_forward_batch_size": count, "max_grad_norm": 1e9}
    )


def rolled_out(name: str) -> Rollout:
    """TRL's rollout as ours: what stands behind an answer's end may be anything."""
    found = case(name)
    return Rollout(
        found["queries"], (found["queries"] != PAD).sum(1), found["responses"], found["lengths"], found["logprobs"],
        found["ref_logprobs"], found["values"], found["scores"], (found["responses"] == EOS).any(1),
    )  # fmt: skip


def close(ours: Tensor | float, theirs: Tensor, tolerance: dict[str, float] = EXACT) -> None:
    torch.testing.assert_close(torch.as_tensor(ours, dtype=theirs.dtype), theirs, **tolerance)


def test_the_vectors_are_trl_1_12_and_reach_the_edges() -> None:
    assert json.loads(HEADER["versions"])["trl"] == "1.12.0"
    assert all(tensor.dtype != torch.float32 for name, tensor in TENSORS.items() if "clip_fraction" not in name)
    ends = {name: case(name)["ended"] for name in CASES}
    assert not ends["no_end_token"].any() and ends["batch_of_one"].shape == (1,)
    assert case("all_padding_but_one")["lengths"].tolist() == [0, 0, 0, 0]
    for name in ("mixed_k1", "mixed_k3", "whole_iteration"):
        clipped = [float(part["clip_fraction"]) for part in parts(name)]
        assert 0 < max(clipped) < 1


@pytest.mark.parametrize("name", CASES)
def test_masks_and_the_missing_end(name: str) -> None:
    found, chosen = case(name), settings(name)
    mask = ppo_math.masks(found["lengths"], found["responses"].shape[1])

    assert torch.equal(mask.padding, found["mask_tokens"])
    assert torch.equal(mask.value_padding, found["mask_after"])
    close(ppo_math.penalised(found["scores"], found["ended"], chosen.missing_eos_penalty), found["penalised"])


@pytest.mark.parametrize("name", CASES)
def test_kl_and_shaped_rewards(name: str) -> None:
    found, chosen = case(name), settings(name)
    kl = ppo_math.estimate_kl(found["logprobs"], found["ref_logprobs"], chosen.kl_estimator)

    close(kl, found["kl"])
    close(ppo_math.shaped_rewards(kl, found["penalised"], found["lengths"], chosen.kl_coef), found["rewards"])


@pytest.mark.parametrize("name", CASES)
def test_whitened_rewards_advantages_and_returns(name: str) -> None:
    found, chosen = case(name), settings(name)
    rewards = found["rewards"]
    if chosen.whiten_rewards:
        real = ~found["mask_after"]
        rewards = ppo_math.masked_whiten(rewards, real, shift_mean=False).masked_fill(~real, 0)
    plain = ppo_math.generalised_advantages(rewards, found["values"], chosen.gamma, chosen.lam)

    close(rewards, found["whitened_rewards"])
    close(plain, found["plain_advantages"])


@pytest.mark.parametrize("name", [name for name in CASES if name != LONE])
def test_an_iteration_is_prepared_as_trl_does(name: str) -> None:
    found = case(name)
    batch = ppo.prepare([rolled_out(name)], PAD, settings(name))

    close(batch.targets.advantages, found["advantages"])
    close(batch.targets.returns, found["returns"])
    close(batch.targets.values, found["values"])
    close(batch.kl, found["kl"].sum(1).mean())


def test_a_single_token_whitens_to_zero_where_trl_gets_nan() -> None:
    batch = ppo.prepare([rolled_out(LONE)], PAD, settings(LONE))

    assert case(LONE)["advantages"].isnan().any()
    assert torch.equal(batch.targets.advantages, torch.zeros(1, 4))
    close(batch.targets.returns, case(LONE)["returns"])


@pytest.mark.parametrize("name", [name for name in CASES if name != LONE])
def test_clipped_losses_and_their_statistics(name: str) -> None:
    found, chosen = case(name), settings(name)
    for part in parts(name):
        rows = part["rows"]
        mask = Masks(found["mask_tokens"][rows], found["mask_after"][rows])
        target = Targets(*(found[key][rows] for key in ("advantages", "returns", "values")))
        ours = ppo_math.losses(
            new_logprobs=part["new_logprobs"],
            new_values=part["new_values"],
            old_logprobs=found["logprobs"][rows],
            targets=target,
            mask=mask,
            cliprange=chosen.cliprange,
            cliprange_value=chosen.cliprange_value,
        )
        tokens, positions = (~mask.padding).sum(), (~mask.value_padding).sum()

        close(ours.policy / tokens, part["policy_loss"])
        close(ours.value / positions, part["value_loss"])
        close(ours.policy / tokens + chosen.vf_coef * ours.value / positions, part["loss"])
        close(ours.clipped / tokens, part["clip_fraction"], SINGLE)
        # TRL's mean counts padding as zeros, ours leaves it out.
        close(ours.kl / mask.padding.numel(), part["approx_kl"])


def test_log_probabilities_and_entropy_of_logits() -> None:
    found = case("mixed_k1")
    for part in parts("mixed_k1"):
        hidden = found["mask_tokens"][part["rows"]]
        flat, responses = part["logits"].flatten(0, 1), found["responses"][part["rows"]]
        own, entropies = logprobs.of_tokens(nn.Identity(), flat, responses.flatten())

        close(own.view_as(responses).masked_fill(hidden, ppo_math.INVALID_LOGPROB), part["new_logprobs"])
        close(entropies, part["entropy"].flatten())


def network(name: str, tensors: str) -> Any:
    """The network of a case, with RMSNorms that do not round to float32 inside, as in make_vectors.py."""
    model = Phi3ForCausalLM(Phi3Config(**json.loads(HEADER["shape"]))).double()
    for module in list(model.modules()):
        for key, child in list(module.named_children()):
            if type(child).__name__ == "Phi3RMSNorm":
                norm = nn.RMSNorm(model.config.hidden_size, eps=child.variance_epsilon)
                setattr(module, key, norm)
    found = case(name)
    model.load_state_dict({key: found[f"{tensors}/{key}"] for key in model.state_dict()})
    return model


def whole(name: str) -> Policy:
    """Policy and value in one backbone, every parameter trained, against TRL's models as the oracle made them."""
    found = case(name)
    head = nn.Linear(json.loads(HEADER["shape"])["hidden_size"], 1, bias=False)
    head.weight.data.copy_(found["before/value_head.weight"])
    ours = Policy(network(name, "before"), None, None, head)
    reference = network(name, "reference").state_dict()
    ours.keep_reference({f"model.{key}": tensor for key, tensor in reference.items()}, 1.0)
    return ours


def named(name: str, moment: str) -> dict[str, Tensor]:
    found = {key.removeprefix(moment): tensor for key, tensor in case(name).items() if key.startswith(moment)}
    return {key if key.startswith("value_head") else f"model.{key}": tensor for key, tensor in found.items()}


def test_a_rollout_is_seen_as_trl_sees_it() -> None:
    name = "whole_iteration"
    found, ours = case(name), whole(name)
    prompts = [[token for token in row if token != PAD] for row in found["queries"].tolist()]
    answers = [row[: int(end) + 1] for row, end in zip(found["responses"].tolist(), found["lengths"], strict=True)]
    seen = rollout.make_experience(
        ours,
        prompts=prompts,
        responses=answers,
        scores=found["scores"].tolist(),
        stop=[EOS],
        pad=PAD,
        settings=settings(name),
    )
    behind = found["mask_after"]

    close(seen.ref_logprobs, found["ref_logprobs"])
    close(seen.values.masked_fill(behind, 0), found["values"])
    assert torch.equal(seen.ended, found["ended"])
    assert torch.equal(seen.lengths, found["lengths"])


def updates(name: str, groups: list[list[dict[str, Tensor]]]) -> tuple[Policy, list[ppo.Update]]:
    """Our updates over TRL's own choice of rows; each group is one optimizer step."""
    chosen, ours = settings(name), whole(name)
    optimizer = optim.adamw(ours.trainable(), CASES[name]["learning_rate"])
    batch = ppo.prepare([rolled_out(name)], PAD, chosen)
    done = []
    for group in groups:
        rows = torch.cat([part["rows"] for part in group])
        done.append(ppo.update(ours, optimizer, batch, rows, chosen))
    return ours, done


def test_after_a_whole_iteration_every_parameter_is_trls() -> None:
    """Two epochs of two minibatches, AdamW, value and policy in one backbone: four steps, then compared."""
    name = "whole_iteration"
    ours, done = updates(name, [[part] for part in parts(name)])
    after = named(name, "after/")

    assert len(done) == 4 and set(ours.trainable()) == set(after)
    for update, part in zip(done, parts(name), strict=True):
        real = ~case(name)["mask_tokens"][part["rows"]]
        close(update.loss, part["loss"], EXACT)
        close(update.entropy, part["entropy"][real].mean(), EXACT)
    for key, tensor in ours.trainable().items():
        close(tensor.detach(), after[key], EXACT)
        assert (tensor.detach() - named(name, "before/")[key]).abs().max() > 1e-3


def test_micro_batches_of_equal_length_add_up_to_trls_step() -> None:
    name = "micro_batches_of_equal_length"
    ours, done = updates(name, [parts(name)])

    close(done[0].loss, torch.stack([part["loss"] for part in parts(name)]).mean(), EXACT)
    for key, tensor in ours.trainable().items():
        close(tensor.detach(), named(name, "after/")[key], EXACT)


def test_over_micro_batches_of_other_lengths_we_weigh_tokens_and_trl_weighs_micro_batches() -> None:
    """Ours on purpose: how a minibatch is cut (after running out of memory, say) does not change the step."""
    counts = [int((~case(MIXED)["mask_tokens"][part["rows"]]).sum()) for part in parts(MIXED)]
    losses = [float(part["policy_loss"]) for part in parts(MIXED)]
    sums = sum(loss * count for loss, count in zip(losses, counts, strict=True))
    found, chosen = case(MIXED), settings(MIXED)
    rows = torch.cat([part["rows"] for part in parts(MIXED)])
    target = Targets(*(found[key][rows] for key in ("advantages", "returns", "values")))
    mask = Masks(found["mask_tokens"][rows], found["mask_after"][rows])
    new, values = (torch.cat([part[key] for part in parts(MIXED)]) for key in ("new_logprobs", "new_values"))
    ours = ppo_math.losses(
        new_logprobs=new,
        new_values=values,
        old_logprobs=found["logprobs"][rows],
        targets=target,
        mask=mask,
        cliprange=chosen.cliprange,
        cliprange_value=chosen.cliprange_value,
    )

    assert counts[0] != counts[1]
    assert float(ours.policy) == pytest.approx(sums, abs=1e-12)
    assert float(ours.policy) / sum(counts) != pytest.approx(sum(losses) / 2, abs=1e-3)
