"""Estimates what a run needs of main memory and disk, item by item, in bytes; for a GPU: gpu_memory_estimate.py."""

from __future__ import annotations

from pathlib import Path

from so8t_engine.config.run_config import Dataset, RunConfig
from so8t_engine.doctor.gpu_memory_estimate import DTYPE_BYTES, GIB, Items, Shape, gpu_memory, trained_parameters
from so8t_engine.sentences import Sentence, sentence

GGUF_BYTES = {"F32": 4.0, "F16": 2.0, "BF16": 2.0, "Q8_0": 34 / 32}  # Q8_0: 32 bytes and a 2-byte scale per 32
SAVED_BYTES = 12  # a float32 value and Adam's two moments
LIBRARIES = 2.5 * GIB  # torch, transformers and their like in main memory, with CUDA loaded
COPIES = 4  # of a source: collected, integrated, converted, and one half-written
ROW_BYTES = 3_000  # of a hub row over all copies
UNKNOWN_ROWS = 100_000
DEMO_BYTES = 2_000_000


def main_memory(shape: Shape, config: RunConfig, cuda: bool) -> Items:
    """With a GPU the peak is merging the adapter into the 16-bit base; without one all training is here, in float32."""
    trained = trained_parameters(shape, config)
    copies = {"memory.copies_for_saves": trained * SAVED_BYTES, "memory.ppo_reference": trained * 4}
    if cuda:
        merged = {"memory.merged_model": shape.parameters * DTYPE_BYTES[config.model.dtype]}
        return {"memory.program_libraries": LIBRARIES, **merged, "memory.trained_parameters": trained * 4, **copies}
    changed = config.model.model_copy(update={"dtype": "float32", "load_in_4bit": False})
    items = gpu_memory(shape, config.model_copy(update={"model": changed}))
    del items["memory.cuda"]
    return {"memory.program_libraries": LIBRARIES / 2, **copies, **items}


def disk(shape: Shape, config: RunConfig) -> Items:
    """What a session folder grows to."""
    width = DTYPE_BYTES[config.model.dtype]
    saved = trained_parameters(shape, config) * SAVED_BYTES
    keep = config.checkpoint.save_total_limit + 1  # one is being written while all others are still there
    data = sum(_data(dataset) for dataset in config.datasets)
    items: Items = {
        "memory.kept_checkpoints": saved * keep,
        "memory.final_model": shape.parameters * width,
        "memory.gguf": shape.parameters * sum(GGUF_BYTES[kind] for kind in config.evaluate.gguf),
        "memory.collected_data": data,
    }
    if config.model.build is not None:
        items["memory.built_model"] = shape.parameters * 4
    return items


def _data(dataset: Dataset) -> float:
    if dataset.source == "hub":
        return (dataset.max_rows or UNKNOWN_ROWS) * ROW_BYTES
    path = Path(dataset.path)
    if path.is_file():
        return COPIES * path.stat().st_size * (3 if path.suffix == ".gz" else 1)
    if path.is_dir():
        return COPIES * sum(file.stat().st_size for file in path.rglob("*") if file.is_file())
    return DEMO_BYTES


def download(shape: Shape) -> float:
    """A hub model as it lies in the cache: 16-bit weights."""
    return shape.parameters * 2


def itemised(items: Items) -> list[Sentence]:
    """Each item with its size."""
    return [sentence("memory.item", item=Sentence(code), size=size) for code, size in items.items()]
