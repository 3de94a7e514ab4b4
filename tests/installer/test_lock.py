"""The lock: every package that is installed, by version and SHA-256, for each system and Python, and nothing else."""

from __future__ import annotations

import importlib.metadata
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from packaging.markers import default_environment
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

import torch_build

ROOT = Path(__file__).resolve().parents[2]
LOCKED = ROOT / "installer" / "locked"
FILES = ("base.txt", "test.txt", "cuda.txt", "torch.txt")
UNLOCKED = ("eval",)  # packages that are sources alone, for one command that few use
HASH = re.compile(r"    --hash=sha256:[0-9a-f]{64}( \\)?")
SYSTEMS = (("linux", "Linux", "x86_64"), ("win32", "Windows", "AMD64"), ("darwin", "Darwin", "arm64"))


def entries(file: str) -> Iterator[tuple[Requirement, int]]:
    """(the pinned package, how many hashes it has); any other line fails."""
    pinned, hashes = None, 0
    for line in (LOCKED / file).read_text(encoding="utf-8").splitlines()[1:]:
        if HASH.fullmatch(line):
            hashes += 1
            continue
        if pinned is not None:
            yield pinned, hashes
        pinned, hashes = Requirement(line.removesuffix(" \\")), 0
    assert pinned is not None
    yield pinned, hashes


def installed_by(files: tuple[str, ...], environment: dict[str, str]) -> dict[str, str]:
    """Version by name, as pip takes them on that machine."""
    here = [
        pinned
        for file in files
        for pinned, _ in entries(file)
        if not pinned.marker or pinned.marker.evaluate(environment)
    ]
    names = [canonicalize_name(pinned.name) for pinned in here]
    assert len(names) == len(set(names)), "one package twice"
    return {name: next(iter(pinned.specifier)).version for name, pinned in zip(names, here, strict=True)}


def machines() -> Iterator[dict[str, str]]:
    for python in ("3.11", "3.12", "3.13"):
        for system, name, processor in SYSTEMS:
            yield {
                **{key: str(value) for key, value in default_environment().items()},
                "python_version": python, "python_full_version": f"{python}.4", "sys_platform": system,
                "platform_system": name, "platform_machine": processor,
                "os_name": "nt" if system == "win32" else "posix",
            }  # fmt: skip


def project() -> dict[str, list[Requirement]]:
    body = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    asked = {"base.txt": body["project"]["dependencies"] + body["build-system"]["requires"]}
    extras = body["project"]["optional-dependencies"]
    asked |= {f"{extra}.txt": lines for extra, lines in extras.items() if extra not in UNLOCKED}
    return {file: [Requirement(line) for line in lines] for file, lines in asked.items()}


@pytest.mark.parametrize("file", FILES)
def test_every_package_is_pinned_by_version_and_hash(file: str) -> None:
    for pinned, hashes in entries(file):
        (bound,) = pinned.specifier
        assert bound.operator == "==" and not pinned.url and hashes > 0, pinned


@pytest.mark.parametrize("file", FILES)
def test_no_line_says_where_from(file: str) -> None:
    text = (LOCKED / file).read_text(encoding="utf-8")

    assert "://" not in text and "\n--" not in text and "find-links" not in text


def test_all_that_the_project_asks_for_is_in_the_lock_within_its_bounds() -> None:
    for machine in machines():
        for file, requirements in project().items():
            taken = installed_by(("base.txt", file) if file != "base.txt" else ("base.txt",), machine)
            taken["torch"] = torch_build.VERSION
            for requirement in requirements:
                if requirement.marker is not None and not requirement.marker.evaluate(machine):
                    continue
                version = taken.get(canonicalize_name(requirement.name))
                assert version is not None and requirement.specifier.contains(version), (requirement, version)


def test_what_locked_packages_ask_for_is_locked_too() -> None:
    """By what the packages say that are installed here; pip takes the lock as it is and looks for nothing more."""
    taken = installed_by(("base.txt", "test.txt"), {key: str(value) for key, value in default_environment().items()})
    taken["torch"] = torch_build.VERSION
    looked_at = 0
    for name, version in taken.items():
        try:
            there = importlib.metadata.distribution(name)
        except importlib.metadata.PackageNotFoundError:
            continue
        if there.version != version:
            continue
        for line in there.requires or []:
            wanted = Requirement(line)
            if wanted.marker and not wanted.marker.evaluate({"extra": ""}):
                continue
            looked_at += 1
            found = taken.get(canonicalize_name(wanted.name))
            assert found is not None and wanted.specifier.contains(found, prereleases=True), (name, line, found)
    assert looked_at > 50


def test_torch_comes_by_its_own_rule_alone() -> None:
    assert [str(pinned) for pinned, _ in entries("torch.txt")] == [f"torch=={torch_build.VERSION}"]
    for machine in machines():
        taken = installed_by(("base.txt", "test.txt"), machine)
        assert "torch" not in taken and not any(name.startswith("nvidia-c") for name in taken)
    text = (LOCKED / "torch-cpu.toml").read_text(encoding="utf-8")
    assert tomllib.loads(text)["dependency-metadata"][0]["version"] == torch_build.VERSION


def test_the_licence_of_every_locked_package_is_listed() -> None:
    text = (ROOT / "resources" / "so8t_resources" / "licences.txt").read_text(encoding="utf-8")
    listed = dict(line.split(": ", 1) for line in text.splitlines() if not line.startswith("#"))
    for machine in machines():
        for name in installed_by(FILES, machine):
            assert name in listed, name
    assert {name for name, licence in listed.items() if licence == "not said"} == {"cuda-toolkit"}  # an empty package
    assert [name for name, licence in listed.items() if re.search(r"\bA?GPL", licence) and "LGPL" not in licence] == []
