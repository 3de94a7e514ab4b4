"""The base model: opened from a folder or the hub, or the small one that this session built."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

import torch
from huggingface_hub import snapshot_download
from transformers import (
    AutoConfig,
    AutoModelForCausalLM,
    AutoTokenizer,
    BitsAndBytesConfig,
    Phi3Config,
    Phi3ForCausalLM,
)

from so8t_engine import manifest
from so8t_engine.config import Build, RunConfig
from so8t_engine.errors import EngineError
from so8t_engine.train import gate, runtime, seeds
from so8t_engine.train import tokenizer as tokens

MODEL = "model"
WIDE_START = 0.05  # at hidden 256, held-out choice questions after 300 updates: 0.90 right, against 0.27 with 0.02
WEIGHTS = ("*.safetensors", "*.json", "*.model", "*.jinja")


def load(session: Path, config: RunConfig, device: torch.device) -> tuple[Any, Any]:
    """(model, tokenizer) with the tags added. Raises EngineError model_missing, model_unfit, session_damaged."""
    runtime.hush()
    where, revision = _where(session, config)
    shape = _opened(where, lambda: AutoConfig.from_pretrained(where, revision=revision))
    check_shape(shape, config)
    tokenizer = _opened(where, lambda: AutoTokenizer.from_pretrained(where, revision=revision))
    tokens.add_tags(tokenizer)
    tokens.check(tokenizer, shape.vocab_size)
    settings: dict[str, Any] = {
        "dtype": runtime.choose_dtype(config, device),
        "attn_implementation": config.model.attn_implementation,
        "device_map": {"": str(device)} if device.type == "cuda" else None,
    }
    if config.model.load_in_4bit and device.type == "cuda":
        settings["quantization_config"] = BitsAndBytesConfig(
            load_in_4bit=True,
            bnb_4bit_quant_type="nf4",
            bnb_4bit_use_double_quant=True,
            bnb_4bit_compute_dtype=settings["dtype"],
        )
    model = _opened(where, lambda: AutoModelForCausalLM.from_pretrained(where, revision=revision, **settings))
    model.generation_config.eos_token_id = tokens.stop_ids(tokenizer)
    model.generation_config.pad_token_id = tokens.pad_id(tokenizer)
    return model, tokenizer


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


def fingerprint(session: Path, config: RunConfig) -> str:
    """Changes with any byte of a local base model; a hub model is pinned by its revision."""
    where, revision = _where(session, config)
    folder = Path(where)
    if not folder.is_dir():
        return f"{where}@{revision or 'main'}"
    names = sorted({path.name for pattern in WEIGHTS for path in folder.glob(pattern)})
    text = "".join(f"{name} {manifest.digest_file(folder / name)[1]}\n" for name in names)
    return hashlib.sha256(text.encode()).hexdigest()


def check_shape(shape: Any, config: RunConfig) -> None:
    """Raises EngineError model_unfit: before any weight is read."""
    name = config.model.model_name_or_path or "the built model"
    if getattr(shape, "model_type", None) != "phi3":
        raise EngineError("model_unfit", f"{name} is a {getattr(shape, 'model_type', 'nameless')} model, not a phi3.")
    if config.gate.enabled and shape.hidden_size % gate.BLOCK:
        raise EngineError("model_unfit", f"{name} has hidden size {shape.hidden_size}, not a multiple of {gate.BLOCK}.")
    if config.gate.enabled and config.gate.first > config.gate.last:
        raise EngineError(
            "model_unfit",
            f"The gate band is empty: gate.first {config.gate.first} lies behind gate.last {config.gate.last}.",
        )
    longest = max(config.warmup.max_length, config.ppo.max_prompt_length + config.ppo.response_length)
    if longest > shape.max_position_embeddings:
        raise EngineError(
            "model_unfit",
            f"{name} has a context of {shape.max_position_embeddings} tokens, the settings need {longest}.",
        )


def _where(session: Path, config: RunConfig) -> tuple[str, str | None]:
    if config.model.build is None:
        where = str(config.model.model_name_or_path)
        if _looks_local(where) and not Path(where).is_dir():
            raise EngineError("model_missing", f"There is no model folder {where}.")
        return where, config.model.revision
    problems = manifest.problems(session / MODEL)
    if problems:
        raise EngineError("session_damaged", f"The base model built in this session cannot be read: {problems[0]}.")
    return str(session / MODEL), None


def _looks_local(where: str) -> bool:
    return where.startswith(("/", ".", "~", "\\")) or where.count("/") != 1 or ":" in where


def _opened(where: str, action: Any) -> Any:
    """Turns what transformers says about a model it cannot open into one sentence."""
    try:
        return action()
    except OSError as error:
        raise EngineError("model_missing", f"The base model {where} cannot be opened: {_first_line(error)}") from error
    except (ValueError, KeyError, RuntimeError, ImportError) as error:
        raise EngineError("model_unfit", f"The base model {where} cannot be used: {_first_line(error)}") from error


def _first_line(error: Exception) -> str:
    return (str(error).strip().splitlines() or [type(error).__name__])[0].rstrip(".") + "."


def folder(session: Path, config: RunConfig) -> Path:
    """Where the base model's own files lie; a hub model's are in the Hugging Face cache by now.

    Raises EngineError model_missing.
    """
    where, revision = _where(session, config)
    if Path(where).is_dir():
        return Path(where)
    wanted = ["*.safetensors", "*.json", "tokenizer.model"]
    return Path(_opened(where, lambda: snapshot_download(where, revision=revision, allow_patterns=wanted)))
