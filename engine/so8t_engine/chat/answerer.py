"""Which file answers in a chat: a GGUF file of the session, or its base model as one, made once and kept in the cache.

Sessions are only read.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psutil

from so8t_engine.config.run_config import RunConfig
from so8t_engine.errors import EngineError
from so8t_engine.export import gguf_choice, gguf_folder, gguf_header, gguf_writer
from so8t_engine.model import built_model
from so8t_engine.run import session_config
from so8t_engine.sentences import Sentence, sentence
from so8t_engine.session import cached_files, catalog, durable, gguf_files, verification

WEIGHTS = "model.safetensors"
SPARE_BYTES = 300_000_000  # of llama.cpp's own buffers
KEY_BYTES = 2  # of a number among the keys and values
SHAPE = {  # by the names of config.json, a GGUF file's own
    "max_position_embeddings": "context_length",
    "original_max_position_embeddings": "rope.scaling.original_context_length",
    "hidden_size": "embedding_length",
    "num_hidden_layers": "block_count",
    "num_attention_heads": "attention.head_count",
    "num_key_value_heads": "attention.head_count_kv",
}


@dataclass(frozen=True)
class Answerer:
    """`model`: "tuned" or "base"; `context` and `max_new_tokens` in tokens."""

    session: Path
    file: Path
    model: str
    system: str | None
    context: int
    max_new_tokens: int
    threads: int


def refuse_while_training(root: Path) -> None:
    """Raises EngineError chat_busy: a run needs cores, memory and, on a GPU, the driver's patience for itself."""
    for entry in catalog.sessions(root):
        if entry.status == "running":
            raise EngineError("chat_busy", sentence("chat.busy", session=entry.called))


def tuned(session: Path, kind: str | None) -> Answerer:
    """`kind`: which of its files; without one that which the report advises.

    Its folder final_model, which may be large, need not be there. Raises EngineError no_gguf, results_damaged, chat,
    config_invalid.
    """
    file = gguf_choice.file(session, kind)
    gguf_choice.refuse_written_to(file)
    return _answerer(session, config_of(session), "tuned", file)


def base(session: Path, kind: str | None, making: Callable[[Sentence], None]) -> Answerer:
    """The base in the same type as the tuned model, so that the two can be compared. `making` is told what takes long.

    Raises EngineError no_gguf, model_missing, results_damaged, export, chat, cache_disk, config_invalid.
    """
    config = config_of(session)
    kind = gguf_choice.known_type(kind) if kind else gguf_files.kind_of(gguf_choice.file(session, None))
    folder = _base_folder(session, config)
    file = cached_files.folder(cached_files.BASES) / f"base-{_key(folder, config)}-{kind}.gguf"
    if not file.is_file():
        making(sentence("chat.making_base", type=kind, file=file))
        _make(folder, file, kind)
    cached_files.used(file)
    return _answerer(session, config, "base", file)


def config_of(session: Path) -> RunConfig:
    """As its state has sealed it. Raises EngineError config_invalid."""
    pointer, _ = verification.read_pointer(session)
    return session_config.read(session, None if pointer is None else pointer.config).config


def _base_folder(session: Path, config: RunConfig) -> Path:
    """Found without torch, which would take seconds; with it only where files of the Hub are missing in the cache."""
    name = config.model.model_name_or_path
    if name is None:
        return built_model.folder(session)
    if Path(name).is_dir():
        return Path(name)
    from huggingface_hub import snapshot_download

    try:
        there = snapshot_download(name, revision=config.model.revision, local_files_only=True)
        if _is_whole(Path(there)):
            return Path(there)
    except (OSError, ValueError, LookupError, TypeError, AttributeError):
        pass
    from so8t_engine.model import base_model

    return base_model.folder(session, config)


def _is_whole(folder: Path) -> bool:
    """Whether all its weights are there, as a download may have broken off. Raises whatever a bad index makes it."""
    index = folder / f"{WEIGHTS}.index.json"
    files = {WEIGHTS}
    if index.is_file():
        files = set(json.loads(index.read_text(encoding="utf-8"))["weight_map"].values())
    return bool(files) and all((folder / name).is_file() for name in (*files, "config.json", "tokenizer_config.json"))


def _key(folder: Path, config: RunConfig) -> str:
    """Another one for other files: by their names, sizes and times, as digests of 8 GB would take a minute."""
    files = sorted(path for path in folder.iterdir() if path.is_file() and path.name != "README.md")
    facts = [(path.name, path.stat().st_size, path.stat().st_mtime_ns) for path in files]
    name = config.model.model_name_or_path or "built"
    return hashlib.sha256(json.dumps([name, facts]).encode()).hexdigest()[:16]


def _make(folder: Path, file: Path, kind: str) -> None:
    with cached_files.filling(file.parent):
        part = durable.own_part(file)
        try:
            gguf_writer.write(folder, part, kind, "base")
            durable.flush_file(part)
            part.replace(file)
        finally:
            part.unlink(missing_ok=True)


def key_bytes(shape: Mapping[str, Any], context: int) -> int:
    """Of keys and values. `shape`: config.json; heads that share theirs (grouped queries) need so much less."""
    heads = int(shape["num_attention_heads"])
    shared = int(shape.get("num_key_value_heads") or heads)
    width = int(shape["hidden_size"]) // heads * shared
    return 2 * int(shape["num_hidden_layers"]) * width * context * KEY_BYTES


def shape_of(file: Path) -> dict[str, Any]:
    """As config.json has it. Raises EngineError results_damaged."""
    try:
        found = gguf_header.numbers(file)
        prefix = gguf_writer.ARCHITECTURE
        shape = {name: int(found[f"{prefix}.{key}"]) for name, key in SHAPE.items() if f"{prefix}.{key}" in found}
        key_bytes(shape, shape["max_position_embeddings"])
    except (OSError, ValueError, LookupError, ArithmeticError) as error:
        raise EngineError("results_damaged", sentence("chat.no_header", path=file)) from error
    return shape


def _answerer(session: Path, config: RunConfig, model: str, file: Path) -> Answerer:
    shape = shape_of(file)
    context = gguf_folder.context_of(shape, config)
    needed, free = file.stat().st_size + key_bytes(shape, context) + SPARE_BYTES, psutil.virtual_memory().available
    if needed > free:
        raise EngineError("chat", sentence("chat.memory", file=file.name, needed=needed, free=free))
    asked_plainly = model == "base" and not config.model.build  # as in step 5
    return Answerer(
        session=session,
        file=file,
        model=model,
        system=None if asked_plainly else config.convert.system_prompt,
        context=context,
        max_new_tokens=config.evaluate.max_new_tokens,
        threads=config.runtime.num_threads or psutil.cpu_count(logical=False) or 2,
    )
