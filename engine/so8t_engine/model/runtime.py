"""How the model is run: device, dtype, attention, threads, determinism."""

from __future__ import annotations

import importlib.util
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psutil
import torch
import transformers

from so8t_engine.config.run_config import RunConfig
from so8t_engine.errors import EngineError
from so8t_engine.model import kept_memory
from so8t_engine.sentences import Sentence, sentence

FLASH = "flash_attention_2"
DTYPES = {"float32": torch.float32, "bfloat16": torch.bfloat16, "float16": torch.float16}


def choose_device(wanted: str) -> torch.device:
    """Raises EngineError device_missing where a CUDA device is wanted that is not there."""
    if wanted == "auto":
        return torch.device("cuda" if torch.cuda.is_available() else "cpu")
    device = torch.device(wanted)
    if device.type == "cuda" and (device.index or 0) >= torch.cuda.device_count():
        raise EngineError(
            "device_missing", sentence("model.no_such_gpu", device=wanted, count=torch.cuda.device_count())
        )
    return device


def choose_dtype(config: RunConfig, device: torch.device) -> torch.dtype:
    """The configured type on a GPU; float32 on a CPU, where half types are slow and inexact."""
    return DTYPES[config.model.dtype] if device.type == "cuda" else torch.float32


def choose_attention(config: RunConfig, device: torch.device) -> str:
    """sdpa, eager or flash_attention_2. Raises EngineError device_missing where flash is wanted and cannot be had."""
    wanted = config.model.attn_implementation
    if wanted not in ("auto", FLASH):
        return wanted
    obstacle: Sentence | None = None
    if importlib.util.find_spec("flash_attn") is None:
        obstacle = sentence("model.flash_not_installed")
    elif device.type != "cuda":
        obstacle = sentence("model.flash_needs_gpu")
    elif choose_dtype(config, device) is torch.float32:
        obstacle = sentence("model.flash_not_in_float32")
    if obstacle is not None and wanted == FLASH:
        raise EngineError("device_missing", sentence("model.no_flash_attention", wanted=FLASH, why=obstacle))
    return FLASH if obstacle is None else "sdpa"


def choose_threads(config: RunConfig) -> int:
    """Physical cores less one: on a busy machine a second thread made a small model 4 times slower (62 s to 275 s)."""
    return config.runtime.num_threads or max(1, (psutil.cpu_count(logical=False) or os.cpu_count() or 2) - 1)


def prepare(config: RunConfig) -> torch.device:
    """Sets threads, precision, memory and deterministic algorithms for the process, returns the device.

    Raises EngineError device_missing where device or attention cannot be had.
    """
    device = choose_device(config.runtime.device)
    choose_attention(config, device)
    os.environ.setdefault("CUBLAS_WORKSPACE_CONFIG", ":4096:8")  # cuBLAS is deterministic only with it
    os.environ.setdefault("FLASH_ATTENTION_DETERMINISTIC", "1")  # else its backward pass adds in any order
    torch.backends.cuda.matmul.fp32_precision = "tf32" if config.runtime.tf32 else "ieee"
    torch.set_num_threads(choose_threads(config))
    _repeat_exactly(device)
    # Else every new tensor is written twice. The module is an object of its own class, which mypy cannot see.
    torch.utils.deterministic.fill_uninitialized_memory = False  # type: ignore[attr-defined]
    if device.type == "cpu":
        kept_memory.keep()
    hush()
    return device


def _repeat_exactly(device: torch.device) -> None:
    """Strict on a GPU: with `warn_only` attention keeps a backward pass that adds up in any order (flash differed 20
    times of 20). What has no form that repeats itself then raises. cuDNN's attention has none that is allowed.
    """
    strict = device.type == "cuda"
    torch.use_deterministic_algorithms(True, warn_only=not strict)
    if strict:
        torch.backends.cuda.enable_cudnn_sdp(False)


@contextmanager
def repeatable_anyway(device: torch.device) -> Iterator[None]:
    """For passes without gradients, which add nothing up in any order: inside, no slower form is asked for.

    Strict mode would sort the places of every write to the keys and values, a dozen launches in place of one.
    """
    if device.type != "cuda":
        yield
        return
    mode = torch.get_deterministic_debug_mode()
    torch.use_deterministic_algorithms(False)
    try:
        yield
    finally:
        torch.set_deterministic_debug_mode(mode)


@contextmanager
def attending_with_masks(model: Any) -> Iterator[None]:
    """Inside, attention takes a mask of its own for every row and token: flash_attention_2 takes none."""
    config = model.config
    before = config._attn_implementation
    config._attn_implementation = "sdpa"
    try:
        yield
    finally:
        config._attn_implementation = before


def hush() -> None:
    """Silences transformers' progress bars and advice; the log is for errors."""
    transformers.logging.set_verbosity_error()
    transformers.logging.disable_progress_bar()


def facts(config: RunConfig, device: torch.device) -> dict[str, Any]:
    """Everything that the last bits of a result may depend on."""
    name = torch.cuda.get_device_name(device) if device.type == "cuda" else "cpu"
    return {
        "python": f"{sys.version_info.major}.{sys.version_info.minor}",
        "torch": torch.__version__,
        "transformers": transformers.__version__,
        "device": name,
        "threads": torch.get_num_threads(),
        "attention": choose_attention(config, device),
        "tf32": device.type == "cuda" and config.runtime.tf32,
    }


def difference(before: dict[str, Any], now: dict[str, Any]) -> str:
    """What changed, as "key before -> now, ..."; empty when nothing did. Facts known on one side only are ignored."""
    changed = [key for key in sorted(before.keys() & now.keys()) if before[key] != now[key]]
    return ", ".join(f"{key} {before[key]} -> {now[key]}" for key in changed)
