"""The text of a problem report: versions and environment of window and engine, without the home folder's name."""

from __future__ import annotations

import os
import platform
import sys
from collections.abc import Mapping, Sequence
from importlib import metadata
from pathlib import Path
from typing import Any

from PySide6.QtCore import qVersion
from PySide6.QtGui import QGuiApplication

from so8t_engine.paths import homely
from so8t_engine.protocol import PROTOCOL_VERSION

WINDOW_PACKAGES = ("PySide6-Essentials", "pyqtgraph", "psutil", "nvidia-ml-py", "wakepy", "platformdirs")
LICENCES = (
    ("SO8T", "Apache-2.0"),
    ("Qt, PySide6", "LGPL-3.0"),
    ("PyTorch", "BSD-3-Clause"),
    ("Transformers, TRL, PEFT, Datasets", "Apache-2.0"),
    ("pyqtgraph", "MIT"),
    ("llama.cpp, xllamacpp", "MIT"),
)


def window_lines(root: Path) -> list[str]:
    """Of the window's own environment."""
    packages = ", ".join(f"{name} {version(name)}" for name in WINDOW_PACKAGES)
    return [
        f"window: so8t {version('so8t')}, protocol {PROTOCOL_VERSION}, Python {platform.python_version()}",
        f"Qt {qVersion()}, platform {QGuiApplication.platformName()}, {_desktop()}",
        f"window's packages: {packages}",
        f"sessions: {homely(str(root))}",
    ]


def engine_lines(answer: Any) -> list[str]:
    """Of `so8t doctor --json`: its lines, whatever else it says."""
    lines = answer.get("lines") if isinstance(answer, Mapping) else answer
    if isinstance(lines, Sequence) and not isinstance(lines, str):
        return [homely(str(line)) for line in lines]
    return [homely(str(lines))]


def together(window: Sequence[str], engine: Sequence[str]) -> list[str]:
    """Both, and of what both tell ("sessions: ...") the engine's line, which says more."""
    told = {_about(line) for line in engine} - {""}
    return [*(line for line in window if _about(line) not in told), *engine]


def _about(line: str) -> str:
    return line.partition(": ")[0] if ": " in line else ""


def version(package: str) -> str:
    try:
        return metadata.version(package)
    except metadata.PackageNotFoundError:
        return "-"


def _desktop() -> str:
    if sys.platform != "linux":
        return sys.platform
    names = (os.environ.get(name) for name in ("XDG_CURRENT_DESKTOP", "XDG_SESSION_TYPE"))
    return " ".join(name for name in names if name) or "no desktop"
