"""Chooses which build of torch this machine gets: never gigabytes of CUDA where there is no NVIDIA GPU.

The local part of the version (`+cpu`, `+cu130`) is asked for by name. A plain `torch==2.13.0` on Linux means the
CUDA build of the package index, so it is only ever asked for on macOS, where there is no other.
"""

from __future__ import annotations

import re
import shutil
import subprocess
from dataclasses import dataclass

VERSION = "2.13.0"
INDEX = "https://download.pytorch.org/whl"
CUDA_VERSION = re.compile(r"CUDA (?:UMD )?Version:\s*(\d+)\.(\d+)")


@dataclass(frozen=True)
class Build:
    """`requirement` is exact; `index` is asked where no local wheel answers it (None: the package index itself)."""

    requirement: str
    index: str | None
    description: str
    cuda: bool = False


def choose(platform: str, driver_cuda: tuple[int, int] | None) -> Build:
    """`platform` is sys.platform, `driver_cuda` the newest CUDA the NVIDIA driver can run, None without a GPU."""
    if platform == "darwin":
        return Build(f"torch=={VERSION}", None, "for macOS, about 80 MB")
    if driver_cuda is None:
        return Build(f"torch=={VERSION}+cpu", f"{INDEX}/cpu", "CPU build (no NVIDIA GPU found), about 200 MB")
    # CUDA 13 needs driver 580 or newer; CUDA 12.6 runs on drivers from 525 on, and on GPUs older than Turing.
    tag = "cu130" if driver_cuda >= (13, 0) else "cu126"
    return Build(f"torch=={VERSION}+{tag}", f"{INDEX}/{tag}", f"CUDA build {tag}, about 3 GB", cuda=True)


def driver_cuda() -> tuple[int, int] | None:
    """What nvidia-smi says; None where there is no working NVIDIA driver or no GPU."""
    program = shutil.which("nvidia-smi")
    if program is None:
        return None
    try:
        listed = subprocess.run([program, "-L"], capture_output=True, text=True, timeout=30, check=False)
        if listed.returncode != 0 or "GPU " not in listed.stdout:
            return None
        output = subprocess.run([program], capture_output=True, text=True, timeout=30, check=False).stdout
    except (OSError, subprocess.TimeoutExpired):
        return None
    return cuda_version(output) or (12, 6)


def cuda_version(nvidia_smi: str) -> tuple[int, int] | None:
    match = CUDA_VERSION.search(nvidia_smi)
    return (int(match[1]), int(match[2])) if match else None


def pip_attempts(build: Build) -> list[list[str]]:
    """pip arguments to try in order: a wheel that lies on this machine already, then the index.

    Without dependencies: those come with the project's own, from the package index.
    """
    first = ["install", "--no-deps", "--no-index", build.requirement]
    if build.index is None:
        return [["install", "--no-deps", build.requirement]]
    return [first, ["install", "--no-deps", "--index-url", build.index, build.requirement]]
