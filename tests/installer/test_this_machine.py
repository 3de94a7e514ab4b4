"""What a machine must have before anything is downloaded to it."""

from __future__ import annotations

import sys
from dataclasses import replace

import pytest

import this_machine
from this_machine import Machine

PC = Machine("win32", "AMD64", 64, "C:\\Users\\a\\AppData\\Local\\Programs\\Python\\Python312")
MAC = Machine("darwin", "arm64", 64, "/usr/local", macos=14)
LINUX = Machine("linux", "x86_64", 64, "/usr", glibc=(2, 34))
STORE = "C:\\Program Files\\WindowsApps\\PythonSoftwareFoundation.Python.3.12_3.12.2544.0_x64__qbz5n2kfra8p0"


@pytest.mark.parametrize("machine", [PC, MAC, LINUX, replace(MAC, macos=None), replace(LINUX, glibc=None)])
def test_a_machine_that_has_all_is_told_nothing(machine: Machine) -> None:
    assert this_machine.obstacle(machine) == "" and this_machine.warnings(machine) == []


@pytest.mark.parametrize(
    ("machine", "words"),
    [
        (replace(PC, bits=32), "64-bit Python"),
        (replace(PC, processor="ARM64"), "x64 Python"),
        (replace(MAC, processor="x86_64"), "Apple silicon"),
        (replace(MAC, macos=13), "macOS 14 or newer, this is macOS 13"),
        (replace(LINUX, glibc=(2, 31)), "glibc 2.34 or newer (Debian 12, Ubuntu 22.04), this system has 2.31"),
    ],
)
def test_a_machine_for_which_there_are_no_packages_is_told_so(machine: Machine, words: str) -> None:
    assert words in this_machine.obstacle(machine)


def test_the_stores_python_and_a_missing_runtime_are_warned_of() -> None:
    (store,) = this_machine.warnings(replace(PC, interpreter=STORE))
    (runtime,) = this_machine.warnings(replace(PC, runtime=False))

    assert "Microsoft Store" in store and "py -3.12" in store
    assert "msvcp140.dll" in runtime and "vc_redist.x64.exe" in runtime


def test_this_machine_can_run_what_it_runs() -> None:
    found = this_machine.facts()

    assert found.system == sys.platform and this_machine.obstacle(found) == "" and this_machine.warnings(found) == []
