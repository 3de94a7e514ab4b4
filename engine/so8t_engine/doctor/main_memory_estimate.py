"""Estimates what a run needs of main memory, item by item, in bytes; for a GPU: gpu_memory_estimate.py."""

from __future__ import annotations

from so8t_engine.config.run_config import RunConfig
from so8t_engine.doctor.gpu_memory_estimate import DTYPE_BYTES, GIB, Items, Shape, gpu_memory, trained_parameters
from so8t_engine.sentences import Sentence, sentence

SAVED_BYTES = 12  # a float32 value and Adam's two moments
LIBRARIES = 2.5 * GIB  # torch, transformers and their like in main memory, with CUDA loaded


def main_memory(shape: Shape, config: RunConfig, cuda: bool) -> Items:
    """With a GPU the peak is merging the adapter into the 16-bit base; without one all training is here, in float32."""
    trained = trained_parameters(shape, config)
    copies = {"memory.copies_for_saves": trained * SAVED_BYTES}
    if config.learns:
        copies["memory.ppo_reference"] = trained * 4
    if cuda:
        merged = {"memory.merged_model": shape.parameters * DTYPE_BYTES[config.model.dtype]}
        return {"memory.program_libraries": LIBRARIES, **merged, "memory.trained_parameters": trained * 4, **copies}
    changed = config.model.model_copy(update={"dtype": "float32", "load_in_4bit": False})
    items = gpu_memory(shape, config.model_copy(update={"model": changed}))
    del items["memory.cuda"]
    return {"memory.program_libraries": LIBRARIES / 2, **copies, **items}


def itemised(items: Items) -> list[Sentence]:
    """Each item with its size."""
    return [sentence("memory.item", item=Sentence(code), size=size) for code, size in items.items()]
