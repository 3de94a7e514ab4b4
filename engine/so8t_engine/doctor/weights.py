"""Where a model comes from, and whether it can be opened: a local folder, the cache, or the hub; of the base model also
whether it fits."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

from so8t_engine import offline, paths
from so8t_engine.config import needed_context
from so8t_engine.config.run_config import RunConfig
from so8t_engine.data.record import TAGS
from so8t_engine.doctor import exportable, gpu_memory_estimate, model_files
from so8t_engine.doctor.findings import Finding
from so8t_engine.sentences import Sentence, sentence

PICKLED = ("*.bin", "*.pt", "*.pth", "*.ckpt")
WEIGHTS = "model.safetensors"
GGUF = ".gguf"
TOKENIZERS = ("tokenizer.json", "tokenizer.model")


def check(config: RunConfig) -> list[Finding]:
    """Nothing for a model that is built here."""
    name = config.model.model_name_or_path
    if name is None:
        return []
    opened = open_model(name, config.model.revision)
    return opened if isinstance(opened, list) else _fits(opened, config, name)


def open_model(name: str, revision: str | None) -> Path | list[Finding]:
    """The folder in which all files of a model lie whole, or what is to be said in its place."""
    if Path(name).is_dir():
        return _incomplete(Path(name), name) or Path(name)
    if Path(name).is_file():
        return [_one_file(Path(name), name)]
    if paths.looks_local(name):
        return [Finding("error", sentence("doctor.no_model_folder", name=name), change=sentence("doctor.name_a_model"))]
    cached = snapshot(name, revision)
    if cached is not None:
        return _incomplete(cached, name) or cached
    if offline.asked_for():
        what, why = sentence("doctor.not_in_the_cache", name=name), sentence("doctor.offline")
        return [Finding("error", what, why, sentence("doctor.go_online_once"))]
    return [Finding("note", sentence("doctor.will_be_fetched", name=name), sentence("doctor.not_looked_at"))]


def must_be_fetched(config: RunConfig) -> bool:
    name = config.model.model_name_or_path
    return name is not None and not Path(name).is_dir() and snapshot(name, config.model.revision) is None


def snapshot(name: str, revision: str | None) -> Path | None:
    """The folder of a hub model in the cache, where its configuration and all its weights are there."""
    files = cached(name, revision)
    try:
        return files if files is not None and not missing(files) else None
    except (OSError, ValueError):
        return None


def cached(name: str, revision: str | None) -> Path | None:
    """The folder of a hub model in the cache, whatever is there of it."""
    folder = cache_folder() / f"models--{name.replace('/', '--')}"
    wanted = revision or "main"
    reference = folder / "refs" / wanted
    try:
        commit = reference.read_text(encoding="utf-8").strip() if reference.is_file() else wanted
        files = folder / "snapshots" / commit
        return files if files.is_dir() else None
    except (OSError, ValueError):
        return None


def missing(folder: Path) -> list[str | Sentence]:
    """Files a model folder needs and has not; weights in other forms than safetensors do not count."""
    absent: list[str | Sentence] = [] if (folder / "config.json").is_file() else ["config.json"]
    index = folder / "model.safetensors.index.json"
    if index.is_file():
        try:
            shards = sorted(set(json.loads(index.read_text(encoding="utf-8"))["weight_map"].values()))
        except (OSError, ValueError, KeyError, AttributeError, TypeError):
            return [*absent, sentence("doctor.readable_file", file=index.name)]
        absent += [str(shard) for shard in shards if not (folder / str(shard)).is_file()]
    elif not any(folder.glob("*.safetensors")):
        absent.append(WEIGHTS)
    if not any((folder / name).is_file() for name in TOKENIZERS):
        absent.append("tokenizer.json")
    return absent


def _one_file(path: Path, name: str) -> Finding:
    """Of a model that is named by a file: the weights alone, or a form in which models only answer."""
    if path.suffix.lower() == GGUF:
        what, why = sentence("doctor.only_gguf", name=name), sentence("doctor.gguf_only_answers")
        return Finding("error", what, why, sentence("doctor.name_what_it_was_made_from"))
    what = sentence("doctor.model_is_a_file", name=name)
    return Finding("error", what, change=sentence("doctor.name_its_folder", folder=str(path.parent)))


def _incomplete(folder: Path, name: str) -> list[Finding]:
    absent = missing(folder)
    pickled = sorted(path.name for pattern in PICKLED for path in folder.glob(pattern))
    if WEIGHTS in absent and pickled:
        what, why = (
            sentence("doctor.pickled_weights", name=name, file=pickled[0]),
            sentence("doctor.pickles_run_programs"),
        )
        return [Finding("error", what, why, sentence("doctor.convert_weights"))]
    only_answers = [path for path in sorted(folder.iterdir()) if path.suffix.lower() == GGUF]
    if WEIGHTS in absent and only_answers:
        return [_one_file(only_answers[0], name)]
    if absent:
        what = sentence("doctor.model_lacks", name=name, files=absent)
        return [Finding("error", what, change=sentence("doctor.complete_the_model"))]
    cut = [path.name for path in sorted(folder.glob("*.safetensors")) if not model_files.whole(path)]
    if not cut:
        return []
    what = sentence("doctor.weights_cut_off", name=name, file=cut[0])
    return [Finding("error", what, change=sentence("doctor.fetch_again"))]


def _fits(folder: Path, config: RunConfig, name: str) -> list[Finding]:
    text = (folder / "config.json").read_text(encoding="utf-8", errors="replace")
    try:
        body = json.loads(text)
        kind = body.get("model_type")
    except (ValueError, AttributeError):
        return [
            Finding("error", sentence("doctor.model_config_broken", name=name), change=sentence("doctor.fetch_again"))
        ]
    shape = gpu_memory_estimate.from_json(text)
    if kind != "phi3" or shape is None:
        what = sentence("doctor.another_model", name=name, kind=kind) if kind else sentence("doctor.no_kind", name=name)
        return [Finding("error", what, sentence("doctor.made_for_phi3"), sentence("doctor.choose_phi3"))]
    return _unfit(config, name, body, shape) or _tokenizer(folder, config, name, body, shape)


def _unfit(config: RunConfig, name: str, body: dict[str, Any], shape: gpu_memory_estimate.Shape) -> list[Finding]:
    """Its sizes against what the configuration needs."""
    if config.gate.enabled and shape.hidden % 8:
        what = sentence("doctor.hidden_size", name=name, size=shape.hidden)
        return [Finding("error", what, sentence("doctor.gates_need_eights"), sentence("doctor.disable_gates"))]
    context = body.get("max_position_embeddings")
    over = needed_context.over(config, context) if isinstance(context, int) else []
    if not over:
        return []
    what, why = sentence("doctor.context", name=name, tokens=context), sentence("doctor.context_short", over=over)
    return [Finding("error", what, why, sentence("doctor.lower_lengths", tokens=context))]


def _tokenizer(
    folder: Path, config: RunConfig, name: str, body: dict[str, Any], shape: gpu_memory_estimate.Shape
) -> list[Finding]:
    """What is wrong with the tokenizer or in the way of the results; where nothing is, that the model is there."""
    problem = model_files.tokenizer_problem(folder, name, shape.vocabulary)
    if problem is not None:
        why = sentence("doctor.chat_format_needed", tags=len(TAGS))
        return [Finding("error", problem, why, sentence("doctor.choose_phi3_tokenizer"))]
    obstacles = exportable.obstacles(folder, config, name, body)
    if obstacles:
        return obstacles
    there = Finding("ok", sentence("doctor.model_is_there", name=name, size=size(shape.parameters)))
    return [there, *exportable.without_gguf(folder, config, name, shape.vocabulary)]


def size(parameters: int) -> Sentence:
    """In words that leave a number of at least one."""
    if parameters >= 999.95e6:
        return sentence("doctor.billions", number=parameters / 1e9)
    if parameters >= 999.5e3:
        return sentence("doctor.millions", number=parameters / 1e6)
    return sentence("doctor.thousands", number=parameters / 1e3)


def cache_folder() -> Path:
    """Where huggingface_hub keeps models: HF_HUB_CACHE, else HF_HOME/hub, else ~/.cache/huggingface/hub."""
    chosen = os.environ.get("HF_HUB_CACHE") or os.environ.get("HUGGINGFACE_HUB_CACHE")
    if chosen:
        return paths.at_home(chosen).absolute()
    home = os.environ.get("HF_HOME")
    if home:
        return paths.at_home(home).absolute() / "hub"
    base = os.environ.get("XDG_CACHE_HOME") or "~/.cache"
    return paths.at_home(base).absolute() / "huggingface" / "hub"
