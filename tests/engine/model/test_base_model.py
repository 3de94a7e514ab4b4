"""Where a base model lies."""

from __future__ import annotations

import functools
from pathlib import Path
from typing import Any

import pytest
import torch
from safetensors.torch import load_file
from transformers import AutoTokenizer

from helpers.sessions import make_config, refused
from so8t_engine.config.model import Build
from so8t_engine.model import base_model, pretrained
from so8t_engine.model import tokenizer as tokens
from so8t_engine.session import manifest, sealed_folder

TINY = Build(
    hidden_size=16, intermediate_size=16, num_hidden_layers=1, num_attention_heads=2, vocab_size=320,
    max_position_embeddings=64,
)  # fmt: skip
SHORT: dict[str, Any] = {
    "warmup": {"max_length": 60}, "ppo": {"max_prompt_length": 40, "response_length": 20},
}  # fmt: skip


def test_a_model_of_the_hub_lies_where_it_was_fetched_to_without_what_nobody_needs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fetched(name: str, *, revision: str, allow_patterns: list[str]) -> str:
        assert (name, revision) == ("owner/model", "main") and "*.safetensors" in allow_patterns
        return str(tmp_path / "snapshot")

    monkeypatch.setattr(base_model, "snapshot_download", fetched)
    model: dict[str, Any] = {"model": {"model_name_or_path": "owner/model", "revision": "main"}}
    config = make_config([{"name": "a", "path": "owner/a"}], **model)

    assert base_model.folder(tmp_path, config) == tmp_path / "snapshot"


@pytest.mark.parametrize(
    ("four_bit", "device", "packed"),
    [(True, "cuda", True), (False, "cuda", False), (True, "cpu", False), (False, "cpu", False)],
)
def test_weights_are_read_in_four_bits_where_that_is_set_and_on_a_gpu_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, four_bit: bool, device: str, packed: bool
) -> None:
    class Asked(Exception):
        pass

    def weights(source: object, kind: object, **settings: Any) -> None:
        raise Asked("quantization_config" in settings, settings["device_map"])

    monkeypatch.setattr(base_model, "tokenizer_of", lambda *_: None)
    monkeypatch.setattr(pretrained, "weights", weights)
    monkeypatch.setattr(pretrained, "four_bit", lambda dtype: {"load_in_4bit": True})
    model: dict[str, Any] = {"model_name_or_path": str(tmp_path), "load_in_4bit": four_bit, "dtype": "bfloat16"}
    config = make_config([{"name": "a", "path": "owner/a"}], model=model)

    with pytest.raises(Asked) as asked:
        base_model.load(tmp_path, config, torch.device(device))
    assert asked.value.args == (packed, {"": "cuda"} if device == "cuda" else None)


def test_a_model_that_is_built_here_follows_from_its_seed_alone() -> None:
    tokenizer = tokens.train(["two and three are five"], 320, 64)

    def weights(seed: int) -> torch.Tensor:
        return base_model.new(TINY, tokenizer, seed, torch.device("cpu")).lm_head.weight.detach()

    first = weights(3)
    torch.manual_seed(99)  # whatever was drawn before it
    assert torch.equal(weights(3), first) and not torch.equal(weights(4), first)


def test_a_model_that_is_built_here_is_published_whole_and_is_a_base_like_any_other(tmp_path: Path) -> None:
    tokenizer = tokens.train(["two and three are five"], 320, 64)
    model = base_model.new(TINY, tokenizer, 3, torch.device("cpu"))
    base_model.write(sealed_folder.publish, tmp_path, model, tokenizer, {"built_from": "s"})
    folder = tmp_path / base_model.MODEL

    listed, about = manifest.read(folder)
    assert about == {"built_from": "s"} and {"config.json", "model.safetensors", "tokenizer.json"} <= set(listed)
    assert torch.equal(load_file(folder / "model.safetensors")["lm_head.weight"], model.lm_head.weight)


def test_a_base_that_is_not_there_has_no_fingerprint(tmp_path: Path) -> None:
    model = {"model_name_or_path": str(tmp_path / "gone")}
    config = make_config([{"name": "a", "path": "owner/a"}], model=model)

    assert refused(lambda: base_model.fingerprint(tmp_path, config)).code == "model_missing"


def test_a_tokenizer_is_read_without_how_it_was_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is saved with the model would depend on whether the hub was reachable."""
    tokenizer = tokens.train(["two and three are five"], 320, 64)
    model = base_model.new(TINY, tokenizer, 3, torch.device("cpu"))
    base_model.write(sealed_folder.publish, tmp_path, model, tokenizer, {})
    where = {"model_name_or_path": str(tmp_path / base_model.MODEL)}
    config = make_config([{"name": "a", "path": "owner/a"}], model=where, **SHORT)
    offline = functools.partial(AutoTokenizer.from_pretrained, local_files_only=True)
    monkeypatch.setattr(base_model.AutoTokenizer, "from_pretrained", offline)

    assert offline(where["model_name_or_path"]).init_kwargs["local_files_only"] is True
    assert base_model.tokenizer_of(tmp_path, config).init_kwargs["local_files_only"] is False
