"""Where training computes: device, number type, threads, determinism."""

from __future__ import annotations

import os
import sys
from typing import Any

import psutil
import torch
import transformers

from so8t_engine.config import RunConfig
from so8t_engine.errors import EngineError

DTYPES = {"float32": torch.float32, "bfloat16": torch.bfloat16, "float16": torch.float16}


def choose_device(wanted: str) -> torch.device:
    """Raises EngineError environment where a CUDA device is wanted that is not there."""
    if wanted == "auto":
        return torch.device("cuda" if torch.cuda.is_available() else "cpu")
    device = torch.device(wanted)
    if device.type == "cuda" and (device.index or 0) >= torch.cuda.device_count():
        raise EngineError(
            "environment", f"runtime.device is {wanted}, but torch sees {torch.cuda.device_count()} GPUs."
        )
    return device


def choose_dtype(config: RunConfig, device: torch.device) -> torch.dtype:
    """The configured type on a GPU; float32 on a CPU, where half types are slow and inexact."""
    return DTYPES[config.model.dtype] if device.type == "cuda" else torch.float32


def choose_threads(config: RunConfig) -> int:
    """Physical cores less one: on a busy machine a second thread made a small model 4 times slower (62 s to 275 s)."""
    return config.runtime.num_threads or max(1, (psutil.cpu_count(logical=False) or os.cpu_count() or 2) - 1)


def prepare(config: RunConfig) -> torch.device:
    """Sets threads and deterministic algorithms for the process, returns the device."""
    device = choose_device(config.runtime.device)
    os.environ.setdefault("CUBLAS_WORKSPACE_CONFIG", ":4096:8")  # cuBLAS is deterministic only with it
    torch.set_num_threads(choose_threads(config))
    torch.use_deterministic_algorithms(True, warn_only=True)
    # Else every new tensor is written twice. The module is an object of its own class, which mypy cannot see.
    torch.utils.deterministic.fill_uninitialized_memory = False  # type: ignore[attr-defined]
    hush()
    return device


def hush() -> None:
    """transformers draws bars and gives advice; the log is for what went wrong."""
    transformers.logging.set_verbosity_error()
    transformers.logging.disable_progress_bar()


def facts(device: torch.device) -> dict[str, Any]:
    """What the last bit of a result may depend on."""
    name = torch.cuda.get_device_name(device) if device.type == "cuda" else "cpu"
    return {
        "python": f"{sys.version_info.major}.{sys.version_info.minor}",
        "torch": torch.__version__,
        "transformers": transformers.__version__,
        "device": name,
        "threads": torch.get_num_threads(),
    }


def difference(before: dict[str, Any], now: dict[str, Any]) -> str:
    """One sentence part naming what changed; empty when nothing did."""
    changed = [key for key in sorted(before | now) if before.get(key) != now.get(key)]
    return ", ".join(f"{key} {before.get(key)} -> {now.get(key)}" for key in changed)
