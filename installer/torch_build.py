"""Chooses which build of torch this machine gets: never gigabytes of CUDA where there is no NVIDIA GPU.

The local part of the version (`+cpu`, `+cu130`) is asked for by name. A plain `torch==2.13.0` on Linux means the
CUDA build of the package index, so it is only ever asked for on macOS, where there is no other.
"""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

VERSION = "2.13.0"
INDEX = "https://download.pytorch.org/whl"
CUDA_VERSION = re.compile(r"CUDA (?:UMD )?Version:\s*(\d+)\.(\d+)")


@dataclass(frozen=True)
class Build:
    """`requirement` is exact; `index` is asked where no local wheel answers it (None: the package index itself).

    `libraries`: what CUDA needs besides is in the lock, or in the wheel. Where not, pip looks for it.
    """

    requirement: str
    index: str | None
    description: str
    cuda: bool = False
    libraries: bool = True


def choose(platform: str, driver_cuda: tuple[int, int] | None) -> Build:
    """`platform` is sys.platform, `driver_cuda` the newest CUDA the NVIDIA driver can run, None without a GPU."""
    if platform == "darwin":
        return Build(f"torch=={VERSION}", None, "for macOS, about 80 MB")
    if driver_cuda is None:
        return Build(f"torch=={VERSION}+cpu", f"{INDEX}/cpu", "CPU build (no NVIDIA GPU found), about 200 MB")
    # CUDA 13 needs driver 580 or newer; CUDA 12.6 runs on drivers from 525 on, and on GPUs older than Turing.
    tag = "cu130" if driver_cuda >= (13, 0) else "cu126"
    libraries = platform == "win32" or tag == "cu130"
    return Build(
        f"torch=={VERSION}+{tag}",
        f"{INDEX}/{tag}",
        f"CUDA build {tag}, about 3 GB",
        cuda=True,
        libraries=libraries,
    )


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


def pip_attempts(build: Build, locked: Path) -> list[list[str]]:
    """pip arguments to try in order: a wheel that lies on this machine already, then the index.

    Without dependencies: those are in the lock (`locked`: its folder) with the project's own. On macOS torch is too;
    the builds with a local part of the version lie on an index of their own and are taken by exact version alone.
    """
    wheel = ["install", "--no-deps", "--only-binary", ":all:", "--no-compile"]
    if build.index is None:
        return [[*wheel, "--require-hashes", "--requirement", str(locked / "torch.txt")]]
    return [
        [*wheel, "--no-index", build.requirement],
        [*wheel, "--index-url", build.index, build.requirement],
    ]


def pip_rest(build: Build, locked: Path, extras: Collection[str]) -> list[list[str]]:
    """pip arguments for all but torch and the project itself, one after the other: what the lock says and no more."""
    files = ["base.txt"]
    if "test" in extras:
        files.append("test.txt")
    if build.cuda and build.libraries:
        files.append("cuda.txt")
    # --no-compile: of some 20,000 modules a few thousand are ever imported, and compiled then
    fixed = ["install", "--no-deps", "--only-binary", ":all:", "--no-compile", "--require-hashes"]
    steps = [fixed + [word for name in files for word in ("--requirement", str(locked / name))]]
    if build.cuda and not build.libraries:
        steps.append(["install", "--only-binary", ":all:", build.requirement, pin("bitsandbytes", locked / "cuda.txt")])
    return steps


def pin(name: str, locked: Path) -> str:
    """`name==version`, as it is locked."""
    lines = locked.read_text(encoding="utf-8").splitlines()
    return next(line.split()[0] for line in lines if line.startswith(f"{name}=="))
