"""The fold: the tuned model as a plain Hugging Face folder, LoRA merged, gates multiplied in, tag rows replaced.

Tensor by tensor from the base model's own safetensors files, in float32, cast once at the end: a 3.8 B model needs the
memory of a few of its tensors, no GPU, and the full-precision base even where training ran on a 4-bit one.
W' = R (W + (lora_alpha / r) B A); R turns the rows in blocks of 8 (`model.so8_gate.fold`).
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import torch
from safetensors import safe_open
from safetensors.torch import load_file
from torch import Tensor

from so8t_engine.errors import EngineError
from so8t_engine.export import hf_tokenizer, tensor_file
from so8t_engine.model import so8_gate
from so8t_engine.sentences import sentence
from so8t_engine.session import durable

EMBEDDING, HEAD = "model.embed_tokens.weight", "lm_head.weight"
INDEX = "model.safetensors.index.json"
WEIGHTS = "model.safetensors"
CARD = "README.md"
PEFT_PREFIX = "base_model.model."
DTYPES = {"float32": torch.float32, "bfloat16": torch.bfloat16, "float16": torch.float16}


@dataclass(frozen=True)
class TrainedParts:
    """What changes the base model, by the base's own module names.

    `loras`: (A (r, in), B (out, r)); `scale`: lora_alpha / r; `rotations`: (blocks, 8, 8), one block where shared;
    `tag_ids` (n,) with the whole new rows (n, hidden) of embedding and head, None without them; `weights`: the base's
    own tensors after full fine-tuning.
    """

    loras: Mapping[str, tuple[Tensor, Tensor]]
    scale: float
    rotations: Mapping[str, Tensor]
    tag_ids: Tensor | None = None
    tag_rows: Mapping[str, Tensor] | None = None
    weights: Mapping[str, Tensor] = field(default_factory=dict)


def read_trained(adapter: Path) -> TrainedParts:
    """Reads `session/adapter/`, laid out as `model/adapter_folder.py` says."""
    rotations: dict[str, Tensor] = {}
    if (adapter / "gates.safetensors").exists():
        gates = load_file(adapter / "gates.safetensors")
        mode = json.loads((adapter / "alpha.json").read_text(encoding="utf-8"))["mode"]
        alpha = gates.pop("alpha")[0]
        rotations = {name: so8_gate.rotation(free, alpha, mode) for name, free in gates.items()}
    if (adapter / WEIGHTS).exists():
        return TrainedParts({}, 0.0, rotations, weights=load_file(adapter / WEIGHTS))
    settings = json.loads((adapter / "adapter_config.json").read_text(encoding="utf-8"))
    loras: dict[str, dict[str, Tensor]] = {}
    for key, tensor in load_file(adapter / "adapter_model.safetensors").items():
        module, _, part = key.removeprefix(PEFT_PREFIX).rpartition(".lora_")
        loras.setdefault(module, {})[part.partition(".")[0]] = tensor
    pairs = {module: (parts["A"], parts["B"]) for module, parts in loras.items()}
    trained = TrainedParts(pairs, settings["lora_alpha"] / settings["r"], rotations)
    if not (adapter / "tag_rows.safetensors").exists():
        return trained
    rows = load_file(adapter / "tag_rows.safetensors")
    return replace(trained, tag_ids=rows.pop("ids"), tag_rows=rows)


def folded(name: str, weight: Tensor, trained: TrainedParts) -> Tensor:
    """One tensor of the base model as it is in the tuned one, in float32."""
    module = name.removesuffix(".weight")
    result = trained.weights.get(name, weight).float()
    if module in trained.loras:
        a, b = trained.loras[module]
        result = result + trained.scale * (b.float() @ a.float())
    if module in trained.rotations:
        result = so8_gate.fold(result, trained.rotations[module])
    rows = (trained.tag_rows or {}).get({EMBEDDING: "embed_tokens", HEAD: "lm_head"}.get(name, ""))
    if rows is not None and trained.tag_ids is not None:
        result = result.index_copy(0, trained.tag_ids, rows.float())
    return result


def write(
    base: Path, adapter: Path, part: Path, dtype: str, stop_ids: Iterable[int], pad_id: int, card: str = ""
) -> None:
    """Fills the folder `part` (which the caller publishes); `card` is its README.md. Raises EngineError export."""
    trained = read_trained(adapter)
    shards = sorted(base.glob("*.safetensors"))
    if not shards:
        raise EngineError("export", sentence("export.no_weights", model=base.name))
    config = json.loads((base / "config.json").read_text(encoding="utf-8"))
    tied = bool(config.get("tie_word_embeddings")) and trained.tag_rows is not None
    places: dict[str, str] = {}
    total = 0
    for shard in shards:
        with safe_open(shard, framework="pt") as file:
            sources = {name: name for name in file.keys()}  # noqa: SIM118 - not a dict
            if tied and EMBEDDING in sources:
                sources[HEAD] = EMBEDDING
            shapes = {name: _shape(name, file.get_slice(source), trained) for name, source in sources.items()}
            kind = DTYPES[dtype]

            def tensor(name: str, file: Any = file, sources: Mapping[str, str] = sources) -> Tensor:
                return folded(name, file.get_tensor(sources[name]), trained)

            total += tensor_file.write(part / shard.name, shapes, kind, tensor)
        places |= dict.fromkeys(shapes, shard.name)
    _check_all_used(trained, places)
    if len(shards) > 1:
        index = {"metadata": {"total_size": total}, "weight_map": dict(sorted(places.items()))}
        durable.write(part / INDEX, _json(index))
    config = {key: value for key, value in config.items() if key not in ("auto_map", "_name_or_path")}
    stops = sorted(set(stop_ids))
    config |= {"dtype": dtype, "torch_dtype": dtype, "eos_token_id": stops, "pad_token_id": pad_id}
    if tied:
        config["tie_word_embeddings"] = False
    durable.write(part / "config.json", _json(config))
    durable.write(
        part / "generation_config.json", _json({"do_sample": False, "eos_token_id": stops, "pad_token_id": pad_id})
    )
    hf_tokenizer.write(base, adapter / "tokenizer", part)
    if card:
        durable.write(part / CARD, card.encode())


def _shape(name: str, stored: Any, trained: TrainedParts) -> list[int]:
    whole = trained.weights.get(name)
    return list(whole.shape) if whole is not None else list(stored.get_shape())


def _check_all_used(trained: TrainedParts, places: Mapping[str, str]) -> None:
    wanted = {f"{module}.weight" for module in (*trained.loras, *trained.rotations)} | trained.weights.keys()
    missing = sorted(wanted - places.keys())
    if missing:
        raise EngineError("export", sentence("export.no_tensor", tensor=missing[0]))


def _json(body: Any) -> bytes:
    return (json.dumps(body, ensure_ascii=False, indent=2, sort_keys=True) + "\n").encode()
