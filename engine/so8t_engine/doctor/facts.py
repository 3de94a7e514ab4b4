"""What the environment check looks at, gathered once, so that a test can put another machine in its place."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path

from so8t_engine.doctor import machine, weights
from so8t_engine.doctor.machine import Gpu, MainMemory


@dataclass(frozen=True)
class Facts:
    """Sizes in bytes; `free` where the sessions live, `free_cache` where downloaded models live.

    `file_limit`: the largest file that may be written where the sessions live, None for any.
    """

    gpus: tuple[Gpu, ...]
    memory: MainMemory
    free: int
    free_cache: int
    same_disk: bool
    torch: str | None
    torch_cuda: str | None
    bitsandbytes: str | None
    flash_attention: str | None
    python: tuple[int, int]
    file_limit: int | None = None


def look(data_root: Path) -> Facts:
    cache = weights.cache_folder()
    return Facts(
        gpus=tuple(machine.gpus()),
        memory=machine.memory(),
        free=machine.free_bytes(data_root),
        free_cache=machine.free_bytes(cache),
        same_disk=machine.device_of(cache) == machine.device_of(data_root),
        torch=machine.version("torch"),
        torch_cuda=machine.torch_cuda(),
        bitsandbytes=machine.version("bitsandbytes"),
        flash_attention=machine.version("flash-attn"),
        python=(sys.version_info.major, sys.version_info.minor),
        file_limit=machine.file_limit(data_root),
    )
