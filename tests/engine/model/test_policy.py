"""One backbone in four roles, on a model of two small layers: which parts are switched, and that all comes back."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import torch

from helpers.sessions import make_config, refused
from so8t_engine.config.model import Build
from so8t_engine.model import adapter_folder, base_model, lora_products
from so8t_engine.model import tokenizer as tokens
from so8t_engine.model.policy import Policy
from so8t_engine.sentences import sentence
from so8t_engine.session import sealed_folder

IDS = torch.tensor([[5, 6, 7, 8], [9, 10, 11, 12]])
SHAPE: dict[str, Any] = {
    "hidden_size": 16, "intermediate_size": 32, "num_hidden_layers": 2, "num_attention_heads": 2, "vocab_size": 320,
    "max_position_embeddings": 64,
}  # fmt: skip
DATA = [{"name": "a", "path": "o/n"}]


@pytest.fixture(scope="module")
def tokenizer() -> Any:
    return tokens.train(["two and three are five", "the sky is blue"], 320, 64)


def wrapped(tokenizer: Any, **sections: Any) -> Policy:
    config = make_config(DATA, model={"build": SHAPE}, **{"lora": {"r": 2, "lora_alpha": 4}, **sections})
    base = base_model.new(Build(**SHAPE), tokenizer, 3, torch.device("cpu"))
    return Policy.wrap(base.eval(), tokenizer, config, seed=1)


def trained(policy: Policy) -> Policy:
    """Every trained tensor moved, as after some updates."""
    generator = torch.Generator().manual_seed(2)
    policy.load_tensors({
        name: tensor + 0.1 * torch.randn(tensor.shape, generator=generator) for name, tensor in policy.tensors().items()
    })  # fmt: skip
    policy.set_alpha(0.5)
    return policy


@torch.no_grad()
def hidden(policy: Policy) -> torch.Tensor:
    return policy.hidden(IDS)


def test_untrained_it_is_its_base_to_the_bit_and_trained_it_can_be_that_again(tokenizer: Any) -> None:
    policy = wrapped(tokenizer)
    base = hidden(policy)
    assert policy.gates is not None and policy.tags is not None and policy.device == torch.device("cpu")
    moved = hidden(trained(policy))
    assert not torch.equal(moved, base)
    with policy.as_base():
        assert not policy.gates.enabled and not policy.tags.enabled
        assert torch.equal(hidden(policy), base)
    with policy.reference():
        assert torch.equal(hidden(policy), base), "none was kept: the base"
    assert policy.gates.enabled and policy.tags.enabled and torch.equal(hidden(policy), moved)
    with pytest.raises(KeyError), policy.as_base():
        raise KeyError
    assert torch.equal(hidden(policy), moved)


def test_the_reference_is_what_was_kept_with_its_alpha(tokenizer: Any) -> None:
    policy = trained(wrapped(tokenizer))
    before = hidden(policy)
    policy.keep_reference(policy.tensors(), 0.5)
    policy.load_tensors({name: tensor * 2 for name, tensor in policy.tensors().items()})
    policy.set_alpha(0.25)
    after = hidden(policy)
    assert not torch.equal(before, after)
    with policy.reference():
        assert torch.equal(hidden(policy), before)
    assert policy.gates is not None and float(policy.gates.alpha) == 0.25 and torch.equal(hidden(policy), after)


def test_another_alpha_turns_otherwise_at_once(tokenizer: Any) -> None:
    policy = trained(wrapped(tokenizer))
    half = hidden(policy)
    policy.set_alpha(1.0)
    whole = hidden(policy)
    policy.set_alpha(0.5)
    assert not torch.equal(half, whole) and torch.equal(hidden(policy), half)


def test_padding_on_either_side_changes_no_token(tokenizer: Any) -> None:
    policy = trained(wrapped(tokenizer))
    plain = hidden(policy)
    zeros = torch.zeros(2, 2, dtype=torch.long)
    mask = torch.cat([zeros, torch.ones_like(IDS)], 1)
    with torch.no_grad():
        left = policy.hidden(torch.cat([zeros, IDS], 1), mask)[:, 2:]
        right = policy.hidden(torch.cat([IDS, zeros], 1), mask.flip(1))[:, :4]
    assert torch.allclose(left, plain, atol=1e-5) and torch.allclose(right, plain, atol=1e-5)


def test_a_token_has_its_probability_and_a_place_its_value(tokenizer: Any) -> None:
    policy = trained(wrapped(tokenizer))
    rows = hidden(policy)[:, -1]
    chosen = torch.tensor([3, 4])
    logits = policy.base.lm_head(rows).float() / 0.5
    found, entropy = policy.logprobs(rows, chosen, temperature=0.5)
    assert torch.allclose(found, logits.log_softmax(-1)[[0, 1], [3, 4]], atol=1e-5)
    assert torch.allclose(entropy, torch.distributions.Categorical(logits=logits).entropy(), atol=1e-4)
    values = policy.values(rows)
    assert values.shape == (2,)
    assert torch.allclose(values, rows @ policy.value_head.weight[0] + policy.value_head.bias, atol=1e-6)


def test_merged_it_says_the_same_and_is_as_it_was_afterwards(tokenizer: Any) -> None:
    policy = trained(wrapped(tokenizer))
    before = hidden(policy)
    policy.train(dropout=True)
    with policy.generating():
        assert not policy.model.training and policy.gates is not None and not policy.gates.enabled
        assert torch.allclose(hidden(policy), before, atol=1e-4)
    assert policy.gates.enabled and torch.equal(hidden(policy), before)


def test_dropout_is_left_out_where_passes_are_compared(tokenizer: Any) -> None:
    policy = trained(wrapped(tokenizer, lora={"r": 2, "lora_alpha": 4, "lora_dropout": 0.5}))
    policy.eval()
    still = hidden(policy)
    policy.train(dropout=False)
    assert policy.model.training and torch.equal(hidden(policy), still)
    policy.train(dropout=True)
    assert not torch.equal(hidden(policy), still)
    policy.eval()
    assert not policy.model.training and torch.equal(hidden(policy), still)


@pytest.mark.parametrize(
    ("sections", "parts", "gradients"),
    [
        ({}, {"lora", "tag_rows", "gates", "value_head"}, False),
        ({"gate": {"enabled": False}}, {"lora", "tag_rows", "value_head"}, False),
        ({"lora": {"r": 2, "train_tag_rows": False}}, {"lora", "gates", "value_head"}, False),
        ({"lora": {"enabled": False}}, {"model", "gates", "value_head"}, True),
    ],
)
def test_what_is_trained_goes_into_files_and_comes_back(
    tokenizer: Any, sections: dict[str, Any], parts: set[str], gradients: bool, tmp_path: Path
) -> None:
    policy = trained(wrapped(tokenizer, **sections))
    own = policy.tensors()
    assert {name.partition(".")[0] for name in own} == parts and list(own) == sorted(own)
    assert policy.base.lm_head.weight.requires_grad is gradients and policy.adapted is not gradients
    assert ("gates" in parts) is (policy.modules()["gates"] is not None)
    about = {"alpha": 0.5, "mode": "geodesic", "updates": 3}
    adapter_folder.write(sealed_folder.publish, tmp_path / "adapter", policy, tokenizer, about, {"kind": "adapter"})
    files, alpha = adapter_folder.read(tmp_path / "adapter")
    again = adapter_folder.to_tensors(policy, files)
    assert alpha == 0.5 and set(again) == set(own) and all(torch.equal(again[name], own[name]) for name in own)
    assert {path.name for path in (tmp_path / "adapter").iterdir()} == {
        "alpha.json", "manifest.json", "tokenizer", *[f"{name}.safetensors" for name in files],
        *(["adapter_config.json"] if policy.adapted else []),
    }  # fmt: skip
    (tmp_path / "adapter" / "alpha.json").write_text("{}")
    assert refused(lambda: adapter_folder.read(tmp_path / "adapter")).code == "session_damaged"


def test_tensors_and_gates_of_another_model_are_refused(tokenizer: Any) -> None:
    policy = wrapped(tokenizer)
    own = policy.tensors()
    name = next(each for each in own if "lora_A" in each)
    fewer = {each: tensor for each, tensor in own.items() if each != name}
    for other in (own | {"more": own[name]}, own | {name: own[name][:1]}, fewer):
        error = refused(lambda other=other: policy.load_tensors(other))  # type: ignore[misc]
        assert error.code == "model_unfit" and error.sentence == sentence("model.other_tensors")
    files = adapter_folder.to_files(policy)
    gates = {each: tensor for each, tensor in list(files["gates"].items())[1:]}
    error = refused(lambda: adapter_folder.to_tensors(policy, files | {"gates": gates}))
    assert error.code == "model_unfit" and error.sentence == sentence("model.other_gates")


def test_modules_that_are_not_there_are_named(tokenizer: Any) -> None:
    error = refused(lambda: wrapped(tokenizer, lora={"r": 2, "target_modules": ["nowhere"]}))
    assert error.code == "model_unfit" and error.sentence.code == "model.lora_unfit" and "nowhere" in error.detail


@pytest.mark.parametrize(
    ("compute", "dtype", "half"),
    [("auto", torch.bfloat16, True), ("float32", torch.bfloat16, False), ("auto", torch.float32, False)],
)
def test_adapters_multiply_in_the_models_own_16_bits_unless_they_are_told_not_to(
    tokenizer: Any, compute: str, dtype: torch.dtype, half: bool
) -> None:
    config = make_config(DATA, model={"build": SHAPE}, lora={"r": 2, "lora_alpha": 4, "compute_dtype": compute})
    base = base_model.new(Build(**SHAPE), tokenizer, 3, torch.device("cpu")).to(dtype)
    policy = Policy.wrap(base.eval(), tokenizer, config, seed=1)
    variants = [variant for layer in policy.model.modules() for variant in getattr(layer, "lora_variant", {}).values()]

    assert any(isinstance(variant, lora_products.HalfProducts) for variant in variants) is half
