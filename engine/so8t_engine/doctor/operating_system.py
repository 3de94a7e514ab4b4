"""What Windows and macOS need besides, so that a long run goes well: looked up in one place, judged in another.

Microsoft's pages on the maximum path length (LongPathsEnabled, 260 characters) and on its C++ runtime; PyTorch's on
the macOS it is built for.
"""

from __future__ import annotations

import platform
import sys
from dataclasses import dataclass
from pathlib import Path

from so8t_engine.doctor.findings import Finding
from so8t_engine.sentences import sentence

LONGEST_FOLDER = 80  # characters; the longest names below an environment or a session are 170 and 150
OLDEST_MACOS = 14
RUNTIME = "msvcp140.dll"
RUNTIME_FROM = "https://aka.ms/vs/17/release/vc_redist.x64.exe"
FILE_SYSTEM = r"SYSTEM\CurrentControlSet\Control\FileSystem"


@dataclass(frozen=True)
class Windows:
    """`runtime`: Microsoft's C++ runtime is found; `long_paths`: the system allows more than 260 characters;
    `environment`: the folder of this Python's packages; `python`: where Python itself is installed.
    """

    runtime: bool
    long_paths: bool
    environment: str
    python: str


@dataclass(frozen=True)
class MacOs:
    """`version`: its first number, None where the system does not say; `processor`: arm64 or x86_64."""

    version: int | None
    processor: str


def look() -> Windows | MacOs | None:
    """None on Linux."""
    if sys.platform == "win32":
        return Windows(_runtime(), _long_paths(), sys.prefix, sys.base_prefix)
    if sys.platform == "darwin":
        first = platform.mac_ver()[0].partition(".")[0]
        return MacOs(int(first) if first.isdecimal() else None, platform.machine())
    return None


def check(machine: Windows | MacOs | None, data_root: Path) -> list[Finding]:
    """What stands in the way of a run, or may."""
    if isinstance(machine, MacOs):
        return _macos(machine)
    return [] if machine is None else _windows(machine, data_root)


def hints(machine: Windows | MacOs | None) -> list[Finding]:
    """What only the owner of the machine can see to: nothing is wrong, but a long run may stand still for it."""
    if not isinstance(machine, Windows):
        return []
    updates = (
        sentence("doctor.windows_updates"),
        sentence("doctor.updates_stop_a_run"),
        sentence("doctor.after_updates"),
    )
    scanned = sentence("doctor.files_are_scanned"), None, sentence("doctor.exclude_the_sessions")
    return [Finding("ok", *updates), Finding("ok", *scanned)]


def _windows(machine: Windows, data_root: Path) -> list[Finding]:
    findings = []
    if not machine.runtime:
        what, why = sentence("doctor.no_runtime", file=RUNTIME), sentence("doctor.torch_needs_runtime")
        findings.append(Finding("error", what, why, sentence("doctor.install_runtime", address=RUNTIME_FROM)))
    for folder in () if machine.long_paths else (str(data_root), machine.environment):
        if len(folder) > LONGEST_FOLDER:
            what = sentence("doctor.long_folder", folder=folder, characters=len(folder))
            findings.append(Finding("warning", what, sentence("doctor.paths_end"), sentence("doctor.allow_long_paths")))
    if "WindowsApps" in machine.python.replace("\\", "/").split("/"):
        what, why = sentence("doctor.store_python"), sentence("doctor.store_keeps_data")
        findings.append(Finding("warning", what, why, sentence("doctor.use_python_org")))
    return findings


def _macos(machine: MacOs) -> list[Finding]:
    if machine.processor == "arm64" and (machine.version is None or machine.version >= OLDEST_MACOS):
        return []
    what = sentence("doctor.other_mac", processor=machine.processor, version=str(machine.version or "?"))
    return [Finding("warning", what, sentence("doctor.torch_on_macs", oldest=OLDEST_MACOS))]


def _runtime() -> bool:
    if sys.platform != "win32":
        return True
    import ctypes

    try:
        ctypes.WinDLL(RUNTIME)
    except OSError:
        return False
    return True


def _long_paths() -> bool:
    if sys.platform != "win32":
        return True
    import winreg

    try:
        with winreg.OpenKey(winreg.HKEY_LOCAL_MACHINE, FILE_SYSTEM) as key:
            return bool(winreg.QueryValueEx(key, "LongPathsEnabled")[0])
    except OSError:
        return False
