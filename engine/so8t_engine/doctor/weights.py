"""Where the base model comes from, and whether it can be opened: a local folder, the cache, or the hub."""

from __future__ import annotations

import json
import os
import re
from pathlib import Path

from so8t_engine.config.run_config import RunConfig
from so8t_engine.doctor import memory, model_files
from so8t_engine.doctor.findings import Finding

HUB_ID = re.compile(r"^[A-Za-z0-9][\w.-]*/[A-Za-z0-9][\w.-]*$")
PICKLED = ("*.bin", "*.pt", "*.pth", "*.ckpt")
TOKENIZERS = ("tokenizer.json", "tokenizer.model")


def check(config: RunConfig) -> list[Finding]:
    """Nothing for a model that is built here."""
    name = config.model.model_name_or_path
    if name is None:
        return []
    if Path(name).is_dir():
        return _folder(Path(name), config, name)
    if not HUB_ID.match(name):
        change = "Correct model.model_name_or_path: a folder, or a hub id like microsoft/Phi-3.5-mini-instruct."
        return [Finding("error", f"There is no model folder {name}.", "", change)]
    cached = snapshot(name, config.model.revision)
    if cached is not None:
        return _folder(cached, config, name)
    if offline():
        change = "Unset HF_HUB_OFFLINE once to fetch it, or name a local folder."
        return [
            Finding("error", f"The model {name} is not in the cache.", "HF_HUB_OFFLINE forbids fetching it.", change)
        ]
    return [Finding("ok", f"The model {name} will be fetched from the Hugging Face Hub.")]


def must_be_fetched(config: RunConfig) -> bool:
    name = config.model.model_name_or_path
    return name is not None and not Path(name).is_dir() and snapshot(name, config.model.revision) is None


def snapshot(name: str, revision: str | None) -> Path | None:
    """The folder of a hub model in the cache, where its configuration and all its weights are there."""
    folder = cache_folder() / f"models--{name.replace('/', '--')}"
    wanted = revision or "main"
    reference = folder / "refs" / wanted
    try:
        commit = reference.read_text(encoding="utf-8").strip() if reference.is_file() else wanted
        found = folder / "snapshots" / commit
        return found if not missing(found) else None
    except (OSError, ValueError):
        return None


def missing(folder: Path) -> list[str]:
    """Names of files a model folder needs and has not; weights in other forms than safetensors do not count."""
    found = [] if (folder / "config.json").is_file() else ["config.json"]
    index = folder / "model.safetensors.index.json"
    if index.is_file():
        try:
            shards = sorted(set(json.loads(index.read_text(encoding="utf-8"))["weight_map"].values()))
        except (OSError, ValueError, KeyError, AttributeError, TypeError):
            return [*found, "a readable model.safetensors.index.json"]
        found += [str(shard) for shard in shards if not (folder / str(shard)).is_file()]
    elif not any(folder.glob("*.safetensors")):
        found.append("model.safetensors")
    if not any((folder / name).is_file() for name in TOKENIZERS):
        found.append("tokenizer.json")
    return found


def _folder(folder: Path, config: RunConfig, name: str) -> list[Finding]:
    gone = missing(folder)
    pickled = sorted(path.name for pattern in PICKLED for path in folder.glob(pattern))
    if "model.safetensors" in gone and pickled:
        why = "Pickled weights can run any program when they are opened, and are never read."
        return [Finding("error", f"{name} has its weights only as {pickled[0]}.", why, "Convert them to safetensors.")]
    if gone:
        change = "Complete the folder, or correct model.model_name_or_path."
        return [Finding("error", f"The model {name} lacks {', '.join(gone)}.", "", change)]
    cut = [path.name for path in sorted(folder.glob("*.safetensors")) if not model_files.whole(path)]
    if cut:
        return [Finding("error", f"{name}: {cut[0]} is cut off or damaged.", "", "Fetch the model again.")]
    text = (folder / "config.json").read_text(encoding="utf-8", errors="replace")
    try:
        body = json.loads(text)
        kind = body.get("model_type")
    except (ValueError, AttributeError):
        return [Finding("error", f"The config.json of {name} is not valid JSON.", "", "Fetch the model again.")]
    shape = memory.from_json(text)
    if kind != "phi3" or shape is None:
        why = "Gates, tags and export are made for Phi-3 and Phi-3.5."
        return [Finding("error", f"{name} is a {kind or 'nameless'} model.", why, "Choose a phi3 model.")]
    if config.gate.enabled and shape.hidden % 8:
        why = "A gate turns blocks of 8."
        return [Finding("error", f"{name} has hidden size {shape.hidden}.", why, "Set gate.enabled: false.")]
    context, wanted = body.get("max_position_embeddings"), needed_context(config)
    if isinstance(context, int) and context < wanted:
        why = f"warmup.max_length, or the lengths of a prompt and its answer under {config.algorithm}, need {wanted}."
        what = f"{name} has a context of {context} tokens."
        return [Finding("error", what, why, f"Lower them to {context} together.")]
    trouble = model_files.tokenizer_trouble(folder, shape.vocabulary)
    if trouble:
        why = "Training needs Phi-3's chat format and 14 new tokens in it."
        return [Finding("error", f"The tokenizer of {name} {trouble}.", why, "Choose a model with Phi-3's tokenizer.")]
    return [Finding("ok", f"The model {name} is there: {shape.parameters / 1e9:.2f} billion parameters.")]


def needed_context(config: RunConfig) -> int:
    return max(config.warmup.max_length, sum(config.lengths))


def cache_folder() -> Path:
    """Where huggingface_hub keeps models: HF_HUB_CACHE, else HF_HOME/hub, else ~/.cache/huggingface/hub."""
    chosen = os.environ.get("HF_HUB_CACHE") or os.environ.get("HUGGINGFACE_HUB_CACHE")
    if chosen:
        return Path(chosen).expanduser().absolute()
    home = os.environ.get("HF_HOME")
    if home:
        return Path(home).expanduser().absolute() / "hub"
    base = os.environ.get("XDG_CACHE_HOME") or "~/.cache"
    return Path(base).expanduser().absolute() / "huggingface" / "hub"


def offline() -> bool:
    return os.environ.get("HF_HUB_OFFLINE", "").upper() in ("1", "ON", "YES", "TRUE")
