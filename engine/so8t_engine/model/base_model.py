"""The base model: opened from a folder or the hub, or the small one that this session built."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import torch
from huggingface_hub import snapshot_download
from transformers import (
    AutoConfig,
    AutoModelForCausalLM,
    AutoTokenizer,
    Phi3Config,
    Phi3ForCausalLM,
)

from so8t_engine.config import needed_context
from so8t_engine.config.run_config import Build, RunConfig
from so8t_engine.errors import EngineError
from so8t_engine.model import built_model, pretrained, runtime, seeds, so8_gate
from so8t_engine.model import tokenizer as tokens
from so8t_engine.model.built_model import MODEL
from so8t_engine.sentences import sentence
from so8t_engine.session.sealed_folder import Publish

WIDE_START = 0.05  # at hidden 256, held-out choice questions after 300 updates: 0.90 right, against 0.27 with 0.02


def load(session: Path, config: RunConfig, device: torch.device) -> tuple[Any, Any]:
    """(model, tokenizer) with the tags added. Raises EngineError model_missing, model_unfit, session_damaged."""
    source = _source(session, config)
    tokenizer = tokenizer_of(session, config)
    settings: dict[str, Any] = {
        "dtype": runtime.choose_dtype(config, device),
        "attn_implementation": runtime.choose_attention(config, device),
        "device_map": {"": str(device)} if device.type == "cuda" else None,
    }
    if config.model.load_in_4bit and device.type == "cuda":
        settings["quantization_config"] = pretrained.four_bit(settings["dtype"])
    model = pretrained.weights(source, AutoModelForCausalLM, **settings)
    model.generation_config.eos_token_id = tokens.stop_ids(tokenizer)
    model.generation_config.pad_token_id = tokens.pad_id(tokenizer)
    return model, tokenizer


def tokenizer_of(session: Path, config: RunConfig) -> Any:
    """With the tags added; no weight is read. Raises EngineError model_missing, model_unfit."""
    runtime.hush()
    source = _source(session, config)
    where, revision = source.where, source.revision
    shape = pretrained.attempt(
        source, lambda: AutoConfig.from_pretrained(where, revision=revision, trust_remote_code=False)
    )
    check_shape(shape, config)
    tokenizer = pretrained.attempt(
        source, lambda: AutoTokenizer.from_pretrained(where, revision=revision, trust_remote_code=False)
    )
    tokens.forget_how_it_was_opened(tokenizer)
    tokens.add_tags(tokenizer)
    tokens.check(tokenizer, shape.vocab_size)
    return tokenizer


def new(build: Build, tokenizer: Any, seed: int, device: torch.device) -> Any:
    """A Phi-3 model with random weights, the same on every machine with the same torch."""
    seeds.seed_everything(seed, "build")
    shape = Phi3Config(
        vocab_size=build.vocab_size,
        hidden_size=build.hidden_size,
        intermediate_size=build.intermediate_size,
        num_hidden_layers=build.num_hidden_layers,
        num_attention_heads=build.num_attention_heads,
        num_key_value_heads=build.num_attention_heads,
        max_position_embeddings=build.max_position_embeddings,
        original_max_position_embeddings=build.max_position_embeddings,
        initializer_range=WIDE_START,
        tie_word_embeddings=False,
        bos_token_id=None,
        eos_token_id=tokens.stop_ids(tokenizer),
        pad_token_id=tokens.pad_id(tokenizer),
        sliding_window=None,
        attn_implementation="sdpa",
    )
    return Phi3ForCausalLM(shape).to(device)


def write(publish: Publish, session: Path, model: Any, tokenizer: Any, about: Mapping[str, Any]) -> None:
    """Publishes a model built here as the session's Hugging Face folder. `publish` is a run's own.

    Raises EngineError disk_*.
    """

    def fill(part: Path) -> None:
        model.save_pretrained(part)
        tokenizer.save_pretrained(part)

    publish(session / MODEL, fill, about)


def fingerprint(session: Path, config: RunConfig) -> str:
    """Changes with any byte of a local base model; a hub model is pinned by its revision."""
    source = _source(session, config)
    return pretrained.fingerprint(source.where, source.revision)


def check_build(config: RunConfig) -> None:
    """Of a model that is built here; before it is built. Raises EngineError model_unfit."""
    build = config.model.build
    over = [] if build is None else needed_context.over(config, build.max_position_embeddings)
    if build is not None and over:
        figures = {"context": build.max_position_embeddings, "over": over}
        raise EngineError("model_unfit", sentence("model.built_context_short", **figures))


def check_shape(shape: Any, config: RunConfig) -> None:
    """Raises EngineError model_unfit: before any weight is read."""
    name = config.model.model_name_or_path
    if name is None:
        return check_build(config)
    kind = getattr(shape, "model_type", None)
    if not kind:
        raise EngineError("model_unfit", sentence("model.no_type", name=name))
    if kind != "phi3":
        raise EngineError("model_unfit", sentence("model.other_type", name=name, type=kind))
    if getattr(shape, "quantization_config", None):
        raise EngineError("model_unfit", sentence("model.quantised", name=name))
    if config.gate.enabled and shape.hidden_size % so8_gate.BLOCK:
        raise EngineError(
            "model_unfit", sentence("model.hidden_size", name=name, size=shape.hidden_size, block=so8_gate.BLOCK)
        )
    over = needed_context.over(config, shape.max_position_embeddings)
    if over:
        figures = {"context": shape.max_position_embeddings, "over": over}
        raise EngineError("model_unfit", sentence("model.context_short", name=name, **figures))


def folder(session: Path, config: RunConfig) -> Path:
    """Where the base model's own files lie; a hub model's are in the Hugging Face cache by now.

    Raises EngineError model_missing.
    """
    source = _source(session, config)
    if Path(source.where).is_dir():
        return Path(source.where)
    wanted = ["*.safetensors", "*.json", "tokenizer.model", "README.md"]
    return Path(
        pretrained.attempt(
            source, lambda: snapshot_download(source.where, revision=source.revision, allow_patterns=wanted)
        )
    )


def _source(session: Path, config: RunConfig) -> pretrained.Source:
    built = config.model.build is not None
    source = pretrained.Source(
        where=str(built_model.folder(session) if built else config.model.model_name_or_path),
        revision=None if built else config.model.revision,
        what=sentence("model.the_base_model"),
        missing="model_missing",
        unfit="model_unfit",
    )
    if not built:
        pretrained.refuse_missing(source)
    return source
