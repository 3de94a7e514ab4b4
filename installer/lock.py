"""Writes the lock, `installer/locked/`: every package by version and SHA-256, for all systems and Pythons at once.

    python3 installer/lock.py [--upgrade]        # needs `uv` (`pip install uv`) and the package index

Without `--upgrade` a locked version stays as long as pyproject.toml allows it. Four files, none with a package of
another: `base.txt` what every environment has, the build back end included; `test.txt` and `cuda.txt` what an extra
adds (`cuda`: with the libraries of torch's CUDA 13 build for Linux); `torch.txt` torch as the package index has it,
installed by it on macOS alone (see torch_build.py). `pip install --require-hashes` reads them. It is uv that resolves.
"""

from __future__ import annotations

import argparse
import re
import shutil
import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Sequence
from pathlib import Path

import torch_build

ROOT = Path(__file__).resolve().parent.parent
LOCKED = ROOT / "installer" / "locked"
EDITABLES = "editables"  # hatchling asks for it only when it builds an editable wheel
SYSTEMS = ("x86_64-manylinux_2_34", "x86_64-pc-windows-msvc", "aarch64-apple-darwin")
PYTHONS = ("3.11", "3.12", "3.13")
NAME = re.compile(r"^([A-Za-z0-9._-]+)==", re.M)
HEADER = "# Made by `python3 installer/lock.py`; not written by hand.\n"


def main(arguments: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(description="Writes the lock: every package by version and SHA-256.")
    parser.add_argument("--upgrade", action="store_true", help="the newest versions that pyproject.toml allows")
    upgrade = parser.parse_args(arguments).upgrade
    uv = shutil.which("uv")
    if uv is None:
        print("The lock is made by uv, which is not here: `pip install uv`, then start again.", file=sys.stderr)
        return 3
    with tempfile.TemporaryDirectory() as folder:
        try:
            _lock(uv, Path(folder), ["--upgrade"] if upgrade else [])
        except subprocess.CalledProcessError as error:
            print(f"uv found no answer; the lock is as it was:\n{error.stderr}", file=sys.stderr)
            return 3
    return 0


def _lock(uv: str, folder: Path, upgrade: list[str]) -> None:
    """All into `folder` first, then to its place: a lock is renewed as a whole or not at all."""
    for name in ("base.txt", "test.txt", "cuda.txt", "torch.txt"):
        if (LOCKED / name).exists():
            shutil.copy(LOCKED / name, folder)
    torch = folder / "torch.in"
    torch.write_text(f"torch=={torch_build.VERSION}\n", encoding="utf-8")
    build = folder / "build.in"
    build.write_text("\n".join([*_build_system(), EDITABLES]) + "\n", encoding="utf-8")
    project = [str(ROOT / "pyproject.toml"), str(torch)]
    bare = ["--config-file", str(LOCKED / "torch-cpu.toml")]
    base = folder / "base.txt"
    _compile(uv, base, [*project, str(build), *bare, *upgrade], without={"torch"})
    within = ["--constraint", str(base)]
    for extra, settings in (("test", bare), ("cuda", ["--no-config"])):
        path = folder / f"{extra}.txt"
        _compile(uv, path, [*project, "--extra", extra, *within, *settings, *upgrade], without={"torch", *names(base)})
    _compile(uv, folder / "torch.txt", [str(torch), "--no-deps", "--no-config", *upgrade], without=set())
    for path in sorted(folder.glob("*.txt")):
        if path.name in ("base.txt", "test.txt"):
            _there_are_wheels(uv, path)
        text = path.read_text(encoding="utf-8")
        (LOCKED / path.name).write_text(HEADER + text.removeprefix(HEADER), encoding="utf-8", newline="\n")
        print(f"{path.name}: {len(names(path))} packages")


def _build_system() -> list[str]:
    return list(tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["build-system"]["requires"])


def names(locked: Path) -> set[str]:
    return set(NAME.findall(locked.read_text(encoding="utf-8")))


def _compile(uv: str, out: Path, arguments: list[str], without: set[str]) -> None:
    fixed = ["--universal", "--python-version", PYTHONS[0], "--generate-hashes", "--no-annotate", "--no-header"]
    left_out = [word for name in sorted(without) for word in ("--no-emit-package", name)]
    _run([uv, "pip", "compile", *arguments, *fixed, *left_out, "--output-file", str(out)])


def _there_are_wheels(uv: str, locked: Path) -> None:
    """Nothing is compiled on a user's machine: the starter takes wheels alone."""
    fixed = ["--no-config", "--no-deps", "--only-binary", ":all:"]
    for system in SYSTEMS:
        for python in PYTHONS:
            asked = ["--python-platform", system, "--python-version", python]
            _run([uv, "pip", "compile", str(locked), *asked, *fixed])


def _run(command: list[str]) -> None:
    subprocess.run([*command, "--quiet"], cwd=ROOT / "installer", check=True, capture_output=True, text=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
