"""Whether what SO8T is made of can run on this machine at all: looked at before anything is downloaded.

Pure but for `facts`. What is said of a machine that works but could be better is left to `so8t doctor`.
"""

from __future__ import annotations

import ctypes
import platform
import struct
import sys
from dataclasses import dataclass

OLDEST_MACOS = 14
OLDEST_GLIBC = (2, 34)
RUNTIME = "msvcp140.dll"
RUNTIME_FROM = "https://aka.ms/vs/17/release/vc_redist.x64.exe"


@dataclass(frozen=True)
class Machine:
    """`system` is sys.platform, `processor` platform.machine(), `interpreter` the path of the Python that runs.

    `macos` is its first number, `glibc` its first two, each None elsewhere; `runtime`: Microsoft's C++ runtime loads.
    """

    system: str
    processor: str
    bits: int
    interpreter: str
    macos: int | None = None
    glibc: tuple[int, int] | None = None
    runtime: bool = True


def facts() -> Machine:
    return Machine(
        sys.platform,
        platform.machine(),
        8 * struct.calcsize("P"),
        sys.base_prefix,
        _macos(platform.mac_ver()[0]),
        _glibc(*platform.libc_ver()) if sys.platform == "linux" else None,
        sys.platform != "win32" or loads(RUNTIME),
    )


def obstacle(found: Machine) -> str:
    """Why SO8T cannot be installed here, and what to do; empty where it can."""
    if found.bits != 64:
        return "This Python is a 32-bit one, and PyTorch needs 64 bits: install the 64-bit Python."
    if found.system == "win32" and found.processor.upper() not in ("AMD64", "X86_64"):
        return "This Python is for Windows on ARM, for which PyTorch has no build: install the x64 Python, or use a PC."
    if found.system == "darwin" and found.processor != "arm64":
        return "PyTorch runs on Macs with Apple silicon only; this is an Intel Mac, or an Intel build of Python."
    if found.system == "darwin" and found.macos is not None and found.macos < OLDEST_MACOS:
        return f"PyTorch needs macOS {OLDEST_MACOS} or newer, this is macOS {found.macos}: update macOS first."
    if found.glibc is not None and found.glibc < OLDEST_GLIBC:
        needed, have = (".".join(map(str, version)) for version in (OLDEST_GLIBC, found.glibc))
        return f"The window needs glibc {needed} or newer (Debian 12, Ubuntu 22.04), this system has {have}."
    return ""


def warnings(found: Machine) -> list[str]:
    """What will go wrong later unless it is changed."""
    lines = []
    if "WindowsApps" in found.interpreter.replace("\\", "/").split("/"):
        lines.append(
            "This Python is from the Microsoft Store, which keeps SO8T's sessions inside its own folder: they would go "
            "when it is uninstalled. Better: the Python from https://www.python.org/downloads/, started as `py -3.12`."
        )
    if not found.runtime:
        lines.append(
            f"Microsoft's C++ runtime ({RUNTIME}) is not installed, and PyTorch does not start without it: install "
            f"{RUNTIME_FROM} (by Microsoft, 25 MB)."
        )
    return lines


def loads(library: str) -> bool:
    """On Windows: whether the system finds this DLL."""
    if sys.platform != "win32":
        return False
    try:
        ctypes.WinDLL(library)
    except OSError:
        return False
    return True


def _macos(version: str) -> int | None:
    first = version.partition(".")[0]
    return int(first) if first.isdecimal() else None


def _glibc(name: str, version: str) -> tuple[int, int] | None:
    """None for another C library, whose wheels pip looks for by itself."""
    numbers = version.split(".")
    if name != "glibc" or len(numbers) < 2 or not (numbers[0].isdecimal() and numbers[1].isdecimal()):
        return None
    return int(numbers[0]), int(numbers[1])
